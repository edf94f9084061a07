import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Import } from '../../../../src/contracts/bridges/imports';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohort } from '../../api/session';
import { Empty } from '../../ui/page/Empty';
import { Group } from '../../ui/page/Group';
import { NotFoundPage } from '../../ui/page/NotFound';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { CohortSettingsFrame } from '../cohort/CohortSettingsFrame';
import { HandOver } from './HandOver';
import { ImportRow } from './ImportRow';

const LOOK_MS = 1_500;
const isAtWork = ({ state }: Import) => state === 'checking' || state === 'running';

/** A chat that is brought along: hand an export over, see what it holds, bring it in. */
export default function ImportsPage() {
  const { t } = useTranslation('imports');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/settings/imports' });
  const cohort = useCohort();
  const query = useQuery({
    queryKey: keys.in(cohortId, 'imports', 'slack'),
    queryFn: () => api.get<{ items: Import[] }>(`/cohorts/${cohortId}/imports`),
    refetchInterval: ({ state }) => (state.data?.items.some(isAtWork) ? LOOK_MS : false),
    enabled: cohort?.abilities.edit ?? false,
  });
  if (cohort && !cohort.abilities.edit) return <NotFoundPage />;
  return (
    <CohortSettingsFrame cohortId={cohortId} at="imports" lead={cohort ? t('lead', { cohort: cohort.name }) : '\u00a0'}>
      <HandOver cohortId={cohortId} />
      <QueryBoundary query={query} ns="imports">
        {({ items }) => (
          <Group title={t('list')} count={items.length || undefined} className="mt40">
            {items.length === 0 ? (
              <Empty title={t('none')} />
            ) : (
              <ul>
                {items.map((one) => (
                  <ImportRow key={one.id} cohortId={cohortId} cohortName={cohort?.name ?? ''} one={one} />
                ))}
              </ul>
            )}
          </Group>
        )}
      </QueryBoundary>
    </CohortSettingsFrame>
  );
}
