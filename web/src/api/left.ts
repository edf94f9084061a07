import { type Store, createStore, useStore } from './store';
import type { ChannelSummary, Membership } from './types';

/** What I was taken out of while this page was open, by id, as it was then: so the page can say what I am out of. */
export const leftChannels = createStore<ReadonlyMap<string, ChannelSummary>>(new Map());
/** With its channels: what I typed in them is still mine. */
export const leftCohorts = createStore<ReadonlyMap<string, { membership: Membership; channels: ChannelSummary[] }>>(
  new Map(),
);

export const useLeftChannel = (channelId: string) => useStore(leftChannels).get(channelId);
export const useLeftCohort = (cohortId: string) => useStore(leftCohorts).get(cohortId);

export function leaveChannel(channel: ChannelSummary): void {
  leftChannels.set(new Map(leftChannels.get()).set(channel.id, channel));
}

export function leaveCohort(membership: Membership, channels: ChannelSummary[]): void {
  leftCohorts.set(new Map(leftCohorts.get()).set(membership.cohortId, { membership, channels }));
}

/** I am in it again. */
export function comeBack(id: string): void {
  without(leftChannels, id);
  without(leftCohorts, id);
}

/** What I am out of now: taken before the server is asked where I belong. */
export const outNow = (): Out => ({ channels: leftChannels.get(), cohorts: leftCohorts.get() });

interface Out {
  channels: ReadonlyMap<string, unknown>;
  cohorts: ReadonlyMap<string, unknown>;
}

/** The server says that I am in these: I came back while no event could say so. What I was taken out of since it was asked I stay out of. */
export function comeBackAs(asked: Out, ids: readonly string[]): void {
  const now = outNow();
  for (const id of ids) {
    const isOld = now.channels.get(id) === asked.channels.get(id) && now.cohorts.get(id) === asked.cohorts.get(id);
    if (isOld) comeBack(id);
  }
}

function without<T>(store: Store<ReadonlyMap<string, T>>, id: string): void {
  const next = new Map(store.get());
  if (next.delete(id)) store.set(next);
}

/** Whoever else signs in here was taken out of nothing. */
export function forgetLeft(): void {
  leftChannels.set(new Map());
  leftCohorts.set(new Map());
}

const isOut = (id: string | undefined) => id !== undefined && (leftChannels.get().has(id) || leftCohorts.get().has(id));

/** Does a path of the API lead into what I am out of? Then nobody needs to ask: the answer is 404. Coming in again is asked for by `PUT .../members/me`. */
export function leadsOut(method: string, path: string): boolean {
  const [, first, id, ...rest] = path.split('?')[0]?.split('/') ?? [];
  if (first !== 'channels' && first !== 'cohorts') return false;
  return isOut(id) && !(method === 'PUT' && rest.join('/') === 'members/me');
}

/** The same of what goes over the socket about a channel. */
export const isAboutLeft = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'channelId' in payload && isOut(payload.channelId as string);
