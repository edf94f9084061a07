import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';
import { ConfirmDialog } from '../../ui/confirm';
import { Empty } from '../../ui/page/Empty';
import { Icon } from '../../ui/Icon';
import { ProblemAlert, useProblemText } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { State, type Tone } from '../../ui/page/State';
import { toast, toastProblem } from '../../ui/toast';
import { When } from '../../ui/times/When';

const UNDER_WAY_MS = 3_000;

const TONES: Record<Invitation['state'], Tone | undefined> = {
  pending: 'wait',
  accepted: 'ok',
  expired: 'alert',
  revoked: undefined,
};

const isUnderWay = ({ state, sentAt, refused }: Invitation) => state === 'pending' && !sentAt && !refused;

/** All invitations, newest first: hand a link over, send it again, take it back. */
export function SentInvitations({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('people');
  const query = useInfiniteQuery({
    queryKey: keys.in(cohortId, 'invitations', 'list'),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Invitation>>(`/cohorts/${cohortId}/invitations`, {
        query: { limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // Letters go out within seconds: until they have, the list asks again.
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isUnderWay)) ? UNDER_WAY_MS : false,
  });
  if (query.error) {
    return (
      <div className="mt16">
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  if (!query.data) return <RowSkeleton rows={6} />;
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Empty title={t('sent.none')}>{t('sent.noneHint')}</Empty>;
  return (
    <>
      <ul className="list mt8" aria-label={t('import.tabs.sent')}>
        {items.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} cohortId={cohortId} />
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="row mt16">
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('common:more')}
          </Button>
        </div>
      )}
    </>
  );
}

function InvitationRow({ invitation, cohortId }: { invitation: Invitation; cohortId: string }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const text = useProblemText('people');
  const [revoking, setRevoking] = useState(false);
  const path = `/cohorts/${cohortId}/invitations/${invitation.id}`;
  const { state, url, refused } = invitation;
  const refresh = () => client.invalidateQueries({ queryKey: keys.in(cohortId, 'invitations') });

  const sendAgain = async () => {
    try {
      await api.post(`${path}/send`);
      toast(t('sent.again', { name: invitation.name }));
      await refresh();
    } catch (error) {
      toastProblem(text(error));
    }
  };
  const copy = (link: string) =>
    void navigator.clipboard.writeText(link).then(() => toast(t('sent.copied', { name: invitation.name })));
  const revoke = async () => {
    await api.delete(path);
    await refresh();
  };

  return (
    <li className="wrap">
      <div className="grow">
        <span className="title">{invitation.name}</span> <span className="t2">{invitation.email}</span>
        <div className="meta">
          <span>
            {t(`common:roles.${invitation.role}`)}
            {invitation.projectName && `, ${invitation.projectName}`}
          </span>
          <State tone={TONES[state]}>{t(`sent.states.${state}`)}</State>
          {refused && state !== 'accepted' && (
            <State tone="alert">{t('sent.refused', { answer: refused.answer ?? 'none' })}</State>
          )}
          <span>
            {invitation.sentAt ? (
              <>
                {t('sent.at')} <When at={invitation.sentAt} />
              </>
            ) : (
              isUnderWay(invitation) && t('sent.underWay')
            )}
          </span>
        </div>
      </div>
      {(state === 'pending' || state === 'expired') && (
        <div className="row">
          {url && (
            <Button
              size="sm"
              leftSection={<Icon of={IconCopy} size={16} />}
              aria-label={t('sent.copyFor', { name: invitation.name })}
              onClick={() => copy(url)}
            >
              {t('sent.copy')}
            </Button>
          )}
          <Button size="sm" aria-label={t('sent.sendFor', { name: invitation.name })} onClick={() => void sendAgain()}>
            {t('sent.send')}
          </Button>
          <Button
            size="sm"
            variant="subtle"
            color="corde"
            aria-label={t('sent.revokeFor', { name: invitation.name })}
            onClick={() => setRevoking(true)}
          >
            {t('sent.revoke')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        opened={revoking}
        onClose={() => setRevoking(false)}
        title={t('sent.revokeTitle', { name: invitation.name })}
        act={t('sent.revokeAct')}
        ns="people"
        onConfirm={revoke}
      >
        {t('sent.revokeBody')}
      </ConfirmDialog>
    </li>
  );
}
