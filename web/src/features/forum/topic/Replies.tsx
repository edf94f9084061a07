import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../../../src/contracts/forums';
import { Group } from '../../../ui/page/Group';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { PostArticle } from './PostArticle';
import type { PostActs } from './usePostActs';

interface RepliesProps {
  posts: Post[];
  query: UseInfiniteQueryResult;
  cohortId: string;
  acts: PostActs;
  onQuote: (post: Post) => void;
}

/** All replies but the accepted one, in the order in which they came. */
export function Replies({ posts, query, ...shared }: RepliesProps) {
  const { t } = useTranslation('forum');
  if (query.isPending) return <RowSkeleton rows={3} face />;
  if (query.isError)
    return (
      <div className="mt16">
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  if (posts.length === 0) return null;
  return (
    <Group title={t('repliesHead')} count={posts.length} className="mt32" right={t('oldestFirst')}>
      {posts.map((post) => (
        <PostArticle key={post.id} post={post} {...shared} />
      ))}
      {query.hasNextPage && (
        <Button mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
    </Group>
  );
}
