import { queryClient } from '../../api/query';
import { facesOf } from './faces';
import { type Nameable, toTokens } from './mentions';
import { TOKEN } from './tokens';

const QUOTED = /^[ \t]*>.*$/gm;

/** What was typed in a post, as it is sent. A quotation calls nobody: there the names alone of those it `named` before are ids. */
export function toCalls(typed: string, people: readonly Nameable[], named: readonly Nameable[]): string {
  const before = named.filter(({ name }) => name !== '');
  const names = new Map(people.map(({ id, name }) => [id, name]));
  for (const { id } of before) names.delete(id);
  return toTokens(typed, [...before, ...people]).replace(QUOTED, (line) =>
    line.replace(TOKEN, (token, id: string) => (names.has(id) ? `@${names.get(id) ?? ''}` : token)),
  );
}

/** A post of a cohort as it is sent: whom it names in full as `<@id>`. `named` were named in it before. Throws what asking for the members throws. */
export async function asSent(typed: string, cohortId: string, named: readonly Nameable[] = []): Promise<string> {
  if (!typed.includes('@')) return typed;
  return toCalls(typed, await queryClient.query(facesOf(cohortId)), named);
}
