import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Post, Topic } from '../../../../../src/contracts/forums';
import { keys } from '../../../api/keys';
import type { Page } from '../../../api/types';
import { postsKey } from '../forum';

type Pages = InfiniteData<Page<Post>>;

/** The post with my vote given or taken back; the same post where nothing changes. */
export function withVote(post: Post, postId: string, voted: boolean): Post {
  if (post.id !== postId || post.voted === voted) return post;
  return { ...post, voted, votes: post.votes + (voted ? 1 : -1) };
}

/** Changes a post wherever it is on screen: as question, as answer, in the list. */
export function changePost(client: QueryClient, cohortId: string, topicId: string, change: (post: Post) => Post): void {
  client.setQueryData<Topic>(
    keys.topic(cohortId, topicId),
    (topic) =>
      topic && { ...topic, question: change(topic.question), answer: topic.answer ? change(topic.answer) : null },
  );
  client.setQueriesData<Pages>(
    { queryKey: postsKey(cohortId, topicId) },
    (pages) => pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.map(change) })) },
  );
}

/** Everybody who wrote, once each, in the order in which they came. */
export function writersOf(posts: readonly Post[]): Post['author'][] {
  return [
    ...new Map(
      posts.filter((post) => post.author.name && !post.moved).map((post) => [post.author.id, post.author]),
    ).values(),
  ];
}
