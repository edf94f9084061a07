import fc from 'fast-check';
import type { DigestSection } from '../../contracts/notifications/notifications.js';
import { type Candidate, type DigestItem, MAX_LISTED, listsOf } from './digest-items.js';

const item = (title: string): DigestItem => ({
  title,
  body: '',
  link: `/${title}`,
  stop: { what: 'group', group: 'forum' },
});
const candidate = (title: string, change: Partial<Candidate> = {}): Candidate => ({
  ...item(title),
  about: title,
  waitsForMe: false,
  strength: 0,
  at: new Date('2026-10-13T08:00:00Z'),
  ...change,
});
const titles = (lists: ReturnType<typeof listsOf>) =>
  Object.fromEntries(lists.map(({ key, items }) => [key, items.map(({ title }) => title)]));

describe('the lists of a digest', () => {
  it('given nothing, then there is no list: such a digest is not sent', () => {
    expect(listsOf([], {}, [])).toEqual([]);
    expect(listsOf([], { workshops: [], channels: [] }, [])).toEqual([]);
  });

  it('given much, then what waits comes first, the longest waiting before the others, and all is cut at five with a count', () => {
    const waiting = Array.from({ length: 7 }, (_, index) =>
      candidate(`w${index}`, { waitsForMe: true, at: new Date(Date.UTC(2026, 9, 20 - index)) }),
    );
    const [first, second] = listsOf([candidate('n'), ...waiting], {}, []);
    expect(first).toMatchObject({ key: 'waits', more: 2 });
    expect(first?.items.map(({ title }) => title)).toEqual(['w6', 'w5', 'w4', 'w3', 'w2']);
    expect(second).toEqual({ key: 'news', items: [item('n')], more: 0 });
  });

  it('given what was kept back, then the strongest reason first, of those the latest', () => {
    const late = new Date('2026-10-13T09:00:00Z');
    const lists = listsOf(
      [candidate('watched'), candidate('named', { strength: 7 }), candidate('watched later', { at: late })],
      {},
      [],
    );
    expect(titles(lists)).toEqual({ news: ['named', 'watched later', 'watched'] });
  });

  it('given two of one thing, then the first is named', () => {
    const same = { about: 'one thing' };
    const lists = listsOf([candidate('first', { ...same, waitsForMe: true }), candidate('second', same)], {}, []);
    expect(titles(lists)).toEqual({ waits: ['first'] });
  });

  it('given sections, then in their order, and without those that are not wanted', () => {
    const sections = {
      channels: [item('c')],
      unanswered: [item('u')],
      slots: [item('s')],
      workshops: [item('w')],
    };
    const keys = (without: DigestSection[]) => listsOf([], sections, without).map(({ key }) => key);
    expect(keys([])).toEqual(['workshops', 'slots', 'unanswered', 'channels']);
    expect(keys(['slots', 'channels'])).toEqual(['workshops', 'unanswered']);
  });

  it('given anything, then no list is empty or too long, and nothing is lost: named and counted are all there is', () => {
    const candidates = fc.array(
      fc.record({ about: fc.nat(30), waitsForMe: fc.boolean(), strength: fc.nat(9), at: fc.nat(1000) }),
    );
    fc.assert(
      fc.property(candidates, fc.nat(12), (raw, workshops) => {
        const all = raw.map(({ about, at, ...rest }) =>
          candidate(`t${about}`, { ...rest, about: String(about), at: new Date(at) }),
        );
        const lists = listsOf(
          all,
          { workshops: Array.from({ length: workshops }, (_, index) => item(`${index}`)) },
          [],
        );
        for (const { items } of lists) {
          expect(items.length).toBeGreaterThan(0);
          expect(items.length).toBeLessThanOrEqual(MAX_LISTED);
        }
        const told = lists.reduce((sum, { items, more }) => sum + items.length + more, 0);
        expect(told).toBe(new Set(all.map(({ about }) => about)).size + workshops);
      }),
    );
  });
});
