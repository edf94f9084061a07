import { Button, VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconBell, IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MyReminder, MyReminders } from '../../../../src/contracts/reminders/my-reminders';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import { useLocale, useZone } from '../../time/clock';
import { formatAbsolute, formatTime } from '../../time/format';
import { Empty } from '../../ui/page/Empty';
import { Icon } from '../../ui/Icon';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { SubjectLink } from '../reminders/ReminderRows';
import { ByDay } from './ByDay';
import classes from './inbox.module.css';

const MINUTE_MS = 60_000;

/** Every reminder that will reach me, with its hour in my zone and its reason. They go out by themselves: asked again each minute. */
export default function Coming() {
  const { t } = useTranslation('inbox');
  const query = useInfiniteQuery({
    queryKey: [...keys.inbox, 'coming'],
    queryFn: ({ pageParam, signal }) => api.get<MyReminders>('/me/reminders', { query: { cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: MINUTE_MS,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isPending) return <RowSkeleton face />;
  if (query.isError) {
    return (
      <div className="mt16">
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  if (items.length === 0) return <Empty title={t('empty.coming')}>{t('empty.comingWhat')}</Empty>;
  return (
    <>
      <p className="t2 mt16">{t('comingLead')}</p>
      <ByDay items={items} at={(item) => item.dueAt}>
        {(item) => <One key={item.id} reminder={item} />}
      </ByDay>
      {query.hasNextPage && (
        <Button mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
    </>
  );
}

function One({ reminder: { cohortId, subject, subjectTitle, channels, dueAt, why } }: { reminder: MyReminder }) {
  const { t } = useTranslation(['inbox', 'reminders']);
  const [zone, locale] = [useZone(), useLocale()];
  const { memberships } = useMe();
  const cohort = memberships.length > 1 && memberships.find((one) => one.cohortId === cohortId)?.cohortName;
  return (
    <li className={classes.notice}>
      <div className="grow">
        <SubjectLink cohortId={cohortId} subject={subject}>
          {subjectTitle || t(`reminders:subjects.${subject.type}`)}
        </SubjectLink>
        <div className="t3">
          {[t(`reminders:subjects.${subject.type}`), cohort].filter(Boolean).join(' · ')}
          {' · '}
          {t(`why.${why}`, { defaultValue: '' })}
        </div>
      </div>
      <span className={`${classes.ways} t3`}>
        {channels.map((channel) => (
          <span key={channel} title={t(`reminders:channels.${channel}`)}>
            <Icon of={channel === 'mail' ? IconMail : IconBell} size={16} />
            <VisuallyHidden>{t(`reminders:channels.${channel}`)}</VisuallyHidden>
          </span>
        ))}
      </span>
      <time className="t3 nowrap" dateTime={dueAt} title={formatAbsolute(dueAt, zone, locale)}>
        {formatTime(dueAt, zone, locale)}
      </time>
    </li>
  );
}
