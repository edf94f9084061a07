import { ActionIcon, Button } from '@mantine/core';
import { IconBookmarkFilled } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ChannelSummary, Message, SavedMessage } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import type { Page } from '../../../api/types';
import { useChannels } from '../../../shell/navigation/channels';
import { useNames } from '../../../shell/navigation/names';
import { Empty } from '../../../ui/page/Empty';
import { Icon } from '../../../ui/Icon';
import { ProblemAlert, useProblemText } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { toastProblem } from '../../../ui/toast';
import { MessageCard } from '../messages/MessageCard';
import { MessageLink } from '../messages/MessageLink';
import { ChatPeopleContext } from '../channels/people';
import { useSave } from './saved';
import { usePeopleOfSummary } from '../channels/usePeople';
import classes from '../Chat.module.css';

/** What I keep for later, the latest first. */
export function SavedList() {
  const { t } = useTranslation('chat');
  const channels = new Map(useChannels().data?.map((channel) => [channel.id, channel]));
  const saved = useInfiniteQuery({
    queryKey: [...keys.saved, 'list'],
    queryFn: ({ pageParam }) => api.get<Page<SavedMessage>>('/saved', { query: { cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const items = saved.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {saved.isPending && <RowSkeleton rows={6} face />}
      {saved.isError && (
        <div className="mt16">
          <ProblemAlert error={saved.error} ns="chat" onRetry={() => void saved.refetch()} />
        </div>
      )}
      {saved.isSuccess && items.length === 0 && <Empty title={t('catchUp.noSaved')}>{t('catchUp.noSavedHow')}</Empty>}
      <ul className={classes.cards}>
        {items.map(({ message }) => {
          const channel = channels.get(message.channelId);
          return channel && <Saved key={message.id} message={message} channel={channel} />;
        })}
      </ul>
      {saved.hasNextPage && (
        <Button mt="md" loading={saved.isFetchingNextPage} onClick={() => void saved.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
    </>
  );
}

function Saved({ message, channel }: { message: Message; channel: ChannelSummary }) {
  const { t } = useTranslation('chat');
  const text = useProblemText('chat');
  const names = useNames();
  const save = useSave();
  const people = usePeopleOfSummary(channel);
  const letGo = () => void save(message, false).catch((error: unknown) => toastProblem(text(error)));
  return (
    <ChatPeopleContext value={people}>
      <MessageCard message={message} channel={channel} by={people.find(message.senderId)}>
        <span className="t3 xs nowrap">
          <MessageLink channel={channel}>{names.channel(channel)}</MessageLink>
        </span>
        <ActionIcon size="sm" aria-label={t('tools.unsave')} title={t('tools.unsave')} onClick={letGo}>
          <Icon of={IconBookmarkFilled} size={16} />
        </ActionIcon>
      </MessageCard>
    </ChatPeopleContext>
  );
}
