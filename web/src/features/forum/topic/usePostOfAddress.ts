import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Post } from '../../../../../src/contracts/forums';
import type { Page } from '../../../api/types';
import { numberOf } from './read-posts';

/** Brings the post of the address (`#post-7`) on screen once it has come, with the pages of posts before it. */
export function usePostOfAddress(posts: UseInfiniteQueryResult<InfiniteData<Page<Post>>>): void {
  const hash = useLocation({ select: (location) => location.hash });
  const shown = useRef('');
  const { data, hasNextPage, hasPreviousPage, isFetching, fetchNextPage, fetchPreviousPage } = posts;
  useEffect(() => {
    if (!data || shown.current === hash || numberOf(hash) === null) return;
    const post = document.getElementById(hash);
    if (post) {
      shown.current = hash;
      post.scrollIntoView({ block: 'center' });
      post.focus({ preventScroll: true });
    } else if (!isFetching) {
      const isBefore = (numberOf(hash) ?? 0) < (data.pages[0]?.items[0]?.number ?? 0);
      if (isBefore && hasPreviousPage) void fetchPreviousPage();
      else if (!isBefore && hasNextPage) void fetchNextPage();
    }
  }, [hash, data, hasNextPage, hasPreviousPage, isFetching, fetchNextPage, fetchPreviousPage]);
}
