import { IconBellRinging, IconFlag, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohort, useMembership } from '../../api/session';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatFullDate, formatTime } from '../../time/format';
import { standingOf, todayIn } from '../../time/residency';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { NeverSignedIn, isLate } from './NeverSignedIn';
import { SetUpList } from './SetUpList';
import { SessionsByWeek } from './SessionsByWeek';
import { Unanswered } from './Unanswered';
import { HalfEmpty } from './HalfEmpty';
import { WithoutSession } from './WithoutSession';
import classes from './board.module.css';

const MINUTE_MS = 60_000;
/** What the head says of the residency's weeks. */
const WORDS = { ahead: 'starts', under_way: 'week', over: 'over' } as const;

/** Who is left behind, for the programme team: a number for each, then the names and the act that helps. */
export default function BoardPage() {
  const { t } = useTranslation('board');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/board' });
  const mayInvite = useCohort()?.abilities.invite;
  // An admin from outside sees the numbers, not what goes to whom.
  const isMember = useMembership()?.role === 'staff';
  const query = useQuery({
    queryKey: keys.in(cohortId, 'overview'),
    queryFn: ({ signal }) => api.get<Overview>(`/cohorts/${cohortId}/overview`, { signal }),
    refetchInterval: 5 * MINUTE_MS,
  });
  return (
    <div className="page">
      <PageHeader title={t('title')} lead={<Lead countedAt={query.data?.countedAt} />}>
        {isMember && (
          <ButtonLink to="/c/$cohortId/reminders" params={{ cohortId }} leftSection={<Icon of={IconBellRinging} />}>
            {t('reminders')}
          </ButtonLink>
        )}
        {isMember && (
          <ButtonLink to="/c/$cohortId/reports" params={{ cohortId }} leftSection={<Icon of={IconFlag} />}>
            {t('reports')}
          </ButtonLink>
        )}
        {mayInvite && (
          <ButtonLink to="/c/$cohortId/people/import" params={{ cohortId }} leftSection={<Icon of={IconUserPlus} />}>
            {t('invite')}
          </ButtonLink>
        )}
      </PageHeader>
      <QueryBoundary query={query}>
        {(overview) => (
          <>
            <Start />
            <Numbers overview={overview} cohortId={cohortId} isMember={isMember} />
            <div className={classes.board}>
              <WithoutSession people={overview.withoutSession} cohortId={cohortId} />
              <div>
                <NeverSignedIn people={overview.neverSignedIn} cohortId={cohortId} />
                <HalfEmpty workshops={overview.halfEmptyWorkshops} cohortId={cohortId} />
              </div>
              <Unanswered topics={overview.unansweredTopics} cohortId={cohortId} />
              <SessionsByWeek weeks={overview.sessionsByWeek} />
            </div>
          </>
        )}
      </QueryBoundary>
    </div>
  );
}

function Lead({ countedAt }: { countedAt?: string }) {
  const { t } = useTranslation('board');
  const cohort = useCohort();
  const now = useNow();
  const zone = useZone();
  const locale = useLocale();
  if (!cohort) return <p>{'\u00a0'}</p>;
  const { fellows, projects, coaches } = cohort.counts;
  const { at, week, weeks } = standingOf(cohort, todayIn(cohort, now));
  return (
    <p>
      {t('lead', { fellows, projects, coaches })}{' '}
      {t(WORDS[at], { week, weeks, date: formatFullDate(cohort.startsOn, locale) })}{' '}
      {countedAt && t('counted', { time: formatTime(countedAt, zone, locale) })}
    </p>
  );
}

/** What is prepared until the first day; and while nobody is here whom the rest could be about. */
function Start() {
  const cohort = useCohort();
  const now = useNow();
  if (!cohort?.abilities.edit) return null;
  const isAhead = standingOf(cohort, todayIn(cohort, now)).at === 'ahead';
  return isAhead || cohort.counts.fellows === 0 ? <SetUpList cohort={cohort} /> : null;
}

function Numbers({ overview, cohortId, isMember }: { overview: Overview; cohortId: string; isMember: boolean }) {
  const { t } = useTranslation('board');
  const { reminders, neverSignedIn } = overview;
  const [zone, now] = [useZone(), useNow()];
  const isAnyLate = neverSignedIn.some(({ invitedAt }) => isLate(invitedAt, zone, now));
  const here = [
    { key: 'never', count: neverSignedIn.length, alert: isAnyLate },
    { key: 'noSession', count: overview.withoutSession.length, alert: true },
    { key: 'unanswered', count: overview.unansweredTopics.length, alert: false },
    { key: 'halfEmpty', count: overview.halfEmptyWorkshops.length, alert: false },
  ] as const;
  return (
    <nav className={classes.sum} aria-label={t('care')}>
      {here.map(({ key, count, alert }) => (
        <a key={key} href={`#${key}`} data-alert={alert && count > 0} data-zero={count === 0}>
          <b>{count}</b>
          <span>{t(`numbers.${key}`, { count })}</span>
        </a>
      ))}
      {isMember &&
        [
          { key: 'reminders', count: reminders.next7Days, alert: false, search: {} },
          { key: 'failed', count: reminders.failed, alert: true, search: { state: 'failed' } },
        ].map(({ key, count, alert, search }) => (
          <Link
            key={key}
            to="/c/$cohortId/reminders"
            params={{ cohortId }}
            search={search as never}
            data-alert={alert && count > 0}
            data-zero={count === 0}
          >
            <b>{count}</b>
            <span>{t(`numbers.${key}`, { count })}</span>
          </Link>
        ))}
    </nav>
  );
}
