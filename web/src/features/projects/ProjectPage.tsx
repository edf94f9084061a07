import { ActionIcon, Button } from '@mantine/core';
import { IconLock, IconMessage, IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import { Avatar } from '../../ui/people/Avatar';
import { ButtonLink } from '../../ui/ButtonLink';
import { Group } from '../../ui/page/Group';
import { Icon } from '../../ui/Icon';
import { useMessage } from '../../ui/markdown/message';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { Rope, RopeList } from '../../ui/Rope';
import { Tag } from '../../ui/page/State';
import { useRope } from '../../ui/useRope';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import classes from './projects.module.css';
import { Road } from './Road';

const ProjectDialog = lazyPart(() => import('./ProjectDialog'));
// Hosts and the programme team alone have some.
const Questions = lazyPart(() => import('./Questions'));

/** One project: its team on the rope, its challenge, its ten months. */
export default function ProjectPage() {
  const { cohortId, projectId } = useParams({ from: '/shell/c/$cohortId/projects/$projectId' });
  const query = useQuery({
    queryKey: keys.in(cohortId, 'projects', projectId),
    queryFn: ({ signal }) => api.get<Project>(`/cohorts/${cohortId}/projects/${projectId}`, { signal }),
  });
  return (
    <div className="page">
      <QueryBoundary query={query}>{(project) => <Open project={project} cohortId={cohortId} />}</QueryBoundary>
    </div>
  );
}

function Open({ project, cohortId }: { project: Project; cohortId: string }) {
  const { t } = useTranslation('projects');
  const me = useMe();
  const rope = useRope(project);
  const { message, busy } = useMessage();
  const [editing, setEditing] = useState(false);
  return (
    <>
      <PageHeader
        title={project.name}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/projects', params: { cohortId } } },
          {
            label: project.agency,
            link: {
              to: '/c/$cohortId/projects',
              params: { cohortId },
              search: { agency: project.agency } as never,
            },
          },
        ]}
        lead={project.agency}
      >
        {project.channelId && (
          <ButtonLink
            to="/c/$cohortId/chat/$channelId"
            params={{ cohortId, channelId: project.channelId }}
            leftSection={<Icon of={IconLock} />}
          >
            {t('channel')}
          </ButtonLink>
        )}
        {project.abilities.editSummary && (
          <Button leftSection={<Icon of={IconPencil} />} onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        )}
      </PageHeader>
      {editing && (
        <Part lost="over">
          <ProjectDialog cohortId={cohortId} project={project} onClose={() => setEditing(false)} />
        </Part>
      )}
      {rope.length > 0 && (
        <div className="mt24 only-wide">
          <Rope members={rope} label={t('rope')} cohortId={cohortId} />
        </div>
      )}
      <div className="two fold">
        <div>
          <Group title={t('challenge')} className="">
            <p className={`${classes.summary} mt12`}>
              {project.summary || (
                <span className="t2">{t(project.abilities.editSummary ? 'writeIt' : 'noSummary')}</span>
              )}
            </p>
          </Group>
          {project.abilities.readQuestions && (
            <Part lost="fallback">
              <Questions cohortId={cohortId} projectId={project.id} />
            </Part>
          )}
          <Road cohortId={cohortId} />
        </div>
        <aside className="side">
          <Group title={t('reach')} className="">
            {rope.length === 0 && project.invited.length === 0 && <p className="t2 mt12">{t('noTeam')}</p>}
            <div className="mt12">
              <RopeList
                members={rope}
                act={(member) =>
                  member.id !== me.id && (
                    <ActionIcon
                      aria-label={t('messageTo', { name: member.name })}
                      loading={busy === member.id}
                      onClick={() => message(member.id)}
                    >
                      <Icon of={IconMessage} />
                    </ActionIcon>
                  )
                }
              />
            </div>
            {project.invited.length > 0 && (
              <ul className="list tight mt12" aria-label={t('invitedTitle')}>
                {project.invited.map(({ invitationId, name, role, isSent }) => (
                  <li key={invitationId}>
                    <Avatar id={invitationId} name={name} size={40} />
                    <div className="grow t2">
                      <div>{name}</div>
                      {t(`common:roles.${role}`)}
                    </div>
                    <Tag>{t(isSent ? 'common:invited' : 'common:notInvited')}</Tag>
                  </li>
                ))}
              </ul>
            )}
          </Group>
        </aside>
      </div>
    </>
  );
}
