import type { Answer, Answers } from '../../../../src/contracts/calls/answers';

/** What is written by fields and saved as one types: an application, a review. `revisions`: in which one each field was last changed. */
export interface Written {
  revision: number;
  answers: Readonly<Record<string, Answer>>;
  revisions: Readonly<Record<string, number>>;
  /** `only`: of the answers these alone can be changed, where there is such a list. */
  abilities: { edit: boolean; only?: readonly string[] | null };
}

/** Whether a field is (still) there and can hold what was typed. */
export type Takes<W> = (server: W, key: string, value: Typed) => boolean;

/** An answer of the server to what was sent: what it has now, and the fields that it did not take since somebody else had written there. */
export interface Reply<W> {
  server: W;
  conflicts: readonly { field: string }[];
}

/** An answer, or that it was taken away. */
export type Typed = Answer | null;

/** What was typed in this browser and is not with the server: on which revision, and what of it was sent without hearing that it came. */
export interface KeptAnswer {
  value: Typed;
  base: number;
  sent: Typed[];
}
export type Kept = Record<string, KeptAnswer>;

/**
 * Something while it is written. `server` is what the server has; `typed` what it has not taken yet, all of it on the revision of `server`, but for the fields in `theirs`:
 * there somebody, or another tab, wrote something else meanwhile, and who typed chooses. `sending` is under way. `sent`: what was sent without an answer, by field: if the server has
 * that, it is what was typed here and nobody else's.
 */
export interface Draft<W extends Written = Written> {
  server: W;
  takes: Takes<W>;
  typed: Readonly<Record<string, Typed>>;
  theirs: Readonly<Record<string, Typed>>;
  sending: Readonly<Record<string, Typed>> | null;
  sent: Readonly<Record<string, readonly Typed[]>>;
}

/** So many sent texts are remembered of a field. */
const MOST_SENT = 5;

/** Whether two answers are the same, as they are kept. */
export const isSame = (one: Typed | undefined, other: Typed | undefined) =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const without = <T>(record: Readonly<Record<string, T>>, ...keys: string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

const theirsOf = ({ answers }: Written, key: string): Typed => answers[key] ?? null;

/** It as it was opened, with what an earlier visit could not save. */
export function begun<W extends Written>(server: W, takes: Takes<W>, kept: Kept = {}): Draft<W> {
  let draft: Draft<W> = { server, takes, typed: {}, theirs: {}, sending: null, sent: {} };
  for (const [key, { value, base, sent }] of Object.entries(kept)) {
    if (!takes(server, key, value)) continue;
    draft = { ...draft, typed: { ...draft.typed, [key]: value }, sent: { ...draft.sent, [key]: sent } };
    draft = settled(draft, key, base);
  }
  return draft;
}

/** What is on the page: what the server has, and over it what was typed. */
export function answersOf({ server, typed }: Pick<Draft, 'server' | 'typed'>): Answers {
  const all = Object.entries({ ...server.answers, ...typed });
  return Object.fromEntries(all.filter((entry): entry is [string, Answer] => entry[1] !== null));
}

/** Somebody answered, or took an answer away. */
export function typedIn<W extends Written>(draft: Draft<W>, key: string, value: Typed): Draft<W> {
  const isBack = isSame(value, theirsOf(draft.server, key)) && draft.sending?.[key] === undefined;
  if (!isBack || draft.sent[key]) return { ...draft, typed: { ...draft.typed, [key]: value } };
  return { ...draft, typed: without(draft.typed, key), theirs: without(draft.theirs, key) };
}

/** What is to be sent now: nothing while something is under way, nothing of what cannot be changed any more, and nothing of a field about which one has to choose first. */
export function toSend({
  server,
  typed,
  theirs,
  sending,
}: Pick<Draft, 'server' | 'typed' | 'theirs' | 'sending'>): Record<string, Typed> | null {
  const { only } = server.abilities;
  const closed = only ? Object.keys(typed).filter((key) => !only.includes(key)) : [];
  const rest = without(typed, ...Object.keys(theirs), ...closed);
  return sending !== null || Object.keys(rest).length === 0 ? null : rest;
}

/** Is anything here that the server does not have? */
export const isUnsaved = ({ typed }: Pick<Draft, 'typed'>) => Object.keys(typed).length > 0;

/** It is on its way. */
export const sendingNow = <W extends Written>(draft: Draft<W>, sending: Record<string, Typed>): Draft<W> => ({
  ...draft,
  sending,
});

/** No answer came: whether it arrived is not known. */
export function unanswered<W extends Written>(draft: Draft<W>): Draft<W> {
  const sent = { ...draft.sent };
  for (const [key, value] of Object.entries(draft.sending ?? {}))
    sent[key] = [...(sent[key] ?? []).filter((one) => !isSame(one, value)), value].slice(-MOST_SENT);
  return { ...draft, sending: null, sent };
}

/** It was refused as a whole: none of it arrived. */
export const refused = <W extends Written>(draft: Draft<W>): Draft<W> => ({ ...draft, sending: null });

/** The server answered what was sent. */
export function saved<W extends Written>(draft: Draft<W>, { server: answered, conflicts }: Reply<W>): Draft<W> {
  // What was asked for meanwhile may be a later one.
  const server = answered.revision < draft.server.revision ? draft.server : answered;
  const sending = draft.sending ?? {};
  const refusedKeys = new Set(conflicts.map(({ field }) => field));
  let next: Draft<W> = { ...draft, server, sending: null };
  for (const key of Object.keys(next.typed)) {
    const wasTaken = key in sending && !refusedKeys.has(key);
    if (!wasTaken) next = settled(next, key, refusedKeys.has(key) ? -1 : draft.server.revision);
    else if (isSame(next.typed[key], sending[key])) next = forgotten(next, key);
    else next = { ...next, sent: without(next.sent, key) };
  }
  return next;
}

/** It was asked for anew. An answer that was overtaken by a later one says nothing. */
export function loaded<W extends Written>(draft: Draft<W>, server: W): Draft<W> {
  if (server.revision < draft.server.revision) return draft;
  let next: Draft<W> = { ...draft, server };
  for (const [key, value] of Object.entries(next.typed))
    next = draft.takes(server, key, value) ? settled(next, key, draft.server.revision) : forgotten(next, key);
  return next;
}

/** Of two texts the one that counts. Mine is sent next, over theirs. */
export function chosen<W extends Written>(draft: Draft<W>, key: string, whose: 'mine' | 'theirs'): Draft<W> {
  if (whose === 'theirs') return forgotten(draft, key);
  return { ...draft, theirs: without(draft.theirs, key) };
}

/** What is kept in this browser until the server has it. */
export function keptOf({ server, typed, theirs, sending, sent }: Omit<Draft, 'takes'>): Kept {
  return Object.fromEntries(
    Object.entries(typed).map(([key, value]): [string, KeptAnswer] => {
      const gone = sending && key in sending ? [sending[key] ?? null] : [];
      return [key, { value, base: key in theirs ? -1 : server.revision, sent: [...(sent[key] ?? []), ...gone] }];
    }),
  );
}

/** A field typed in on revision `base`, now that the server has another one: either nobody wrote there, or the same, or what was sent from here; else both texts are shown. */
function settled<W extends Written>(draft: Draft<W>, key: string, base: number): Draft<W> {
  const { server, typed, theirs, sending, sent } = draft;
  const there = theirsOf(server, key);
  if (isSame(typed[key], there)) return forgotten(draft, key);
  const gone = [...(sent[key] ?? []), ...(sending && key in sending ? [sending[key]] : [])];
  const isMine = gone.some((one) => isSame(one, there));
  if (isMine) return { ...draft, sent: without(sent, key), theirs: without(theirs, key) };
  const isTheirs = key in theirs || (server.revisions[key] ?? 0) > base;
  return isTheirs ? { ...draft, theirs: { ...theirs, [key]: there } } : draft;
}

const forgotten = <W extends Written>(draft: Draft<W>, key: string): Draft<W> => ({
  ...draft,
  typed: without(draft.typed, key),
  theirs: without(draft.theirs, key),
  sent: without(draft.sent, key),
});
