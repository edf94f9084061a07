import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedGoal } from '../../../../src/contracts/mentoring/goals';
import { useMe } from '../../api/session';
import { GoalStanding } from './GoalStanding';
import { otherOf } from './goal-words';

/** One goal in a list: what it is, with whom, and where it stands. */
export function GoalRow({ goal, children }: { goal: ListedGoal; children?: ReactNode }) {
  const { t } = useTranslation('goals');
  const me = useMe();
  const { id, cohortId, coach, fellow, title } = goal;
  const nameOf = ({ name }: { name: string }) => name || t('common:formerMember');
  const other = otherOf(goal, me.id);
  return (
    <li className="wrap">
      <div className="grow">
        <Link className="title" to="/c/$cohortId/coaching/goals/$goalId" params={{ cohortId, goalId: id }}>
          {title}
        </Link>
        <p className="t2">
          {other ? t('with', { name: nameOf(other) }) : t('between', { coach: nameOf(coach), fellow: nameOf(fellow) })}
        </p>
        <GoalStanding goal={goal} />
        {children}
      </div>
    </li>
  );
}
