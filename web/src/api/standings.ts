import type { Standing, Standings } from '../../../src/contracts/auth/standing';
import { api } from './http';
import { keys } from './keys';
import { queryClient } from './query';
import { onEvent } from './socket';
import { createStore } from './store';
import { token } from './token';
import type { Me } from './types';

/** How the people near me stand, as far as they say something of themselves. */
export const standings = createStore<ReadonlyMap<string, Standing>>(new Map());

/** One person says something else of themselves; who says nothing is not kept. */
export function withStanding(held: ReadonlyMap<string, Standing>, standing: Standing): ReadonlyMap<string, Standing> {
  const next = new Map(held);
  if (standing.status === null && standing.quietUntil === null) next.delete(standing.userId);
  else next.set(standing.userId, standing);
  return next;
}

/** Asks how all stand: at the start, and when something may have been missed. */
export async function askStandings(): Promise<void> {
  const { items } = await api.get<Standings>('/standings');
  standings.set(new Map(items.map((one) => [one.userId, one])));
}

onEvent('standing.changed', (standing) => {
  standings.set(withStanding(standings.get(), standing));
  const me = queryClient.getQueryData<Me>(keys.me);
  const { userId, ...own } = standing;
  if (me?.id === userId) queryClient.setQueryData<Me>(keys.me, { ...me, ...own });
});

token.subscribe(() => {
  if (token.get() === null) standings.set(new Map());
});
