import { diffWords, diffWordsWithSpace } from 'diff';

/** A piece of a text beside the one before it: it stayed, came, or went; `gap` stands for what stayed and is left out. */
export type Piece = { kind: 'same' | 'added' | 'removed'; text: string } | { kind: 'gap' };

/** Texts without anything in common take long: then all of one went, and all of the other came. */
const AT_MOST_MS = 200;
/** So much of what stayed is shown beside a change. */
const BESIDE = 160;

/** What changed between two texts, word by word, with some of what stands beside it. */
export function wordChanges(before: string, after: string): Piece[] {
  const byWords = diffWords(before, after, { timeout: AT_MOST_MS });
  // Where no word changed, lines or spaces did.
  const isAlike = byWords?.every(({ added, removed }) => !added && !removed);
  const found = (isAlike ? diffWordsWithSpace(before, after, { timeout: AT_MOST_MS }) : byWords) ?? [
    { value: before, removed: true, added: false },
    { value: after, added: true, removed: false },
  ];
  const last = found.length - 1;
  return found.flatMap(({ value, added, removed }, at): Piece[] => {
    if (value === '') return [];
    if (added || removed) return [{ kind: added ? 'added' : 'removed', text: value }];
    return shortened(value, at > 0, at < last);
  });
}

/** The end of it stands before a change, its beginning after one; what lies between is left out. */
function shortened(text: string, isAfter: boolean, isBefore: boolean): Piece[] {
  const room = (isAfter ? BESIDE : 0) + (isBefore ? BESIDE : 0);
  if (text.length <= room + BESIDE) return [{ kind: 'same', text }];
  const begin: Piece[] = isAfter ? [{ kind: 'same', text: text.slice(0, wholeWord(text, BESIDE)) }] : [];
  const end: Piece[] = isBefore ? [{ kind: 'same', text: text.slice(wholeWord(text, text.length - BESIDE)) }] : [];
  return [...begin, { kind: 'gap' }, ...end];
}

/** The nearest place before another one where no word is cut. */
function wholeWord(text: string, at: number): number {
  const space = text.slice(0, at).search(/\s\S*$/);
  return space < 0 ? at : space + 1;
}
