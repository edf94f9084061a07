import { type Answer, type Answers, mayBeKept } from '../../../../../src/contracts/calls/answers';
import type { Application, SavedAnswers } from '../../../../../src/contracts/calls/applications';

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
 * A file while it is filled in. `application` is what the server has; `typed` what it has not taken yet, all of it on the revision of `application`, but for the fields in `theirs`:
 * there somebody, or another tab, wrote something else meanwhile, and who typed chooses. `sending` is under way. `sent`: what was sent without an answer, by field: if the server has
 * that, it is what was typed here and nobody else's.
 */
export interface Draft {
  application: Application;
  typed: Readonly<Record<string, Typed>>;
  theirs: Readonly<Record<string, Typed>>;
  sending: Readonly<Record<string, Typed>> | null;
  sent: Readonly<Record<string, readonly Typed[]>>;
}

/** So many sent texts are remembered of a field. */
const MOST_SENT = 5;

const isSame = (one: Typed | undefined, other: Typed | undefined) =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const without = <T>(record: Readonly<Record<string, T>>, ...keys: string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

const theirsOf = ({ answers }: Application, key: string): Typed => answers[key] ?? null;

/** The file as it was opened, with what an earlier visit could not save. */
export function begun(application: Application, kept: Kept = {}): Draft {
  const fields = new Map(application.form.fields.map((field) => [field.key, field]));
  let draft: Draft = { application, typed: {}, theirs: {}, sending: null, sent: {} };
  for (const [key, { value, base, sent }] of Object.entries(kept)) {
    const field = fields.get(key);
    if (!field || (value !== null && !mayBeKept(field, value))) continue;
    draft = { ...draft, typed: { ...draft.typed, [key]: value }, sent: { ...draft.sent, [key]: sent } };
    draft = settled(draft, key, base);
  }
  return draft;
}

/** What is on the page: what the server has, and over it what was typed. */
export function answersOf({ application, typed }: Draft): Answers {
  const all = Object.entries({ ...application.answers, ...typed });
  return Object.fromEntries(all.filter((entry): entry is [string, Answer] => entry[1] !== null));
}

/** Somebody answered, or took an answer away. */
export function typedIn(draft: Draft, key: string, value: Typed): Draft {
  const isBack = isSame(value, theirsOf(draft.application, key)) && draft.sending?.[key] === undefined;
  if (!isBack || draft.sent[key]) return { ...draft, typed: { ...draft.typed, [key]: value } };
  return { ...draft, typed: without(draft.typed, key), theirs: without(draft.theirs, key) };
}

/** What is to be sent now: nothing while something is under way, and nothing of a field about which one has to choose first. */
export function toSend({ typed, theirs, sending }: Draft): Record<string, Typed> | null {
  const rest = without(typed, ...Object.keys(theirs));
  return sending !== null || Object.keys(rest).length === 0 ? null : rest;
}

/** Is anything here that the server does not have? */
export const isUnsaved = ({ typed }: Draft) => Object.keys(typed).length > 0;

/** It is on its way. */
export const sendingNow = (draft: Draft, sending: Record<string, Typed>): Draft => ({ ...draft, sending });

/** No answer came: whether it arrived is not known. */
export function unanswered(draft: Draft): Draft {
  const sent = { ...draft.sent };
  for (const [key, value] of Object.entries(draft.sending ?? {}))
    sent[key] = [...(sent[key] ?? []).filter((one) => !isSame(one, value)), value].slice(-MOST_SENT);
  return { ...draft, sending: null, sent };
}

/** It was refused as a whole: none of it arrived. */
export const refused = (draft: Draft): Draft => ({ ...draft, sending: null });

/** The server answered what was sent. */
export function saved(draft: Draft, { application: answered, conflicts }: SavedAnswers): Draft {
  // A file that was added meanwhile has come to a later one.
  const application = answered.revision < draft.application.revision ? draft.application : answered;
  const sending = draft.sending ?? {};
  const refusedKeys = new Set(conflicts.map(({ field }) => field));
  let next: Draft = { ...draft, application, sending: null };
  for (const key of Object.keys(next.typed)) {
    const wasTaken = key in sending && !refusedKeys.has(key);
    if (!wasTaken) next = settled(next, key, refusedKeys.has(key) ? -1 : draft.application.revision);
    else if (isSame(next.typed[key], sending[key])) next = forgotten(next, key);
    else next = { ...next, sent: without(next.sent, key) };
  }
  return next;
}

/** The file was asked for anew. An answer that was overtaken by a later one says nothing. */
export function loaded(draft: Draft, application: Application): Draft {
  if (application.revision < draft.application.revision) return draft;
  const fields = new Set(application.form.fields.map(({ key }) => key));
  let next: Draft = { ...draft, application };
  for (const key of Object.keys(next.typed))
    next = fields.has(key) ? settled(next, key, draft.application.revision) : forgotten(next, key);
  return next;
}

/** Of two texts the one that counts. Mine is sent next, over theirs. */
export function chosen(draft: Draft, key: string, whose: 'mine' | 'theirs'): Draft {
  if (whose === 'theirs') return forgotten(draft, key);
  return { ...draft, theirs: without(draft.theirs, key) };
}

/** What is kept in this browser until the server has it. */
export function keptOf({ application, typed, theirs, sending, sent }: Draft): Kept {
  return Object.fromEntries(
    Object.entries(typed).map(([key, value]): [string, KeptAnswer] => {
      const gone = sending && key in sending ? [sending[key] ?? null] : [];
      return [key, { value, base: key in theirs ? -1 : application.revision, sent: [...(sent[key] ?? []), ...gone] }];
    }),
  );
}

/** A field typed in on revision `base`, now that the server has another one: either nobody wrote there, or the same, or what was sent from here; else both texts are shown. */
function settled(draft: Draft, key: string, base: number): Draft {
  const { application, typed, theirs, sending, sent } = draft;
  const server = theirsOf(application, key);
  if (isSame(typed[key], server)) return forgotten(draft, key);
  const gone = [...(sent[key] ?? []), ...(sending && key in sending ? [sending[key]] : [])];
  const isMine = gone.some((one) => isSame(one, server));
  if (isMine) return { ...draft, sent: without(sent, key), theirs: without(theirs, key) };
  const isTheirs = key in theirs || (application.revisions[key] ?? 0) > base;
  return isTheirs ? { ...draft, theirs: { ...theirs, [key]: server } } : draft;
}

const forgotten = (draft: Draft, key: string): Draft => ({
  ...draft,
  typed: without(draft.typed, key),
  theirs: without(draft.theirs, key),
  sent: without(draft.sent, key),
});
