import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChannelSummary } from '../../../../../src/contracts/chat/chat';

interface MessageLinkProps {
  channel: Pick<ChannelSummary, 'id' | 'cohortId'>;
  messageId?: string;
  threadId?: string;
  className?: string | undefined;
  children: ReactNode;
}

/** Leads to a channel, to a message in it, or to a thread beside it. */
export function MessageLink({ channel, messageId, threadId, className, children }: MessageLinkProps) {
  const search = { ...(messageId && { message: messageId }), ...(threadId && { thread: threadId }) } as never;
  const { id: channelId, cohortId } = channel;
  if (cohortId === null)
    return (
      <Link to="/chat/$channelId" params={{ channelId }} search={search} className={className}>
        {children}
      </Link>
    );
  return (
    <Link to="/c/$cohortId/chat/$channelId" params={{ cohortId, channelId }} search={search} className={className}>
      {children}
    </Link>
  );
}
