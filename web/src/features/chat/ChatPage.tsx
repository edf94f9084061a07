import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, Message } from '../../../../src/contracts/chat/chat';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useLeftChannel } from '../../api/left';
import { useCohortId, useMe } from '../../api/session';
import { useChannels } from '../../shell/navigation/channels';
import { useNames } from '../../shell/navigation/names';
import { useLocale, useZone } from '../../time/clock';
import { formatShortDay, formatTime } from '../../time/format';
import { ConfirmDialog } from '../../ui/confirm';
import { refocus } from '../../ui/page/focus';
import { ProblemAlert, useProblemText } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { usePageTitle } from '../../ui/page/title';
import { toastProblem } from '../../ui/toast';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { Beginning, ChannelHead, type ChannelSide } from './channels/ChannelHead';
import { ChannelComposer } from './composer/ChannelComposer';
import { deleteMessage } from './channel-client';
import { ToDayContext, firstFrom } from './later/day';
import { uploadPlaceOf } from './composer/drafts';
import { isOnItsWay } from './composer/outbox';
import type { ComposerHandle } from './composer/Composer';
import { fromTokens } from '../../ui/naming/tokens';
import { addressHere, quoted } from './messages/message-links';
import { MessageList } from './messages/MessageList';
import { DropZone } from '../../ui/files/DropZone';
import type { Looking } from './messages/MessageDialog';
import { ChatPeopleContext } from './channels/people';
import { repliesOf, shown } from './store';
import { useMessageActs } from './messages/useMessageActs';
import { useOpened } from './reading/useOpened';
import { usePeople } from './channels/usePeople';
import { useReading } from './reading/useReading';
import { useWayBack } from './reading/useWayBack';
import classes from './Chat.module.css';

const LeftChannel = lazyPart(() => import('./channels/LeftChannel'));
const NotIn = lazyPart(() => import('./channels/NotIn'));
const ThreadPanel = lazyPart(() => import('./threads/ThreadPanel'));
const MembersPanel = lazyPart(() => import('./channels/MembersPanel'));
const MessageDialog = lazyPart(() => import('./messages/MessageDialog'));
const PinsPanel = lazyPart(() => import('./channels/PinsPanel'));
const ShareMessage = lazyPart(() => import('./messages/ShareMessage'));
const WebhooksPanel = lazyPart(() => import('./webhooks/WebhooksPanel'));

/** A channel or a conversation between people. */
export default function ChatPage() {
  const { channelId = '', cohortId } = useParams({ strict: false });
  const gone = useLeftChannel(channelId);
  const side = useSide();
  const query = useQuery({
    queryKey: [...keys.channels, channelId],
    queryFn: () => api.get<Channel>(`/channels/${channelId}`),
    enabled: gone === undefined,
  });
  if (gone)
    return (
      <Part>
        <LeftChannel channel={gone} />
      </Part>
    );
  return (
    <div className={`${classes.chat} no-bar`} data-side={side !== null}>
      <QueryBoundary
        query={query}
        loading={<Loading />}
        ns="chat"
        missing={
          cohortId && (
            <Part fallback={<Loading />}>
              <NotIn cohortId={cohortId} channelId={channelId} />
            </Part>
          )
        }
      >
        {(channel) => <ChannelPage key={channel.id} channel={channel} />}
      </QueryBoundary>
    </div>
  );
}

function Loading() {
  return (
    <div className={classes.col}>
      <div className={classes.head} />
      <div className={classes.scroll}>
        <RowSkeleton rows={8} face />
      </div>
    </div>
  );
}

const SIDES: readonly ChannelSide[] = ['members', 'pins', 'webhooks'];

interface Address {
  thread?: unknown;
  side?: unknown;
  message?: unknown;
}

/** The message that the address leads to. */
function useLinked(): string | undefined {
  const { message }: Address = useSearch({ strict: false });
  return typeof message === 'string' ? message : undefined;
}

/** What stands at the side, from the address: a thread, the people, the pins, or nothing. */
function useSide(): { thread: string } | ChannelSide | null {
  const search: Address = useSearch({ strict: false });
  if (typeof search.thread === 'string') return { thread: search.thread };
  return SIDES.find((side) => side === search.side) ?? null;
}

/** Closes what was asked about a message, and reads on from it. */
function backTo(message: Message | null, set: (none: null) => void): void {
  set(null);
  refocus(document.querySelector(`[data-seq="${message?.seq ?? ''}"] [tabindex="-1"]`));
}

function ChannelPage({ channel }: { channel: Channel }) {
  const { t } = useTranslation('chat');
  const me = useMe();
  const [zone, locale] = [useZone(), useLocale()];
  const cohortId = useCohortId();
  const name = useNames().channel(channel);
  const navigate = useNavigate();
  const text = useProblemText('chat');
  const side = useSide();
  const summary = useChannels().data?.find((one) => one.id === channel.id);
  const linked = useLinked();
  const [atBottom, setAtBottom] = useState(false);
  const go = (search: Record<string, string>) => void navigate({ to: '.', search });
  const { state, opened, newAfter, setNewAfter, failure, retry, toEnd, toNew, toMessage } = useOpened(
    channel.id,
    summary ?? channel,
    {
      linked,
      onReply: (thread) => void navigate({ to: '.', search: { thread, message: linked } as never, replace: true }),
      onMissing: () => toastProblem(t('noMessage')),
      isAway: (message) => message.senderId !== me.id && (!atBottom || !document.hasFocus()),
    },
  );
  const [sharing, setSharing] = useState<Message | null>(null);
  const [removing, setRemoving] = useState<Message | null>(null);
  const [looking, setLooking] = useState<Looking | null>(null);
  const composer = useRef<ComposerHandle>(null);
  const people = usePeople(channel, state, cohortId);
  const { markUnread } = useReading(summary, state?.rev, atBottom);
  usePageTitle(name);

  const { actsOf, edit, editingId } = useMessageActs(channel.abilities, {
    onThread: (message) => {
      from(null);
      go({ thread: message.id });
    },
    onQuote: (message) => {
      const words = message.body || message.attachments.map(({ name }) => name).join(', ');
      const by = message.bot?.name ?? people.nameOf(message.senderId);
      const when = `${formatShortDay(message.createdAt, zone, locale)}, ${formatTime(message.createdAt, zone, locale)}`;
      const source = { by: `${by}, ${when}`, address: addressHere(message.id) };
      composer.current?.insert(quoted(fromTokens(words, people.nameOf, locale), source));
    },
    onShare: setSharing,
    onUnread: (message) => {
      setNewAfter(message.seq - 1);
      markUnread(message.seq).catch((error: unknown) => toastProblem(text(error)));
    },
    onRemove: setRemoving,
    onRemind: (message) => setLooking({ at: 'remind', message }),
    onReport: (message) => setLooking({ at: 'report', message }),
    onHistory: (message) => setLooking({ at: 'history', message }),
    onEdited: () => composer.current?.focus(),
  });
  const toDay = async (date: string) => {
    const first = await firstFrom(channel.id, date, zone);
    if (first === null) toEnd();
    else if (first === linked) toMessage(first);
    else go({ message: first });
  };
  const editLast = () => {
    // The last one is on its way, and none before it is meant.
    if (isOnItsWay(channel.id, me.id)) return;
    const mine = state && shown(state).findLast((one) => one.senderId === me.id && !one.deletedAt && !one.note);
    if (mine) edit(mine.id);
  };
  const { from, back } = useWayBack(side !== null, () => composer.current?.focus());
  const closeSide = () => {
    back();
    go({});
  };
  const toggleSide = (next: ChannelSide) => {
    from(document.activeElement);
    go(side === next ? {} : { side: next });
  };

  return (
    <ChatPeopleContext value={people}>
      <ToDayContext value={(date) => void toDay(date).catch((error: unknown) => toastProblem(text(error)))}>
        <DropZone
          as="section"
          className={classes.col}
          place={channel.abilities.send ? uploadPlaceOf(channel, null) : null}
        >
          <ChannelHead channel={channel} name={name} onSide={toggleSide} />
          {failure !== null && <ProblemAlert error={failure} ns="chat" onRetry={retry} />}
          {state && opened ? (
            <MessageList
              key={`${state.piece} ${opened.round}`}
              channel={channel}
              state={state}
              start={opened.start}
              again={opened.round > 0}
              newAfter={newAfter}
              cohortId={cohortId}
              actsOf={actsOf}
              linked={linked}
              revealed={editingId}
              onBottom={setAtBottom}
              onEnd={toEnd}
              onNew={toNew}
              beginning={<Beginning channel={channel} name={name} />}
            />
          ) : (
            <div className={classes.scroll}>{failure === null && <RowSkeleton rows={8} face />}</div>
          )}
          <ChannelComposer
            channel={channel}
            name={name}
            handle={composer}
            onEditLast={editLast}
            onSent={() => {
              if (state?.to !== Infinity) toEnd();
            }}
          />
        </DropZone>
        <Part>
          {side === 'members' && (
            <MembersPanel
              channel={channel}
              name={name}
              cohortId={cohortId}
              onSide={(next) => go({ side: next })}
              onClose={closeSide}
            />
          )}
          {side === 'pins' && <PinsPanel channel={channel} onClose={closeSide} />}
          {side === 'webhooks' && channel.abilities.edit && <WebhooksPanel channel={channel} onClose={closeSide} />}
          {side !== null && typeof side !== 'string' && (
            <ThreadPanel
              channelId={channel.id}
              threadId={side.thread}
              cohortId={cohortId}
              actsOf={actsOf}
              canSend={channel.abilities.send}
              uploads={uploadPlaceOf(channel, side.thread)}
              toForum={channel.abilities.toForum}
              linked={linked}
              onClose={closeSide}
            />
          )}
        </Part>
      </ToDayContext>
      <Part lost="over">
        {sharing && (
          <ShareMessage
            message={sharing}
            address={addressHere(sharing.id)}
            toForum={channel.abilities.toForum}
            onClose={() => backTo(sharing, setSharing)}
          />
        )}
      </Part>
      <Part lost="over">
        {looking && <MessageDialog looking={looking} onClose={() => backTo(looking.message, setLooking)} />}
      </Part>
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => backTo(removing, setRemoving)}
        title={t('remove.title', { name: removing ? people.nameOf(removing.senderId) : '' })}
        act={t('remove.act')}
        danger
        ns="chat"
        onConfirm={() => (removing ? deleteMessage(removing) : Promise.resolve())}
      >
        {t('remove.body', { count: removing && state ? repliesOf(state, removing.id).length : 0 })}
      </ConfirmDialog>
    </ChatPeopleContext>
  );
}
