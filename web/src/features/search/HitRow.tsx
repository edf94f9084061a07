import { Link } from '@tanstack/react-router';
import {
  IconBook2,
  IconCornerDownRight,
  IconHash,
  IconHelpHexagon,
  IconLock,
  IconMessage,
  IconPresentation,
  IconWorld,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FoundChannel, Marked, SearchHit } from '../../../../src/contracts/search';
import { useNames } from '../../shell/navigation/names';
import { Avatar } from '../../ui/people/Avatar';
import { Icon } from '../../ui/Icon';
import { When } from '../../ui/times/When';
import classes from './search.module.css';

/** One thing found: where it is, what of it was asked for, who and when. The whole row leads there. */
export function HitRow({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation('search');
  const { channel, by } = hit;
  const who = by && (by.name === '' ? t('former') : by.name);
  const [path = '', hash] = hit.link.split('#', 2);
  return (
    <li className={classes.hit} data-hit={hit.id}>
      <Face hit={hit} who={who ?? ''} />
      <div className="grow">
        <Link
          className={classes.title}
          to={path as '/'}
          {...(hash && { hash, hashScrollIntoView: false })}
          aria-describedby={`snippet-${hit.id}`}
        >
          {channel ? <ChannelName channel={channel} /> : <Pieces of={hit.title} />}
        </Link>
        {hit.snippet.length > 0 && (
          <p id={`snippet-${hit.id}`} className={classes.snippet}>
            <Pieces of={hit.snippet} />
          </p>
        )}
        <div className="meta">
          {hit.kind === 'pages' && hit.cohortId === null && <span>{t('common:nav.commons')}</span>}
          {hit.kind !== 'people' && who && <span>{who}</span>}
          {hit.kind !== 'people' && <When at={hit.at} />}
          {hit.isReply && (
            <span className="row g4">
              <Icon of={IconCornerDownRight} size={14} />
              {t('reply')}
            </span>
          )}
        </div>
      </div>
    </li>
  );
}

const ICONS: Partial<Record<SearchHit['kind'], typeof IconBook2>> = {
  workshops: IconPresentation,
  pages: IconBook2,
  commons: IconWorld,
};
/** What is shown by what it is, not by who wrote it. */
const THINGS: readonly SearchHit['kind'][] = ['topics', 'commons', 'pages'];

function Face({ hit, who }: { hit: SearchHit; who: string }) {
  if (hit.by && !THINGS.includes(hit.kind)) return <Avatar id={hit.by.id} name={who} url={hit.by.avatarUrl} />;
  return (
    <span className={classes.icon} aria-hidden="true">
      <Icon of={ICONS[hit.kind] ?? IconHelpHexagon} size={20} />
    </span>
  );
}

function ChannelName({ channel }: { channel: FoundChannel }) {
  const names = useNames();
  const icon =
    channel.kind === 'direct' ? IconMessage : ['team', 'private'].includes(channel.kind) ? IconLock : IconHash;
  return (
    <span className="row g4">
      <Icon of={icon} size={16} />
      {names.channel(channel)}
    </span>
  );
}

/** A text in pieces, those that were asked for marked. */
export function Pieces({ of }: { of: readonly Marked[] }) {
  return of.map((piece, at) => (piece.hit ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>));
}
