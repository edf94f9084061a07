import { LADDER } from './ladder.js';
import { asOf, saidBy } from './ladders.js';

const PARIS = 'Europe/Paris';
const noonOf = (day: string) => new Date(`${day}T12:00:00Z`);
const rungOf = (kind: string) => LADDER.find((rung) => rung.kind === kind)!;

describe('how long before a reminder says it is', () => {
  it.each([
    ['on its own day', '2026-10-31', 'd3'],
    ['after a weekend: as it is then', '2026-11-02', 'd1'],
    ['on the day itself', '2026-11-03', 'd0'],
    ['in a zone where the next day has begun', '2026-11-04', 'd0'],
  ])('given a milestone three days ahead that is sent %s', (_, today, lead) => {
    const rung = rungOf('milestone.3d');
    expect(asOf(saidBy({ on: '2026-11-03' }, rung), rung, noonOf(today), PARIS)).toMatchObject({
      on: '2026-11-03',
      lead,
    });
  });

  it('given hours or no day, then as the rule says it', () => {
    const hours = rungOf('workshop.24h');
    expect(asOf(saidBy({ startsAt: 'x' }, hours), hours, noonOf('2026-11-02'), PARIS).lead).toBe('h24');
    const phase = rungOf('phase.3d');
    expect(asOf(saidBy({}, phase), phase, noonOf('2026-11-02'), PARIS).lead).toBe('d3');
  });

  it.each([
    ['on its day', '2026-11-03', 'd28'],
    ['a week late', '2026-11-10', 'd35'],
    ['in a zone where that day has not begun', '2026-11-02', 'd28'],
  ])('given four weeks without a session that are told %s, then as many days as it is then', (_, today, lead) => {
    const rung = rungOf('contact.4w');
    expect(asOf(saidBy({ on: '2026-10-06' }, rung), rung, noonOf(today), PARIS).lead).toBe(lead);
  });

  it.each([
    ['at its time', 'session.24h', '2026-11-01T10:00:00Z', 'h24'],
    ['an hour late', 'session.24h', '2026-11-01T11:00:00Z', 'h24'],
    ['after the night', 'session.24h', '2026-11-02T07:00:00Z', 'h3'],
    ['half an hour before', 'session.24h', '2026-11-02T09:30:00Z', 'm30'],
    ['a week before, over the night on which clocks turn', 'workshop.7d', '2026-10-26T09:00:00Z', 'd7'],
    ['after the weekend', 'workshop.7d', '2026-10-28T07:00:00Z', 'd5'],
    ['when it has begun, for a look at it', 'session.24h', '2026-11-02T11:00:00Z', 'h24'],
  ])('given what begins at an hour and is sent %s', (_, kind, now, lead) => {
    const rung = rungOf(kind);
    expect(asOf(saidBy({ startsAt: '2026-11-02T10:00:00Z' }, rung), rung, new Date(now), PARIS).lead).toBe(lead);
  });
});
