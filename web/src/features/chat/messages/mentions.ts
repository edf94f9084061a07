import { changeOutsideCode, codePieces } from '../../../../../src/common/markdown/code-pieces';
import { withGroupWords } from '../../../../../src/common/texts/groups';
import type { Locale } from '../../../api/types';

/** A person who can be named. */
export interface Nameable {
  id: string;
  name: string;
}

const TOKEN = /<@([0-9a-f]{24})>/gi;

/** What was typed, as it is sent: `@Inès Carpentier` becomes `<@id>`. The longest name that fits is meant. */
export function toTokens(typed: string, people: readonly Nameable[]): string {
  if (!typed.includes('@')) return typed;
  const longestFirst = [...people].sort((a, b) => b.name.length - a.name.length);
  return changeOutsideCode(typed, (prose) =>
    longestFirst.reduce(
      (text, { id, name }) =>
        text.split(`@${name}`).reduce((before, after) => {
          const isWholeName = !/^[\p{L}\p{N}]/u.test(after) && !/[\p{L}\p{N}]$/u.test(before);
          return `${before}${isWholeName ? `<@${id}>` : `@${name}`}${after}`;
        }),
      prose,
    ),
  );
}

/** Which of these people a text that was typed names. */
export function namedBy<T extends Nameable>(typed: string, people: readonly Nameable[], among: readonly T[]): T[] {
  const ids = new Set([...toTokens(typed, [...people, ...among]).matchAll(TOKEN)].map(([, id]) => id?.toLowerCase()));
  return among.filter(({ id }) => ids.has(id));
}

/** A sent text as one types it; its groups in the words of a language. */
export function fromTokens(body: string, nameOf: (id: string) => string, locale: Locale): string {
  return withGroupWords(
    body.replace(TOKEN, (_, id: string) => `@${nameOf(id.toLowerCase())}`),
    locale,
  );
}

const escaped = (name: string) => name.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&');

/** A sent text as markdown: names become links to people (`hrefOf` null: bold), groups and `@channel` are bold. In code they are plain. */
export function toMarkdown(
  body: string,
  nameOf: (id: string) => string,
  hrefOf: (id: string) => string | null,
  locale: Locale,
): string {
  return codePieces(body)
    .map(({ text, isCode }) => (isCode ? fromTokens(text, nameOf, locale) : marked(text, nameOf, hrefOf, locale)))
    .join('');
}

function marked(
  prose: string,
  nameOf: (id: string) => string,
  hrefOf: (id: string) => string | null,
  locale: Locale,
): string {
  return withGroupWords(prose, locale, (word) => `**${word}**`)
    .replace(TOKEN, (_, raw: string) => {
      const id = raw.toLowerCase();
      const name = escaped(nameOf(id));
      const href = hrefOf(id);
      return href ? `[@${name}](${href})` : `**@${name}**`;
    })
    .replace(/(^|[\s(])@channel(?![\w-])/g, '$1**@channel**');
}

/** The name that is being typed at the caret: `@nai` gives `nai` and where it begins. */
export function typedName(text: string, caret: number): { query: string; at: number } | null {
  const match = /(^|[\s(])@([\p{L}\p{M}'’.-]{0,30}(?: [\p{L}\p{M}'’.-]{1,30})?)$/u.exec(text.slice(0, caret));
  if (!match) return null;
  const query = match[2] ?? '';
  return { query, at: caret - query.length - 1 };
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Who fits what is typed, accents ignored: names of which a word begins so. */
export function fitting<T extends Nameable>(people: readonly T[], query: string, most = 6): T[] {
  const wanted = folded(query);
  return people
    .filter(({ name }) => {
      const words = folded(name);
      return words.startsWith(wanted) || words.split(/[\s-]/).some((word) => word.startsWith(wanted));
    })
    .slice(0, most);
}
