import { VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LookedOver, type SetUp } from '../../../../src/contracts/cohorts/set-up';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMembership } from '../../api/session';
import type { Cohort } from '../../api/types';
import { useLocale } from '../../time/clock';
import { formatFullDate } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { Group } from '../../ui/page/Group';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { STEPS, type Step, doneSteps } from './set-up-steps';
import classes from './board.module.css';

const PLACES: Record<Step, { to: LinkProps['to']; section?: string }> = {
  dates: { to: '/c/$cohortId/settings/$section', section: 'phases' },
  closedDays: { to: '/c/$cohortId/settings/$section', section: 'closed-days' },
  projects: { to: '/c/$cohortId/projects' },
  invited: { to: '/c/$cohortId/people/import' },
  joined: { to: '/c/$cohortId/people' },
  hours: { to: '/c/$cohortId/coaching' },
  workshop: { to: '/c/$cohortId/workshops' },
  reminders: { to: '/c/$cohortId/reminders' },
};

/** What is left to prepare before the first day; each line leads to where it is done, and ticks itself. */
export function SetUpList({ cohort }: { cohort: Cohort }) {
  const query = useQuery({
    queryKey: keys.in(cohort.id, 'set-up'),
    queryFn: ({ signal }) => api.get<SetUp>(`/cohorts/${cohort.id}/set-up`, { signal }),
    // Who comes back from a line has just done what it is about.
    staleTime: 0,
  });
  return <QueryBoundary query={query}>{(setUp) => <Lines cohort={cohort} setUp={setUp} />}</QueryBoundary>;
}

function Lines({ cohort, setUp }: { cohort: Cohort; setUp: SetUp }) {
  const { t } = useTranslation('board');
  const client = useQueryClient();
  // An admin from outside does not see what goes to whom.
  const isMember = useMembership()?.role === 'staff';
  const steps = STEPS.filter((step) => isMember || step !== 'reminders');
  const done = doneSteps(setUp, cohort);
  const look = (step: Step) => {
    const { data: part } = LookedOver.safeParse(step);
    if (!part || setUp.lookedOver.includes(part)) return;
    // The line can be ticked another time: nobody who opens a page is told that this did not work.
    api
      .put(`/cohorts/${cohort.id}/set-up/looked-over/${part}`)
      .then(() => client.invalidateQueries({ queryKey: keys.in(cohort.id, 'set-up') }))
      .catch(() => undefined);
  };
  return (
    <Group
      title={t('setUp.title')}
      right={
        <span className="t2">
          {t('setUp.done', { done: steps.filter((one) => done.has(one)).length, of: steps.length })}
        </span>
      }
    >
      <ol className={`list tight ${classes.steps}`}>
        {steps.map((step) => (
          <li key={step} data-done={done.has(step)}>
            <Icon of={done.has(step) ? IconCircleCheckFilled : IconCircle} size={20} />
            <span className="grow">
              <Link
                to={PLACES[step].to}
                params={{ cohortId: cohort.id, section: PLACES[step].section } as never}
                className="link"
                onClick={() => look(step)}
              >
                {t(`setUp.${step}`)}
              </Link>{' '}
              <VisuallyHidden>{t(done.has(step) ? 'setUp.isDone' : 'setUp.isOpen')}</VisuallyHidden>
            </span>
            <Fact step={step} cohort={cohort} setUp={setUp} />
          </li>
        ))}
      </ol>
    </Group>
  );
}

/** How far it is. */
function Fact({ step, cohort, setUp }: { step: Step; cohort: Cohort; setUp: SetUp }) {
  const { t } = useTranslation('board');
  const locale = useLocale();
  const { projects, invited, joined, notSent, coaches, coachesWithHours, workshops } = setUp;
  const words: Partial<Record<Step, string>> = {
    dates: t('setUp.fact.dates', {
      from: formatFullDate(cohort.startsOn, locale),
      to: formatFullDate(cohort.endsOn, locale),
    }),
    closedDays: t('setUp.fact.closedDays', { count: cohort.pauses.length }),
    projects: t('setUp.fact.projects', { count: projects }),
    invited: t('setUp.fact.invited', { count: invited, notSent }),
    joined:
      invited > 0
        ? t('setUp.fact.of', { done: joined, of: invited })
        : t('setUp.fact.invited', { count: 0, notSent: 0 }),
    hours: coaches > 0 ? t('setUp.fact.of', { done: coachesWithHours, of: coaches }) : t('setUp.fact.noCoach'),
    workshop: t('setUp.fact.workshops', { count: workshops }),
  };
  return words[step] ? <span className="t2 sm">{words[step]}</span> : null;
}
