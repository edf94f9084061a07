import { setImmediate as turn } from 'node:timers/promises';
import type { CohortActor } from '../../common/actor.js';
import type { PagesRepository } from '../../handbook/pages.repository.js';
import type { RateLimits } from '../../infra/redis/rate-limits.js';
import { HandbookSearch } from './handbook-search.service.js';

const actor = { userId: '6'.repeat(24), cohortId: '7'.repeat(24) } as CohortActor;

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
  const pages = { withTokens: () => Promise.resolve(rows) } as unknown as PagesRepository;
  const search = new HandbookSearch(pages, { take: () => Promise.resolve() } as unknown as RateLimits);
  const found = search.find(actor, { q: 'letters', lang: 'en' });
  expect(await turnsDuring(found)).toBeGreaterThanOrEqual(2 * (rows.length - 1));
  expect((await found).items).toHaveLength(rows.length);
});
