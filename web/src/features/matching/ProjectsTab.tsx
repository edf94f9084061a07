import { Button, Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchingOverview } from '../../../../src/contracts/selection/matching';
import type { AcceptedProposal } from '../../../../src/contracts/selection/proposals';
import { ConfirmDialog } from '../../ui/confirm';
import { Part } from '../../ui/forms/Part';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/page/Empty';
import { Group } from '../../ui/page/Group';
import { lazyPart } from '../../ui/page/lazy-part';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { State } from '../../ui/page/State';
import { toast } from '../../ui/toast';
import classes from './matching.module.css';
import { usePlacesText } from './PlacesFields';
import { useMatchingActs, useProposals } from './queries';
import { WishesPart } from './WishesPart';

const ProjectDialog = lazyPart(() => import('./ProjectDialog'));

interface TabProps {
  cohortId: string;
  overview: MatchingOverview;
}

/** Accepted proposals that become projects, the projects with their places, and until when they are wished for. */
export default function ProjectsTab({ cohortId, overview }: TabProps) {
  const query = useProposals(cohortId);
  return (
    <>
      <QueryBoundary query={query} ns="matching">
        {({ items }) => (
          <Proposals
            cohortId={cohortId}
            proposals={items.filter(({ projectId }) => projectId === null)}
            mayEdit={overview.abilities.edit}
            isFirst={overview.projects.length + overview.withoutPlaces.length === 0}
          />
        )}
      </QueryBoundary>
      <PlacedProjects cohortId={cohortId} overview={overview} />
      {overview.projects.length > 0 && <WishesPart cohortId={cohortId} overview={overview} />}
    </>
  );
}

interface ProposalsProps {
  cohortId: string;
  proposals: readonly AcceptedProposal[];
  mayEdit: boolean;
  isFirst: boolean;
}

function Proposals({ cohortId, proposals, mayEdit, isFirst }: ProposalsProps) {
  const { t } = useTranslation('matching');
  const placesText = usePlacesText();
  const { adopt } = useMatchingActs(cohortId);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  /** As staff changed them, before they are made. */
  const [changed, setChanged] = useState<Readonly<Record<string, AcceptedProposal>>>({});
  const [editing, setEditing] = useState<AcceptedProposal | null>(null);
  const [asking, setAsking] = useState(false);
  const shown = proposals.map((one) => changed[one.applicationId] ?? one);
  const ready = shown.filter((one) => chosen.has(one.applicationId));
  if (shown.length === 0) return isFirst ? <Empty title={t('proposals.none')}>{t('proposals.noneBody')}</Empty> : null;
  const choose = (ids: readonly string[], isChosen: boolean) =>
    setChosen((now) => new Set(isChosen ? [...now, ...ids] : [...now].filter((id) => !ids.includes(id))));
  const lacks = (one: AcceptedProposal) => one.name === '' || one.agency === '' || one.places.length === 0;
  const whole = shown.filter((one) => !lacks(one)).map(({ applicationId }) => applicationId);
  const make = async () => {
    const projects = ready.map(({ applicationId, name, agency, summary, places }) => ({
      ...{ applicationId, name, agency, summary, places },
    }));
    const { made } = await adopt(projects);
    setChosen(new Set());
    setAsking(false);
    toast(t('proposals.made', { count: made }));
  };
  return (
    <Group title={t('proposals.title')} count={shown.length}>
      <p className="t2 mt8">{t('proposals.what')}</p>
      {mayEdit && (
        <div className="row wrap mt12">
          <Checkbox
            label={t('proposals.all')}
            checked={whole.length > 0 && whole.every((id) => chosen.has(id))}
            onChange={(event) => choose(whole, event.currentTarget.checked)}
          />
          <Button variant="filled" disabled={ready.length === 0} onClick={() => setAsking(true)}>
            {t('proposals.make', { count: ready.length })}
          </Button>
        </div>
      )}
      <ul className="list mt8" aria-label={t('proposals.title')}>
        {shown.map((one) => (
          <li key={one.applicationId} className="wrap">
            {mayEdit && (
              <Checkbox
                aria-label={t('proposals.choose', { name: one.name || one.number })}
                disabled={lacks(one)}
                checked={chosen.has(one.applicationId)}
                onChange={(event) => choose([one.applicationId], event.currentTarget.checked)}
              />
            )}
            <div className="grow">
              <span className="title">{one.name || t('proposals.unnamed', { number: one.number })}</span>
              <div className="meta">
                <span>{one.agency}</span>
                <span>{placesText(one.places)}</span>
                <span>
                  <Icon of={IconMail} size={16} />
                  {t('proposals.host', { name: one.host.name || one.host.email })}
                </span>
              </div>
              {lacks(one) && <State tone="wait">{t('proposals.lacks')}</State>}
            </div>
            {mayEdit && (
              <Button
                size="sm"
                aria-label={t('proposals.changeNamed', { name: one.name || one.number })}
                onClick={() => setEditing(one)}
              >
                {t('proposals.change')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Part lost="over">
        {editing && (
          <ProjectDialog
            project={editing}
            onClose={() => setEditing(null)}
            onSave={(next) => {
              setChanged((now) => ({ ...now, [editing.applicationId]: { ...editing, ...next } }));
              choose([editing.applicationId], true);
              setEditing(null);
            }}
          />
        )}
      </Part>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('proposals.ask', { count: ready.length })}
        act={t('proposals.make', { count: ready.length })}
        keep={t('common:cancel')}
        danger={false}
        ns="matching"
        onConfirm={make}
      >
        <p>{t('proposals.follows')}</p>
        <ul className={classes.willBe}>
          {ready.map((one) => (
            <li key={one.applicationId}>
              <b>{one.name}</b>, {one.agency}. {placesText(one.places)}.{' '}
              <span className="t2">{t('proposals.invited', { email: one.host.email })}</span>
            </li>
          ))}
        </ul>
      </ConfirmDialog>
    </Group>
  );
}

function PlacedProjects({ cohortId, overview }: TabProps) {
  const { t } = useTranslation('matching');
  const placesText = usePlacesText();
  const { setPlaces } = useMatchingActs(cohortId);
  const [editing, setEditing] = useState<MatchingOverview['projects'][number] | null>(null);
  const { abilities } = overview;
  const bare = overview.withoutPlaces.map((project) => ({ ...project, places: [] }));
  const projects = [...overview.projects, ...bare];
  if (projects.length === 0) return null;
  return (
    <Group title={t('projects.title')} count={projects.length}>
      <ul className="list mt8" aria-label={t('projects.title')}>
        {projects.map((project) => (
          <li key={project.id} className="wrap">
            <div className="grow">
              <Link
                className="title"
                to="/c/$cohortId/projects/$projectId"
                params={{ cohortId, projectId: project.id }}
              >
                {project.name}
              </Link>
              <div className="meta">
                <span>{project.agency}</span>
                <span>{placesText(project.places)}</span>
              </div>
            </div>
            {abilities.edit && (
              <Button
                size="sm"
                aria-label={t('projects.changeNamed', { name: project.name })}
                onClick={() => setEditing(project)}
              >
                {t('projects.change')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Part lost="over">
        {editing && (
          <ProjectDialog
            places={editing}
            onClose={() => setEditing(null)}
            onSave={async ({ places }) => {
              await setPlaces(editing.id, places);
              setEditing(null);
            }}
          />
        )}
      </Part>
    </Group>
  );
}
