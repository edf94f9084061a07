import { daysOfNews, newsAt } from './cohort-news.js';

const at = (iso: string) => new Date(iso);
const cohort = (more: Partial<Parameters<typeof newsAt>[1]>) => ({
  timeZone: 'Europe/Paris',
  questions: [],
  milestones: [],
  ...more,
});
const kinds = (now: string, more: Partial<Parameters<typeof newsAt>[1]>) =>
  newsAt(at(now), cohort(more)).map(({ kind }) => kind);

describe('what is new in a cohort', () => {
  const questions = [{ id: 'q', createdAt: at('2026-10-01T10:00:00Z') }];
  it.each([
    ['2026-10-05T09:59:59Z', []],
    ['2026-10-05T10:00:00Z', ['topic.unanswered']],
    ['2026-10-07T09:59:00Z', ['topic.unanswered']],
    ['2026-10-07T10:00:00Z', []],
  ])('given a question of 1 October at 10:00, then at %s %j', (now, expected) => {
    expect(kinds(now, { questions })).toEqual(expected);
  });

  const milestones = [{ id: 'm', on: '2026-10-26' }];
  it.each([
    // Three days before is still summer time, the day itself is not.
    ['2026-10-23T06:59:59Z', []],
    ['2026-10-23T07:00:00Z', ['milestone.near']],
    ['2026-10-26T07:59:59Z', []],
    ['2026-10-26T08:00:00Z', ['milestone.day']],
    ['2026-10-28T08:00:00Z', []],
  ])('given a milestone on 26 October, then at %s %j', (now, expected) => {
    expect(kinds(now, { milestones })).toEqual(expected);
  });

  it('given a milestone that is moved after it came near, then it comes near once more, as another day', () => {
    const daysAt = (now: string, on: string) =>
      newsAt(at(now), cohort({ milestones: [{ id: 'm', on }] })).map((one) => one.on);
    expect(daysAt('2026-10-23T07:00:00Z', '2026-10-26')).toEqual(['2026-10-26']);
    expect(daysAt('2026-11-17T08:00:00Z', '2026-11-20')).toEqual(['2026-11-20']);
  });

  it('given a zone far away, then its own morning counts, and its days are looked at', () => {
    const now = '2026-10-25T20:00:00Z';
    expect(kinds(now, { timeZone: 'Pacific/Auckland', milestones })).toEqual(['milestone.day']);
    for (const instant of [now, '2026-10-23T07:00:00Z', '2026-10-28T07:00:00Z']) {
      const { from, to } = daysOfNews(at(instant));
      expect([from <= '2026-10-26', to >= '2026-10-26']).toEqual([true, true]);
    }
  });
});
