import 'temporal-polyfill/global';
import { partsOf, plainOf } from './parts';
import { eraseDay, spanTo } from './timing';

describe('the parts of a text', () => {
  it('given headings, then the highest are parts, and those below come one step below', () => {
    expect(
      partsOf('Before.\n\n## The *work*\n\nText.\n\n### Where\n\nThere.\n\n## [Who](https://a.example) may ##\nYou.'),
    ).toEqual([
      { title: null, body: 'Before.' },
      { title: 'The work', body: 'Text.\n\n# Where\n\nThere.' },
      { title: 'Who may', body: 'You.' },
    ]);
  });

  it('given none, or a block of code, then there is one part', () => {
    expect(partsOf('Only text')).toEqual([{ title: null, body: 'Only text' }]);
    expect(partsOf('```\n# no heading\n```')).toEqual([{ title: null, body: '```\n# no heading\n```' }]);
    expect(partsOf('')).toEqual([]);
    expect(partsOf('#hashtag')).toHaveLength(1);
  });
});

it('given a text whose script has not come, then it can be read', () => {
  expect(plainOf('A **fine** text:\n\n- one\n- two\n\n| a | b |\n| --- | --- |\n# Head')).toBe(
    'A fine text:\n\n• one\n• two\n\n a | b \nHead',
  );
});

describe('how long it is', () => {
  const now = Date.parse('2026-10-13T10:00:00Z');
  it.each([
    ['2026-10-22T20:00:00Z', '9 days', '9 jours'],
    ['2026-10-15T09:59:59Z', '47 hours', '47 heures'],
    ['2026-10-13T11:59:59Z', '119 minutes', '119 minutes'],
    ['2026-10-13T10:01:01Z', '61 seconds', '61 secondes'],
    ['2026-10-13T10:00:01Z', '1 second', '1 seconde'],
    ['2026-10-13T09:00:00Z', '0 seconds', '0 seconde'],
  ])('until %s: %s', (instant, en, fr) => {
    expect(spanTo(instant, now, 'en')).toBe(en);
    expect(spanTo(instant, now, 'fr').replace(/\s/g, ' ')).toBe(fr);
  });
});

it('given a closing, then what was not taken is erased so many months later, by the day of the call', () => {
  const call = { closesAt: '2026-08-30T23:30:00Z', timeZone: 'Europe/Paris', keepRefusedMonths: 6 };
  expect(eraseDay(call)).toBe('2027-02-28');
});

// In time that grows with the square of its length each would take an hour.
it.each(['# \t', '[', '*', '# [', '#', '`a', '\\'])(
  'given a text made to be slow of %j, then its parts are found',
  (once) => {
    const parts = partsOf(`# ${once.repeat(2_000_000 / once.length)}x\n${`${once}\n`.repeat(100_000)}`);
    expect(parts.length).toBe(once.startsWith('# ') ? 100_001 : 1);
    expect(Math.max(...parts.slice(0, 10).map(({ title }) => title!.length))).toBeLessThanOrEqual(200);
  },
);
