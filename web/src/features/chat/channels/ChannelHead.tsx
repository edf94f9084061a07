import { ActionIcon, Button } from '@mantine/core';
import { IconCalendarSearch, IconHash, IconLock, IconPin, IconUsers, IconWebhook } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import { Avatar, PresenceWord } from '../../../ui/people/Avatar';
import { useArrivalFocus } from '../../../ui/page/arrival';
import { Icon } from '../../../ui/Icon';
import { useNow } from '../../../time/clock';
import { DayButton } from '../later/DayButton';
import { StandingLine } from '../../../ui/people/Standing';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { ChannelSwitch } from './ChannelSwitch';
import classes from '../Chat.module.css';

const CallButton = lazyPart(() => import('./CallButton'));
const GoesOut = lazyPart(() => import('../webhooks/GoesOut'));

/** A list beside the channel. */
export type ChannelSide = 'members' | 'pins' | 'webhooks';

interface ChannelHeadProps {
  channel: Channel;
  name: string;
  /** Shows a list at the side, or hides it. */
  onSide: (side: ChannelSide) => void;
}

/** The name of the channel, what it is for, what is pinned to it, and who is in it. */
export function ChannelHead({ channel, name, onSide }: ChannelHeadProps) {
  const { t } = useTranslation('chat');
  const heading = useRef<HTMLHeadingElement>(null);
  useArrivalFocus(heading);
  const count = channel.members.length;
  return (
    <div className={classes.head}>
      <ChannelSign channel={channel} />
      <h1 ref={heading} tabIndex={-1} className="cut">
        {name}
      </h1>
      <Topic channel={channel} />
      <Part lost="nothing">
        <GoesOut channel={channel} className="only-wide" />
      </Part>
      {channel.retention && (
        <span className="xs t2 only-wide">{t('retention.short', { days: channel.retention.days })}</span>
      )}
      <span className="right row g4">
        <span className="row g4 only-wide">
          <ChannelActs channel={channel} onSide={onSide} />
        </span>
        <Button
          variant="subtle"
          size="sm"
          leftSection={<Icon of={IconUsers} size={16} />}
          aria-label={t('members.count', { count })}
          onClick={() => onSide('members')}
        >
          {count}
        </Button>
      </span>
    </div>
  );
}

/** What concerns the channel as a whole; beside its name on a wide screen, above its people on a phone. */
export function ChannelActs({ channel, onSide }: { channel: Channel; onSide: (side: ChannelSide) => void }) {
  const { t } = useTranslation('chat');
  return (
    <>
      <Part lost="nothing">
        <CallButton channel={channel} />
      </Part>
      <ChannelSwitch channel={channel} of="starred" />
      {channel.kind !== 'direct' && <ChannelSwitch channel={channel} of="watched" />}
      <ChannelSwitch channel={channel} of="muted" />
      <DayButton at={new Date(useNow()).toISOString()}>
        {(open) => (
          <ActionIcon aria-label={t('day.title')} title={t('day.title')} onClick={open}>
            <Icon of={IconCalendarSearch} size={16} />
          </ActionIcon>
        )}
      </DayButton>
      <ActionIcon aria-label={t('pins.title')} title={t('pins.title')} onClick={() => onSide('pins')}>
        <Icon of={IconPin} size={16} />
      </ActionIcon>
      {channel.abilities.edit && (
        <ActionIcon aria-label={t('webhooks.title')} title={t('webhooks.title')} onClick={() => onSide('webhooks')}>
          <Icon of={IconWebhook} size={16} />
        </ActionIcon>
      )}
    </>
  );
}

function ChannelSign({ channel }: { channel: Channel }) {
  const [other] = channel.people;
  if (channel.kind !== 'direct' || !other) return <Icon of={channel.isPrivate ? IconLock : IconHash} />;
  return <Avatar id={other.id} name={other.name} url={other.avatarUrl} size={24} withPresence />;
}

function Topic({ channel }: { channel: Channel }) {
  const { t } = useTranslation('chat');
  const [other] = channel.people;
  if (channel.kind === 'direct' && other)
    return (
      <>
        <PresenceWord id={other.id} />
        {channel.people.length === 1 && (
          <div className={classes.topic}>
            <StandingLine id={other.id} className="cut" />
          </div>
        )}
      </>
    );
  const words = channel.topic || t(`purpose.${channel.kind}`);
  return (
    <div className={classes.topic}>
      <p className="t2 cut">{words}</p>
    </div>
  );
}

/** Above the first message of all. */
export function Beginning({ channel, name }: { channel: Channel; name: string }) {
  const { t } = useTranslation('chat');
  const isDirect = channel.kind === 'direct';
  return (
    <div>
      <p className="bold">{t(isDirect ? 'beginning.direct' : 'beginning.channel', { name })}</p>
      <p className="t2 measure">{t(`members.why.${channel.kind}`)}</p>
    </div>
  );
}
