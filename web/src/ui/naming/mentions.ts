import { changeOutsideCode } from '../../../../src/common/markdown/code-pieces';
import { TOKEN } from './tokens';

/** A person who can be named. */
export interface Nameable {
  id: string;
  name: string;
}

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

/** Does the caret stand in a line of a quotation? */
export const isQuoted = (text: string, caret: number): boolean =>
  /^[ \t]*>/.test(text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret));

/** Which of these people a text that was typed names. */
export function namedBy<T extends Nameable>(typed: string, people: readonly Nameable[], among: readonly T[]): T[] {
  const ids = new Set([...toTokens(typed, [...people, ...among]).matchAll(TOKEN)].map(([, id]) => id?.toLowerCase()));
  return among.filter(({ id }) => ids.has(id));
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
