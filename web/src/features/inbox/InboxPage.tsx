import { Button, Tabs } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconChecks, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Preferences } from '../../../../src/contracts/notifications/notifications';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import type { Inbox } from '../../api/types';
import { oneOf } from '../../shell/address';
import { Part } from '../../ui/forms/Part';
import { Icon } from '../../ui/Icon';
import { keepFocus } from '../../ui/page/focus';
import { lazyPart } from '../../ui/page/lazy-part';
import { PageHeader } from '../../ui/page/PageHeader';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { toastProblem } from '../../ui/toast';
import { changeInbox, SHOWS, type Show, TABS, useInboxHead, withRead } from './inbox';
import { InboxList } from './InboxList';
import { InboxMenu } from './InboxMenu';
import classes from './inbox.module.css';
import { useMoves } from './moves';
import { TOPICS, type Topic, useInboxPages } from './pages';

const Coming = lazyPart(() => import('./Coming'));

export default function InboxPage() {
  const { t } = useTranslation('inbox');
  const asked: { show?: unknown; about?: unknown } = useSearch({ strict: false });
  const show = oneOf(SHOWS, asked.show) ?? 'all';
  const navigate = useNavigate();
  const topic = oneOf(TOPICS, asked.about);
  const readAll = useRead();
  const inbox = useInboxPages(show, topic);
  const moves = useMoves();
  const head = useInboxHead().data;
  const unread = head?.unread ?? 0;
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  const go = (search: { show?: Show; about?: Topic }) => void navigate({ to: '/inbox', search });
  const tab = show === 'unread' ? 'all' : oneOf(TABS, show);
  const doneAll = () => {
    moves.move(items, { place: 'done' });
    keepFocus();
  };
  const list =
    show === 'coming' ? (
      <Part fallback={<RowSkeleton face />}>
        <Coming />
      </Part>
    ) : (
      <InboxList key={show} {...{ show, topic, inbox, moves }} onRead={readAll} />
    );

  return (
    <div className={`page ${classes.page}`}>
      <PageHeader
        title={tab ? t('title') : t(show)}
        {...(!tab && { crumbs: [{ label: t('title'), link: { to: '/inbox' } }, { label: t(show) }] })}
        lead={<Lead unread={unread} known={head !== undefined} />}
      >
        {tab && (
          <Button
            visibleFrom="sm"
            leftSection={<Icon of={IconChecks} />}
            disabled={unread === 0}
            onClick={() => readAll()}
          >
            {t('readAll')}
          </Button>
        )}
        <InboxMenu
          {...{ show, topic, unread, go }}
          shown={items.length}
          onDoneAll={doneAll}
          onReadAll={() => readAll()}
        />
      </PageHeader>
      {tab ? (
        <Tabs mt="md" value={tab} onChange={(next) => go(next === 'all' ? {} : { show: oneOf(TABS, next) ?? 'all' })}>
          <Tabs.List aria-label={t('title')}>
            <Tabs.Tab value="all">{t('all')}</Tabs.Tab>
            <Tabs.Tab value="waiting">
              {t('waiting')} <Count of={head?.unreadOf.waiting} />
            </Tabs.Tab>
            <Tabs.Tab value="mentions">
              {t('mentions')} <Count of={head?.unreadOf.mentions} />
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value={tab} className={classes.list}>
            <Narrowed show={show} topic={topic} onWiden={() => go({})} />
            {list}
          </Tabs.Panel>
        </Tabs>
      ) : (
        <div className={classes.list}>
          <Narrowed show={show} topic={topic} onWiden={() => go({ show })} />
          {list}
        </div>
      )}
    </div>
  );
}

/** How many are unread, where there are some. */
const Count = ({ of = 0 }: { of?: number | undefined }) => of > 0 && <span className="num">{of}</span>;

/** What the list is narrowed to, and the way back. */
function Narrowed({ show, topic, onWiden }: { show: Show; topic: Topic | undefined; onWiden: () => void }) {
  const { t } = useTranslation('inbox');
  if (show !== 'unread' && (!topic || show === 'waiting' || show === 'mentions' || show === 'coming')) return null;
  const word = show === 'unread' ? t('unread') : t(`topics.${topic}`);
  return (
    <Button
      size="sm"
      mt="md"
      rightSection={<Icon of={IconX} size={16} />}
      aria-label={t('widen', { word })}
      onClick={onWiden}
    >
      {word}
    </Button>
  );
}

/** Marks notices read, or all; at once on the screen, and back with a reason if the server refuses. */
function useRead() {
  const client = useQueryClient();
  const text = useProblemText();
  return (ids?: string[]) => {
    const readAt = new Date().toISOString();
    // Up to the newest that is shown, by the server's clock: mine may be late, and what comes now is not read.
    const before = client.getQueryData<Inbox>(keys.inboxHead)?.items[0]?.at ?? readAt;
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
  const words = [known && t('lead', { count: unread }), quiet && t('quiet', { ...quiet, zone: me.timeZone })];
  return <p>{words.filter(Boolean).join(' · ')}</p>;
}
