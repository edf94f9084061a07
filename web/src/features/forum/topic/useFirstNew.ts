import type { UseQueryResult } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { NEW_LINE } from './NewLine';
import { type Arrival, numberOf } from './read-posts';

/** Begins with what is new: an opened topic shows the line above it first, unless its address names a post. Once, when the posts have come. */
export function useFirstNew({ data, isFetching }: UseQueryResult, { readNumber, unread }: Arrival): void {
  const isLed = numberOf(useLocation({ select: (location) => location.hash })) !== null;
  const shown = useRef(isLed || readNumber === 0 || unread === 0);
  useEffect(() => {
    if (shown.current || !data || isFetching) return;
    shown.current = true;
    document.getElementById(NEW_LINE)?.scrollIntoView({ block: 'start' });
  }, [data, isFetching]);
}
