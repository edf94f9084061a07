import { isLeaving, tellLeft } from './leaving';
import { createStore } from './store';
import type { SignedIn } from './types';
import { problemOf, Problem } from './problem';

interface Token {
  accessToken: string;
  /** Milliseconds since 1970, by this device's clock. */
  endsAt: number;
}

/** The access token lives here and nowhere else: it is never written to any storage. `null` = signed out. */
export const token = createStore<Token | null>(null);

/** A minute before its end a token counts as spent, so that no request leaves with one that dies on the way. */
const MARGIN_MS = 60_000;

let waiting: ReturnType<typeof setTimeout> | undefined;

/** Keeps a fresh token and plans its renewal, which also tells the socket (see socket.ts). */
export function keepToken(reply: Pick<SignedIn, 'accessToken' | 'expiresAt'>): void {
  const endsAt = Date.parse(reply.expiresAt);
  ending.set(null);
  isMine = false;
  token.set({ accessToken: reply.accessToken, endsAt });
  clearTimeout(waiting);
  waiting = setTimeout(() => void refresh().catch(() => undefined), Math.max(endsAt - Date.now() - MARGIN_MS, 5_000));
}

/** Forgets the token of this page. */
export function dropToken(): void {
  clearTimeout(waiting);
  token.set(null);
}

let running: Promise<SignedIn> | undefined;

/**
 * A new access token for the refresh cookie. One at a time: within the page by the shared promise, across tabs by a
 * Web Lock, because the cookie is rotated at each use and an old one used twice ends the whole family.
 * Throws `Problem`: 401 where nobody is signed in, or somebody signed out; the token is then dropped.
 */
export function refresh(): Promise<SignedIn> {
  running ??= navigator.locks.request('cordee-refresh', askForToken).finally(() => (running = undefined));
  return running;
}

const ENDINGS = [
  'password_changed',
  'ended_elsewhere',
  'logout',
  'reuse',
  'too_many',
  'account_ended',
  'admin_taken',
] as const;

/** Why the login of this browser ended, where it was not the person here who ended it: shown where one signs in again. */
export type Ending = (typeof ENDINGS)[number];
export const ending = createStore<Ending | null>(null);

let isMine = false;

/** The person here is about to sign out: whatever hears of it first has nothing to explain. */
export function endByMyself(): void {
  isMine = true;
}

const isEnding = (value: unknown): value is Ending => (ENDINGS as readonly unknown[]).includes(value);

async function askForToken(): Promise<SignedIn> {
  if (isLeaving()) {
    await tellLeft();
    dropToken();
    throw new Problem(401, 'signed_out');
  }
  // A page that is left (reloaded twice, say) must not cut off the answer: it holds the one cookie that is good from then on.
  const response = await fetch('/api/auth/refresh', { method: 'POST', keepalive: true }).catch(() => {
    throw new Problem(0, 'offline');
  });
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.status === 401) {
      const { because } = problem.extras;
      // Another tab that signed out took the cookie along: nobody is left to tell why.
      ending.set(isMine ? null : isEnding(because) ? because : token.get() ? 'logout' : null);
      dropToken();
    }
    throw problem;
  }
  const reply = (await response.json()) as SignedIn;
  keepToken(reply);
  return reply;
}
