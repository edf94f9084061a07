import { useSingleKeys } from '../../shell/keys/single-keys';
import { stepFocus } from '../../shell/keys/step-focus';
import type { Entry } from './entries';

const LINE = ':scope > :first-child a.title';
/** The first link of each entry: what came before the latest is unfolded and read by Tab. */
const LINES = '[data-entry] > :first-child a.title';

interface InboxActs {
  done: (entry: Entry) => void;
  snooze: (entry: Entry) => void;
  read: (entry: Entry) => void;
  undo: () => void;
}

/** The keys of the inbox: j and k go from entry to entry; of the one that has the focus e says that it is done, h snoozes it, Shift and I mark it read; z takes the last act back. */
export function useInboxKeys(entries: readonly Entry[], { done, snooze, read, undo }: InboxActs): void {
  const here = () => {
    const key = hereNow()?.dataset.entry;
    return entries.find((one) => one.key === key);
  };
  const act = (what: (entry: Entry) => void) => () => {
    const entry = here();
    if (!entry) return false;
    what(entry);
    return true;
  };
  useSingleKeys({
    j: () => step(1),
    k: () => step(-1),
    e: act(done),
    h: act(snooze),
    I: act((entry) => {
      read(entry);
      step(1);
    }),
    z: undo,
  });
}

const hereNow = () => document.activeElement?.closest<HTMLElement>('[data-entry]');

/** Also from a button of the entry, to the title of the next one. */
function step(by: 1 | -1): boolean {
  hereNow()?.querySelector<HTMLElement>(LINE)?.focus({ preventScroll: true });
  return stepFocus(LINES, by);
}

/** Once the button of a menu was drawn anew. */
const AFTER_CLOSING_MS = 20;

/** Gives the focus back to an entry, where a menu that closed left it nowhere. */
export function comeBackTo(key: string): void {
  setTimeout(() => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const entry = document.querySelector<HTMLElement>(`[data-entry="${CSS.escape(key)}"]`);
    entry?.querySelector<HTMLElement>(LINE)?.focus({ preventScroll: true });
  }, AFTER_CLOSING_MS);
}

/** Leads the focus, where it is in this entry, to the one where one goes on as this one leaves: the next, or the one before. False where there is none. */
export function leave(key: string): boolean {
  const menu = document.activeElement?.closest('[role="menu"]');
  const here = hereNow();
  if (here?.dataset.entry !== key && !menu) return true;
  const lines = [...document.querySelectorAll<HTMLElement>('[data-entry]')];
  const at = lines.findIndex(({ dataset }) => dataset.entry === key);
  const next = lines[at + 1] ?? lines[at - 1];
  const title = next?.querySelector<HTMLElement>(LINE);
  title?.scrollIntoView({ block: 'nearest' });
  title?.focus({ preventScroll: true });
  return title !== undefined && title !== null;
}
