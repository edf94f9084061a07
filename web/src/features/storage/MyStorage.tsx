import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MyStorage as Mine } from '../../../../src/contracts/storage';
import { api } from '../../api/http';
import { useMe } from '../../api/session';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { UseBar } from './UseBar';

/** How much room the files take that I uploaded: in each of my cohorts, and in direct messages. */
export default function MyStorage() {
  const { t } = useTranslation('storage');
  const { memberships } = useMe();
  const query = useQuery({ queryKey: ['storage'], queryFn: () => api.get<Mine>('/me/storage') });
  const nameOf = (cohortId: string | null) =>
    cohortId === null ? t('direct') : (memberships.find((one) => one.cohortId === cohortId)?.cohortName ?? '');
  return (
    <section className="mt16" aria-label={t('mine')}>
      <QueryBoundary query={query} loading={<RowSkeleton rows={2} />}>
        {({ items }) => (
          <>
            <ul className="list">
              {items.map(({ cohortId, ...use }) => (
                <li key={cohortId}>
                  <UseBar name={nameOf(cohortId)} use={use} />
                </li>
              ))}
            </ul>
            <p className="t2 mt8">{t('mineHelp')}</p>
          </>
        )}
      </QueryBoundary>
    </section>
  );
}
