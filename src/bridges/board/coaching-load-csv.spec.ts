import { parse } from 'csv-parse/sync';
import type { CoachingLoad } from '../../contracts/mentoring/coaching-load.js';
import { csvOfLoad } from './coaching-load-csv.js';

const personOf = (name: string) => ({ id: '65f000000000000000000001', name, avatarUrl: null });
const LOAD: CoachingLoad = {
  countedAt: '2026-10-13T09:45:00.000Z',
  cohortId: '65f000000000000000000002',
  weeks: ['2026-10-05', '2026-10-12'],
  fellows: [
    {
      person: personOf('Zoé; "Zed", O’Hara'),
      projectName: '=HYPERLINK("https://evil.example")',
      sessions: [1, 0],
      lastSessionAt: '2026-10-05T07:00:00.000Z',
      nextSessionAt: null,
      days: 8,
      unserved: false,
    },
  ],
  coaches: [
    { person: personOf('Hanna'), thisWeek: 1, nextWeek: 2, maxPerWeek: null, held: 3, noShow: 0, cancelledLate: 1 },
  ],
};

describe('the load board as a table', () => {
  it.each([
    ['en', ','],
    ['fr', ';'],
  ] as const)('given %s, then one line a person, each as long as the head, and no formula', (locale, delimiter) => {
    const text = csvOfLoad(LOAD, locale);
    expect(text.startsWith('\ufeff')).toBe(true);
    const rows: string[][] = parse(text, { bom: true, delimiter });
    expect(rows.map((row) => row.length)).toEqual([14, 14, 14]);
    const [head, fellow, coach] = rows as [string[], string[], string[]];
    expect(head[6]).toContain('2026-10-05');
    expect(fellow.slice(1, 8)).toEqual([
      'Zoé; "Zed", O’Hara',
      `'=HYPERLINK("https://evil.example")`,
      ...['8', '2026-10-05T07:00:00.000Z', '', '1', '0'],
    ]);
    expect([coach[1], coach.slice(8)]).toEqual(['Hanna', ['1', '2', '', '3', '0', '1']]);
  });
});
