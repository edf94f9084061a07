import { IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MessagePreview } from '../../../../src/contracts/chat/message-previews';
import { useNames } from '../../shell/navigation/names';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatAbsolute, formatShortDay, formatTime } from '../../time/format';
import { Avatar } from '../../ui/people/Avatar';
import { Icon } from '../../ui/Icon';
import { FileImage } from '../../ui/files/FileImage';
import { MessageLink } from '../chat/messages/MessageLink';
import classes from './LinkCards.module.css';

/** A message that is linked to: who said it where, and how it begins. */
export function MessageOfLink({ preview }: { preview: MessagePreview }) {
  const { t } = useTranslation('cards');
  const names = useNames();
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const { channel, by, botName, createdAt, excerpt, image, files, deletedAt } = preview;
  const name = botName ?? by?.name ?? t('common:formerMember');
  const where = channel.kind === 'direct' ? names.channel(channel) : `#${names.channel(channel)}`;
  return (
    <MessageLink channel={channel} messageId={preview.messageId} className={classes.card}>
      <span className={classes.words}>
        <span className={classes.by}>
          <Avatar
            id={by?.id ?? preview.messageId}
            name={name}
            url={by?.avatarUrl}
            size={20}
            square={botName !== null}
          />
          <b>{name}</b>
          <span className="t2 cut">{where}</span>
          <time className="t3" dateTime={createdAt} title={formatAbsolute(createdAt, zone, locale)}>
            {formatShortDay(createdAt, zone, locale, now)}, {formatTime(createdAt, zone, locale)}
          </time>
        </span>
        {deletedAt ? (
          <span className="t2">{t('deleted')}</span>
        ) : (
          excerpt && <span className={classes.text}>{excerpt}</span>
        )}
        {files > 0 && !(image && files === 1) && (
          <span className="t2 row g4">
            <Icon of={IconPaperclip} size={14} />
            {t('files', { count: files })}
          </span>
        )}
      </span>
      {image && <FileImage src={image.url} alt={image.alt} loading="lazy" className={classes.image} />}
    </MessageLink>
  );
}
