import { ActionIcon } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useBooks, useMe } from '../../api/session';
import type { Member } from '../../api/types';
import { Avatar, PresenceWord } from '../../ui/people/Avatar';
import { StandingMark } from '../../ui/people/Standing';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { useMessage } from '../../ui/markdown/message';
import classes from './people.module.css';
import { marked } from './search';

/** One person of the list: who, where, what they give and want, and the way to them. */
export function PersonRow({ member, cohortId, q }: { member: Member; cohortId: string; q: string }) {
  const { t } = useTranslation('people');
  const me = useMe();
  const books = useBooks();
  const { message, busy } = useMessage();
  const isMe = member.userId === me.id;
  return (
    <li className={classes.person}>
      <Avatar id={member.userId} name={member.name} url={member.avatarUrl} size={40} withPresence />
      <div className={classes.who}>
        <Link className="title" to="/c/$cohortId/people/$userId" params={{ cohortId, userId: member.userId }}>
          <Marked text={member.name} q={q} />
        </Link>
        <PresenceWord id={member.userId} /> <StandingMark id={member.userId} />
        {member.craft && <div className="t2">{t(`common:crafts.${member.craft}`)}</div>}
      </div>
      <div className={`${classes.where} t2`}>
        {isMe ? t('common:you') : t(`common:roles.${member.role}`)}
        {member.projectName && `, ${member.projectName}`}
      </div>
      <div className={classes.skills}>
        <Skills label={t('gives')} skills={member.gives} q={q} />
        <Skills label={t('wants')} skills={member.wants} q={q} />
      </div>
      <div className={classes.acts}>
        {!isMe && (
          <ActionIcon
            aria-label={t('messageTo', { name: member.name })}
            loading={busy === member.userId}
            onClick={() => message(member.userId)}
          >
            <Icon of={IconMessage} />
          </ActionIcon>
        )}
        {!isMe && books && member.role === 'coach' && (
          <ButtonLink to="/c/$cohortId/coaching" params={{ cohortId }} search={{ coach: member.userId } as never}>
            {t('book')}
          </ButtonLink>
        )}
      </div>
    </li>
  );
}

function Skills({ label, skills, q }: { label: string; skills: readonly string[]; q: string }) {
  if (skills.length === 0) return null;
  return (
    <div>
      <span className="t3">{label}</span> <Marked text={skills.join(', ')} q={q} />
    </div>
  );
}

function Marked({ text, q }: { text: string; q: string }) {
  if (!q) return text;
  return marked(text, q).map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : piece.text));
}
