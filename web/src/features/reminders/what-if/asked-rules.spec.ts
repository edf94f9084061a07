import type { LadderRung, RungSetting } from '../../../../../src/contracts/reminders/reminder-ladder';
import type { WhatIf } from '../../../../../src/contracts/reminders/what-if';
import { asAsked } from './asked-rules';

const setting: RungSetting = { kind: 'workshop.1h', on: true, count: 45, channels: ['inbox', 'mail'], text: null };
const rung: LadderRung = {
  ...{ ...setting, subject: 'workshop', by: 'before', unit: 'minutes', min: 30, max: 180, canWait: false, onlyFor: [] },
  ...{ placeholders: [], isChanged: true, byDefault: { count: 60, channels: ['inbox', 'mail'] } },
};
const rules = (...rungs: RungSetting[]): WhatIf => ({ change: 'rules', rungs });

describe('a rung of what if', () => {
  it.each([
    ['another time is asked about, then it is called by that', rules({ ...setting, count: 90 }), 90],
    ['it is left out, then it is called as usual', rules({ ...setting, kind: 'session.1h', count: 30 }), 60],
    ['it would be off, then it is called as it is', rules({ ...setting, on: false, count: 90 }), 45],
    [
      'no rule is asked about, then it is called as it is',
      { change: 'day', type: 'milestone', id: 'm', on: '2026-12-01' },
      45,
    ],
  ] as [string, WhatIf, number][])('given %s', (_, change, count) => expect(asAsked(rung, change).count).toBe(count));
});
