import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Page } from '../../../api/types';

/** Posts of a topic that come page by page. */
type Posts<T> = Pick<
  UseInfiniteQueryResult<InfiniteData<Page<T>>>,
  'data' | 'hasNextPage' | 'hasPreviousPage' | 'isFetching' | 'fetchNextPage' | 'fetchPreviousPage'
>;

/** Which addresses name a post. Both stand outside of components. */
interface Address<T> {
  isPost: (hash: string) => boolean;
  /** Whether it comes before the first one that is there; absent where the first page is. */
  isBefore?: (hash: string, first: T | undefined) => boolean;
}

/** Brings the post of the address (`#post-…`) on screen once it has come, with the pages of posts that lead to it. */
export function usePostOfAddress<T>(posts: Posts<T>, { isPost, isBefore }: Address<T>): void {
  const hash = useLocation({ select: (location) => location.hash });
  const shown = useRef('');
  const { data, hasNextPage, hasPreviousPage, isFetching, fetchNextPage, fetchPreviousPage } = posts;
  useEffect(() => {
    if (!data || shown.current === hash || !isPost(hash)) return;
    const post = document.getElementById(hash);
    if (post) {
      shown.current = hash;
      post.scrollIntoView({ block: 'center' });
      post.focus({ preventScroll: true });
    } else if (!isFetching) {
      const before = isBefore?.(hash, data.pages[0]?.items[0]) ?? false;
      if (before && hasPreviousPage) void fetchPreviousPage();
      else if (!before && hasNextPage) void fetchNextPage();
    }
  }, [hash, data, hasNextPage, hasPreviousPage, isFetching, fetchNextPage, fetchPreviousPage, isPost, isBefore]);
}
