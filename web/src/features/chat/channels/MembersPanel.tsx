import { ActionIcon, Button } from '@mantine/core';
import { IconLogout, IconUserMinus, IconUserPlus, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import type { Person } from '../../../../../src/contracts/primitives';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useMe } from '../../../api/session';
import { useLocale, useZone } from '../../../time/clock';
import { Avatar, PresenceWord } from '../../../ui/people/Avatar';
import { ConfirmDialog } from '../../../ui/confirm';
import { onEscape } from '../../../ui/page/focus';
import { Icon } from '../../../ui/Icon';
import { PersonName } from '../../../ui/people/PersonName';
import { BlockButton } from '../../../ui/people/BlockButton';
import { StandingMark } from '../../../ui/people/Standing';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { ArchiveButton } from './ArchiveButton';
import GoesOut from '../webhooks/GoesOut';
import { RetentionLine } from './RetentionLine';
import { ChannelActs, type ChannelSide } from './ChannelHead';
import classes from '../Chat.module.css';

const AddPeople = lazyPart(() => import('./AddPeople'));

interface MembersPanelProps {
  channel: Channel;
  name: string;
  cohortId: string;
  onSide: (side: ChannelSide) => void;
  onClose: () => void;
}

/** Who is in the channel; of a private one people can be added, taken out, and one can leave. */
export default function MembersPanel({ channel, name, cohortId, onSide, onClose }: MembersPanelProps) {
  const { t } = useTranslation('chat');
  const me = useMe();
  const [zone, locale] = [useZone(), useLocale()];
  const client = useQueryClient();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const [going, setGoing] = useState<Person | null>(null);
  const { abilities, members } = channel;
  const isMe = going?.id === me.id;
  const mayRemove = (channel.kind === 'private' || channel.kind === 'open') && abilities.edit;

  const takeOut = async () => {
    await api.delete(`/channels/${channel.id}/members/${going?.id ?? ''}`);
    await client.invalidateQueries({ queryKey: keys.channels });
    if (isMe) await navigate({ to: '/' });
  };

  return (
    <aside className={classes.side} aria-label={t('members.title')} onKeyDown={onEscape(onClose)}>
      <div className={classes.head}>
        <h2>{t('members.title')}</h2>
        <span className="t3">{members.length}</span>
        <span className="right row g4">
          <ActionIcon aria-label={t('members.close')} onClick={onClose} autoFocus>
            <Icon of={IconX} />
          </ActionIcon>
        </span>
      </div>
      <div className={classes.people}>
        <div className="row wrap g4 only-phone">
          <ChannelActs channel={channel} onSide={onSide} />
        </div>
        <p className="t2 mt8">{t(`members.why.${channel.kind}`)}</p>
        <GoesOut channel={channel} className="mt8" />
        {abilities.addMembers && (
          <Button
            className="mt12"
            size="sm"
            leftSection={<Icon of={IconUserPlus} size={16} />}
            onClick={() => setAdding(true)}
          >
            {t('members.add')}
          </Button>
        )}
        <RetentionLine channel={channel} />
        {abilities.archive && <ArchiveButton channel={channel} name={name} />}
        {channel.kind === 'direct' && channel.people.length === 1 && channel.people[0] && (
          <p className="mt12">
            <BlockButton id={channel.people[0].id} name={channel.people[0].name} />
          </p>
        )}
        {abilities.export && (
          <p className="row g8 mt12 xs">
            <span className="t2">{t('export.title')}</span>
            <a
              className="link"
              href={`/files/channels/${channel.id}/export.html?lang=${locale}&zone=${encodeURIComponent(zone)}`}
              download
            >
              {t('export.page')}
            </a>
            <a className="link" href={`/files/channels/${channel.id}/export.json`} download>
              JSON
            </a>
          </p>
        )}
        <ul className="mt12">
          {members.map((person) => (
            <li key={person.id}>
              <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={32} withPresence />
              <span className="grow cut">
                <PersonName person={person} cohortId={cohortId || undefined} />
                {person.id === me.id && <span className="t3"> ({t('common:you')})</span>}
                <PresenceWord id={person.id} /> <StandingMark id={person.id} />
              </span>
              {(person.id === me.id ? abilities.leave : mayRemove) && (
                <ActionIcon
                  size="sm"
                  aria-label={person.id === me.id ? t('members.leave') : t('members.remove', { name: person.name })}
                  onClick={() => setGoing(person)}
                >
                  <Icon of={person.id === me.id ? IconLogout : IconUserMinus} size={16} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      </div>
      <Part lost="over">{adding && <AddPeople channel={channel} name={name} onClose={() => setAdding(false)} />}</Part>
      <ConfirmDialog
        opened={going !== null}
        onClose={() => setGoing(null)}
        title={isMe ? t('members.leaveTitle', { name }) : t('members.removeTitle', { person: going?.name ?? '', name })}
        act={isMe ? t('members.leave') : t('members.removeAct')}
        danger
        ns="chat"
        onConfirm={takeOut}
      >
        {isMe ? t(channel.kind === 'open' ? 'members.leaveOpenBody' : 'members.leaveBody') : t('members.removeBody')}
      </ConfirmDialog>
    </aside>
  );
}
