import type { Clock } from '../common/times/clock.js';
import type { RateLimits } from '../infra/redis/rate-limits.js';
import type { Members } from '../cohorts/members/members.service.js';
import type { SearchQuery } from '../contracts/search.js';
import type { AskReader } from './ask-reader.js';
import { SearchService } from './search.service.js';

const query = { q: 'rope', in: ['messages'], sort: 'newest', limit: 20 } as unknown as SearchQuery;
const actor = (userId: string) => ({ userId, loginId: '', isAdmin: false });

/** A search that finds no messages of `many` before `end` is called. It tells who is looked for, and how often one person at once, at most. */
function held() {
  const looking: string[] = [];
  let most = 0;
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const source = (kind: string) => ({
    kind,
    find: async ({ userId }: { userId: string }) => {
      looking.push(userId);
      most = Math.max(most, looking.filter((one) => one === userId).length);
      if (userId === 'many') await ended;
      looking.splice(looking.indexOf(userId), 1);
      return { hits: [], to: null };
    },
  });
  const members = { ofPerson: () => Promise.resolve([]) };
  const asks = {
    understand: ({ userId }: { userId: string }) =>
      Promise.resolve({ seeking: { userId, wanted: { terms: [{}], phrases: [], small: [] } }, unknown: [] }),
  };
  const others = ['topics', 'commons', 'pages', 'workshops', 'people'].map(source);
  const service = new SearchService(
    members as unknown as Members,
    asks as unknown as AskReader,
    {} as Clock,
    { take: () => Promise.resolve() } as unknown as RateLimits,
    source('messages') as never,
    ...(others as never as [never, never, never, never, never]),
  );
  return { service, looking, most: () => most, end };
}

describe('the search', () => {
  it('given one who asks for many things at once, then one is looked for after the other, and another person waits for none', async () => {
    const { service, looking, most, end } = held();
    const many = Promise.all(Array.from({ length: 10 }, () => service.find(actor('many'), query)));
    await service.find(actor('other'), query);
    // The first of them is looked for still, and the others are not.
    expect(looking).toEqual(['many']);
    end();
    await many;
    expect(most()).toBe(1);
  });
});
