import { Button, Tabs } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconChecks, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NoticeTopic, Preferences } from '../../../../src/contracts/notifications/notifications';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import type { Inbox } from '../../api/types';
import { oneOf } from '../../shell/address';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { toastProblem } from '../../ui/toast';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { changeInbox, SHOWS, type Show, useInboxHead, withRead } from './inbox';
import { InboxList, TOPICS } from './InboxList';
import classes from './inbox.module.css';

const Coming = lazyPart(() => import('./Coming'));

export default function InboxPage() {
  const { t } = useTranslation('inbox');
  const asked: { show?: unknown; about?: unknown } = useSearch({ strict: false });
  const show = oneOf(SHOWS, asked.show) ?? 'all';
  const navigate = useNavigate();
  const about = oneOf(TOPICS, asked.about);
  const readAll = useRead();
  const head = useInboxHead().data;
  const unread = head?.unread ?? 0;
  const go = (search: { show?: Show; about?: NoticeTopic }) => void navigate({ to: '/inbox', search });

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
        onChange={(next) => {
          const shown = oneOf(SHOWS, next);
          go({ ...(shown && shown !== 'all' && { show: shown }), ...(about && shown !== 'coming' && { about }) });
        }}
      >
        <Tabs.List aria-label={t('title')}>
          <Tabs.Tab value="all">{t('all')}</Tabs.Tab>
          <Tabs.Tab value="unread">
            {t('unread')} {unread > 0 && <span className="num">{unread}</span>}
          </Tabs.Tab>
          <Tabs.Tab value="snoozed">{t('snoozed')}</Tabs.Tab>
          <Tabs.Tab value="done">{t('done')}</Tabs.Tab>
          <Tabs.Tab value="coming">{t('coming')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="coming" className={classes.list}>
          <Part fallback={<RowSkeleton face />}>{show === 'coming' && <Coming />}</Part>
        </Tabs.Panel>
        <Tabs.Panel value={show === 'coming' ? 'all' : show} className={classes.list}>
          {show !== 'coming' && (
            <InboxList
              key={show}
              show={show}
              about={about}
              onAbout={(next) => go({ ...(show !== 'all' && { show }), ...(next && { about: next }) })}
              onRead={readAll}
            />
          )}
        </Tabs.Panel>
      </Tabs>
    </div>
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
  return (
    <p>
      {known && t('lead', { count: unread })} {quiet && t('quiet', { ...quiet, zone: me.timeZone })}
    </p>
  );
}
