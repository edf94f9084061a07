import { COHORT, ofPerson, readDraft } from './drafts';

/** All that somebody has begun whose name begins so, by name. */
export function draftsOf(userId: string, prefix: string): { name: string; text: string }[] {
  const start = ofPerson(userId) + prefix;
  try {
    return Object.keys(localStorage)
      .filter((key) => key === start || key.startsWith(`${start}:`))
      .map((key) => ({ name: key.slice(ofPerson(userId).length), text: localStorage.getItem(key) ?? '' }))
      .filter(({ text }) => text.trim() !== '');
  } catch {
    return [];
  }
}

/** All that somebody has begun in a cohort, by name; what they typed in its channels is found by these. */
export function draftsIn(userId: string, cohortId: string): { name: string; text: string }[] {
  const start = ofPerson(userId);
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(start) && key.endsWith(COHORT) && localStorage.getItem(key) === cohortId)
      .map((key) => key.slice(start.length, -COHORT.length))
      .map((name) => ({ name, text: readDraft(userId, name) }))
      .filter(({ text }) => text.trim() !== '');
  } catch {
    return [];
  }
}
