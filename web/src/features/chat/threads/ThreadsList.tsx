import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ChannelSummary, FollowedThread } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import type { Page } from '../../../api/types';
import { useChannels } from '../../../shell/navigation/channels';
import { useNames } from '../../../shell/navigation/names';
import { Empty } from '../../../ui/page/Empty';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { MessageCard } from '../messages/MessageCard';
import { MessageLink } from '../messages/MessageLink';
import { ChatPeopleContext } from '../channels/people';
import { usePeopleOfSummary } from '../channels/usePeople';
import classes from '../Chat.module.css';

/** The threads that I follow, the latest reply first. */
export function ThreadsList() {
  const { t } = useTranslation('chat');
  const channels = new Map(useChannels().data?.map((channel) => [channel.id, channel]));
  const threads = useInfiniteQuery({
    queryKey: [...keys.threads, 'list'],
    queryFn: ({ pageParam }) => api.get<Page<FollowedThread>>('/threads', { query: { cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const items = threads.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {threads.isPending && <RowSkeleton rows={6} face />}
      {threads.isError && (
        <div className="mt16">
          <ProblemAlert error={threads.error} ns="chat" onRetry={() => void threads.refetch()} />
        </div>
      )}
      {threads.isSuccess && items.length === 0 && (
        <Empty title={t('catchUp.noThreads')}>{t('catchUp.noThreadsHow')}</Empty>
      )}
      {items.map((thread) => {
        const channel = channels.get(thread.root.channelId);
        return channel && <Thread key={thread.root.id} thread={thread} channel={channel} />;
      })}
      {threads.hasNextPage && (
        <Button mt="md" loading={threads.isFetchingNextPage} onClick={() => void threads.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
    </>
  );
}

function Thread({ thread, channel }: { thread: FollowedThread; channel: ChannelSummary }) {
  const { t } = useTranslation('chat');
  const names = useNames();
  const people = usePeopleOfSummary(channel);
  const { root, last, unread } = thread;
  return (
    <ChatPeopleContext value={people}>
      <section className={classes.unread}>
        <div className="group">
          <h2>
            <MessageLink channel={channel} threadId={root.id}>
              {t('catchUp.threadIn', { name: names.channel(channel) })}
            </MessageLink>
          </h2>
          <span className="t3 xs">{t('replies', { count: root.replies })}</span>
          {unread > 0 && <span className="pill">{t('catchUp.newReplies', { count: unread })}</span>}
        </div>
        <ul className={classes.cards}>
          <MessageCard message={root} channel={channel} by={people.find(root.senderId)} />
          {last && <MessageCard message={last} channel={channel} by={people.find(last.senderId)} />}
        </ul>
      </section>
    </ChatPeopleContext>
  );
}
