import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import type {
  SimilarWishes,
  Wish,
  WishChanged,
  WishDates,
  WishList,
  WishSide,
} from '../../../../src/contracts/workshops/wishes';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useApplyEvents, useOnMissed } from '../../api/socket';
import type { QueryClient } from '@tanstack/react-query';

export type Sort = 'demand' | 'newest' | 'mine';
export type Shown = 'open' | 'planned' | 'closed';

const all = (cohortId: string) => keys.in(cohortId, 'wishes');
export const wishPath = ({ cohortId, id }: Pick<Wish, 'cohortId' | 'id'>) => `/cohorts/${cohortId}/wishes/${id}`;

/** Whenever anything of the board changed. */
export const lookAgain = (client: QueryClient, cohortId: string): void =>
  void client.invalidateQueries({ queryKey: all(cohortId) });

export function useWishes(cohortId: string, sort: Sort, state: Shown) {
  return useInfiniteQuery({
    queryKey: [...all(cohortId), sort, sort === 'mine' ? '' : state],
    queryFn: ({ pageParam, signal }) =>
      api.get<WishList>(`/cohorts/${cohortId}/wishes`, {
        query: { sort, state, cursor: pageParam, limit: 30 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

const PAUSE_MS = 250;

/** What is there already about what is being typed. */
export function useSimilar(cohortId: string, typed: string) {
  const [q] = useDebouncedValue(typed.trim(), PAUSE_MS);
  return useQuery({
    queryKey: [...all(cohortId), 'similar', q],
    queryFn: ({ signal }) =>
      api.get<SimilarWishes>(`/cohorts/${cohortId}/wishes/similar`, { query: { q: q.slice(0, 200) }, signal }),
    select: (found) => found.items,
    enabled: q.length > 2,
  });
}

/** When most of its people can. Kept apart: once it is planned there is nothing to ask again. */
export function useDates(wish: Wish, minutes: number) {
  return useQuery({
    queryKey: keys.in(wish.cohortId, 'wish-dates', wish.id, minutes),
    queryFn: ({ signal }) => api.get<WishDates>(`${wishPath(wish)}/dates`, { query: { minutes }, signal }),
  });
}

/** Says a side, or takes it back. */
export function useSay(wish: Wish) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (side: WishSide) => {
      const path = `${wishPath(wish)}/sides/${side}`;
      return wish.mine.includes(side) ? api.delete(path) : api.put(path);
    },
    onSettled: () => lookAgain(client, wish.cohortId),
  });
}

const changed = (client: QueryClient, { cohortId }: WishChanged): void => lookAgain(client, cohortId);
export const wishEvents = { 'wish.changed': changed };

/** Keeps the board as it is: live, and after the line was down. */
export function useLiveWishes(cohortId: string): void {
  const client = useQueryClient();
  useApplyEvents(wishEvents);
  useOnMissed(() => lookAgain(client, cohortId));
}
