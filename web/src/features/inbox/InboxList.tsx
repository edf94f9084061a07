import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconChecks } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeTopic } from '../../../../src/contracts/notifications/notifications';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Inbox } from '../../api/types';
import { bringWords } from '../../i18n/i18n';
import { useZone } from '../../time/clock';
import { Part } from '../../ui/forms/Part';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/page/Empty';
import { keepFocus } from '../../ui/page/focus';
import { lazyPart } from '../../ui/page/lazy-part';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { ByDay } from './ByDay';
import { type Entry, entriesOf, unreadOf } from './entries';
import { EntryLine } from './EntryLine';
import { placeShown, type Show } from './inbox';
import classes from './inbox.module.css';
import { useMoves } from './moves';
import type { Move } from './places';
import { comeBackTo, leave, useInboxKeys } from './useInboxKeys';

const LaterDialog = lazyPart(
  async () => (await Promise.all([import('../chat/later/LaterDialog'), bringWords('chat')]))[0],
);

/** What the inbox can be narrowed to. */
export const TOPICS = [
  'mentions',
  'workshops',
  'sessions',
  'milestones',
  'forum',
  'chat',
  'other',
] as const satisfies NoticeTopic[];

interface InboxListProps {
  show: Exclude<Show, 'coming'>;
  about: NoticeTopic | undefined;
  onAbout: (about: NoticeTopic | undefined) => void;
  onRead: (ids: string[]) => void;
}

/** One of the lists of the inbox, narrowed where one likes, with what can be done with each entry and with all that are shown. */
export function InboxList({ show, about, onAbout, onRead }: InboxListProps) {
  const { t } = useTranslation('inbox');
  const inbox = useInboxPages(show, about);
  const zone = useZone();
  const { move, tryMove, undo } = useMoves();
  const [snoozing, setSnoozing] = useState<string | null>(null);
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
  const put = ({ key, latest, earlier }: Entry, to: Move) => {
    if (!leave(key)) keepFocus();
    move([latest, ...earlier], to);
  };
  useInboxKeys(entries, {
    done: (entry) => show !== 'done' && put(entry, { place: 'done' }),
    snooze: (entry) => show !== 'done' && setSnoozing(entry.key),
    read: (entry) => unreadOf(entry).length > 0 && onRead(unreadOf(entry)),
    undo,
  });
  const doneAll = () => {
    move(items, { place: 'done' });
    keepFocus();
  };
  return (
    <>
      <div className={classes.tools}>
        <NativeSelect
          aria-label={t('about')}
          value={about ?? ''}
          data={[
            { value: '', label: t('topics.all') },
            ...TOPICS.map((value) => ({ value, label: t(`topics.${value}`) })),
          ]}
          onChange={({ currentTarget: { value } }) => onAbout(TOPICS.find((topic) => topic === value))}
        />
        {show !== 'done' && items.length > 0 && (
          <Button leftSection={<Icon of={IconChecks} />} onClick={doneAll}>
            {t('doneAll', { count: items.length })}
          </Button>
        )}
      </div>
      {(inbox.isPending || isEmptied) && <RowSkeleton face />}
      {inbox.isError && (
        <div className="mt16">
          <ProblemAlert error={inbox.error} onRetry={() => void inbox.refetch()} />
        </div>
      )}
      {inbox.isSuccess && items.length === 0 && !inbox.hasNextPage && (
        <Empty title={t(about ? 'empty.about' : `empty.${show}`)}>{t(`emptyWhat.${about ? 'about' : show}`)}</Empty>
      )}
      <ByDay items={entries} at={(entry) => entry.latest.at}>
        {(entry) => (
          <EntryLine
            key={entry.key}
            entry={entry}
            onRead={onRead}
            moves={{
              move: (to) => put(entry, to),
              isSnoozing: snoozing === entry.key,
              setSnoozing: (on) => {
                setSnoozing(on ? entry.key : null);
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

function useInboxPages(show: Show, about: NoticeTopic | undefined) {
  const place = placeShown(show);
  return useInfiniteQuery({
    queryKey: [...keys.inboxList, show, about],
    queryFn: ({ pageParam, signal }) =>
      api.get<Inbox>('/me/inbox', {
        query: {
          ...{ cursor: pageParam, about },
          ...{ unread: show === 'unread' ? 'true' : undefined, place: place === 'inbox' ? undefined : place },
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}
