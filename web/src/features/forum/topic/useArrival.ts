import type { UseQueryResult } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import type { Topic } from '../../../../../src/contracts/forums';
import { type Arrival, arrivalOf, numberOf } from './read-posts';

/** How the topic was found when it was opened; null until it is known as it is now. It stays while one reads on. */
export function useArrival({ data, isFetching }: UseQueryResult<Topic>): Arrival | null {
  const hash = useLocation({ select: (location) => location.hash });
  const [found, setFound] = useState<{ topicId: string; arrival: Arrival } | null>(null);
  if (data && !isFetching && found?.topicId !== data.id) {
    const next = { topicId: data.id, arrival: arrivalOf(data, numberOf(hash)) };
    setFound(next);
    return next.arrival;
  }
  return found && found.topicId === data?.id ? found.arrival : null;
}
