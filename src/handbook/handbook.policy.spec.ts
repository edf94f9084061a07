import { COMMONS_PLACE } from '../contracts/limits.js';
import { handbookAbilities, isOld, pageAbilities } from './handbook.policy.js';

const asking = (role: 'fellow' | 'host' | 'staff', userId = 'me', cohortState: 'running' | 'closed' = 'running') => ({
  ...{ role, userId, cohortState, cohortId: 'c'.repeat(24) },
});
const inCommons = (role: 'alumni' | 'staff') => ({ ...asking('staff'), role, cohortId: COMMONS_PLACE });
const may = (abilities: Record<string, boolean>) =>
  Object.keys(abilities)
    .filter((act) => abilities[act])
    .join(' ');

describe('who may do what with a page', () => {
  it.each([
    ['a member', asking('fellow'), { ownerId: 'you', isLocked: false }, 'edit check'],
    ['a host', asking('host'), { ownerId: 'you', isLocked: false }, 'edit check'],
    ['its owner', asking('fellow'), { ownerId: 'me', isLocked: false }, 'edit check give move delete'],
    ['a member, of one that nobody keeps', asking('fellow'), { ownerId: null, isLocked: false }, 'edit check give'],
    ['staff', asking('staff'), { ownerId: 'you', isLocked: false }, 'open edit check give move delete lock'],
    ['a member, of a locked one', asking('fellow'), { ownerId: 'you', isLocked: true }, ''],
    ['its owner, of a locked one', asking('fellow'), { ownerId: 'me', isLocked: true }, ''],
    [
      'staff, of a locked one',
      asking('staff'),
      { ownerId: 'you', isLocked: true },
      'open edit check give move delete lock',
    ],
    ['staff, once the cohort is closed', asking('staff', 'me', 'closed'), { ownerId: 'me', isLocked: false }, 'open'],
    ['who reads the commons', inCommons('alumni'), { ownerId: 'you', isLocked: false }, ''],
    ['who reads the commons, of one that nobody keeps', inCommons('alumni'), { ownerId: null, isLocked: false }, ''],
    [
      'who keeps a page of the commons',
      inCommons('alumni'),
      { ownerId: 'me', isLocked: false },
      'edit check give move delete',
    ],
    ['who keeps a locked page of the commons', inCommons('alumni'), { ownerId: 'me', isLocked: true }, ''],
    [
      'staff in the commons',
      inCommons('staff'),
      { ownerId: 'you', isLocked: true },
      'edit check give move delete lock',
    ],
  ])('given %s', (_who, actor, page, acts) => expect(may(pageAbilities(actor, page))).toBe(acts));

  it('given the whole handbook, then staff put it in order', () => {
    expect(may(handbookAbilities(asking('fellow')))).toBe('write');
    expect(may(handbookAbilities(asking('staff')))).toBe('write order copy restore');
    expect(may(handbookAbilities(inCommons('alumni')))).toBe('');
    expect(may(handbookAbilities(inCommons('staff')))).toBe('write order restore');
    expect(may(handbookAbilities(asking('staff', 'me', 'closed')))).toBe('');
  });

  it('given 180 days and a moment, then a page may be out of date', () => {
    const at = new Date('2026-01-01T00:00:00Z');
    expect(isOld(at, new Date('2026-06-30T00:00:00Z'))).toBe(false);
    expect(isOld(at, new Date('2026-06-30T00:00:01Z'))).toBe(true);
  });
});
