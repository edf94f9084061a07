import { useEffect } from 'react';
import { api } from '../../api/http';
import { useInboxHead } from './inbox';

/** Who has a topic open has read what their inbox says of it, on all their devices; the answer comes over the socket. */
export function useReadTopic(topicId: string): void {
  const unread = useInboxHead().data?.items.some(({ readAt, params }) => readAt === null && params.topicId === topicId);
  useEffect(() => {
    // Left unread it is read by hand: nothing here depends on it.
    if (unread) api.post('/me/inbox/read', { topicId }).catch(() => undefined);
  }, [unread, topicId]);
}
