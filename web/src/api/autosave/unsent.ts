import { type Store, createStore } from '../store';

/** What waits in this browser to be sent, by where it is kept: a list, of which each thing names its person under a field. */
const OWNERS = { 'cordee-outbox': 'senderId', 'cordee-marks': 'myId' } as const;
type Name = keyof typeof OWNERS;
const NAMES = Object.keys(OWNERS) as Name[];

const listeners = new Set<(userId: string) => void>();
/** Other tabs keep what waits in their memory, too. */
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('cordee-unsent');
tabs?.addEventListener('message', ({ data }: MessageEvent<string>) => forgetHere(data));

/** Hears whose unsent things are forgotten, so that none of them is kept again. */
export function onForgotten(forget: (userId: string) => void): void {
  listeners.add(forget);
}

/** One of these lists. `change` reads, changes and keeps it in one go, since other tabs keep theirs under the same name. */
export interface UnsentList<T> {
  list: Pick<Store<readonly T[]>, 'get' | 'subscribe'>;
  change: (next: (all: readonly T[]) => readonly T[]) => void;
}

/** The list of a name as all tabs of this browser have it. `isOurs`: what is there otherwise is left out. `nameOf`: which of two are the same thing. */
export function unsentList<T>(
  name: Name,
  isOurs: (one: unknown) => one is T,
  nameOf: (one: T) => string,
): UnsentList<T> {
  /** What a full or closed store did not take: it waits as long as this page is open. */
  let unkept: readonly T[] = [];
  const all = () => {
    const here = new Set(unkept.map(nameOf));
    return [...read(name).filter((one): one is T => isOurs(one) && !here.has(nameOf(one))), ...unkept];
  };
  const list = createStore<readonly T[]>(all());
  const change = (next: (all: readonly T[]) => readonly T[]) => {
    const changed = next(all());
    unkept = write(name, changed) ? [] : changed;
    list.set(changed);
  };
  window.addEventListener('storage', ({ key }) => {
    if (key === name) list.set(all());
  });
  onForgotten((userId) => change((kept) => kept.filter((one) => !isOf(name, userId)(one))));
  return { list, change };
}

/** How many things of a person wait to be sent. */
export function countUnsent(userId: string): number {
  return NAMES.reduce((sum, name) => sum + read(name).filter(isOf(name, userId)).length, 0);
}

/** Takes all that a person did not send out of this browser, in all its tabs: whoever uses it next must not read it. */
export function forgetUnsent(userId: string): void {
  forgetHere(userId);
  tabs?.postMessage(userId);
}

function forgetHere(userId: string): void {
  for (const forget of listeners) forget(userId);
  for (const name of NAMES) {
    const all = read(name);
    const others = all.filter((one) => !isOf(name, userId)(one));
    if (others.length < all.length) write(name, others);
  }
}

const isOf =
  (name: Name, userId: string) =>
  (one: unknown): boolean =>
    typeof one === 'object' && one !== null && (one as Record<string, unknown>)[OWNERS[name]] === userId;

function read(name: Name): unknown[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/** False where the store is full or closed. */
function write(name: Name, kept: readonly unknown[]): boolean {
  try {
    if (kept.length === 0) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}
