import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/session';
import { useApplyEvents } from '../../api/socket';
import { Group } from '../../ui/page/Group';
import { otherOf } from './cycle-words';
import { CycleState } from './CycleState';
import { cycleEvents, useCycles } from './queries';
import { Steps } from './Steps';

const SHOWN = 3;

/** My open cycles, beside my week: how far each is, and how much time is left. Nothing where there is none. */
export default function OpenCycles({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('cycles');
  const me = useMe();
  useApplyEvents(cycleEvents);
  const cycles = useCycles(cohortId, 'open').data ?? [];
  if (cycles.length === 0) return null;
  return (
    <Group
      title={t('title')}
      count={cycles.length}
      className=""
      right={
        <Link className="link" to="/c/$cohortId/coaching/cycles" params={{ cohortId }}>
          {t('all')}
        </Link>
      }
    >
      <ul className="list tight">
        {cycles.slice(0, SHOWN).map((cycle) => (
          <li key={cycle.id} className="wrap">
            <div className="grow">
              <Link
                className="title"
                to="/c/$cohortId/coaching/cycles/$cycleId"
                params={{ cohortId, cycleId: cycle.id }}
              >
                {cycle.goal.split('\n')[0]}
              </Link>
              <p className="t2">{t('with', { name: otherOf(cycle, me.id)?.name || t('common:formerMember') })}</p>
              <div className="row wrap mt4">
                <Steps cycle={cycle} />
                <CycleState cycle={cycle} />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Group>
  );
}
