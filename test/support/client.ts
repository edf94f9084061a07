import { type Socket, io } from 'socket.io-client';
import { WAIT_MS } from './patience.js';

/** An answer with its body read: JSON where it is JSON. */
export interface Answer {
  status: number;
  body: any;
  text: string;
  headers: Headers;
}

/** Speaks HTTP as one person (or nobody) to one node. */
export interface Client {
  get: (path: string) => Promise<Answer>;
  post: (path: string, body?: unknown) => Promise<Answer>;
  put: (path: string, body?: unknown) => Promise<Answer>;
  patch: (path: string, body?: unknown) => Promise<Answer>;
  delete: (path: string, body?: unknown) => Promise<Answer>;
  /** The same person on another node. */
  on: (url: string) => Client;
}

/**
 * Most tests use one hour for everything: asked whether they want something over something else (409 `clash`), people of tests say yes. Who
 * wants to see the question says `despite: false`.
 */
export function clientOf(url: string, token?: string): Client {
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await once(method, path, body);
    const isAsked = answer.status === 409 && answer.body?.code === 'clash';
    if (!isAsked || typeof body === 'string' || (typeof body === 'object' && body && 'despite' in body)) return answer;
    return await once(method, path, { ...(body as object | undefined), despite: true });
  };
  const once = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: isJson ? JSON.parse(text) : text, text, headers: response.headers };
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    delete: (path, body) => call('DELETE', path, body),
    on: (other) => clientOf(other, token),
  };
}

/** A connected socket that remembers what it was sent. */
export interface LiveClient {
  socket: Socket;
  events: { event: string; payload: any }[];
  /** Sends an event and waits for its ack. */
  ask: (event: string, payload: unknown) => Promise<any>;
  close: () => void;
}

/** Connects a socket; rejects with the `connect_error`. */
export async function connect(url: string, token: string): Promise<LiveClient> {
  const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  const events: LiveClient['events'] = [];
  socket.onAny((event: string, payload: unknown) => events.push({ event, payload }));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('connect_error', reject);
  });
  return {
    socket,
    events,
    ask: (event, payload) => socket.timeout(WAIT_MS).emitWithAck(event, payload),
    close: () => socket.disconnect(),
  };
}
