import { useEffect } from 'react';
import type { Topic } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { useFocused } from '../../ui/page/useFocused';
import { useInboxHead } from './inbox';

/**
 * Who looks at a topic has read what their inbox says of it as a whole (its answer was accepted, say), on all their devices; of a post, as they read that (`useReadPosts`).
 * The server knows which those are; it is asked where there may be some. A tab in the background reads nothing: what it read would be mailed and pushed to nobody.
 */
export function useReadTopic({ cohortId, id, readNumber }: Topic): void {
  const focused = useFocused();
  const inbox = useInboxHead().data;
  const unread = inbox?.items.filter(({ readAt }) => readAt === null) ?? [];
  const isHere = unread.some(({ params }) => params.topicId === id && Number(params.number ?? 0) <= readNumber);
  const mayBeBehind = (inbox?.unread ?? 0) > unread.length;
  // Who never read on in it has not arrived yet: their first post read says the same.
  const asks = focused && readNumber > 0 && (isHere || mayBeBehind);
  useEffect(() => {
    // Left unread it is read by hand: nothing here depends on it.
    if (asks) api.put(`/cohorts/${cohortId}/topics/${id}/read`, { number: readNumber }).catch(() => undefined);
    // A further post read tells the same by itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asks, isHere, cohortId, id]);
}
