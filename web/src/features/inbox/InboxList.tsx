import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bringWords } from '../../i18n/i18n';
import { useZone } from '../../time/clock';
import { Part } from '../../ui/forms/Part';
import { Empty } from '../../ui/page/Empty';
import { keepFocus } from '../../ui/page/focus';
import { lazyPart } from '../../ui/page/lazy-part';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { ByDay } from './ByDay';
import { type Entry, entriesOf, unreadOf } from './entries';
import type { Show } from './inbox';
import type { useMoves } from './moves';
import type { Topic, useInboxPages } from './pages';
import type { Move } from './places';
import { EntryLine } from './rows/EntryLine';
import { comeBackTo, leave, useInboxKeys } from './useInboxKeys';

const LaterDialog = lazyPart(
  async () => (await Promise.all([import('../chat/later/LaterDialog'), bringWords('chat')]))[0],
);

interface InboxListProps {
  show: Exclude<Show, 'coming'>;
  topic: Topic | undefined;
  inbox: ReturnType<typeof useInboxPages>;
  moves: ReturnType<typeof useMoves>;
  onRead: (ids: string[]) => void;
}

/** One of the lists of the inbox, with what can be done with each entry. */
export function InboxList({ show, topic, inbox, moves: { move, tryMove, finish, undo }, onRead }: InboxListProps) {
  const { t } = useTranslation('inbox');
  const zone = useZone();
  const [menuOf, setMenuOf] = useState<string | null>(null);
  const [choosing, setChoosing] = useState<Entry | null>(null);
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  const entries = entriesOf(items, zone);
  const { hasNextPage, isFetching, fetchNextPage } = inbox;
  // All that was shown went elsewhere, and there is more.
  const isEmptied = items.length === 0 && hasNextPage && !inbox.isError;
  const isWanted = isEmptied && !isFetching;
  useEffect(() => {
    if (isWanted) void fetchNextPage({ cancelRefetch: false });
  }, [isWanted, fetchNextPage]);
  const leaving = ({ key }: Entry) => {
    if (!leave(key)) keepFocus();
  };
  const put = (entry: Entry, to: Move) => {
    leaving(entry);
    move([entry.latest, ...entry.earlier], to);
  };
  useInboxKeys(entries, {
    done: (entry) => show !== 'done' && put(entry, { place: 'done' }),
    snooze: (entry) => show !== 'done' && setMenuOf(entry.key),
    read: (entry) => unreadOf(entry).length > 0 && onRead(unreadOf(entry)),
    undo,
  });
  const empty = topic ? 'about' : show;
  return (
    <>
      {(inbox.isPending || isEmptied) && <RowSkeleton face />}
      {inbox.isError && (
        <div className="mt16">
          <ProblemAlert error={inbox.error} onRetry={() => void inbox.refetch()} />
        </div>
      )}
      {inbox.isSuccess && items.length === 0 && !inbox.hasNextPage && (
        <Empty title={t(`empty.${empty}`)}>{t(`emptyWhat.${empty}`)}</Empty>
      )}
      <ByDay items={entries} at={(entry) => entry.latest.at}>
        {(entry) => (
          <EntryLine
            key={entry.key}
            entry={entry}
            onRead={onRead}
            onDone={() => {
              leaving(entry);
              finish([entry.latest, ...entry.earlier]);
            }}
            moves={{
              move: (to) => put(entry, to),
              isOpen: menuOf === entry.key,
              setOpen: (on) => {
                setMenuOf(on ? entry.key : null);
                if (!on) comeBackTo(entry.key);
              },
              choose: () => setChoosing(entry),
            }}
          />
        )}
      </ByDay>
      {inbox.hasNextPage && !isEmptied && (
        <Button mt="md" loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
      <Part lost="over" fallback={null}>
        {choosing && (
          <LaterDialog
            title={t('snoozeOf', { title: choosing.latest.title })}
            act={t('snooze')}
            ns="inbox"
            onDone={(until) => tryMove([choosing.latest, ...choosing.earlier], { place: 'snoozed', until })}
            onClose={() => setChoosing(null)}
          />
        )}
      </Part>
    </>
  );
}
