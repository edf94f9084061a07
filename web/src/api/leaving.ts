import { Problem, problemOf } from './problem';

const KEY = 'cordee-leaving';
/** Who signs out looks at their page no longer than this, whatever the line does. */
const PATIENCE_MS = 5_000;

/** Somebody signed out here, and the server has not heard of it: its cookie would sign them in again. In all tabs. */
export function isLeaving(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** From now on the cookie of this browser renews nothing, until the server has heard of it, or somebody signs in anew. */
export function beginLeaving(): void {
  try {
    localStorage.setItem(KEY, '1');
  } catch {
    // A closed store: the server is told once.
  }
}

/** Hears that somebody signed out in another tab. */
export function onLeavingElsewhere(leave: () => void): void {
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === KEY && newValue !== null) leave();
  });
}

/** The server has heard of it, or another login took the cookie's place. */
export function endLeaving(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // There is nothing in a closed store.
  }
}

/** Tells the server that the login of this browser is over: by its cookie, and by the `bearer` of the page. Throws `Problem` where no answer comes. */
export async function tellLeft(bearer?: string): Promise<void> {
  const headers = new Headers(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` });
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch('/api/auth/logout', { method: 'POST', headers, signal, keepalive: true }).catch(() => {
    throw new Problem(0, 'offline');
  });
  if (!response.ok) throw await problemOf(response);
  endLeaving();
}
