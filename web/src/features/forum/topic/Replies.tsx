import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post, Topic } from '../../../../../src/contracts/forums';
import { useMe } from '../../../api/session';
import type { Page } from '../../../api/types';
import { Group } from '../../../ui/page/Group';
import { Icon } from '../../../ui/Icon';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import classes from '../forum.module.css';
import { AnswerAsk } from '../moderation/AnswerAsk';
import { MovedLine } from '../moderation/MovedLine';
import { isRun, rowsOf } from '../moderation/moved-runs';
import { NewLine, PostEnd } from './NewLine';
import { PostArticle } from './PostArticle';
import { type Arrival, isNews } from './read-posts';
import type { PostActs } from './usePostActs';

interface RepliesProps {
  topic: Topic;
  posts: Post[];
  arrival: Arrival;
  query: UseInfiniteQueryResult<InfiniteData<Page<Post>>>;
  cohortId: string;
  frozen: boolean;
  acts: PostActs;
  onQuote: (post: Post) => void;
}

/** All replies but the accepted one, in the order in which they came: those that I had not read below a line, those that I had put away. */
export function Replies({ topic, posts, arrival, query, ...shared }: RepliesProps) {
  const { t } = useTranslation('forum');
  const me = useMe();
  if (query.isPending) return <RowSkeleton rows={3} face />;
  if (query.isError)
    return (
      <div className="mt16">
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  if (posts.length === 0 && !query.hasPreviousPage) return null;
  const count = topic.posts - (topic.question.deletedAt ? 0 : 1) - (topic.answer ? 1 : 0);
  const firstNew = arrival.readNumber > 0 ? posts.find((post) => isNews(post, arrival.readNumber, me.id)) : undefined;
  return (
    <Group title={t('repliesHead')} count={count} className="mt32" right={t('oldestFirst')}>
      {query.hasPreviousPage && <PutAway posts={posts} arrival={arrival} query={query} />}
      {rowsOf(posts).map((row) =>
        isRun(row) ? (
          <Fragment key={row.posts[0].id}>
            <MovedLine run={row} cohortId={shared.cohortId} />
            {row.posts.map(({ number }) => (
              <PostEnd key={number} number={number} />
            ))}
          </Fragment>
        ) : (
          <Fragment key={row.id}>
            {row === firstNew && <NewLine arrival={arrival} />}
            <PostArticle post={row} {...shared}>
              <AnswerAsk topic={topic} posts={posts} post={row} onAccept={shared.acts.accept} />
            </PostArticle>
            <PostEnd number={row.number} />
          </Fragment>
        ),
      )}
      {query.hasNextPage && (
        <Button mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
    </Group>
  );
}

/** The replies before those on screen. */
function PutAway({ posts, arrival, query }: Pick<RepliesProps, 'posts' | 'arrival' | 'query'>) {
  const { t } = useTranslation('forum');
  const areRead = (posts[0]?.number ?? 0) - 1 <= arrival.readNumber;
  return (
    <p className={classes.putAway}>
      {areRead && <Icon of={IconCheck} size={16} />}
      <span className="grow">{t(areRead ? 'repliesRead' : 'repliesBefore')}</span>
      <Button
        variant="subtle"
        size="sm"
        loading={query.isFetchingPreviousPage}
        onClick={() => void query.fetchPreviousPage()}
      >
        {t('showReplies')}
      </Button>
    </p>
  );
}
