import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Milestone } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohort } from '../../api/session';
import type { Cohort, Page } from '../../api/types';
import { useNames } from '../../shell/navigation/names';
import { useLocale, useNow } from '../../time/clock';
import { formatDate } from '../../time/format';
import { formatShortDate } from '../../time/seldom';
import { daysTo, standingOf, todayIn } from '../../time/residency';
import { Group } from '../../ui/page/Group';
import { State } from '../../ui/page/State';
import classes from './projects.module.css';

/** The residency as a road: four phases with their milestones, what is behind us, what comes next. */
export function Road({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('projects');
  const cohort = useCohort();
  const now = useNow();
  const milestones = useQuery({
    queryKey: keys.in(cohortId, 'milestones'),
    queryFn: ({ signal }) =>
      api.get<Page<Milestone>>(`/cohorts/${cohortId}/milestones`, { query: { limit: 200 }, signal }),
    select: (page) => page.items,
  }).data;
  if (!cohort || !milestones) return null;
  const today = todayIn(cohort, now).toString();
  const past = milestones.filter((one) => one.on < today).length;
  const next = milestones.find((one) => one.on >= today);
  return (
    <Group
      title={t('road')}
      className="mt32"
      right={
        <Link className="link" to="/c/$cohortId/calendar" params={{ cohortId }}>
          {t('inCalendar')}
        </Link>
      }
    >
      {milestones.length > 0 && <p className="t2 mt8">{t('behind', { past, count: milestones.length })}</p>}
      <ol className={classes.road}>
        {cohort.phases.map((phase, index) => (
          <Phase
            key={phase.key}
            cohort={cohort}
            index={index}
            today={today}
            milestones={milestones.filter((one) => one.phase === phase.key)}
            nextId={next?.id}
          />
        ))}
      </ol>
    </Group>
  );
}

interface PhaseProps {
  cohort: Cohort;
  index: number;
  today: string;
  milestones: readonly Milestone[];
  nextId?: string;
}

function Phase({ cohort, index, today, milestones, nextId }: PhaseProps) {
  const { t } = useTranslation('projects');
  const names = useNames();
  const locale = useLocale();
  const now = useNow();
  const phase = cohort.phases[index];
  if (!phase) return null;
  const { week, weeks } = standingOf(cohort, todayIn(cohort, now));
  const isNow = phase.startsOn <= today && today <= phase.endsOn;
  return (
    <>
      <li className={classes.phase} data-done={phase.startsOn <= today}>
        <span className={classes.knot} />
        <b>
          {index + 1} {names.phase(phase)} {isNow && <span className="t2">{t('weekNow', { week, weeks })}</span>}
        </b>
        <span className={`t3 ${classes.end}`}>
          {formatDate(phase.startsOn, locale)} – {formatDate(phase.endsOn, locale)}
        </span>
      </li>
      {milestones.map((milestone) => {
        const done = milestone.on < today;
        const next = milestone.id === nextId;
        return (
          <li key={milestone.id} data-done={done} data-next={next}>
            <span className={classes.knot} />
            <span className={done ? 't3' : 't2'}>{formatShortDate(milestone.on, locale)}</span>
            <span className={next ? 'bold' : done ? 't2' : undefined}>
              {names.milestone(milestone)}
              {done && <VisuallyHidden>{t('done')}</VisuallyHidden>}
            </span>
            <span className={classes.end}>
              {next && (
                <State tone="wait">
                  {t('inDays', { count: daysTo(Temporal.PlainDate.from(today), milestone.on) })}
                </State>
              )}
            </span>
          </li>
        );
      })}
    </>
  );
}
