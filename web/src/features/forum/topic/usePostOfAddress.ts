import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Post } from '../../../../../src/contracts/forums';
import type { Page } from '../../../api/types';

/** Brings the post of the address (`#post-7`) on screen once it has come, with the pages of posts before it. */
export function usePostOfAddress(posts: UseInfiniteQueryResult<InfiniteData<Page<Post>>>): void {
  const hash = useLocation({ select: (location) => location.hash });
  const shown = useRef('');
  const { data, hasNextPage, isFetching, fetchNextPage } = posts;
  useEffect(() => {
    if (!data || shown.current === hash || !/^post-\d+$/.test(hash)) return;
    const post = document.getElementById(hash);
    if (post) {
      shown.current = hash;
      post.scrollIntoView({ block: 'center' });
      post.focus({ preventScroll: true });
    } else if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hash, data, hasNextPage, isFetching, fetchNextPage]);
}
