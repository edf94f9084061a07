import { SegmentedControl, Tabs } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RequestBox } from '../../../../src/contracts/mentoring/requests';
import { useCohort, useMembership } from '../../api/session';
import { ButtonLink } from '../../ui/ButtonLink';
import { Empty } from '../../ui/page/Empty';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { CoachTabs } from '../coaching/CoachingTabs';
import { useLiveRequests, useRequests } from './queries';
import { RequestRow } from './RequestRow';

/** What the address says: which requests, waiting or answered. */
interface Search {
  box?: RequestBox | undefined;
  state?: 'answered' | undefined;
}

const BOXES = {
  fellow: ['mine', 'for_me'],
  coach: ['for_me'],
  alumni: ['for_me', 'mine'],
  staff: ['for_me', 'all'],
  host: [],
} as const;

/** Requests for help: those I asked, those asked of me, and all of the cohort for its staff. */
export default function RequestsPage() {
  const { t } = useTranslation('requests');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/coaching/requests' });
  const role = useMembership()?.role;
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  useLiveRequests(cohortId);
  const boxes: readonly RequestBox[] = role ? BOXES[role] : [];
  const box = boxes.find((one) => one === search.box) ?? boxes[0];
  const state = search.state === 'answered' ? 'answered' : 'waiting';
  const go = (to: Search) =>
    void navigate({
      to: '/c/$cohortId/coaching/requests',
      params: { cohortId },
      search: { box, ...(state === 'answered' && { state }), ...to } as never,
      replace: true,
    });
  const lists = box && (
    <>
      <SegmentedControl
        mt="md"
        aria-label={t('which')}
        value={state}
        data={(['waiting', 'answered'] as const).map((value) => ({ value, label: t(value) }))}
        onChange={(to) => go({ state: to === 'answered' ? to : undefined })}
      />
      <List cohortId={cohortId} box={box} state={state} />
    </>
  );
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        lead={t(role === 'fellow' ? 'lead.fellow' : 'lead.others')}
        crumbs={
          role === 'coach'
            ? undefined
            : [
                { label: t('coaching'), link: { to: '/c/$cohortId/coaching', params: { cohortId } } },
                { label: t('title') },
              ]
        }
      >
        {role === 'fellow' && <AskButton cohortId={cohortId} />}
      </PageHeader>
      {role === 'coach' && <CoachTabs cohortId={cohortId} at="requests" />}
      {!box && <Empty title={t('empty.notForYou')} />}
      {box && boxes.length === 1 && lists}
      {box && boxes.length > 1 && (
        <Tabs mt="md" value={box} onChange={(to) => go({ box: to as RequestBox })}>
          <Tabs.List aria-label={t('title')}>
            {boxes.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`boxes.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={box}>{lists}</Tabs.Panel>
        </Tabs>
      )}
    </div>
  );
}

function AskButton({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('requests');
  if (useCohort()?.state === 'closed') return null;
  return (
    <ButtonLink
      variant="filled"
      to="/c/$cohortId/coaching/requests/new"
      params={{ cohortId }}
      leftSection={<Icon of={IconPlus} />}
    >
      {t('ask.act')}
    </ButtonLink>
  );
}

function List({ cohortId, box, state }: { cohortId: string; box: RequestBox; state: 'waiting' | 'answered' }) {
  const { t } = useTranslation('requests');
  return (
    <QueryBoundary query={useRequests(cohortId, box, state)}>
      {(requests) =>
        requests.length === 0 ? (
          <Empty
            title={t(`empty.${box}.${state}`)}
            act={box === 'mine' && state === 'waiting' && <AskButton cohortId={cohortId} />}
          >
            {t('empty.what')}
          </Empty>
        ) : (
          <ul className="list mt16">
            {requests.map((request) => (
              <RequestRow key={request.id} request={request} />
            ))}
          </ul>
        )
      }
    </QueryBoundary>
  );
}
