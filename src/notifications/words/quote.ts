import type { People } from '../../auth/people.js';
import { excerptOf } from '../../common/markdown/excerpt.js';

const NAMED = /<@([0-9a-f]{24})>/gi;

/**
 * The beginning of a text for a notice, at most `most` characters; those of `mentions` who are named in it by `<@id>` are called by name. An id
 * of anybody else tells no name.
 */
export async function quoteOf(
  people: People,
  { body, mentions }: { body: string; mentions: readonly string[] },
  most: number,
): Promise<string> {
  const ids = [...body.matchAll(NAMED)].map(([, id = '']) => id.toLowerCase()).filter((id) => mentions.includes(id));
  const known = await people.byId(ids.slice(0, most));
  return excerptOf(
    body.replace(NAMED, (_, id: string) => `@${known.get(id.toLowerCase())?.name ?? '…'}`),
    most,
  );
}
