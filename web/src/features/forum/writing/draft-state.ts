import type { DraftPoll } from '../../../../../src/contracts/forum/polls';
import type { DraftEdit, ForumDraft } from '../../../../../src/contracts/forum-drafts';
import type { TopicKind } from '../../../../../src/contracts/forums';

/** What one types: of a reply its body and its poll, of a change its body and how it began. */
export interface Words {
  kind: TopicKind;
  title: string;
  tags: string[];
  body: string;
  poll: DraftPoll | null;
  edit: DraftEdit | null;
}

/** What was begun, beside what is kept of it on the server. */
export interface DraftState {
  words: Words;
  /** The revision on the server from which these words go on; 0: there was none. */
  revision: number;
  /** They say something else than that one. */
  isDirty: boolean;
  /** What was written elsewhere meanwhile, until it is settled which stands: null where it was posted or thrown away there. */
  other?: ForumDraft | null;
}

export const NO_WORDS: Words = { kind: 'question', title: '', tags: [], body: '', poll: null, edit: null };

const wordsOf = ({ kind, title, tags, body, poll, edit }: ForumDraft): Words => ({
  ...{ kind, title, tags, body, poll, edit },
});

/** Do both say the same? What stands around words is not kept. */
export const isSame = (one: Words, other: Words): boolean =>
  one.kind === other.kind &&
  one.title.trim() === other.title.trim() &&
  one.tags.join() === other.tags.join() &&
  one.body.trim() === other.body.trim() &&
  tidy(one.poll) === tidy(other.poll) &&
  one.edit?.seen.trim() === other.edit?.seen.trim() &&
  one.edit?.why.trim() === other.edit?.why.trim();

/** As it is kept: in one order, and without space around. */
function tidy(poll: DraftPoll | null): string {
  if (!poll) return '';
  const { question, options, multiple, anonymous, closesAt } = poll;
  const at = closesAt && Date.parse(closesAt);
  return JSON.stringify([question.trim(), options.map((one) => one.trim()), multiple, anonymous, at]);
}

/** What the poll of a draft asks, a line each. */
export const pollWords = (poll: DraftPoll | null): string =>
  poll ? [poll.question, ...poll.options].filter(Boolean).join('\n') : '';

/** Is it the same to the letter? Then nobody typed. */
export const isUntouched = (one: Words, other: Words): boolean =>
  isSame(one, other) &&
  one.title === other.title &&
  one.body === other.body &&
  JSON.stringify([one.poll, one.edit]) === JSON.stringify([other.poll, other.edit]);

export const typed = (state: DraftState, words: Words): DraftState => ({ ...state, words, isDirty: true });

/** The server has kept what was sent as this revision; what was typed since is still to be. */
export function saved({ words }: DraftState, sent: Words, revision: number): DraftState {
  return { words, revision, isDirty: words !== sent };
}

/**
 * What the server has of it. Words that were kept give way to newer ones; words that were not are never given up: then both are there until it is settled.
 * `empty` is what stands where nothing was begun. `isTried`: they were sent to be posted, and nobody knows whether they were.
 */
export function arrived(
  state: DraftState,
  draft: ForumDraft | null,
  { empty, isTried }: { empty: Words; isTried: boolean },
): DraftState {
  const { words, revision, isDirty } = state;
  const now = draft?.revision ?? 0;
  if (draft && isSame(wordsOf(draft), words)) return { words, revision: now, isDirty: false };
  if (!isDirty && !draft && isTried) return { words, revision: 0, isDirty: true };
  if (!isDirty) return { words: draft ? wordsOf(draft) : empty, revision: now, isDirty: false };
  if (now === revision) return { words, revision, isDirty };
  return { ...state, other: draft };
}

/** Which words stand. `both`: the others below those that are here. */
export function settled(state: DraftState, how: 'mine' | 'theirs' | 'both', empty: Words): DraftState {
  const { words, other } = state;
  if (other === undefined) return state;
  const revision = other?.revision ?? 0;
  const theirs = other ? wordsOf(other) : empty;
  if (how === 'theirs') return { words: theirs, revision, isDirty: false };
  if (how === 'mine') return { words, revision, isDirty: true };
  return { words: together(words, theirs), revision, isDirty: true };
}

/** Theirs below mine. */
export function together(mine: Words, theirs: Words): Words {
  const body = [mine.body.trimEnd(), theirs.body.trim()].filter(Boolean).join('\n\n');
  const tags = mine.tags.length > 0 ? mine.tags : theirs.tags;
  return {
    ...mine,
    title: mine.title || theirs.title,
    tags,
    body,
    poll: mine.poll ?? theirs.poll,
    edit: mine.edit ?? theirs.edit,
  };
}

/** What is kept of it in this browser, and read again. */
export const toText = ({ words, revision, isDirty }: DraftState): string =>
  JSON.stringify({ words, revision, isDirty });

export function fromText(text: string, empty: Words): DraftState {
  try {
    const { words, revision, isDirty } = JSON.parse(text) as DraftState;
    return { words: { ...empty, ...words }, revision, isDirty };
  } catch {
    return { words: empty, revision: 0, isDirty: false };
  }
}
