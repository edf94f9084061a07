import { setImmediate as turn } from 'node:timers/promises';
import type { CohortActor } from '../../common/actor.js';
import type { PagesRepository } from '../../handbook/pages.repository.js';
import type { RateLimits } from '../../infra/redis/rate-limits.js';
import { HandbookSearch } from './handbook-search.service.js';

const actor = { userId: '6'.repeat(24), cohortId: '7'.repeat(24) } as CohortActor;

function searchIn(rows: readonly object[]): HandbookSearch {
  const pages = { withTokens: () => Promise.resolve(rows) } as unknown as PagesRepository;
  return new HandbookSearch(pages, { take: () => Promise.resolve() } as unknown as RateLimits);
}

async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let [turns, isOver] = [0, false];
  const over = work.finally(() => (isOver = true));
  for (; !isOver; turns += 1) await turn();
  await over;
  return turns;
}

it('given long pages, then others have their turn between any two of them, as they are read and as they are shown', async () => {
  const words = { title: 'Letters', body: 'letters and others '.repeat(200) };
  const rows = Array.from({ length: 20 }, (_, at) => ({ _id: at, en: words, fr: null }));
  const found = searchIn(rows).find(actor, { q: 'letters', lang: 'en' });
  expect(await turnsDuring(found)).toBeGreaterThanOrEqual(2 * (rows.length - 1));
  expect((await found).items).toHaveLength(rows.length);
});

it('given more long pages than are read, then one that is called so is found, and stands first', async () => {
  const long = { title: 'Long', body: `letters ${'x'.repeat(29_000)}` };
  const rows = Array.from({ length: 20 }, (_, at) => ({ _id: at, en: long, fr: null }));
  const called = { _id: 'called', en: null, fr: { title: 'Letters', body: '' } };
  const { items } = await searchIn([...rows, called]).find(actor, { q: 'letters', lang: 'en' });
  expect(items[0]).toMatchObject({ id: 'called', language: 'fr' });
  expect(items.length).toBeGreaterThan(10);
});
