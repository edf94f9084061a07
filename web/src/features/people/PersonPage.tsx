import { Button } from '@mantine/core';
import {
  IconBellRinging,
  IconCalendarPlus,
  IconClock,
  IconHelpHexagon,
  IconMail,
  IconMessage,
  IconPencil,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useBooks, useCohort, useMe, useMembership } from '../../api/session';
import { presence } from '../../api/socket';
import { useStore } from '../../api/store';
import type { Member } from '../../api/types';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatTime } from '../../time/format';
import { Avatar } from '../../ui/people/Avatar';
import { BlockButton } from '../../ui/people/BlockButton';
import { ButtonLink } from '../../ui/ButtonLink';
import { Group } from '../../ui/page/Group';
import { Icon } from '../../ui/Icon';
import { StandingLine } from '../../ui/people/Standing';
import { useMessage } from '../../ui/markdown/message';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RopeList } from '../../ui/Rope';
import { When } from '../../ui/times/When';
import { GivenAnswers } from './GivenAnswers';
import { canBeAsked } from '../../ui/people/people';
import classes from './people.module.css';
import { useRope } from '../../ui/useRope';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';

const MemberDialog = lazyPart(() => import('./MemberDialog'));
const RemoveDialog = lazyPart(() => import('./RemoveDialog'));

/** One person: who they are here, what they give and want, and with whom they are roped. */
export default function PersonPage() {
  const { cohortId, userId } = useParams({ from: '/shell/c/$cohortId/people/$userId' });
  const query = useQuery({
    queryKey: keys.in(cohortId, 'members', 'one', userId),
    queryFn: ({ signal }) => api.get<Member>(`/cohorts/${cohortId}/members/${userId}`, { signal }),
  });
  return (
    <div className="page">
      <QueryBoundary query={query}>{(member) => <Profile member={member} cohortId={cohortId} />}</QueryBoundary>
    </div>
  );
}

function Profile({ member, cohortId }: { member: Member; cohortId: string }) {
  const { t } = useTranslation('people');
  const project = useProject(cohortId, member.projectId);
  const craft = member.craft && t(`common:crafts.${member.craft}`);
  const role = t(`common:roles.${member.role}`);
  const place = member.projectName
    ? t('roleAt', { role: member.role, project: member.projectName, agency: project?.agency ?? '' })
    : role;
  return (
    <>
      <div className={classes.profile}>
        <Avatar id={member.userId} name={member.name} url={member.avatarUrl} size={64} withPresence />
        <div className="grow">
          <PageHeader
            title={member.name}
            crumbs={[
              { label: t('title'), link: { to: '/c/$cohortId/people', params: { cohortId } } },
              {
                label: t(`roles.${member.role}`),
                link: { to: '/c/$cohortId/people', params: { cohortId }, search: { role: member.role } as never },
              },
            ]}
            lead={<Facts member={member} line={[craft, place].filter(Boolean).join(', ')} />}
          >
            <Acts member={member} cohortId={cohortId} />
          </PageHeader>
        </div>
      </div>
      <div className="two fold">
        <div>
          <Skills
            title={t('gives')}
            skills={member.gives}
            empty={t('givesNothing')}
            act={(skill) => <Finder cohortId={cohortId} skill={skill} words={t('whoWants')} />}
          />
          <Skills
            title={t('wants')}
            skills={member.wants}
            empty={t('wantsNothing')}
            act={(skill) => <Finder cohortId={cohortId} skill={skill} words={t('whoGives')} />}
          />
          <GivenAnswers userId={member.userId} cohortId={cohortId} />
        </div>
        <aside className="side">
          {project && <HisRope project={project} cohortId={cohortId} />}
          <Blocking member={member} />
        </aside>
      </div>
    </>
  );
}

/** Nobody blocks themselves. */
function Blocking({ member }: { member: Member }) {
  const isMe = useMe().id === member.userId;
  if (isMe) return null;
  return (
    <p className="mt24">
      <BlockButton id={member.userId} name={member.name} />
    </p>
  );
}

function useProject(cohortId: string, projectId: string | null): Project | undefined {
  return useQuery({
    queryKey: keys.in(cohortId, 'projects', projectId),
    queryFn: ({ signal }) => api.get<Project>(`/cohorts/${cohortId}/projects/${projectId ?? ''}`, { signal }),
    enabled: projectId !== null,
  }).data;
}

function Facts({ member, line }: { member: Member; line: string }) {
  const { t } = useTranslation('people');
  const now = useNow();
  const mine = useZone();
  const locale = useLocale();
  const here = useStore(presence).has(member.userId);
  const time = formatTime(new Date(now).toISOString(), member.timeZone, locale);
  return (
    <>
      <p className="t2">{line}</p>
      <StandingLine id={member.userId} className="mt8" />
      <p className="row wrap mt8 g16 t2">
        {here && <span>{t('common:here')}</span>}
        <span className="row g4">
          <Icon of={IconClock} size={16} />
          {t(member.timeZone === mine ? 'sameTime' : 'otherTime', { time, zone: member.timeZone })}
        </span>
        {member.email && (
          <a className="row g4 link" href={`mailto:${member.email}`}>
            <Icon of={IconMail} size={16} />
            {member.email}
          </a>
        )}
        {member.lastSeenAt !== undefined && (
          <span>
            {member.lastSeenAt ? (
              <>
                {t('lastSeen')} <When at={member.lastSeenAt} />
              </>
            ) : (
              t('neverSeen')
            )}
          </span>
        )}
      </p>
    </>
  );
}

function Acts({ member, cohortId }: { member: Member; cohortId: string }) {
  const { t } = useTranslation('people');
  const me = useMe();
  const cohort = useCohort();
  const { message, busy } = useMessage();
  const [editing, setEditing] = useState(false);
  const books = useBooks();
  const mine = useMembership();
  const isMe = member.userId === me.id;
  return (
    <>
      {cohort?.abilities.edit && (
        <Button leftSection={<Icon of={IconPencil} />} onClick={() => setEditing(true)}>
          {t('change')}
        </Button>
      )}
      {cohort && !cohort.abilities.edit && cohort.abilities.removeMembers && !isMe && (
        <Button color="corde" onClick={() => setEditing(true)}>
          {t('remove')}
        </Button>
      )}
      {editing && (
        <Part lost="over">
          {cohort?.abilities.edit ? (
            <MemberDialog member={member} cohortId={cohortId} onClose={() => setEditing(false)} />
          ) : (
            <RemoveDialog member={member} cohortId={cohortId} opened onClose={() => setEditing(false)} />
          )}
        </Part>
      )}
      {mine?.role === 'staff' && (
        <ButtonLink
          to="/c/$cohortId/reminders"
          params={{ cohortId }}
          search={{ who: member.userId } as never}
          leftSection={<Icon of={IconBellRinging} />}
        >
          {t('reminders')}
        </ButtonLink>
      )}
      {isMe && (
        <ButtonLink to="/settings/$section" params={{ section: 'profile' }} variant="filled">
          {t('myProfile')}
        </ButtonLink>
      )}
      {!isMe && books && member.role === 'coach' && (
        <ButtonLink
          to="/c/$cohortId/coaching"
          params={{ cohortId }}
          search={{ coach: member.userId } as never}
          leftSection={<Icon of={IconCalendarPlus} />}
        >
          {t('bookSession')}
        </ButtonLink>
      )}
      {!isMe && mine?.role === 'fellow' && canBeAsked(member) && cohort?.state === 'running' && (
        <ButtonLink
          to="/c/$cohortId/coaching/requests/new"
          params={{ cohortId }}
          search={{ of: member.userId } as never}
          leftSection={<Icon of={IconHelpHexagon} />}
        >
          {t('askForHelp')}
        </ButtonLink>
      )}
      {!isMe && (
        <Button
          variant="filled"
          leftSection={<Icon of={IconMessage} />}
          loading={busy !== null}
          onClick={() => message(member.userId)}
        >
          {t('message', { name: member.name.split(' ')[0] })}
        </Button>
      )}
    </>
  );
}

function Skills(props: { title: string; skills: readonly string[]; empty: string; act: (skill: string) => ReactNode }) {
  const { title, skills, empty, act } = props;
  return (
    <Group title={title} count={skills.length}>
      {skills.length === 0 ? (
        <p className="t2 mt12">{empty}</p>
      ) : (
        <ul>
          {skills.map((skill) => (
            <li key={skill} className={classes.skill}>
              <b className="grow">{skill}</b>
              {act(skill)}
            </li>
          ))}
        </ul>
      )}
    </Group>
  );
}

function Finder({ cohortId, skill, words }: { cohortId: string; skill: string; words: string }) {
  return (
    <Link className="link" to="/c/$cohortId/people" params={{ cohortId }} search={{ q: skill } as never}>
      {words}
    </Link>
  );
}

function HisRope({ project, cohortId }: { project: Project; cohortId: string }) {
  const { t } = useTranslation('people');
  const rope = useRope(project);
  return (
    <Group
      title={t('rope')}
      right={
        <Link className="link" to="/c/$cohortId/projects/$projectId" params={{ cohortId, projectId: project.id }}>
          {project.name}
        </Link>
      }
    >
      <div className="mt12">
        <RopeList members={rope} />
      </div>
    </Group>
  );
}
