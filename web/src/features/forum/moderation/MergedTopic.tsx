import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import type { PostPlace } from '../../../../../src/contracts/forum-moderation';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useMe } from '../../../api/session';
import { numberOf } from '../topic/read-posts';
import { carryReply } from '../writing/begun';

interface MergedTopicProps {
  cohortId: string;
  topicId: string;
  /** It is not there (any more). */
  isGone: boolean;
  /** Until it is known whether it was merged. */
  loading: ReactNode;
  children: ReactNode;
}

/** A topic, or where that is not there (any more) since it was merged into another one, the way there, to the post that its address names. */
export function MergedTopic({ cohortId, topicId, isGone, loading, children }: MergedTopicProps) {
  const number = numberOf(useLocation({ select: ({ hash }) => hash })) ?? 1;
  const place = useQuery({
    enabled: isGone,
    queryKey: keys.in(cohortId, 'topics', 'place', topicId, number),
    queryFn: ({ signal }) => api.get<PostPlace>(`/cohorts/${cohortId}/topics/${topicId}/posts/${number}`, { signal }),
  });
  if (isGone && place.data && place.data.topicId !== topicId)
    return <Onward key={topicId} cohortId={cohortId} topicId={topicId} to={place.data} />;
  return isGone && place.isPending ? loading : children;
}

/** Once what stood on the page is gone: as long as it is there, it keeps what is typed where that was. */
function Onward({ cohortId, topicId, to }: { cohortId: string; topicId: string; to: PostPlace }) {
  const { id } = useMe();
  const navigate = useNavigate();
  useEffect(() => {
    carryReply(id, cohortId, topicId, to.topicId);
    const params = { cohortId, topicId: to.topicId };
    void navigate({ to: '/c/$cohortId/forum/$topicId', params, hash: `post-${to.number}`, replace: true });
  }, [id, cohortId, topicId, to, navigate]);
  return null;
}
