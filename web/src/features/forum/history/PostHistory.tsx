import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PostHistory as History, PostVersion } from '../../../../../src/contracts/forum-posts';
import type { Post } from '../../../../../src/contracts/forums';
import { api } from '../../../api/http';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { postsKey } from '../forum';
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

/** The files that came and went with a change. */
function FileChanges({ before, after }: Record<'before' | 'after', PostVersion['attachments']>) {
  const without = (files: PostVersion['attachments'], others: PostVersion['attachments']) =>
    files.filter(({ id }) => !others.some((one) => one.id === id));
  const link = ({ url, name }: PostVersion['attachments'][number]) => (
    <a className="link" href={url} target="_blank" rel="noreferrer">
      <bdi>{name}</bdi>
    </a>
  );
  const [gone, come] = [without(before, after), without(after, before)];
  if (gone.length + come.length === 0) return null;
  return (
    <ul className={classes.files}>
      {gone.map((file) => (
        <li key={file.id}>
          <del>{link(file)}</del>
        </li>
      ))}
      {come.map((file) => (
        <li key={file.id}>
          <ins>{link(file)}</ins>
        </li>
      ))}
    </ul>
  );
}
