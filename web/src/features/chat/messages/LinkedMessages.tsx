import { IconEyeOff, IconPaperclip } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessagePreview } from '../../../../../src/contracts/chat/message-previews';
import { useNames } from '../../../shell/navigation/names';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatAbsolute, formatShortDay, formatTime } from '../../../time/format';
import { Avatar } from '../../../ui/people/Avatar';
import { Icon } from '../../../ui/Icon';
import { FileImage } from '../files/FileImage';
import { usePreview, wantPreview } from './linked-messages';
import { MessageLink } from './MessageCard';
import type { LinkedPlace } from './message-links';
import classes from './LinkedMessages.module.css';

/** The messages that a text links to, each as a small card that leads there. */
export default function LinkedMessages({ places }: { places: readonly LinkedPlace[] }) {
  return (
    <div className={classes.cards}>
      {places.map((place) => (
        <Linked key={place.messageId} place={place} />
      ))}
    </div>
  );
}

function Linked({ place }: { place: LinkedPlace }) {
  const { t } = useTranslation('chat');
  const preview = usePreview(place);
  useEffect(() => wantPreview(place), [place]);
  if (preview === undefined) return <div className={classes.card} aria-hidden="true" />;
  if (preview === null) {
    return (
      <p className={classes.none}>
        <Icon of={IconEyeOff} size={14} />
        {t('linked.notYours')}
      </p>
    );
  }
  return <Card preview={preview} />;
}

function Card({ preview }: { preview: MessagePreview }) {
  const { t } = useTranslation('chat');
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
            {t('linked.files', { count: files })}
          </span>
        )}
      </span>
      {image && <FileImage src={image.url} alt={image.alt} loading="lazy" className={classes.image} />}
    </MessageLink>
  );
}
