import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useChannels } from '../../../shell/navigation/channels';
import { PageHeader } from '../../../ui/page/PageHeader';
import { LaterList } from '../later/LaterList';
import { SavedList } from './SavedList';
import { useScheduled } from '../later/scheduled';
import { ThreadsList } from '../threads/ThreadsList';
import { UnreadList } from './UnreadList';
import { useWaitingThreads } from '../threads/threads';
import classes from '../Chat.module.css';

const TABS = ['unread', 'threads', 'saved', 'later'] as const;
type Tab = (typeof TABS)[number];

/** All that is new in chat, of all cohorts, and what I keep for later. */
export default function CatchUpPage() {
  const { t } = useTranslation('chat');
  const search: { tab?: unknown } = useSearch({ strict: false });
  const navigate = useNavigate();
  const tab = TABS.find((one) => one === search.tab) ?? 'unread';
  const unread = useChannels().data?.filter((channel) => channel.unread > 0 && !channel.muted).length ?? 0;
  const waiting = useWaitingThreads().data?.items.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const later = useScheduled().data?.length ?? 0;
  const numbers: Record<Tab, number> = { unread, threads: waiting, saved: 0, later };
  return (
    <div className="page">
      <PageHeader title={t('catchUp.title')} lead={t('catchUp.lead')} />
      <Tabs
        mt="md"
        value={tab}
        onChange={(next) =>
          void navigate({ to: '/catch-up', search: (next === 'unread' ? {} : { tab: next }) as never })
        }
      >
        <Tabs.List aria-label={t('catchUp.title')}>
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`catchUp.${one}`)} {numbers[one] > 0 && <span className="num">{numbers[one]}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={classes.catchUp}>
          {tab === 'unread' && <UnreadList />}
          {tab === 'threads' && <ThreadsList />}
          {tab === 'saved' && <SavedList />}
          {tab === 'later' && <LaterList />}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
