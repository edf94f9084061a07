import type { ChannelGroup } from '../../contracts/chat/chat.js';
import type { Locale } from '../../contracts/primitives.js';
import { changeOutsideCode, withoutCode } from '../markdown/code-pieces.js';
import { fold } from './fold.js';

/** What each group is called after its `@`, by language, and what else is understood (in any language). */
export const GROUP_WORDS: Record<ChannelGroup, Record<Locale, string> & { also?: readonly string[] }> = {
  team: { en: 'team', fr: 'équipe' },
  fellows: { en: 'fellows', fr: 'fellows' },
  coaches: { en: 'coaches', fr: 'coachs' },
  hosts: { en: 'hosts', fr: 'hôtes' },
  staff: { en: 'staff', fr: 'équipe-du-programme', also: ['équipe-programme'] },
  developers: { en: 'developers', fr: 'développeurs', also: ['développeuses'] },
  designers: { en: 'designers', fr: 'designers', also: ['designeurs', 'designeuses'] },
  'data-scientists': { en: 'data-scientists', fr: 'data-scientists', also: ['data-scientistes'] },
  'product-managers': { en: 'product-managers', fr: 'chefs-de-produit', also: ['cheffes-de-produit'] },
};

const GROUPS = Object.keys(GROUP_WORDS) as ChannelGroup[];
const BY_WORD = new Map(
  GROUPS.flatMap((group) => {
    const { en, fr, also = [] } = GROUP_WORDS[group];
    return [en, fr, ...also].map((word) => [fold(word), group] as const);
  }),
);

/** A word after an `@` that does not hang on another word: no mail address, no path, no part of a token. */
const TYPED = /(?<![\p{L}\p{N}_@./<+-])@([\p{L}\p{M}-]{3,24})(?![\p{L}\p{M}\p{N}_@/-]|\.[\p{L}\p{N}])/gu;
const TOKEN = /<@([a-z-]{3,24})>/g;

const isGroup = (name: string): name is ChannelGroup => (GROUPS as readonly string[]).includes(name);

/** The group that a word means, in either language, accents and case ignored. */
export const groupOf = (word: string): ChannelGroup | null => BY_WORD.get(fold(word)) ?? null;

/** The text with `@designers` or `@développeurs` as tokens, of those groups that may be named there. Not in code. */
export function toGroupTokens(body: string, groups: ReadonlySet<ChannelGroup>): string {
  if (!body.includes('@')) return body;
  return changeOutsideCode(body, (prose) =>
    prose.replace(TYPED, (typed, word: string) => {
      const group = groupOf(word);
      return group && groups.has(group) ? `<@${group}>` : typed;
    }),
  );
}

/** The groups named in a text by tokens, each once. Not in code. */
export function groupsIn(body: string): ChannelGroup[] {
  if (!body.includes('<@')) return [];
  const names = [...withoutCode(body).matchAll(TOKEN)].map(([, name = '']) => name);
  return [...new Set(names)].filter(isGroup);
}

/** Does a text, as it was typed or as it is kept, call a group by its word? */
export const callsGroups = (body: string): boolean =>
  body.includes('@') && groupsIn(toGroupTokens(body, new Set(GROUPS))).length > 0;

/** The text with the words of a language in the place of tokens of groups; `mark` dresses a word. */
export function withGroupWords(body: string, locale: Locale, mark = (word: string) => word): string {
  return body.replace(TOKEN, (token, name: string) => (isGroup(name) ? mark(`@${GROUP_WORDS[name][locale]}`) : token));
}
