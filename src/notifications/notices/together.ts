import type { Notice } from '../notifier.js';

/** Notices that differ only in whom they are for, as one each. */
export function together(notices: readonly Notice[]): Notice[] {
  const groups = new Map<string, Notice>();
  for (const notice of notices) {
    const { userIds, ...words } = notice;
    const same = JSON.stringify(words);
    groups.set(same, { ...notice, userIds: [...(groups.get(same)?.userIds ?? []), ...userIds] });
  }
  return [...groups.values()];
}
