import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelSummary, Message } from '../../../../../src/contracts/chat/chat';
import type { Person } from '../../../../../src/contracts/primitives';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatAbsolute, formatShortDay, formatTime } from '../../../time/format';
import { Avatar } from '../../../ui/people/Avatar';
import { Attachments } from '../../../ui/files/Attachments';
import { MessageLink } from './MessageLink';
import { MessageText } from './MessageText';
import classes from '../Chat.module.css';

interface MessageCardProps {
  message: Message;
  channel: Pick<ChannelSummary, 'id' | 'cohortId'>;
  by: Person | undefined;
  /** Acts at the right. */
  children?: ReactNode;
}

/** A message away from its place, which its time leads to. */
export function MessageCard({ message, channel, by, children }: MessageCardProps) {
  const { t } = useTranslation('chat');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const { createdAt } = message;
  const name = message.bot?.name ?? by?.name ?? t('common:formerMember');
  return (
    <li className={classes.card}>
      <Avatar id={message.senderId} name={name} url={by?.avatarUrl} size={32} />
      <div className="grow">
        <p className={classes.by}>
          <b>{name}</b>
          <MessageLink channel={channel} messageId={message.id} className={classes.time}>
            <time dateTime={createdAt} title={formatAbsolute(createdAt, zone, locale)}>
              {formatShortDay(createdAt, zone, locale, now)}, {formatTime(createdAt, zone, locale)}
            </time>
          </MessageLink>
        </p>
        {message.deletedAt ? (
          <p className={`${classes.tx} ${classes.gone}`}>{t('deleted')}</p>
        ) : (
          <>
            {message.body !== '' && <MessageText body={message.body} />}
            <Attachments files={message.attachments} />
          </>
        )}
      </div>
      {children}
    </li>
  );
}
