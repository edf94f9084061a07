import { Injectable } from '@nestjs/common';
import { MembersFinder } from '../cohorts/members/members-finder.js';
import { toId } from '../infra/mongo/ids.js';

/** So many people are looked for by all names together. */
const MAX_PEOPLE = 20;
const ME = new Set(['me', 'moi']);

/** Finds out whom `from:` means. */
@Injectable()
export class AskedPeople {
  constructor(private readonly people: MembersFinder) {}

  /**
   * The ids of those who are called so, any of them, among who is or was in these cohorts, some others and oneself; an id means itself. `nobody` are the places of
   * names that are nobody's.
   */
  async of(
    userId: string,
    values: readonly string[],
    cohortIds: readonly string[],
    others: readonly string[] = [],
  ): Promise<{ ids: string[]; nobody: number[] }> {
    const names = values.map((value) => value.replace(/^@/, ''));
    const byName = await this.people.named(
      names.filter((name) => !isSure(name)),
      cohortIds,
      [userId, ...others],
    );
    const found = names.map((name) =>
      ME.has(name.toLowerCase()) ? [userId] : toId(name) ? [name.toLowerCase()] : (byName.get(name) ?? []),
    );
    return { ids: inTurn(found, MAX_PEOPLE), nobody: found.flatMap((ids, at) => (ids.length === 0 ? [at] : [])) };
  }
}

/** Names that are nobody's: an id, or oneself. */
const isSure = (name: string) => ME.has(name.toLowerCase()) || toId(name) !== null;

/** The first of each list, then the second of each, until there are so many: no name is left out for another one that many have. */
function inTurn(lists: readonly (readonly string[])[], most: number): string[] {
  const ids = new Set<string>();
  for (let at = 0; at < most; at += 1)
    for (const list of lists) {
      const id = list[at];
      if (id !== undefined && ids.size < most) ids.add(id);
    }
  return [...ids];
}
