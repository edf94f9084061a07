import type { People } from '../auth/people.js';
import { excerptOf } from '../common/excerpt.js';

const NAMED = /<@([0-9a-f]{24})>/gi;

/** The beginning of a text for a notice, at most `most` characters; who is named in it by `<@id>` is called by name. */
export async function quoteOf(people: People, body: string, most: number): Promise<string> {
  const ids = [...body.matchAll(NAMED)].map(([, id = '']) => id.toLowerCase());
  const known = await people.byId(ids.slice(0, most));
  return excerptOf(
    body.replace(NAMED, (_, id: string) => `@${known.get(id.toLowerCase())?.name ?? '…'}`),
    most,
  );
}
