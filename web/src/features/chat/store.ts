import type { Message, Messages, SyncReply } from '../../../../src/contracts/chat/chat.js';

/**
 * What this browser holds of one channel. `rev`: everything up to this change is known. `known`: every message told so far, by id, each
 * with its latest change. All top-level messages with `from <= seq <= to` are known; `to` is Infinity at the live end.
 * `threads`: the roots whose replies were all fetched. `early`: changes that came before one that is still missing. `piece` rises
 * when another piece of the channel takes the place of what was shown, rather than growing from it.
 */
export interface ChannelState {
  rev: number;
  known: ReadonlyMap<string, Message>;
  from: number;
  to: number;
  hasBefore: boolean;
  threads: ReadonlySet<string>;
  early: readonly Message[];
  piece: number;
}

const isTop = (message: Message) => message.threadId === null;

function learned(known: ReadonlyMap<string, Message>, messages: readonly Message[]): ReadonlyMap<string, Message> {
  const news = messages.filter((one) => (known.get(one.id)?.rev ?? 0) < one.rev);
  if (news.length === 0) return known;
  const next = new Map(known);
  for (const message of news) {
    if ((next.get(message.id)?.rev ?? 0) < message.rev) next.set(message.id, message);
  }
  return next;
}

/** Moves on over the changes that follow without a gap; those that are known already are dropped. */
function settled(state: ChannelState): ChannelState {
  const waiting = [...state.early].sort((a, b) => a.rev - b.rev);
  let { rev } = state;
  for (const message of waiting) if (message.rev === rev + 1) rev += 1;
  return { ...state, rev, early: waiting.filter((message) => message.rev > rev) };
}

/**
 * The state after a page was fetched for the first time (or afresh, in the place of `before`): `page` is a piece around the last read,
 * or the last page.
 */
export function opened(page: Messages, before?: ChannelState): ChannelState {
  return {
    rev: page.rev,
    known: learned(new Map(), page.items),
    from: page.hasBefore ? (page.items[0]?.seq ?? 0) : 0,
    to: page.hasAfter ? (page.items.at(-1)?.seq ?? 0) : Infinity,
    hasBefore: page.hasBefore,
    threads: new Set(),
    early: [],
    piece: before ? before.piece + 1 : 0,
  };
}

/** One live event (`message.created`, `.updated`, `.deleted` all carry the whole message). Known changes change nothing. */
export function apply(state: ChannelState, message: Message): ChannelState {
  if (message.rev <= state.rev) return state;
  const known = learned(state.known, [message]);
  if (state.early.some((one) => one.rev === message.rev)) return known === state.known ? state : { ...state, known };
  return settled({ ...state, known, early: [...state.early, message] });
}

/** True while a change is missing: then `sync` is asked. */
export const hasGap = (state: ChannelState) => state.early.length > 0;

/** A message from an answer of ours (an ack, an edit): its place is known, but not what came before it. */
export function learn(state: ChannelState, messages: readonly Message[]): ChannelState {
  const known = learned(state.known, messages);
  return known === state.known ? state : { ...state, known };
}

/** Shows a change of my own before the server has answered; its answer has a later rev and wins. */
export function foresee(state: ChannelState, message: Message): ChannelState {
  return { ...state, known: new Map(state.known).set(message.id, message) };
}

/** What `sync` answered for this channel. */
export function applySync(state: ChannelState, reply: SyncReply['channels'][string]): ChannelState {
  if (reply.reset) {
    const from = reply.messages[0]?.seq ?? 0;
    const fresh = { known: learned(new Map(), reply.messages), from, to: Infinity, hasBefore: from > 1 };
    return settled({ ...state, ...fresh, rev: reply.rev, threads: new Set(), piece: state.piece + 1 });
  }
  const known = learned(state.known, reply.messages);
  return settled({ ...state, known, rev: Math.max(state.rev, reply.rev) });
}

/** The page before what is shown. */
export function withOlder(state: ChannelState, page: Messages): ChannelState {
  const from = page.hasBefore ? (page.items[0]?.seq ?? state.from) : 0;
  return { ...learn(state, page.items), from: Math.min(from, state.from), hasBefore: page.hasBefore };
}

/** The page after what is shown; at the live end `to` opens, and what was told meanwhile is in `known` already. */
export function withNewer(state: ChannelState, page: Messages): ChannelState {
  const last = page.items.at(-1)?.seq ?? state.to;
  return { ...learn(state, page.items), to: page.hasAfter ? Math.max(last, state.to) : Infinity };
}

/** The last page of a thread: all its replies are known. */
export function withThread(state: ChannelState, rootId: string, page: Messages): ChannelState {
  return { ...learn(state, page.items), threads: new Set([...state.threads, rootId]) };
}

const bySeq = (a: Message, b: Message) => a.seq - b.seq;

/** The top-level messages on screen, in order. */
export function shown(state: ChannelState): Message[] {
  return [...state.known.values()]
    .filter((one) => isTop(one) && one.seq >= state.from && one.seq <= state.to)
    .sort(bySeq);
}

/** The replies of a thread that are known, in order. */
export function repliesOf(state: ChannelState, rootId: string): Message[] {
  return [...state.known.values()].filter((one) => one.threadId === rootId).sort(bySeq);
}
