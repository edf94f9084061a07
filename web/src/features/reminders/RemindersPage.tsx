import { Button, NativeSelect, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type {
  Reminder,
  ReminderChannel,
  ReminderKind,
  ReminderState,
} from '../../../../src/contracts/reminders/reminders';
import { useCohort } from '../../api/session';
import type { Cohort } from '../../api/types';
import { oneOf } from '../../shell/address';
import { useLocale, useNow } from '../../time/clock';
import { dayOf, formatDate } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { dayFrom } from '../calendar/calendar';
import { DensityStrips } from './DensityStrips';
import { type DayCount, countBetween } from './density';
import { firstDayOf, startOf } from './first-day';
import { useLadder } from './ladder/queries';
import { useRungWords } from './ladder/rung-words';
import { type Filters, useDensity, useFailed, useReminders } from './queries';
import { NoReminders } from './NoReminders';
import { RemindersTabs } from './RemindersTabs';
import { ReminderRows } from './ReminderRows';
import { SendAllAgain } from './SendAllAgain';
import classes from './reminders.module.css';

const PeoplePicker = lazyPart(async () => ({ default: (await import('../../ui/people/PeoplePicker')).PeoplePicker }));

const STATES: ReminderState[] = ['planned', 'sent', 'failed', 'dropped'];
const CHANNELS: ReminderChannel[] = ['inbox', 'mail'];
const NO_DAYS: DayCount[] = [];

/** The time machine of the programme team: every reminder to come, who gets it, when on their own clock, and why. */
export default function RemindersPage() {
  const cohort = useCohort();
  return <div className="page">{cohort && <Page cohort={cohort} />}</div>;
}

function Page({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('reminders');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/reminders' });
  const asked: Filters = useSearch({ strict: false });
  const now = dayOf(new Date(useNow()).toISOString(), cohort.timeZone);
  const today = now.toString();
  const filters = {
    ...asked,
    state: oneOf(STATES, asked.state),
    by: oneOf(CHANNELS, asked.by),
    ...(asked.day && { day: dayFrom(asked.day, now).toString() }),
  };
  const density = useDensity(cohortId);
  const byDay = density.data ?? NO_DAYS;
  const locale = useLocale();
  return (
    <>
      <PageHeader
        title={t('title')}
        crumbs={[
          { label: t('common:nav.board'), link: { to: '/c/$cohortId/board', params: { cohortId } } },
          { label: t('crumb') },
        ]}
        lead={
          <p>
            {density.isSuccess
              ? t('lead', {
                  count: countBetween(byDay, today),
                  week: countBetween(byDay, today, 7),
                  end: formatDate(cohort.endsOn, locale),
                })
              : '\u00a0'}
          </p>
        }
      />
      <RemindersTabs cohortId={cohortId} at="coming" />
      <DensityStrips cohort={cohort} byDay={byDay} today={today} filters={filters} />
      <FilterBar cohort={cohort} filters={filters} today={today} />
      <List cohort={cohort} filters={filters} today={today} byDay={byDay} />
    </>
  );
}

function FilterBar({ cohort, filters, today }: { cohort: Cohort; filters: Filters; today: string }) {
  const { t } = useTranslation('reminders');
  const cohortId = cohort.id;
  const failed = useFailed(cohortId, startOf(firstDayOf({ state: 'failed' }, today), cohort.timeZone)).data ?? 0;
  const navigate = useNavigate();
  const filter = (change: Filters) =>
    void navigate({
      to: '/c/$cohortId/reminders',
      params: { cohortId },
      search: { ...filters, ...change } as never,
      replace: true,
      resetScroll: false,
    });
  const states = [
    { value: 'all', label: t('filter.all') },
    ...STATES.map((state) => ({
      value: state,
      label:
        state === 'failed' && failed > 0 ? (
          <>
            {t('filter.failed')} <span className="num">{failed}</span>
          </>
        ) : (
          t(`filter.${state}`)
        ),
    })),
  ];
  return (
    <div className="row wrap mt24">
      <TextInput
        type="date"
        className={classes.date}
        aria-label={t('filter.day')}
        value={firstDayOf(filters, today)}
        onChange={(event) => filter({ day: event.currentTarget.value || undefined })}
      />
      <Part fallback={<Skeleton className={classes.person} height={36} />}>
        <PeoplePicker
          cohortId={cohortId}
          className={classes.person}
          aria-label={t('filter.person')}
          placeholder={filters.who ? undefined : t('filter.person')}
          leftSection={<Icon of={IconSearch} />}
          maxValues={1}
          clearable
          value={filters.who ? [filters.who] : []}
          onChange={(ids) => filter({ who: ids.at(-1) })}
        />
      </Part>
      <NativeSelect
        className={classes.kind}
        aria-label={t('filter.kind')}
        value={filters.kind ?? ''}
        data={[{ value: '', label: t('filter.allKinds') }, ...useKinds(cohortId)]}
        onChange={(event) => filter({ kind: (event.currentTarget.value || undefined) as ReminderKind | undefined })}
      />
      <NativeSelect
        className={classes.channel}
        aria-label={t('filter.channel')}
        value={filters.by ?? ''}
        data={[
          { value: '', label: t('filter.allChannels') },
          ...CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) })),
        ]}
        onChange={(event) => filter({ by: (event.currentTarget.value || undefined) as ReminderChannel | undefined })}
      />
      <SegmentedControl
        className={classes.states}
        aria-label={t('filter.state')}
        value={filters.state ?? 'all'}
        data={states}
        onChange={(state) =>
          filter({
            state: state === 'all' ? undefined : (state as ReminderState),
            // A day to come has none that failed: all that the tab counts are shown.
            ...(state === 'failed' && { day: undefined }),
          })
        }
      />
    </div>
  );
}

/** All kinds by what they remind of, but for the one that nobody sees. */
function useKinds(cohortId: string) {
  const { t } = useTranslation('reminders');
  const { nameOf } = useRungWords();
  const rungs = (useLadder(cohortId).data?.rungs ?? []).filter(({ subject }) => subject !== 'feedback');
  return [...new Set(rungs.map(({ subject }) => subject))].map((subject) => ({
    group: t(`subjects.${subject}`),
    items: rungs.filter((rung) => rung.subject === subject).map((rung) => ({ value: rung.kind, label: nameOf(rung) })),
  }));
}

interface ListProps {
  cohort: Cohort;
  filters: Filters;
  today: string;
  byDay: readonly DayCount[];
}

function List({ cohort, filters, today, byDay }: ListProps) {
  const { t } = useTranslation('reminders');
  const from = startOf(firstDayOf(filters, today), cohort.timeZone);
  const list = useReminders(cohort.id, from, filters);
  if (list.isPending) return <RowSkeleton rows={8} />;
  if (list.isError) {
    return (
      <div className="mt16">
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      </div>
    );
  }
  const reminders = list.data.pages.flatMap((page) => page.items);
  if (reminders.length === 0) return <NoReminders filters={filters} hasAny={byDay.length > 0} />;
  const counts = list.data.pages[0]?.byDay ?? byDay;
  const { state, who, kind, by } = filters;
  return (
    <>
      {state === 'failed' && cohort.state === 'running' && !list.isPlaceholderData && (
        <SendAllAgain
          cohortId={cohort.id}
          list={{ from, userId: who, kind, channel: by }}
          count={counts.reduce((sum, { count }) => sum + count, 0)}
        />
      )}
      <ReminderRows cohortId={cohort.id} days={daysOf(reminders, cohort.timeZone, counts)} />
      {list.hasNextPage && (
        <Button mt="md" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
    </>
  );
}

/** The reminders by their day in the cohort's zone, with how many that day has in all. */
function daysOf(reminders: readonly Reminder[], zone: string, counts: readonly DayCount[]) {
  const days = new Map<string, Reminder[]>();
  for (const reminder of reminders) {
    const day = dayOf(reminder.dueAt, zone).toString();
    days.set(day, [...(days.get(day) ?? []), reminder]);
  }
  const countOf = new Map(counts.map(({ day, count }) => [day, count]));
  return [...days].map(([day, some]) => ({ day, reminders: some, count: countOf.get(day) ?? some.length }));
}
