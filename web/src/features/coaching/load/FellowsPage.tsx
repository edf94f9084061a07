import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cycle } from '../../../../../src/contracts/mentoring/cycles';
import type { CoachFellow } from '../../../../../src/contracts/mentoring/mentoring';
import { useMembership } from '../../../api/session';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatRelative } from '../../../time/format';
import { Avatar } from '../../../ui/people/Avatar';
import { ButtonLink } from '../../../ui/ButtonLink';
import { Empty } from '../../../ui/page/Empty';
import { PageHeader } from '../../../ui/page/PageHeader';
import { PersonName } from '../../../ui/people/PersonName';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { State } from '../../../ui/page/State';
import { useCycles, useLiveCycles } from '../../cycles/queries';
import { CoachTabs } from '../CoachingTabs';
import classes from '../coaching.module.css';
import { MyLoad } from './MyLoad';
import { useLiveCoaching, useMyFellows } from '../queries';
import { silenceOf, silenceTone } from '../sessions/session-words';

type Order = 'silence' | 'team' | 'next';

/** A coach's fellows: who was not met for long comes first. */
export default function FellowsPage() {
  const { t } = useTranslation('coaching');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/coaching/fellows' });
  const isCoach = useMembership()?.role === 'coach';
  const [order, setOrder] = useState<Order>('silence');
  useLiveCoaching(cohortId);
  useLiveCycles(cohortId);
  const fellows = useMyFellows(cohortId, isCoach);
  const known = fellows.data ?? [];
  const teams = new Set(known.flatMap((fellow) => fellow.projectName ?? [])).size;
  const silent = known.filter(silenceTone).length;
  if (!isCoach)
    return (
      <div className="page">
        <PageHeader title={t('fellows.title')} />
        <Empty title={t('empty.coachOnly')} />
      </div>
    );
  return (
    <div className="page">
      <PageHeader
        title={t('fellows.title')}
        lead={fellows.isSuccess ? t('fellows.lead', { count: known.length, teams, silent }) : <p>&nbsp;</p>}
      />
      <CoachTabs cohortId={cohortId} at="fellows" />
      <div className={`two narrow fold ${classes.board}`}>
        <div>
          <QueryBoundary query={fellows}>
            {(all) =>
              all.length === 0 ? (
                <Empty title={t('empty.fellows.title')}>{t('empty.fellows.what')}</Empty>
              ) : (
                <>
                  <div className="row wrap between">
                    <SegmentedControl
                      aria-label={t('fellows.order')}
                      value={order}
                      data={(['silence', 'team', 'next'] as const).map((value) => ({
                        value,
                        label: t(`fellows.by.${value}`),
                      }))}
                      onChange={(value) => setOrder(value)}
                    />
                    <Legend />
                  </div>
                  <Table fellows={[...all].sort(orders[order])} cohortId={cohortId} />
                </>
              )
            }
          </QueryBoundary>
        </div>
        <aside className="side">
          <MyLoad cohortId={cohortId} />
        </aside>
      </div>
    </div>
  );
}

const orders: Record<Order, (a: CoachFellow, b: CoachFellow) => number> = {
  silence: (a, b) => (a.lastSessionAt ?? '').localeCompare(b.lastSessionAt ?? ''),
  team: (a, b) =>
    (a.projectName ?? '').localeCompare(b.projectName ?? '') || a.person.name.localeCompare(b.person.name),
  next: (a, b) => (a.nextSessionAt ?? '9').localeCompare(b.nextSessionAt ?? '9'),
};

function Legend() {
  const { t } = useTranslation('coaching');
  return (
    <span className={`${classes.legend} t2 xs`} aria-hidden="true">
      {(['session', 'none', 'booked'] as const).map((week) => (
        <span key={week}>
          <span className={classes.strip}>
            <i data-week={week} />
          </span>
          {t(`fellows.week.${week}`)}
        </span>
      ))}
    </span>
  );
}

function Table({ fellows, cohortId }: { fellows: readonly CoachFellow[]; cohortId: string }) {
  const { t } = useTranslation('coaching');
  const cycles = useCycles(cohortId, 'open').data ?? [];
  return (
    <table className={classes.fellows}>
      <thead>
        <tr>
          <th scope="col">{t('fellows.columns.fellow')}</th>
          <th scope="col">{t('fellows.columns.weeks')}</th>
          <th scope="col">{t('fellows.columns.last')}</th>
          <th scope="col">{t('fellows.columns.actions')}</th>
          <th scope="col">{t('fellows.columns.next')}</th>
          <th scope="col">
            <VisuallyHidden>{t('fellows.book')}</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {fellows.map((fellow) => (
          <FellowRow
            key={fellow.person.id}
            fellow={fellow}
            cohortId={cohortId}
            cycle={cycles.find((cycle) => cycle.fellow.id === fellow.person.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface FellowRowProps {
  fellow: CoachFellow;
  cohortId: string;
  /** Their open cycle with me. */
  cycle: Cycle | undefined;
}

function FellowRow({ fellow, cohortId, cycle }: FellowRowProps) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const { person, projectName, nextSessionId, nextSessionAt, openActions, weeks } = fellow;
  return (
    <tr>
      <td>
        <span className={classes.who}>
          <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={32} withPresence />
          <span>
            <PersonName className="title" person={person} cohortId={cohortId} />
            <span className="t2" style={{ display: 'block' }}>
              {projectName}
            </span>
            {cycle && (
              <Link
                className="link xs"
                to="/c/$cohortId/coaching/cycles/$cycleId"
                params={{ cohortId, cycleId: cycle.id }}
              >
                {t('fellows.cycle', { held: cycle.held, of: cycle.of })}
              </Link>
            )}
          </span>
        </span>
      </td>
      <td>
        <span className={classes.strip} role="img" aria-label={weekWords(weeks, t)}>
          {weeks.map((week, index) => (
            <i key={index} data-week={week} />
          ))}
        </span>
      </td>
      <td>
        <Silence fellow={fellow} />
      </td>
      <td>{t('fellows.actions', { count: openActions })}</td>
      <td>
        {nextSessionId && nextSessionAt ? (
          <Link
            className="link"
            to="/c/$cohortId/coaching/sessions/$sessionId"
            params={{ cohortId, sessionId: nextSessionId }}
          >
            {formatRelative(nextSessionAt, zone, locale, now)}
          </Link>
        ) : (
          <span className="t3">{t('fellows.none')}</span>
        )}
      </td>
      <td>
        <ButtonLink
          size="sm"
          variant={nextSessionId ? 'subtle' : 'default'}
          to="/c/$cohortId/coaching"
          params={{ cohortId }}
          search={{ for: person.id } as never}
          aria-label={t('fellows.bookNamed', { name: person.name })}
        >
          {t('fellows.book')}
        </ButtonLink>
      </td>
    </tr>
  );
}

function Silence({ fellow }: { fellow: CoachFellow }) {
  const { t } = useTranslation('coaching');
  const { key, days } = silenceOf(fellow);
  const words = key === 'never' ? t('fellows.never') : t('fellows.ago', { days });
  const tone = silenceTone(fellow);
  return tone ? <State tone={tone}>{words}</State> : <span className="t2">{words}</span>;
}

const weekWords = (weeks: CoachFellow['weeks'], t: (key: string, params?: Record<string, unknown>) => string) =>
  weeks
    .map((week, index) => t('fellows.weekWords', { week: index - weeks.length + 2, what: t(`fellows.week.${week}`) }))
    .join(', ');
