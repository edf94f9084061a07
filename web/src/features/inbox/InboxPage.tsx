import { Button, Tabs } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconChecks, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Preferences } from '../../../../src/contracts/notifications/notifications';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import type { Inbox } from '../../api/types';
import { oneOf } from '../../shell/address';
import { useZone } from '../../time/clock';
import { ButtonLink } from '../../ui/ButtonLink';
import { Empty } from '../../ui/page/Empty';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { ProblemAlert, useProblemText } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { toastProblem } from '../../ui/toast';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { ByDay } from './ByDay';
import { entriesOf } from './entries';
import { EntryLine } from './EntryLine';
import { changeInbox, useInboxHead, withRead } from './inbox';
import { useInboxKeys } from './useInboxKeys';
import classes from './inbox.module.css';

const SHOWS = ['all', 'unread', 'coming'] as const;
type Show = (typeof SHOWS)[number];

const Coming = lazyPart(() => import('./Coming'));

export default function InboxPage() {
  const { t } = useTranslation('inbox');
  const asked: { show?: unknown } = useSearch({ strict: false });
  const show = oneOf(SHOWS, asked.show) ?? 'all';
  const navigate = useNavigate();
  const inbox = useInboxPages(show);
  const readAll = useRead();
  const head = useInboxHead().data;
  const unread = head?.unread ?? 0;
  const zone = useZone();
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  const entries = entriesOf(items, zone);
  useInboxKeys(entries, readAll);

  return (
    <div className="page">
      <PageHeader title={t('title')} lead={<Lead unread={unread} known={head !== undefined} />}>
        <ButtonLink to="/settings/notifications" leftSection={<Icon of={IconSettings} />}>
          {t('preferences')}
        </ButtonLink>
        <Button leftSection={<Icon of={IconChecks} />} disabled={unread === 0} onClick={() => readAll()}>
          {t('readAll')}
        </Button>
      </PageHeader>
      <Tabs
        mt="md"
        value={show}
        onChange={(next) =>
          void navigate({ to: '/inbox', search: next === 'unread' || next === 'coming' ? { show: next } : {} })
        }
      >
        <Tabs.List aria-label={t('title')}>
          <Tabs.Tab value="all">{t('all')}</Tabs.Tab>
          <Tabs.Tab value="unread">
            {t('unread')} {unread > 0 && <span className="num">{unread}</span>}
          </Tabs.Tab>
          <Tabs.Tab value="coming">{t('coming')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="coming" className={classes.list}>
          <Part fallback={<RowSkeleton face />}>{show === 'coming' && <Coming />}</Part>
        </Tabs.Panel>
        <Tabs.Panel value={show === 'unread' ? 'unread' : 'all'} className={classes.list}>
          {inbox.isPending && <RowSkeleton face />}
          {inbox.isError && (
            <div className="mt16">
              <ProblemAlert error={inbox.error} onRetry={() => void inbox.refetch()} />
            </div>
          )}
          {inbox.isSuccess && items.length === 0 && <Empty title={t(`empty.${show}`)}>{t('empty.what')}</Empty>}
          <ByDay items={entries} at={(entry) => entry.latest.createdAt}>
            {(entry) => <EntryLine key={entry.key} entry={entry} onRead={readAll} />}
          </ByDay>
          {inbox.hasNextPage && (
            <Button mt="md" loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
              {t('common:more')}
            </Button>
          )}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function useInboxPages(show: Show) {
  return useInfiniteQuery({
    queryKey: [...keys.inboxList, show],
    queryFn: ({ pageParam, signal }) =>
      api.get<Inbox>('/me/inbox', {
        query: { cursor: pageParam, unread: show === 'unread' ? 'true' : undefined },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

/** Marks notices read, or all; at once on the screen, and back with a reason if the server refuses. */
function useRead() {
  const client = useQueryClient();
  const text = useProblemText();
  return (ids?: string[]) => {
    const readAt = new Date().toISOString();
    // Up to the newest that is shown, by the server's clock: mine may be late, and what comes now is not read.
    const before = client.getQueryData<Inbox>(keys.inboxHead)?.items[0]?.createdAt ?? readAt;
    changeInbox(client, (page) => withRead(page, { ids: ids ?? null, before: ids ? null : before, readAt }));
    api.post('/me/inbox/read', ids ? { ids } : { before }).catch((error: unknown) => {
      toastProblem(text(error));
      void client.invalidateQueries({ queryKey: keys.inbox });
    });
  };
}

function Lead({ unread, known }: { unread: number; known: boolean }) {
  const { t } = useTranslation('inbox');
  const me = useMe();
  const { data } = useQuery({ queryKey: keys.preferences, queryFn: () => api.get<Preferences>('/me/preferences') });
  const quiet = data?.quietHours;
  return (
    <p>
      {known && t('lead', { count: unread })} {quiet && t('quiet', { ...quiet, zone: me.timeZone })}
    </p>
  );
}
