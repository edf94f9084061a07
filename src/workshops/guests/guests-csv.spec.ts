import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import type { Guest } from '../../contracts/workshops/guests.js';
import { csvOfGuests } from './guests-csv.js';

const guest = (more: Partial<Guest>): Guest => ({
  ...{ id: '65f000000000000000000001', name: 'Ada; "Guest"', email: 'ada@guests.test', plusOne: true },
  ...{ status: 'going', leftAt: null, askedAt: '2026-10-05T07:00:00.000Z', refused: null, abilities: { end: true } },
  answers: [
    { question: 'Photos?', answer: false },
    { question: 'Why?', answer: '=HYPERLINK("x")' },
  ],
  ...more,
});
const wordsOfPage = (locale: 'en' | 'fr') =>
  (
    JSON.parse(readFileSync(`web/src/features/guests/${locale}.json`, 'utf8')) as {
      list: { is: Record<string, string> };
    }
  ).list.is;

describe('guests as a table', () => {
  it('given French, then heads and values are in French, with the separator of its spreadsheets, and no formula', () => {
    const text = csvOfGuests(
      [guest({}), guest({ status: null, leftAt: '2026-10-06T07:00:00.000Z', email: null, answers: [] })],
      ['Photos?', 'Why?'],
      'fr',
    );
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(parse(text, { bom: true, delimiter: ';' })).toEqual([
      ['Nom', 'Courriel', 'État', 'Vient avec une personne', 'Inscription le', 'Photos?', 'Why?'],
      [
        'Ada; "Guest"',
        'ada@guests.test',
        'Inscription confirmée',
        'Oui',
        '2026-10-05T07:00:00.000Z',
        'Non',
        `'=HYPERLINK("x")`,
      ],
      ['Ada; "Guest"', '', 'Désinscription', 'Oui', '2026-10-05T07:00:00.000Z', '', ''],
    ]);
  });

  it.each([
    ['en', ','],
    ['fr', ';'],
  ] as const)('given %s, then a state is said as on the page', (locale, delimiter) => {
    const states = ['going', 'waitlisted', 'offered', 'attended', 'absent', 'excused'] as const;
    const guests = [
      ...states.map((status) => guest({ status })),
      guest({ status: null, leftAt: '2026-10-06T07:00:00.000Z' }),
      guest({ status: null }),
    ];
    const [, ...lines]: string[][] = parse(csvOfGuests(guests, [], locale), { bom: true, delimiter });
    const words = wordsOfPage(locale);
    expect(lines.map(([, , state]) => state)).toEqual([...states, 'left', 'unconfirmed'].map((state) => words[state]));
  });
});
