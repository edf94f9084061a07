import { fold } from '../fold.js';

/** What an operator narrows a search in a forum to; `in` is one of the search over everything, and names nothing there. */
export type ForumFilterKind = 'tag' | 'from' | 'before' | 'after' | 'is' | 'has' | 'in';

/** Operators as they may be typed, in English and French, folded. */
export const FORUM_OPERATORS: Readonly<Record<string, ForumFilterKind>> = {
  tag: 'tag',
  mot: 'tag',
  etiquette: 'tag',
  from: 'from',
  de: 'from',
  before: 'before',
  avant: 'before',
  after: 'after',
  apres: 'after',
  is: 'is',
  est: 'is',
  has: 'has',
  avec: 'has',
  in: 'in',
  dans: 'in',
};

/** What a topic may be. */
export type TopicState = 'solved' | 'unanswered';

const STATES: Readonly<Record<string, TopicState>> = {
  solved: 'solved',
  resolu: 'solved',
  resolue: 'solved',
  unanswered: 'unanswered',
  'sans-reponse': 'unanswered',
  'sans reponse': 'unanswered',
};

/** What a post may have. */
export type PostThing = 'image' | 'poll';

const THINGS: Readonly<Record<string, PostThing>> = {
  image: 'image',
  images: 'image',
  poll: 'poll',
  polls: 'poll',
  sondage: 'poll',
  sondages: 'poll',
};

/** What `is:` asks for; null for what no topic is. */
export const stateAsked = (value: string) => known(STATES, value);

/** What `has:` asks for; null for what no post has. */
export const thingAsked = (value: string) => known(THINGS, value);

function known<T>(table: Readonly<Record<string, T>>, value: string): T | null {
  const word = fold(value.trim());
  return Object.hasOwn(table, word) ? (table[word] ?? null) : null;
}
