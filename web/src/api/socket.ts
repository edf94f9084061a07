import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { Socket } from 'socket.io-client';
import type { Ack } from '../../../src/contracts/chat/chat';
import type { ServerEventName, ServerEvents } from './events';
import { isAboutLeft } from './left';
import { Problem } from './problem';
import { createStore } from './store';
import { dropComing } from './together';
import { refresh, token } from './token';

/** `live` = every event reaches us; `lost` = we had it and try to get it back (the offline line shows after a while). */
export type Connection = 'idle' | 'connecting' | 'live' | 'lost';

export const connection = createStore<Connection>('idle');

/** The ids of the people who are here now, as the socket tells. */
export const presence = createStore<ReadonlySet<string>>(new Set());

/** Moves on whenever something may have been said that nobody here heard. */
const missed = createStore(0);

/** What had been said to me before this page loaded anything (`said` of the login's reply), until the first line was asked what came after. */
let saidBefore: string | null = null;

/** Somebody entered: what is said from here on, and not heard yet, is missing on their pages. */
export function beginsAfter(said: string | null): void {
  saidBefore = said;
}

/** The first line asks whether anything was said since the pages began to load; after a cut something always may have been. */
async function lookForMissed(): Promise<void> {
  const said = saidBefore;
  saidBefore = null;
  const answer = said === null ? null : await ask<{ missed: boolean }>('missed', { said }).catch(() => null);
  if (answer?.missed === false) return;
  dropComing();
  missed.set(missed.get() + 1);
}

type Listener = (payload: unknown) => void;

/** Who listens to what. Kept here, so that a page may listen before the socket's script has come. */
const listeners = new Map<string, Set<Listener>>();

let socket: Socket | undefined;
let opening: Promise<Socket> | undefined;

/** Loads the socket's script when it is first needed, after the page is drawn. */
function open(): Promise<Socket> {
  opening ??= import('socket.io-client').then(({ io }) => {
    socket = io({
      path: '/socket.io',
      transports: ['websocket'],
      autoConnect: false,
      auth: (give) => give({ token: token.get()?.accessToken }),
      reconnectionDelayMax: 8_000,
    });
    return watched(socket);
  });
  return opening;
}

function watched(made: Socket): Socket {
  made.on('connect', () => {
    connection.set('live');
    void lookForMissed();
  });
  made.on('disconnect', (reason) => {
    connection.set(token.get() ? 'lost' : 'idle');
    // Cut off by the server (the login ended, its token was too old): socket.io itself would stay away.
    if (reason === 'io server disconnect')
      void refresh()
        .catch(() => undefined)
        .then(comeBack);
  });
  made.on('connect_error', (error: Error & { data?: { code?: string; retryAfterMs?: number } }) => {
    connection.set('lost');
    // Whoever is refused is not let in by socket.io itself again: wait as told, or take a new token, then knock again.
    if (error.data?.retryAfterMs !== undefined) setTimeout(comeBack, error.data.retryAfterMs);
    else if (error.data?.code && !made.active)
      void refresh().then(
        () => made.connect(),
        () => undefined,
      );
  });
  made.onAny((name: string, payload: unknown) => {
    if (name !== 'presence') dropComing();
    for (const listener of listeners.get(name) ?? []) listener(payload);
  });
  return made;
}

/** Knocks again while somebody is signed in. */
function comeBack(): void {
  if (token.get()) socket?.connect();
}

// The socket follows the token: told of each new one, closed with the last.
token.subscribe(() => {
  const held = token.get();
  if (!held) {
    socket?.disconnect();
    connection.set('idle');
    presence.set(new Set());
  } else if (socket?.connected) {
    socket.emit('auth', { token: held.accessToken });
  }
});

/** Opens the socket; harmless when it is open. The shell calls it once somebody is signed in. */
export function connect(): void {
  if (connection.get() === 'idle') connection.set('connecting');
  void open().then((made) => {
    if (!made.active && token.get()) made.connect();
  });
}

const ACK_MS = 10_000;

/**
 * Sends a client event (`channel:send`, `sync`...) and resolves with the ack's data.
 * Throws `Problem`: the server's code, or `offline` where no ack came within 10 s (the act may still have been done).
 */
export async function ask<T>(event: string, payload: unknown): Promise<T> {
  if (isAboutLeft(payload)) throw new Problem(404, 'not_found');
  let answer: Ack<T>;
  try {
    const made = await open();
    answer = (await made.timeout(ACK_MS).emitWithAck(event, payload)) as Ack<T>;
  } catch {
    throw new Problem(0, 'offline');
  }
  if (!answer.ok) throw new Problem(409, answer.error.code, [], { retryAfterMs: answer.error.retryAfterMs });
  return answer.data;
}

/** Tells the server something that needs no answer (typing). Dropped while the line is down. */
export function tell(event: string, payload: unknown): void {
  if (socket?.connected && !isAboutLeft(payload)) socket.volatile.emit(event, payload);
}

/** Listens outside React; returns how to stop. */
export function onEvent<K extends ServerEventName>(name: K, listener: (payload: ServerEvents[K]) => void): () => void {
  const heard = listener as Listener;
  const those = listeners.get(name) ?? new Set();
  listeners.set(name, those.add(heard));
  return () => void those.delete(heard);
}

onEvent('presence', ({ online, offline }) => {
  const gone = new Set(offline);
  presence.set(new Set([...presence.get(), ...online].filter((id) => !gone.has(id))));
});

/** Listens while the component is on screen. The handler may be a new function at each render. */
export function useEvent<K extends ServerEventName>(name: K, handler: (payload: ServerEvents[K]) => void): void {
  const latest = useEffectEvent(handler);
  useEffect(() => onEvent(name, (payload) => latest(payload)), [name]);
}

type Appliers = { [K in ServerEventName]?: (client: QueryClient, payload: ServerEvents[K]) => void };

/**
 * Live events into the cache, through the same function that takes a fetch:
 * `useApplyEvents({ 'workshop.changed': (client, w) => client.invalidateQueries({ queryKey: keys.in(w.cohortId, 'workshops') }) })`.
 * Pass a constant object (defined outside the component).
 */
export function useApplyEvents(appliers: Appliers): void {
  const client = useQueryClient();
  useEffect(() => {
    const stops = (Object.keys(appliers) as ServerEventName[]).map((name) =>
      onEvent(name, (payload) => (appliers[name] as (client: QueryClient, payload: unknown) => void)(client, payload)),
    );
    return () => stops.forEach((stop) => stop());
  }, [appliers, client]);
}

/** Runs whenever something may have been missed (the line was down, or stood only after the page was loaded): it is to be asked for. */
export function useOnMissed(handler: () => void): void {
  const latest = useEffectEvent(handler);
  useEffect(() => missed.subscribe(() => latest()), []);
}
