import type { BlockedPeople } from '../../../src/contracts/chat/blocks';
import { api } from './http';
import { onEvent } from './socket';
import { createStore } from './store';
import { token } from './token';
import type { Person } from './types';

/** From whom I take no direct messages, by their ids. */
export const blocked = createStore<ReadonlyMap<string, Person>>(new Map());

const keep = ({ items }: BlockedPeople) => blocked.set(new Map(items.map((person) => [person.id, person])));

/** Asks whom I blocked: at the start, and when something may have been missed. */
export async function askBlocked(): Promise<void> {
  keep(await api.get<BlockedPeople>('/me/blocked'));
}

/** Takes no direct messages from somebody any more, or takes them again. */
export async function setBlocked(userId: string, isBlocked: boolean): Promise<void> {
  const path = `/me/blocked/${userId}`;
  await (isBlocked ? api.put(path) : api.delete(path));
  await askBlocked();
}

onEvent('blocked.changed', keep);

token.subscribe(() => {
  if (token.get() === null) blocked.set(new Map());
});
