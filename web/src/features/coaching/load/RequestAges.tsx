import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../time/clock';
import { Group } from '../../../ui/page/Group';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { useRequests } from '../../requests/queries';
import classes from './load.module.css';
import { AGES, byAge } from './request-ages';

/** How many requests for help wait, by how long they do. */
export function RequestAges({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('coaching');
  const now = useNow();
  const requests = useRequests(cohortId, 'all', 'waiting');
  return (
    <Group
      title={t('loads.requests')}
      {...(requests.data && { count: requests.data.length })}
      right={
        <Link className="link" to="/c/$cohortId/coaching/requests" params={{ cohortId }}>
          {t('loads.openRequests')}
        </Link>
      }
    >
      <QueryBoundary query={requests} ns="coaching">
        {(waiting) => {
          const counts = byAge(waiting, now);
          return (
            <div className={classes.scroll} role="group" aria-label={t('loads.requests')} tabIndex={0}>
              <table className={classes.table}>
                <thead>
                  <tr>
                    {AGES.map((age) => (
                      <th key={age} scope="col">
                        {t(`loads.age.${age}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  <tr>
                    {AGES.map((age) => (
                      <td key={age}>{counts[age]}</td>
                    ))}
                  </tr>
                </tbody>
              </table>
            </div>
          );
        }}
      </QueryBoundary>
    </Group>
  );
}
