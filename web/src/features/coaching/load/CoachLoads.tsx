import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CoachLoad } from '../../../../../src/contracts/mentoring/coaching-load';
import { Group } from '../../../ui/page/Group';
import { PersonName } from '../../../ui/people/PersonName';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import classes from './load.module.css';

const LoadChart = lazyPart(() => import('./LoadChart'));

/** What each coach has this week and next, beside the most they take, the fullest first; as a table or as a chart. */
export function CoachLoads({ cohortId, coaches }: { cohortId: string; coaches: readonly CoachLoad[] }) {
  const { t } = useTranslation('coaching');
  const [asChart, setAsChart] = useState(false);
  return (
    <Group
      title={t('loads.coaches')}
      count={coaches.length}
      right={
        coaches.length > 0 && (
          <button type="button" className="link" aria-pressed={asChart} onClick={() => setAsChart(!asChart)}>
            {t(asChart ? 'loads.asTable' : 'loads.asChart')}
          </button>
        )
      }
    >
      {coaches.length === 0 && <p className="t2 mt12">{t('loads.noCoaches')}</p>}
      {coaches.length > 0 &&
        (asChart ? (
          <Part>
            <LoadChart coaches={coaches} />
          </Part>
        ) : (
          <Table cohortId={cohortId} coaches={coaches} />
        ))}
    </Group>
  );
}

function Table({ cohortId, coaches }: { cohortId: string; coaches: readonly CoachLoad[] }) {
  const { t } = useTranslation('coaching');
  return (
    <div className={classes.scroll} role="group" aria-label={t('loads.coaches')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('loads.coach')}</th>
            <th scope="col">{t('loads.thisWeek')}</th>
            <th scope="col">{t('loads.nextWeek')}</th>
            <th scope="col">{t('loads.cap')}</th>
            {(['held', 'noShow', 'late'] as const).map((what) => (
              <th key={what} scope="col">
                {t(`loads.${what}`)} <span className="t3">{t('loads.since')}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {coaches.map(({ person, thisWeek, nextWeek, maxPerWeek, held, noShow, cancelledLate }) => (
            <tr key={person.id}>
              <th scope="row">
                <PersonName person={person} cohortId={cohortId} />
              </th>
              <td>{thisWeek}</td>
              <td>{nextWeek}</td>
              <td>{maxPerWeek ?? <span className="t3">{t('loads.noCap')}</span>}</td>
              <td>{held}</td>
              <td>{noShow}</td>
              <td>{cancelledLate}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
