import fc from 'fast-check';
import type { Place } from '../infra/mongo/token-walk.js';
import { type Found, type Scored, bestAfter, bestPage, compare, newestAfter, newestPage } from './hits.js';

const hit = (at: number, id: string, score = 0) => ({ id, at: new Date(at).toISOString(), score }) as Scored;

/** A source over a fixed list that, like a real one, reads only so many candidates at once. */
const sourceOf =
  (all: readonly Scored[], most: number) =>
  (after: Place | null, limit: number): Found => {
    const rest = [...all]
      .sort((a, b) => compare({ at: Date.parse(a.at), id: a.id }, { at: Date.parse(b.at), id: b.id }))
      .filter((one) => !after || compare({ at: Date.parse(one.at), id: one.id }, after) > 0);
    const size = Math.min(limit, most);
    const hits = rest.slice(0, size);
    const last = hits.at(-1);
    return { hits, to: rest.length > size && last ? { at: Date.parse(last.at), id: last.id } : null };
  };

describe('one list of several kinds', () => {
  const things = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.stringMatching(/^[0-9a-f]{2}$/)), {
    maxLength: 40,
    selector: ([, id]) => id,
  });

  it('given any kinds that look back differently far, then the pages hold everything once, newest first', () => {
    fc.assert(
      fc.property(things, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 }), (all, limit, most) => {
        const hits = all.map(([at, id], index) => hit(at * 1000, `${id}${index}`));
        const sources = [0, 1, 2].map((kind) =>
          sourceOf(
            hits.filter((_, index) => index % 3 === kind),
            most + kind,
          ),
        );
        const seen: Scored[] = [];
        let cursor: string | null = null;
        for (let turn = 0; turn < 200; turn += 1) {
          const after = newestAfter(cursor ?? undefined);
          const page = newestPage(
            sources.map((source) => source(after, limit)),
            limit,
          );
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          cursor = page.nextCursor;
          if (!cursor) break;
        }
        const places = seen.map((one) => ({ at: Date.parse(one.at), id: one.id }));
        expect(cursor).toBeNull();
        expect(places).toEqual([...places].sort(compare));
        expect(new Set(places.map(({ id }) => id)).size).toBe(hits.length);
        expect(places).toHaveLength(hits.length);
      }),
    );
  });

  it('given the best first, then equal scores are told apart by time, and pages go on where they were', () => {
    const found = [{ hits: [hit(1, 'a', 5), hit(2, 'b', 5), hit(3, 'c', 9), hit(3, 'd', 1)], to: null }];
    const first = bestPage(found, 10, null, 2);
    expect(first.items.map(({ id }) => id)).toEqual(['c', 'b']);
    const second = bestPage(found, 10, bestAfter(first.nextCursor ?? undefined), 2);
    expect(second.items.map(({ id }) => id)).toEqual(['a', 'd']);
    expect(second.nextCursor).toBeNull();
  });
});
