import { Problem } from '../common/problem.js';
import { planFrom } from './timeline/ten-month-template.js';
import { checkMeeting, checkPhases, cohortAbilities, linkPreviewing, phaseAt } from './cohort-rules.js';

const { phases } = planFrom('2026-09-01', 10, () => null);

function refused(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return (error as Problem).more.errors;
  }
  return 'not refused';
}

describe('phases', () => {
  it('are taken as the template makes them', () => {
    expect(refused(() => checkPhases(phases))).toBe('not refused');
  });

  it.each([
    ['a gap', 1, { startsOn: '2026-11-02' }, [{ field: '/phases/1/startsOn', code: 'not_contiguous' }]],
    ['an overlap', 2, { startsOn: '2027-01-31' }, [{ field: '/phases/2/startsOn', code: 'not_contiguous' }]],
    ['another order', 3, { key: 'build' }, [{ field: '/phases/3/key', code: 'out_of_order' }]],
    ['an end before the start', 3, { endsOn: '2027-04-30' }, [{ field: '/phases/3/endsOn', code: 'end_before_start' }]],
  ] as const)('with %s are refused', (_, index, change, expected) => {
    const changed = phases.map((phase, at) => (at === index ? { ...phase, ...change } : phase));
    expect(refused(() => checkPhases(changed))).toEqual(expected);
  });

  it.each([
    ['2026-08-01', 'discover'],
    ['2026-10-31', 'discover'],
    ['2026-11-01', 'build'],
    ['2027-06-30', 'handover'],
    ['2028-01-01', 'handover'],
  ])('%s lies in %s', (on, key) => expect(phaseAt(phases, on)).toBe(key));
});

describe('a meeting pattern', () => {
  it.each([
    ['none', null, 'not refused'],
    ['fixed', 'https://meet.example/room', 'not refused'],
    ['jitsi', 'https://meet.example/{session}', 'not refused'],
    ['none', 'https://meet.example', [{ field: '/meeting/pattern', code: 'not_used' }]],
    ['fixed', null, [{ field: '/meeting/pattern', code: 'required' }]],
    ['bigbluebutton', 'https://bbb.example/b', [{ field: '/meeting/pattern', code: 'needs_session_part' }]],
  ] as const)('%s with %s', (kind, pattern, expected) => {
    expect(refused(() => checkMeeting({ kind, pattern }))).toEqual(expected);
  });
});

describe('link previews of a cohort', () => {
  it.each([
    ['off', undefined, 'never'],
    ['off', true, 'never'],
    ['on', undefined, 'off'],
    ['on', false, 'off'],
    ['on', true, 'on'],
  ] as const)('in an installation that has them %s and staff that said %s: %s', (LINK_PREVIEWS, said, expected) => {
    expect(linkPreviewing(said === undefined ? {} : { linkPreviews: said }, { LINK_PREVIEWS })).toBe(expected);
  });
});

describe('what one may do with a cohort', () => {
  it.each([
    ['staff', false, 'running', true],
    ['fellow', false, 'running', false],
    ['fellow', true, 'running', true],
    ['admin', true, 'running', true],
    ['staff', false, 'closed', false],
  ] as const)('as %s (admin: %s) of a %s one: %s', (role, isAdmin, cohortState, edit) => {
    expect(cohortAbilities({ role, isAdmin, cohortState }).edit).toBe(edit);
  });
});
