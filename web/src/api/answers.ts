import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Keeps what the server answered to a save. Whatever was asked before it, and is still on its way, would undo it. */
export async function keepAnswer<T>(client: QueryClient, queryKey: QueryKey, answer: T): Promise<T> {
  await client.cancelQueries({ queryKey, exact: true });
  client.setQueryData<T>(queryKey, answer);
  return answer;
}
