import type { RepeatedDate } from '../../../../../src/contracts/mentoring/session-series';
import { chosenOf, startOf } from './dates';

const at = (day: string, hour = '08') => `2026-10-${day}T${hour}:00:00.000Z`;
const slot = (startsAt: string) => ({ coachId: 'c', startsAt, endsAt: startsAt });
const free = (day: string): RepeatedDate => ({ ...slot(at(day)), reason: null, there: [], near: [] });
const taken = (day: string, ...near: string[]): RepeatedDate => ({
  ...{ ...free(day), reason: 'busy' },
  near: near.map(slot),
});

describe('which dates are booked', () => {
  it('given nothing chosen, then those that are free', () => {
    expect(chosenOf([free('06'), taken('13', at('14')), free('20')], {})).toEqual([at('06'), at('20')]);
  });

  it('given one left out and one moved to a slot near it, then in time order', () => {
    const dates = [taken('06', at('09')), free('08'), free('20')];
    expect(chosenOf(dates, { [at('06')]: at('09'), [at('20')]: null })).toEqual([at('08'), at('09')]);
  });

  it('given a slot that is not near any more, or a date that is not free any more, then it is left out', () => {
    expect(startOf(taken('06', at('07')), { [at('06')]: at('09') })).toBeNull();
    expect(startOf(taken('06'), { [at('06')]: at('06') })).toBeNull();
  });

  it('given one that is free again, then it is booked as the rule has it', () => {
    expect(startOf(free('06'), { [at('06')]: at('07') })).toBe(at('06'));
  });
});
