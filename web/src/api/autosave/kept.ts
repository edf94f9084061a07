import type { Kept, KeptAnswer } from './draft';
import { isOfPerson } from '../drafts';
import { onForgotten } from './unsent';

/** How often somebody signed out here. What they wrote before is kept no more, also where its sending fails only afterwards. */
let signedOut = 0;
onForgotten(() => {
  signedOut += 1;
});

/** What this page keeps of something that is written until the server has it. */
export interface KeptHere {
  /** What earlier pages left. */
  kept: Kept;
  keep: (kept: Kept) => void;
  /** The page lets go: another one may send what is left. */
  release: () => void;
}

/** `name`: of what is written, `cordee-application:<id>`. Each page has a place of its own, so that two tabs never write over one another; what a page left that is not open any more goes on here. */
export async function keptHere(name: string): Promise<KeptHere> {
  const mine = `${name}:${crypto.randomUUID()}`;
  let release = () => {};
  void navigator.locks.request(mine, () => new Promise<void>((resolve) => (release = resolve)));
  const since = signedOut;
  const keep = (kept: Kept) => {
    // What needs no login stays with the browser.
    if (since === signedOut || !isOfPerson(name)) write(mine, kept);
  };
  const kept: Kept = {};
  for (const place of placesOf(name))
    await navigator.locks.request(place, { ifAvailable: true }, (lock) => {
      if (!lock || place === mine) return;
      Object.assign(kept, readKept(read(place)));
      keep(kept);
      write(place, {});
    });
  return { kept, keep, release: () => release() };
}

function placesOf(name: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${name}:`));
  } catch {
    return [];
  }
}

function read(place: string): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

/** A full or closed store costs what would outlive the page, never the typing. */
function write(place: string, kept: Kept): void {
  try {
    if (Object.keys(kept).length === 0) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // The text is still in its field.
  }
}

/** What is stored, as far as it can be read. */
export function readKept(text: string | null): Kept {
  try {
    const stored = JSON.parse(text ?? '{}') as unknown;
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter((entry): entry is [string, KeptAnswer] => isKept(entry[1])),
    );
  } catch {
    return {};
  }
}

const isKept = (value: unknown): value is KeptAnswer =>
  typeof value === 'object' &&
  value !== null &&
  'value' in value &&
  'base' in value &&
  typeof value.base === 'number' &&
  'sent' in value &&
  Array.isArray(value.sent);
