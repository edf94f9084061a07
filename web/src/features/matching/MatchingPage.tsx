import { Tabs } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MatchingOverview } from '../../../../src/contracts/selection/matching';
import { useCohort } from '../../api/session';
import { oneOf } from '../../shell/address';
import { Part } from '../../ui/forms/Part';
import { lazyPart } from '../../ui/page/lazy-part';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { useOverview } from './queries';

const TABS = ['projects', 'teams'] as const;

const ProjectsTab = lazyPart(() => import('./ProjectsTab'));
const TeamsTab = lazyPart(() => import('./TeamsTab'));

/** From accepted proposals and applicants to teams: the projects with their places, the wishes, and the board. */
export default function MatchingPage() {
  const { t } = useTranslation('matching');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/calls/matching' });
  const query = useOverview(cohortId);
  const cohort = useCohort();
  const overview = query.data;
  const places = overview?.projects.reduce((sum, project) => sum + project.places.length, 0) ?? 0;
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        lead={overview ? t('lead', { projects: overview.projects.length, places, people: overview.people.length }) : ''}
        crumbs={[
          { label: t('calls'), link: { to: '/c/$cohortId/calls', params: { cohortId } } },
          { label: cohort?.name ?? '' },
        ]}
      />
      <QueryBoundary query={query} ns="matching" loading={<RowSkeleton rows={8} />}>
        {(data) => <Parts cohortId={cohortId} overview={data} />}
      </QueryBoundary>
    </div>
  );
}

function Parts({ cohortId, overview }: { cohortId: string; overview: MatchingOverview }) {
  const { t } = useTranslation('matching');
  const navigate = useNavigate();
  const asked: { tab?: unknown } = useSearch({ strict: false });
  const isReady = overview.people.length > 0 && overview.projects.length > 0;
  const tab = oneOf(TABS, asked.tab) ?? (isReady ? 'teams' : 'projects');
  const show = (to: string | null) =>
    void navigate({ to: '.', search: { tab: to ?? 'projects' } as never, replace: true });
  const counts = {
    projects: overview.projects.length + overview.withoutPlaces.length + overview.proposals,
    teams: overview.versions.length,
  };
  return (
    <Tabs mt="md" value={tab} onChange={show} keepMounted={false}>
      <Tabs.List aria-label={t('tabs.label')}>
        {TABS.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`tabs.${one}`)} <span className="num">{counts[one]}</span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={tab}>
        <Part fallback={<RowSkeleton rows={8} />}>
          {tab === 'projects' ? (
            <ProjectsTab cohortId={cohortId} overview={overview} />
          ) : (
            <TeamsTab cohortId={cohortId} overview={overview} />
          )}
        </Part>
      </Tabs.Panel>
    </Tabs>
  );
}
