/**
 * What somebody types and has not sent, kept in this browser by person and name: another one who signs in here must not find what
 * was begun.
 */
const ofPerson = (userId: string) => `cordee-draft:${userId}:`;

export function readDraft(userId: string, name: string): string {
  try {
    return localStorage.getItem(ofPerson(userId) + name) ?? '';
  } catch {
    return '';
  }
}

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

/** A full or closed store costs the draft, never the typing. */
export function keepDraft(userId: string, name: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(ofPerson(userId) + name);
    else localStorage.setItem(ofPerson(userId) + name, text);
  } catch {
    // nothing to do: the text is still in the field
  }
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
