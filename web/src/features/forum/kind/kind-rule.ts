import type { Post } from '../../../../../src/contracts/forums';

/** Why some calm words stand beside a text: it is written in capitals, it has many exclamation marks, or it is the third reply in a few minutes of a quick exchange. */
export type Why = 'capitals' | 'marks' | 'quick';

type Reply = Pick<Post, 'number' | 'createdAt' | 'deletedAt'> & { author: Pick<Post['author'], 'id'> };

/** No more of a text is looked at. */
const MAX_READ = 5_000;
/** Names and short forms are written in capitals: fewer words are none of it. */
const LOUD_WORDS = 6;
const LOUD_PART = 0.6;
const MANY_MARKS = 6;
const QUICK_MS = 10 * 60_000;
/** So many of mine and of others before this one. */
const QUICK_REPLIES = 2;

/** Code, quotations, addresses and images are nobody's tone. */
const NOT_SAID = [
  /```[^]*?(```|$)/g,
  /`[^`\n]*`/g,
  /^[ \t]*>.*$/gm,
  /https?:\/\/\S+/g,
  /!(?=\[)/g,
  /[@#][\p{L}\p{N}_-]+/gu,
];

const WORD = /\p{L}{2,}/gu;
const CAPITALS = /^\p{Lu}+$/u;

const said = (text: string) => NOT_SAID.reduce((rest, one) => rest.replace(one, ' '), text.slice(0, MAX_READ));

function isLoud(text: string): boolean {
  const words = text.match(WORD) ?? [];
  const loud = words.filter((word) => CAPITALS.test(word));
  return loud.length >= LOUD_WORDS && loud.length >= words.length * LOUD_PART;
}

const isMarked = (text: string) => (text.match(/[!！]/g)?.length ?? 0) >= MANY_MARKS;

function isQuick(replies: readonly Reply[], myId: string, now: number): boolean {
  const recent = replies.filter(
    ({ number, createdAt, deletedAt }) => number > 1 && deletedAt === null && now - Date.parse(createdAt) < QUICK_MS,
  );
  const mine = recent.filter(({ author }) => author.id === myId).length;
  return mine >= QUICK_REPLIES && recent.length - mine >= QUICK_REPLIES;
}

/** Null for nearly all that is written. It looks at how a text is written, never at what it says. `now` in milliseconds. Pure, and bounded. */
export function whyCalm(
  text: string,
  replies: readonly Reply[],
  { myId, now }: { myId: string; now: number },
): Why | null {
  if (text.trim() === '') return null;
  const words = said(text);
  if (isLoud(words)) return 'capitals';
  if (isMarked(words)) return 'marks';
  return isQuick(replies, myId, now) ? 'quick' : null;
}
