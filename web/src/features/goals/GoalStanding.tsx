import { useTranslation } from 'react-i18next';
import type { ListedGoal } from '../../../../src/contracts/mentoring/goals';
import { useLocale } from '../../time/clock';
import { formatFullDate } from '../../time/format';
import { State } from '../../ui/page/State';
import { useToday } from '../cycles/CycleState';
import { useGoalWords } from './goal-words';
import classes from './goals.module.css';

/** Where a goal stands: its way in words and as a bar, and until when, or how it ended. */
export function GoalStanding({ goal }: { goal: ListedGoal }) {
  const { t } = useTranslation('goals');
  const locale = useLocale();
  const today = useToday();
  const { standsAt, aim } = useGoalWords(goal);
  const { state, standing, until } = goal;
  const day = until ? formatFullDate(until, locale) : '';
  const isLate = until !== null && until < today;
  return (
    <div className="meta">
      <span className={classes.bar} data-reached={standing?.isReached ?? false} aria-hidden="true">
        <i style={{ width: `${Math.round((standing?.share ?? 0) * 100)}%` }} />
      </span>
      <span>{standsAt(standing)}</span>
      {aim && <span>{aim}</span>}
      {state === 'open' && standing?.isReached && <State tone="ok">{t('states.there')}</State>}
      {state === 'reached' && <State tone="ok">{t('states.reached')}</State>}
      {state === 'dropped' && <State>{t('states.dropped')}</State>}
      {state === 'open' && until && (
        <State tone={isLate ? 'alert' : undefined}>{t(isLate ? 'until.late' : 'until.ahead', { day })}</State>
      )}
    </div>
  );
}
