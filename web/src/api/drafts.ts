/**
 * What somebody types and has not sent, kept in this browser by person and name: another one who signs in here must not find what
 * was begun.
 */
const PREFIX = 'cordee-draft:';

export const ofPerson = (userId: string) => `${PREFIX}${userId}:`;

/** Whether it is kept for somebody who was signed in. */
export const isOfPerson = (key: string) => key.startsWith(PREFIX);

export function readDraft(userId: string, name: string): string {
  try {
    return localStorage.getItem(ofPerson(userId) + name) ?? '';
  } catch {
    return '';
  }
}

/** Beside what was begun stands for which cohort. */
export const COHORT = ':of';

/** A full or closed store costs the draft, never the typing. */
export function keepDraft(userId: string, name: string, text: string, cohortId: string | null = null): void {
  try {
    put(ofPerson(userId) + name, text);
    if (cohortId !== null) put(ofPerson(userId) + name + COHORT, text === '' ? '' : cohortId);
  } catch {
    // nothing to do: the text is still in the field
  }
}

function put(key: string, text: string): void {
  if (text === '') localStorage.removeItem(key);
  else localStorage.setItem(key, text);
}

/** Takes all that a person began here out of this browser. */
export function forgetDrafts(userId: string): void {
  try {
    const theirs = Object.keys(localStorage).filter((key) => key.startsWith(ofPerson(userId)));
    for (const key of theirs) localStorage.removeItem(key);
  } catch {
    // A closed store holds nothing.
  }
}
