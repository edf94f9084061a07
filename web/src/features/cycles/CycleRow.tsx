import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Cycle } from '../../../../src/contracts/mentoring/cycles';
import { useMe } from '../../api/session';
import { Avatar } from '../../ui/people/Avatar';
import { otherOf } from './cycle-words';
import { CycleState } from './CycleState';
import classes from './cycles.module.css';
import { Steps } from './Steps';

/** One cycle in a list: with whom, what for, how far, and how much time is left. */
export function CycleRow({ cycle }: { cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const me = useMe();
  const { id, cohortId, coach, fellow, goal } = cycle;
  const shown = otherOf(cycle, me.id) ?? fellow;
  const nameOf = ({ name }: { name: string }) => name || t('common:formerMember');
  const [first = '', second] = goal.split('\n');
  return (
    <li className="wrap">
      <Avatar id={shown.id} name={shown.name} url={shown.avatarUrl} size={32} withPresence />
      <div className="grow">
        <Link className="title" to="/c/$cohortId/coaching/cycles/$cycleId" params={{ cohortId, cycleId: id }}>
          {first}
        </Link>
        {second && <p className="t2 cut">{second}</p>}
        <div className="meta">
          <span>
            {otherOf(cycle, me.id)
              ? t('with', { name: nameOf(shown) })
              : t('between', { coach: nameOf(coach), fellow: nameOf(fellow) })}
          </span>
          <CycleState cycle={cycle} />
          {cycle.state === 'open' && cycle.abilities.writeNote && <span>{t('noteWaits')}</span>}
        </div>
      </div>
      <span className={classes.right}>
        <Steps cycle={cycle} />
      </span>
    </li>
  );
}
