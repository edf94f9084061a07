import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Import } from '../../../../src/contracts/bridges/imports';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohort } from '../../api/session';
import { useLocale } from '../../time/clock';
import { Icon } from '../../ui/Icon';
import { Group } from '../../ui/page/Group';
import { NotFoundPage } from '../../ui/page/NotFound';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { CohortSettingsFrame } from '../cohort/CohortSettingsFrame';
import { HandOver } from '../imports/HandOver';
import { ImportRow } from '../imports/ImportRow';

const LOOK_MS = 1_500;
const isAtWork = ({ state }: Import) => state === 'checking' || state === 'running';

/** The forum as files: all topics taken along, and those of a Discourse brought in. */
export default function ForumCarryPage() {
  const { t } = useTranslation('carrying');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/settings/forum' });
  const cohort = useCohort();
  if (cohort && !cohort.abilities.edit && cohort.state !== 'closed') return <NotFoundPage />;
  return (
    <CohortSettingsFrame cohortId={cohortId} at="forum" lead={cohort ? t('lead', { cohort: cohort.name }) : '\u00a0'}>
      <Export cohortId={cohortId} />
      {cohort?.abilities.edit && <Imports cohortId={cohortId} cohortName={cohort.name} />}
    </CohortSettingsFrame>
  );
}

function Export({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('carrying');
  const locale = useLocale();
  return (
    <Group title={t('export.title')} className="mt24">
      <div className="measure">
        <p className="t2 mt12">{t('export.body')}</p>
        <p className="t2 mt8">{t('export.left')}</p>
      </div>
      <div className="row mt16">
        <Button
          component="a"
          href={`/files/cohorts/${cohortId}/forum/export.zip?lang=${locale}`}
          download
          leftSection={<Icon of={IconDownload} />}
        >
          {t('export.act')}
        </Button>
      </div>
    </Group>
  );
}

function Imports({ cohortId, cohortName }: { cohortId: string; cohortName: string }) {
  const { t } = useTranslation('carrying');
  const query = useQuery({
    queryKey: keys.in(cohortId, 'imports', 'discourse'),
    queryFn: () => api.get<{ items: Import[] }>(`/cohorts/${cohortId}/imports`, { query: { source: 'discourse' } }),
    refetchInterval: ({ state }) => (state.data?.items.some(isAtWork) ? LOOK_MS : false),
  });
  return (
    <Group title={t('import.title')} className="mt40">
      <div className="measure">
        <p className="t2 mt12">{t('import.body')}</p>
        <p className="t2 mt8">{t('import.people')}</p>
        <p className="t2 mt8">{t('import.left')}</p>
      </div>
      <HandOver cohortId={cohortId} source="discourse" />
      <QueryBoundary query={query} ns="carrying">
        {({ items }) =>
          items.length > 0 && (
            <ul className="mt24" aria-label={t('list')}>
              {items.map((one) => (
                <ImportRow key={one.id} cohortId={cohortId} cohortName={cohortName} one={one} />
              ))}
            </ul>
          )
        }
      </QueryBoundary>
    </Group>
  );
}
