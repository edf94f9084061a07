import { Button, Checkbox } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '../../../../src/contracts/cohorts/cohorts';
import type { LetterOutcome } from '../../../../src/contracts/cohorts/invitation-letters';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';
import { Empty } from '../../ui/page/Empty';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { InvitationRow } from './InvitationRow';
import classes from './people.module.css';
import { askLetters, changesInMs, isDone, isOpen, isUnsent, type Sending } from './sending';
import { SendChosen } from './SendChosen';

/** All invitations, newest first: hand a link over, send it now, on a day or again, take it back. Several at once, too. */
export function SentInvitations({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, LetterOutcome>>(new Map());
  const told = useRef<HTMLParagraphElement>(null);
  const query = useInfiniteQuery({
    queryKey: keys.in(cohortId, 'invitations', 'list'),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Invitation>>(`/cohorts/${cohortId}/invitations`, {
        query: { limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // Letters go out within seconds, or on a day: then the list asks again.
    refetchInterval: ({ state }) => changesInMs(state.data?.pages.flatMap((page) => page.items) ?? []),
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
  const open = items.filter(isOpen);
  const unsent = items.filter(isUnsent);
  const chosen = open.filter(({ id }) => picked.has(id));
  const choose = (ids: readonly string[], isChosen: boolean) => {
    setOutcomes(new Map());
    setPicked((before) => new Set(isChosen ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));
  };
  const send = async (sending: Sending, whom: readonly Invitation[]) => {
    setOutcomes(new Map());
    try {
      await askLetters(cohortId, whom, sending, (so) => {
        setOutcomes(so);
        setPicked((before) => new Set([...before].filter((id) => !so.has(id))));
      });
      setPicked(new Set());
      // What it was asked with is gone: here it is said what came of it.
      setTimeout(() => told.current?.focus());
    } finally {
      // Also where no answer came: some of it may have been done.
      await client.invalidateQueries({ queryKey: keys.in(cohortId, 'invitations') });
    }
  };
  return (
    <>
      <div className="row wrap mt16">
        {open.length > 0 && (
          <Checkbox
            label={t('chosen.all')}
            checked={open.every(({ id }) => picked.has(id))}
            indeterminate={chosen.length > 0 && chosen.length < open.length}
            onChange={(event) =>
              choose(
                open.map(({ id }) => id),
                event.currentTarget.checked,
              )
            }
          />
        )}
        {unsent.length > 0 && (
          <button
            type="button"
            className="link"
            onClick={() =>
              choose(
                unsent.map(({ id }) => id),
                true,
              )
            }
          >
            {t('chosen.unsent', { count: unsent.length })}
          </button>
        )}
        {query.hasNextPage && open.length > 0 && (
          <span className="xs t2">{t('chosen.shown', { count: items.length })}</span>
        )}
      </div>
      <ul className="list mt8" aria-label={t('import.tabs.sent')}>
        {items.map((invitation) => (
          <InvitationRow
            key={invitation.id}
            invitation={invitation}
            cohortId={cohortId}
            isChosen={picked.has(invitation.id)}
            onChoose={(isChosen) => choose([invitation.id], isChosen)}
            outcome={outcomes.get(invitation.id)}
          />
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="row mt16">
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('common:more')}
          </Button>
        </div>
      )}
      <p ref={told} role="status" tabIndex={-1} className={`mt8 ${classes.outcome}`}>
        {outcomes.size > 0 && t('chosen.done', countOf(outcomes))}
      </p>
      {chosen.length > 0 && <SendChosen chosen={chosen} onNone={() => setPicked(new Set())} onSend={send} />}
    </>
  );
}

/** How many came to be as they were asked for, and how many did not. */
function countOf(outcomes: ReadonlyMap<string, LetterOutcome>) {
  const done = [...outcomes.values()].filter(isDone).length;
  return { done, left: outcomes.size - done };
}
