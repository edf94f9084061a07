import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

const TRIES = 2;

/** Only what may pass by itself is asked again: a refusal is an answer. */
function worthAnotherTry(failures: number, error: unknown): boolean {
  return error instanceof Problem && error.temporary && failures < TRIES;
}

/** The cache of answers. Live events keep it fresh, so a visit to a page within half a minute asks nothing. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: worthAnotherTry, refetchOnWindowFocus: 'always' },
    mutations: { retry: false },
  },
});
