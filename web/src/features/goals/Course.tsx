import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Goal, GoalMark } from '../../../../src/contracts/mentoring/goals';
import { api } from '../../api/http';
import { useLocale } from '../../time/clock';
import { formatDate, formatFullDate } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { keepFocus } from '../../ui/page/focus';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { PersonName } from '../../ui/people/PersonName';
import { toastProblem } from '../../ui/toast';
import { useGoalWords } from './goal-words';
import classes from './goals.module.css';
import { HEIGHT, plotOf, WIDTH } from './plot';
import { goalKeys, goalPath, keepGoal } from './queries';

/** Where a goal stood over time: a picture that is read out in one sentence, and the same as a table. */
export function Course({ goal }: { goal: Goal }) {
  const { t } = useTranslation('goals');
  if (goal.course.length === 0) return <p className="t2 mt12">{t('course.none')}</p>;
  return (
    <>
      <Chart goal={goal} />
      <Table goal={goal} />
    </>
  );
}

function Chart({ goal }: { goal: Goal }) {
  const { t } = useTranslation('goals');
  const locale = useLocale();
  const { valueOf, wayOf } = useGoalWords(goal);
  const { points, start, target, from, to } = plotOf(goal);
  // The first and the last: the table below says all.
  const marks = goal.course
    .filter((_, index) => index === 0 || index === goal.course.length - 1)
    .map(({ on, value }) => t('course.mark', { day: formatFullDate(on, locale), value: valueOf(value) }))
    .join(', ');
  const line = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  return (
    <>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('course.chart', { way: wayOf, marks })}
      >
        <path className={classes.end} d={`M0 ${start}H${WIDTH}`} />
        <path className={classes.target} d={`M0 ${target}H${WIDTH}`} />
        <path d={line} />
        {points.map(({ x, y }, index) => (
          <circle key={goal.course[index]?.id} cx={x} cy={y} r="5" />
        ))}
      </svg>
      <p className={classes.axis} aria-hidden="true">
        <span>{formatFullDate(from, locale)}</span>
        <span>{t('course.dashed')}</span>
        <span>{formatFullDate(to, locale)}</span>
      </p>
    </>
  );
}

function Table({ goal }: { goal: Goal }) {
  const { t } = useTranslation('goals');
  const withActs = goal.course.some(({ abilities }) => abilities.takeBack);
  return (
    <div className={classes.scroll} role="region" aria-label={t('course.table')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('record.on')}</th>
            <th scope="col">{t('course.value')}</th>
            <th scope="col">{t('record.words')}</th>
            <th scope="col">{t('course.by')}</th>
            {withActs && (
              <th scope="col">
                <VisuallyHidden>{t('course.acts')}</VisuallyHidden>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {goal.course.toReversed().map((mark) => (
            <Row key={mark.id} goal={goal} mark={mark} withActs={withActs} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ goal, mark, withActs }: { goal: Goal; mark: GoalMark; withActs: boolean }) {
  const { t } = useTranslation('goals');
  const locale = useLocale();
  const client = useQueryClient();
  const problemText = useProblemText('goals');
  const { valueOf } = useGoalWords(goal);
  const day = formatFullDate(mark.on, locale);
  const takeBack = async () => {
    try {
      keepGoal(client, await api.delete<Goal>(`${goalPath(goal.cohortId, goal.id)}/course/${mark.id}`));
      keepFocus();
    } catch (error) {
      toastProblem(problemText(error));
      await client.invalidateQueries({ queryKey: goalKeys.all(goal.cohortId) });
    }
  };
  return (
    <tr>
      <th scope="row">{formatDate(mark.on, locale)}</th>
      <td>{valueOf(mark.value)}</td>
      <td className={classes.words}>{mark.words}</td>
      <td>
        <PersonName person={mark.by} you />
      </td>
      {withActs && (
        <td>
          {mark.abilities.takeBack && (
            <ActionIcon
              aria-label={t('course.takeBackNamed', { day, value: valueOf(mark.value) })}
              onClick={() => void takeBack()}
            >
              <Icon of={IconTrash} />
            </ActionIcon>
          )}
        </td>
      )}
    </tr>
  );
}
