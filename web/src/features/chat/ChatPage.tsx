import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, Message } from '../../../../src/contracts/chat';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohortId, useMe } from '../../api/session';
import { useChannels } from '../../shell/channels';
import { useNames } from '../../shell/names';
import { ConfirmDialog } from '../../ui/confirm';
import { ProblemAlert, useProblemText } from '../../ui/ProblemAlert';
import { QueryBoundary } from '../../ui/QueryBoundary';
import { RowSkeleton } from '../../ui/RowSkeleton';
import { usePageTitle } from '../../ui/title';
import { toastProblem } from '../../ui/toast';
import { Beginning, ChannelHead } from './ChannelHead';
import { deleteMessage, heldChannel, open, useChannelState } from './channel-client';
import { Composer, type ComposerHandle } from './Composer';
import { keepDraft, readDraft } from './drafts';
import { fromTokens } from './mentions';
import { MessageList } from './MessageList';
import { send } from './outbox';
import { ChatPeopleContext } from './people';
import { repliesOf, shown } from './store';
import { TypingLine, tellTyping } from './TypingLine';
import { useMessageActs } from './useMessageActs';
import { usePeople } from './usePeople';
import { useReading } from './useReading';
import classes from './Chat.module.css';

const ThreadPanel = lazy(() => import('./ThreadPanel'));
const MembersPanel = lazy(() => import('./MembersPanel'));

/** A channel or a conversation between people. */
export default function ChatPage() {
  const { channelId = '' } = useParams({ strict: false });
  const query = useQuery({
    queryKey: [...keys.channels, channelId],
    queryFn: () => api.get<Channel>(`/channels/${channelId}`),
  });
  return (
    <div className={`${classes.chat} no-bar`} data-side={useSide() !== null}>
      <QueryBoundary query={query} loading={<Loading />} ns="chat">
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

/** What stands at the side, from the address: a thread, the people, or nothing. */
function useSide(): { thread: string } | 'members' | null {
  const search: { thread?: unknown; side?: unknown } = useSearch({ strict: false });
  if (typeof search.thread === 'string') return { thread: search.thread };
  return search.side === 'members' ? 'members' : null;
}

function ChannelPage({ channel }: { channel: Channel }) {
  const { t } = useTranslation('chat');
  const me = useMe();
  const cohortId = useCohortId();
  const name = useNames().channel(channel);
  const navigate = useNavigate();
  const text = useProblemText('chat');
  const side = useSide();
  const summary = useChannels().data?.find((one) => one.id === channel.id);
  const { state, newAfter, setNewAfter, failure, retry } = useOpened(channel, summary ?? channel);
  const [atBottom, setAtBottom] = useState(false);
  const [removing, setRemoving] = useState<Message | null>(null);
  const composer = useRef<ComposerHandle>(null);
  const people = usePeople(channel, state, cohortId);
  const { markUnread } = useReading(summary, state?.rev, atBottom);
  usePageTitle(name);

  const go = (search: Record<string, string>) => void navigate({ to: '.', search });
  const { actsOf, edit } = useMessageActs(channel.abilities, {
    onThread: (message) => go({ thread: message.id }),
    onQuote: (message) => {
      const quoted = fromTokens(message.body, people.nameOf).replace(/^/gm, '> ');
      composer.current?.insert(`${quoted}\n\n`);
    },
    onUnread: (message) => {
      setNewAfter(message.seq - 1);
      markUnread(message.seq).catch((error: unknown) => toastProblem(text(error)));
    },
    onRemove: setRemoving,
  });
  const editLast = () => {
    const mine = state && shown(state).findLast((one) => one.senderId === me.id && !one.deletedAt);
    if (mine) edit(mine.id);
  };
  const closeSide = () => {
    go({});
    composer.current?.focus();
  };

  return (
    <ChatPeopleContext value={people}>
      <section className={classes.col}>
        <ChannelHead
          channel={channel}
          name={name}
          onMembers={() => go(side === 'members' ? {} : { side: 'members' })}
        />
        {failure !== null && <ProblemAlert error={failure} ns="chat" onRetry={retry} />}
        {state ? (
          <MessageList
            channel={channel}
            state={state}
            newAfter={newAfter}
            cohortId={cohortId}
            actsOf={actsOf}
            onBottom={setAtBottom}
            beginning={<Beginning channel={channel} name={name} />}
          />
        ) : (
          <div className={classes.scroll}>{failure === null && <RowSkeleton rows={8} face />}</div>
        )}
        <TypingLine channelId={channel.id} />
        {channel.abilities.send ? (
          <Composer
            kind="channel"
            label={t(channel.kind === 'direct' ? 'composer.direct' : 'composer.channel', { name })}
            initial={readDraft(channel.id, null)}
            handle={composer}
            onTyped={(typed) => {
              keepDraft(channel.id, null, typed);
              if (typed !== '') tellTyping(channel.id);
            }}
            onEditLast={editLast}
            onSend={(body) => send({ channelId: channel.id, threadId: null, body, senderId: me.id }, Date.now())}
          />
        ) : (
          <p className={classes.closed}>{t('archived')}</p>
        )}
      </section>
      <Suspense>
        {side === 'members' && <MembersPanel channel={channel} name={name} cohortId={cohortId} onClose={closeSide} />}
        {side !== null && side !== 'members' && (
          <ThreadPanel
            channelId={channel.id}
            threadId={side.thread}
            cohortId={cohortId}
            actsOf={actsOf}
            canSend={channel.abilities.send}
            onClose={closeSide}
          />
        )}
      </Suspense>
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
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

/** Opens the channel where reading goes on; what is held already is shown at once. */
function useOpened(channel: Channel, { unread, readSeq }: Pick<Channel, 'unread' | 'readSeq'>) {
  const [newAfter, setNewAfter] = useState(unread > 0 ? readSeq : null);
  const [first] = useState(newAfter);
  const [failure, setFailure] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const state = useChannelState(channel.id);

  useEffect(() => {
    const held = heldChannel(channel.id);
    const coversNew = held && (first === null ? held.to === Infinity : held.from <= first + 1 && held.to > first);
    if (coversNew) return;
    open(channel.id, first).then(
      () => setFailure(null),
      (error: unknown) => setFailure(error),
    );
  }, [channel.id, first, round]);
  return { state, newAfter, setNewAfter, failure, retry: () => setRound(round + 1) };
}
