import { useSingleKeys } from '../../shell/single-keys';
import { stepFocus } from '../../shell/step-focus';
import { type Entry, unreadOf } from './entries';

/** The first link of each entry: what came before the latest is unfolded and read by Tab. */
const LINES = '[data-entry] > :first-child a.title';

/** The keys of the inbox: j and k go from entry to entry, e marks the one that has the focus read and goes on. */
export function useInboxKeys(entries: readonly Entry[], onRead: (ids: string[]) => void): void {
  useSingleKeys({
    j: () => stepFocus(LINES, 1),
    k: () => stepFocus(LINES, -1),
    e: () => {
      const key = document.activeElement?.closest<HTMLElement>('[data-entry]')?.dataset.entry;
      const entry = entries.find((one) => one.key === key);
      if (!entry) return false;
      const unread = unreadOf(entry);
      if (unread.length > 0) onRead(unread);
      stepFocus(LINES, 1);
    },
  });
}
