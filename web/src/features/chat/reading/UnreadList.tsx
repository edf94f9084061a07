import { Button } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelSummary, Messages, ReadState } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useMe } from '../../../api/session';
import { useChannels } from '../../../shell/navigation/channels';
import { useNames } from '../../../shell/navigation/names';
import { Empty } from '../../../ui/page/Empty';
import { Icon } from '../../../ui/Icon';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { toastProblem } from '../../../ui/toast';
import { MessageCard } from '../messages/MessageCard';
import { MessageLink } from '../messages/MessageLink';
import { ChatPeopleContext } from '../channels/people';
import { usePeopleOfSummary } from '../channels/usePeople';
import classes from '../Chat.module.css';

/** So many channels at once, each with so many of its messages: the others follow as these are read. */
const CHANNELS = 8;
const MESSAGES = 5;

const loudness = ({ kind, mentions, unread }: ChannelSummary) => (kind === 'direct' || mentions > 0 ? 1e6 : 0) + unread;

/** What is unread, by channel, those that speak to me first. `R` on one marks it read and goes on to the next. */
export function UnreadList() {
  const { t } = useTranslation('chat');
  const channels = useChannels();
  const client = useQueryClient();
  const text = useProblemText('chat');
  const list = useRef<HTMLDivElement>(null);
  const [busy, setBusy] = useState(false);
  const unread = (channels.data ?? [])
    .filter((channel) => channel.unread > 0 && !channel.muted)
    .sort((a, b) => loudness(b) - loudness(a));

  const read = async (some: ChannelSummary[]) => {
    setBusy(true);
    try {
      await Promise.all(some.map(({ id, rev }) => api.put<ReadState>(`/channels/${id}/read`, { seq: rev })));
    } catch (error) {
      toastProblem(text(error));
    }
    await client.invalidateQueries({ queryKey: keys.channels, exact: true });
    setBusy(false);
  };
  const onKey = (event: KeyboardEvent<HTMLElement>, channel: ChannelSummary, index: number) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const sections = list.current?.querySelectorAll<HTMLElement>('[data-channel]') ?? [];
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, j: index + 1, k: index - 1, r: index + 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    (sections[to] ?? sections[index - 1])?.focus();
    if (event.key === 'r') void read([channel]);
  };

  return (
    <QueryBoundary query={channels} loading={<RowSkeleton rows={6} face />} ns="chat">
      {() =>
        unread.length === 0 ? (
          <Empty title={t('catchUp.nothing')}>{t('catchUp.nothingHow')}</Empty>
        ) : (
          <div ref={list}>
            <div className="row mt16">
              <p className={`t2 xs ${classes.keys}`}>{t('catchUp.keys')}</p>
              <Button
                className="right"
                size="sm"
                leftSection={<Icon of={IconChecks} size={16} />}
                loading={busy}
                onClick={() => void read(unread)}
              >
                {t('catchUp.readAll')}
              </Button>
            </div>
            {unread.slice(0, CHANNELS).map((channel, index) => (
              <UnreadChannel
                key={channel.id}
                channel={channel}
                onRead={() => void read([channel])}
                onKeyDown={(event) => onKey(event, channel, index)}
              />
            ))}
            {unread.length > CHANNELS && (
              <p className="t2 mt16">{t('catchUp.others', { count: unread.length - CHANNELS })}</p>
            )}
          </div>
        )
      }
    </QueryBoundary>
  );
}

interface UnreadChannelProps {
  channel: ChannelSummary;
  onRead: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

function UnreadChannel({ channel, onRead, onKeyDown }: UnreadChannelProps) {
  const { t } = useTranslation('chat');
  const title = useId();
  const me = useMe();
  const names = useNames();
  const people = usePeopleOfSummary(channel);
  const { id, readSeq, rev, unread } = channel;
  const messages = useQuery({
    queryKey: [...keys.channels, id, 'unread', readSeq, rev],
    queryFn: () => api.get<Messages>(`/channels/${id}/messages`, { query: { after: readSeq, limit: MESSAGES * 2 } }),
  });
  const mark = channel.kind === 'direct' ? '' : '#';
  return (
    <ChatPeopleContext value={people}>
      <section className={classes.unread} aria-labelledby={title} tabIndex={0} data-channel={id} onKeyDown={onKeyDown}>
        <div className="group">
          <h2 id={title}>
            <MessageLink channel={channel}>{`${mark}${names.channel(channel)}`}</MessageLink>
          </h2>
          <span className="num">{unread > 1000 ? t('common:channels.many') : unread}</span>
          <span className="right">
            <Button variant="subtle" size="compact-sm" onClick={onRead}>
              {t('catchUp.read')}
            </Button>
          </span>
        </div>
        <QueryBoundary query={messages} loading={<RowSkeleton rows={Math.min(unread, MESSAGES)} face />} ns="chat">
          {({ items }) => {
            const shown = items.filter((one) => one.senderId !== me.id && !one.deletedAt).slice(0, MESSAGES);
            return (
              <>
                <ul className={classes.cards}>
                  {shown.map((message) => (
                    <MessageCard
                      key={message.id}
                      message={message}
                      channel={channel}
                      by={people.find(message.senderId)}
                    />
                  ))}
                </ul>
                {unread > shown.length && shown.length > 0 && (
                  <p className="xs">
                    <MessageLink channel={channel}>
                      {t('catchUp.more', { count: Math.min(unread, 1000) - shown.length })}
                    </MessageLink>
                  </p>
                )}
              </>
            );
          }}
        </QueryBoundary>
      </section>
    </ChatPeopleContext>
  );
}
