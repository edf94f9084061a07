import { type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import { useMe } from '../../../api/session';
import { useStore } from '../../../api/store';
import { answered } from '../answered/answered';
import type { ComposerHandle } from './Composer';
import { keepDraft, readDraft, uploadPlaceOf } from './drafts';
import { LazyComposer } from './LazyComposer';
import { send } from './outbox';
import { tellTyping, TypingLine } from '../channels/TypingLine';
import { useBlockedOther } from '../channels/useBlockedOther';
import { useLater } from '../later/useLater';
import classes from '../Chat.module.css';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';

const AnsweredLine = lazyPart(() => import('../answered/AnsweredLine'));
const BlockedOther = lazyPart(() => import('../channels/BlockedOther'));
const ScheduledLine = lazyPart(() => import('../later/ScheduledLine'));

interface ChannelComposerProps {
  channel: Channel;
  name: string;
  handle: Ref<ComposerHandle>;
  onEditLast: () => void;
  onSent: () => void;
}

/** Where one writes in a channel, under who writes now and what goes out later. */
export function ChannelComposer({ channel, name, handle, onEditLast, onSent }: ChannelComposerProps) {
  const { t } = useTranslation('chat');
  const me = useMe();
  const later = useLater(channel.id, null);
  const other = useBlockedOther(channel);
  const found = useStore(answered);
  return (
    <>
      <TypingLine channelId={channel.id} />
      <Part>
        <ScheduledLine channelId={channel.id} />
      </Part>
      <Part lost="nothing">{found?.channelId === channel.id && <AnsweredLine topic={found.topic} />}</Part>
      {other ? (
        <Part>
          <BlockedOther person={other} />
        </Part>
      ) : channel.abilities.send ? (
        <LazyComposer
          kind="channel"
          label={t(channel.kind === 'direct' ? 'composer.direct' : 'composer.channel', { name })}
          initial={readDraft(channel.id, null)}
          place={uploadPlaceOf(channel, null)}
          handle={handle}
          onTyped={(typed) => {
            keepDraft(channel.id, null, typed);
            if (typed !== '') tellTyping(channel.id);
          }}
          onEditLast={onEditLast}
          onLater={later}
          onSend={(body, attachments) => {
            send({ channelId: channel.id, threadId: null, body, attachments, senderId: me.id }, Date.now());
            onSent();
          }}
        />
      ) : (
        <p className={classes.closed}>{t(channel.closed ? `closed.${channel.closed}` : 'archived')}</p>
      )}
    </>
  );
}
