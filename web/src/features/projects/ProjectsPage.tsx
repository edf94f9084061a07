import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../../../src/contracts/cohorts/cohorts';
import { fold } from '../../../../src/common/texts/fold';
import { useCohort, useMe } from '../../api/session';
import { listOf } from '../../i18n/list-of';
import { useLocale, useNow } from '../../time/clock';
import { formatDate } from '../../time/format';
import { oneOf } from '../../shell/address';
import { useNames } from '../../shell/navigation/names';
import { Avatar } from '../../ui/people/Avatar';
import { Empty } from '../../ui/page/Empty';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { PersonName } from '../../ui/people/PersonName';
import { useProjects } from '../../ui/projects';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RopeInRow } from '../../ui/Rope';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { phaseNow } from '../../time/residency';
import classes from './projects.module.css';

const ProjectDialog = lazyPart(() => import('./ProjectDialog'));
type Filters = { show?: 'mine' | undefined; agency?: string | undefined };

/** All projects with their teams, mine first. */
export default function ProjectsPage() {
  const { t } = useTranslation('projects');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/projects' });
  const cohort = useCohort();
  const query = useProjects(cohortId);
  const [making, setMaking] = useState(false);
  return (
    <div className="page">
      <PageHeader title={t('title')} lead={<Lead projects={query.data ?? []} />}>
        {cohort?.abilities.edit && (
          <Button variant="filled" leftSection={<Icon of={IconPlus} />} onClick={() => setMaking(true)}>
            {t('new')}
          </Button>
        )}
      </PageHeader>
      {making && (
        <Part lost="over">
          <ProjectDialog cohortId={cohortId} onClose={() => setMaking(false)} />
        </Part>
      )}
      <QueryBoundary query={query}>{(projects) => <List projects={projects} cohortId={cohortId} />}</QueryBoundary>
    </div>
  );
}

function Lead({ projects }: { projects: readonly Project[] }) {
  const { t } = useTranslation('projects');
  const cohort = useCohort();
  const names = useNames();
  const locale = useLocale();
  const now = useNow();
  if (!cohort) return <p>{'\u00a0'}</p>;
  const agencies = new Set(projects.map((project) => fold(project.agency))).size;
  const phase = phaseNow(cohort, now);
  return (
    <p>
      {t('lead', { count: projects.length, cohort: cohort.name, agencies })} {cohort.state === 'closed' && t('closed')}
      {cohort.state === 'running' &&
        phase &&
        t('phase', { n: phase.index + 1, name: names.phase(phase), until: formatDate(phase.endsOn, locale) })}
    </p>
  );
}

function List({ projects, cohortId }: { projects: readonly Project[]; cohortId: string }) {
  const { t } = useTranslation('projects');
  const me = useMe();
  const cohort = useCohort();
  const asked: Filters = useSearch({ strict: false });
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const agencies = [...new Set(projects.map((project) => project.agency))].sort((a, b) => a.localeCompare(b));
  const filters: Filters = { show: oneOf(['mine'], asked.show), agency: oneOf(agencies, asked.agency) };
  const set = (change: Filters) =>
    void navigate({ to: '.', search: { ...filters, ...change } as never, replace: true });

  if (projects.length === 0) {
    return <Empty title={t('none')}>{t(cohort?.abilities.edit ? 'noneStaff' : 'noneHint')}</Empty>;
  }
  const mine = projects.filter((project) => isMine(project, me.id));
  const shown = [...mine, ...projects.filter((project) => !mine.includes(project))]
    .filter((project) => filters.show !== 'mine' || mine.includes(project))
    .filter((project) => !filters.agency || project.agency === filters.agency)
    .filter((project) => fold(wordsOf(project)).includes(fold(typed.trim())));

  return (
    <>
      <div className="row wrap mt16" role="search">
        <TextInput
          className={classes.search}
          type="search"
          aria-label={t('search')}
          placeholder={t('searchHint')}
          leftSection={<Icon of={IconSearch} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {mine.length > 0 && (
          <SegmentedControl
            aria-label={t('show')}
            value={filters.show ?? ''}
            onChange={(show) => set({ show: show === 'mine' ? 'mine' : undefined })}
            data={[
              { value: '', label: t('all', { count: projects.length }) },
              { value: 'mine', label: t('mine', { count: mine.length }) },
            ]}
          />
        )}
        <NativeSelect
          aria-label={t('agency')}
          value={filters.agency ?? ''}
          onChange={(event) => set({ agency: event.currentTarget.value || undefined })}
          data={[{ value: '', label: t('anyAgency') }, ...agencies.map((one) => ({ value: one, label: one }))]}
        />
      </div>
      {shown.length === 0 ? (
        <Empty title={t('noneFound')} />
      ) : (
        <div className="mt24">
          <div className={classes.heads} aria-hidden="true">
            <span className={classes.what}>{t('heads.what')}</span>
            <span className={classes.team}>{t('heads.team')}</span>
            <span className={classes.coach}>{t('heads.coach')}</span>
          </div>
          <ul className="list" aria-label={t('title')}>
            {shown.map((project) => (
              <ProjectRow key={project.id} project={project} cohortId={cohortId} mine={mine.includes(project)} />
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function ProjectRow({ project, cohortId, mine }: { project: Project; cohortId: string; mine: boolean }) {
  const { t } = useTranslation('projects');
  const locale = useLocale();
  const rope = [...project.fellows, ...project.hosts];
  const names = useTeamNames(project);
  const invitedAs = (isCoach: boolean) =>
    project.invited.filter(({ role }) => (role === 'coach') === isCoach).map(({ name }) => name);
  const [team, coaches] = [invitedAs(false), invitedAs(true)];
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <Avatar id={project.id} name={project.name} size={40} square>
          {initials(project.name)}
        </Avatar>
        <div className="grow">
          <Link className="title" to="/c/$cohortId/projects/$projectId" params={{ cohortId, projectId: project.id }}>
            {project.name}
          </Link>{' '}
          {mine && <span className="t2">{t('yours')}</span>}
          {project.summary && <div className="cut">{firstLine(project.summary)}</div>}
          <div className="t2">{project.agency}</div>
        </div>
      </div>
      <div className={classes.team}>
        {rope.length > 0 && <RopeInRow people={rope} />}
        <div className={classes.names}>
          {(rope.length > 0 || team.length === 0) && names}
          {team.length > 0 && <div className="t2">{t('invited', { names: listOf(team, locale) })}</div>}
        </div>
      </div>
      <div className={`${classes.coach} t2`}>
        <span className={classes.label}>{t('heads.coach')} </span>
        {project.coach ? (
          <PersonName person={project.coach} cohortId={cohortId} />
        ) : coaches.length > 0 ? (
          t('invited', { names: listOf(coaches, locale) })
        ) : (
          t('noCoach')
        )}
      </div>
    </li>
  );
}

/** "Inès, Tomasz with Mireille". */
function useTeamNames(project: Project): string {
  const { t } = useTranslation('projects');
  const first = (people: readonly { name: string }[]) => people.map(({ name }) => name.split(' ')[0]).join(', ');
  if (project.fellows.length === 0) return t('noTeam');
  if (project.hosts.length === 0) return first(project.fellows);
  return t('teamWith', { team: first(project.fellows), hosts: first(project.hosts) });
}

/** "PermisClair" -> "PC": names of projects are often two words in one. */
const initials = (name: string) =>
  (name
    .match(/\p{Lu}/gu)
    ?.slice(0, 2)
    .join('') ??
    '') ||
  undefined;

const firstLine = (text: string) => text.split('\n')[0];

const isMine = (project: Project, userId: string) =>
  [...project.fellows, ...project.hosts, ...(project.coach ? [project.coach] : [])].some(({ id }) => id === userId);

const wordsOf = (project: Project) =>
  [
    project.name,
    project.agency,
    ...[...project.fellows, ...project.hosts, ...project.invited, ...(project.coach ? [project.coach] : [])].map(
      ({ name }) => name,
    ),
  ].join(' ');
