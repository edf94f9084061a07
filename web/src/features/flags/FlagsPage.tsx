import { Button, Tabs } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlagCase } from '../../../../src/contracts/forum/flags';
import { useApplyEvents } from '../../api/socket';
import { oneOf } from '../../shell/address';
import { ButtonLink } from '../../ui/ButtonLink';
import { Part } from '../../ui/forms/Part';
import { Empty } from '../../ui/page/Empty';
import { Group } from '../../ui/page/Group';
import { lazyPart } from '../../ui/page/lazy-part';
import { PageHeader } from '../../ui/page/PageHeader';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { forumEvents } from '../forum/forum';
import { CaseRow } from './CaseRow';
import { type FlagState, useFlagCases, useFlagCounts } from './flags';

// The list is there before somebody opens a case.
const CaseDrawer = lazyPart(async () => ({ default: (await import('./CaseDrawer')).CaseDrawer }));

const STATES = ['open', 'deferred', 'settled'] as const;

/** Posts of the forum that somebody asked staff to look at: to decide, put off, and decided. */
export default function FlagsPage() {
  const { t } = useTranslation('flags');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/forum/flags' });
  const asked: { state?: unknown } = useSearch({ strict: false });
  const state = oneOf(STATES, asked.state) ?? 'open';
  const navigate = useNavigate();
  const counts = useFlagCounts(cohortId).data;
  useApplyEvents(forumEvents);
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        crumbs={[
          { label: t('common:nav.forum'), link: { to: '/c/$cohortId/forum', params: { cohortId } } },
          { label: t('title') },
        ]}
      >
        <ButtonLink to="/c/$cohortId/forum/rules" params={{ cohortId }}>
          {t('rules')}
        </ButtonLink>
      </PageHeader>
      <Tabs
        mt="md"
        value={state}
        onChange={(next) => void navigate({ to: '.', search: { state: next } as never, replace: true })}
      >
        <Tabs.List aria-label={t('title')}>
          {STATES.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`states.${one}`)} {counts && <span className="num">{counts[one]}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={state}>
          <Cases key={state} cohortId={cohortId} state={state} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** What is hidden stands first: somebody's words are away until staff have looked. */
function Cases({ cohortId, state }: { cohortId: string; state: FlagState }) {
  const { t } = useTranslation('flags');
  const query = useFlagCases(cohortId, state);
  const [openId, setOpenId] = useState<string | null>(null);
  if (query.isPending) return <RowSkeleton rows={4} />;
  if (query.error) return <ProblemAlert error={query.error} ns="flags" onRetry={() => void query.refetch()} />;
  const all = query.data.pages.flatMap(({ items }) => items);
  if (all.length === 0) return <Empty title={t(`empty.${state}.title`)}>{t(`empty.${state}.body`)}</Empty>;
  const isHidden = (one: FlagCase) => state !== 'settled' && one.hiddenAt !== null;
  const ordered = [...all.filter(isHidden), ...all.filter((one) => !isHidden(one))];
  const hidden = ordered.filter(isHidden);
  const rows = (cases: readonly FlagCase[]) => (
    <ul className="list">
      {cases.map((one) => (
        <CaseRow key={one.id} flagged={one} isOpen={one.id === openId} onOpen={() => setOpenId(one.id)} />
      ))}
    </ul>
  );
  const others = rows(ordered.slice(hidden.length));
  return (
    <>
      {hidden.length > 0 && (
        <Group title={t('groups.hidden')} count={hidden.length}>
          {rows(hidden)}
        </Group>
      )}
      {hidden.length > 0 && hidden.length < all.length && (
        <Group title={t('groups.visible')} right={t('oldestFirst')}>
          {others}
        </Group>
      )}
      {hidden.length === 0 && others}
      {query.hasNextPage && (
        <Button mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
      <Part lost="over">
        {openId !== null && <CaseDrawer cases={ordered} openId={openId} cohortId={cohortId} onOpen={setOpenId} />}
      </Part>
    </>
  );
}
