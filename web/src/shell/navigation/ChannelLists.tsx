import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconHash, IconInbox, IconListSearch, IconLock, IconPlus, IconVolumeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCohort, useCohortId, useMembership } from '../../api/session';
import type { ChannelSummary } from '../../api/types';
import { useWaitingThreads } from '../../features/chat/threads/threads';
import { Avatar, PresenceWord } from '../../ui/people/Avatar';
import { Icon } from '../../ui/Icon';
import { StandingMark } from '../../ui/people/Standing';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { loudOf, useChannels } from './channels';
import { useNames } from './names';
import { inRail } from './rail-order';
import classes from './Rail.module.css';

const NewChannel = lazyPart(() => import('./NewChannel'));
const NewDirect = lazyPart(() => import('./NewDirect'));

/** From here on the server stops counting (realtime page of the docs). */
const MOST = 1_000;

interface ChannelListsProps {
  onGo?: () => void;
  /** They are the page, and the rail may stand beside with the same ones: landmarks of one name would be one too many. */
  isPage?: boolean;
}

/** My favourites, the channels of the cohort on screen with what is unread, then direct messages of all cohorts with presence. */
export function ChannelLists({ onGo, isPage = false }: ChannelListsProps) {
  const { t } = useTranslation();
  const cohortId = useCohortId();
  // An admin from outside is in none of its channels, and can make none.
  const membership = useMembership();
  const isRunning = (useCohort()?.state ?? membership?.cohortState) === 'running';
  const List = isPage ? 'div' : 'nav';
  const role = isPage ? 'group' : undefined;
  const { data, isPending } = useChannels();
  const channels = data ?? [];
  const [making, setMaking] = useState<'channel' | 'direct' | null>(null);
  const { favourites, ofCohort, direct } = inRail(channels, cohortId);
  const links = (some: readonly ChannelSummary[]) =>
    some.map((channel) => <ChannelLink key={channel.id} channel={channel} onGo={onGo} />);

  return (
    <>
      <List role={role} className={classes.list} aria-label={t('channels.catchUp')}>
        <CatchUpLink channels={channels} onGo={onGo} />
      </List>
      {favourites.length > 0 && (
        <>
          <ListTitle title={t('channels.favourites')} />
          <List role={role} className={classes.list} aria-label={t('channels.favourites')}>
            {links(favourites)}
          </List>
        </>
      )}
      {/* Favourites come above: until they are known, nothing stands where they may be. */}
      {membership && !isPending && (
        <>
          <ListTitle
            title={t('channels.title')}
            act={t('channels.new')}
            onAct={isRunning ? () => setMaking('channel') : undefined}
          />
          <List role={role} className={classes.list} aria-label={t('channels.title')}>
            {links(ofCohort)}
            <Link to="/c/$cohortId/channels" params={{ cohortId }} className={classes.chan} onClick={onGo}>
              <Icon of={IconListSearch} size={16} />
              <span className="cut grow">{t('channels.browse')}</span>
            </Link>
          </List>
        </>
      )}
      {/* What stands below the channels comes with them, so that they push nothing down. */}
      {!isPending && (
        <>
          <ListTitle title={t('channels.direct')} act={t('channels.newDirect')} onAct={() => setMaking('direct')} />
          <List role={role} className={classes.list} aria-label={t('channels.direct')}>
            {links(direct)}
          </List>
        </>
      )}
      <Part lost="over">
        {making === 'channel' && <NewChannel cohortId={cohortId} onClose={() => setMaking(null)} />}
        {making === 'direct' && <NewDirect cohortId={cohortId} onClose={() => setMaking(null)} />}
      </Part>
    </>
  );
}

/** Where all that is new is read in one go, with the number of channels and threads that have something. */
function CatchUpLink({ channels, onGo }: { channels: ChannelSummary[]; onGo?: () => void }) {
  const { t } = useTranslation();
  const threads = useWaitingThreads().data?.items.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const count = threads + channels.filter((channel) => channel.unread > 0 && !channel.muted).length;
  return (
    <Link to="/catch-up" className={classes.chan} data-new={count > 0} onClick={onGo}>
      <Icon of={IconInbox} size={16} />
      <span className="cut grow">{t('channels.catchUp')}</span>
      {count > 0 && (
        <>
          <span className="num" aria-hidden="true">
            {count}
          </span>
          <VisuallyHidden>{t('channels.somethingNew', { count })}</VisuallyHidden>
        </>
      )}
    </Link>
  );
}

/** Without `onAct` nothing can be added here. */
function ListTitle({ title, act = '', onAct }: { title: string; act?: string; onAct?: (() => void) | undefined }) {
  return (
    <div className={classes.title}>
      <h2>{title}</h2>
      {onAct && (
        <ActionIcon size="sm" aria-label={act} onClick={onAct}>
          <Icon of={IconPlus} size={16} />
        </ActionIcon>
      )}
    </div>
  );
}

function ChannelLink({ channel, onGo }: { channel: ChannelSummary; onGo?: () => void }) {
  const names = useNames();
  const { kind, cohortId, id } = channel;
  const isDirect = kind === 'direct' || cohortId === null;
  const inside = (
    <>
      <ChannelSign channel={channel} />
      <span className="cut grow">{names.channel(channel)}</span>
      {kind === 'direct' && channel.people.length === 1 && <StandingMark id={channel.people[0]?.id ?? ''} />}
      <Counts channel={channel} />
    </>
  );
  const isNew = channel.mentions > 0 || (channel.unread > 0 && !channel.muted);
  const shared = { className: classes.chan, 'data-new': isNew, 'data-muted': channel.muted, onClick: onGo };
  if (isDirect) {
    return (
      <Link to="/chat/$channelId" params={{ channelId: id }} {...shared}>
        {inside}
      </Link>
    );
  }
  return (
    <Link to="/c/$cohortId/chat/$channelId" params={{ cohortId, channelId: id }} {...shared}>
      {inside}
    </Link>
  );
}

function ChannelSign({ channel }: { channel: ChannelSummary }) {
  const other = channel.people[0];
  if (channel.kind !== 'direct' || !other) return <Icon of={channel.isPrivate ? IconLock : IconHash} size={16} />;
  return (
    <>
      <Avatar id={other.id} name={other.name} url={other.avatarUrl} size={20} withPresence />
      <PresenceWord id={other.id} />
    </>
  );
}

function Counts({ channel }: { channel: ChannelSummary }) {
  const { t } = useTranslation();
  const isDirect = channel.kind === 'direct';
  const loud = loudOf(channel);
  if (loud > 0) {
    const words = t(isDirect ? 'channels.messages' : 'channels.mentions', { count: loud });
    return (
      <>
        <span className="pill" aria-hidden="true">
          {loud > MOST ? t('channels.many') : loud}
        </span>
        <VisuallyHidden>{words}</VisuallyHidden>
      </>
    );
  }
  if (channel.muted) {
    return (
      <>
        <Icon of={IconVolumeOff} size={14} />
        <VisuallyHidden>{t('channels.muted')}</VisuallyHidden>
      </>
    );
  }
  if (channel.unread === 0) return null;
  return (
    <>
      <span className="num" aria-hidden="true">
        {channel.unread > MOST ? t('channels.many') : channel.unread}
      </span>
      <VisuallyHidden>
        {channel.unread > MOST ? t('channels.unreadMany') : t('channels.unread', { count: channel.unread })}
      </VisuallyHidden>
    </>
  );
}
