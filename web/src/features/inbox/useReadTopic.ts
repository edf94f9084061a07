import { useEffect } from 'react';
import { api } from '../../api/http';
import { useFocused } from '../../ui/page/useFocused';
import { useInboxHead } from './inbox';

/**
 * Who looks at a topic has read what their inbox says of it, on all their devices; the answer comes over the socket. A tab in the background
 * reads nothing: what it read would be mailed and pushed to nobody.
 */
export function useReadTopic(topicId: string): void {
  const focused = useFocused();
  const unread = useInboxHead().data?.items.some(({ readAt, params }) => readAt === null && params.topicId === topicId);
  useEffect(() => {
    // Left unread it is read by hand: nothing here depends on it.
    if (unread && focused) api.post('/me/inbox/read', { topicId }).catch(() => undefined);
  }, [unread, focused, topicId]);
}
