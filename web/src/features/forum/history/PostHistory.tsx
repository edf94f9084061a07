import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PostHistory as History } from '../../../../../src/contracts/forum-posts';
import type { Post } from '../../../../../src/contracts/forums';
import { api } from '../../../api/http';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { postsKey } from '../forum';
import { FileChanges } from './FileChanges';
import { Versions, WordChanges } from './Versions';
import classes from './PostHistory.module.css';

/** What a post said before, one change at a time, the latest first. */
export default function PostHistory({ post, cohortId }: { post: Post; cohortId: string }) {
  const { t } = useTranslation('forum');
  const query = useQuery({
    // Among the posts of its topic: asked for again with them.
    queryKey: [...postsKey(cohortId, post.topicId), 'history', post.id],
    queryFn: ({ signal }) => api.get<History>(`/cohorts/${cohortId}/posts/${post.id}/history`, { signal }),
  });
  return (
    <section className={classes.history} aria-label={t('history.title')}>
      <QueryBoundary query={query} loading={<RowSkeleton rows={2} />}>
        {({ items }) => (
          <Versions versions={items} cohortId={cohortId}>
            {(before, after) => (
              <>
                <WordChanges before={before.body} after={after.body} />
                <FileChanges before={before.attachments} after={after.attachments} />
              </>
            )}
          </Versions>
        )}
      </QueryBoundary>
    </section>
  );
}
