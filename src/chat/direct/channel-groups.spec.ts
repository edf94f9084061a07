import { groupsFor, peopleOfGroup, type GroupedMember } from './channel-groups.js';

const member = (userId: string, role: GroupedMember['role'], more: Partial<GroupedMember> = {}): GroupedMember => ({
  userId,
  role,
  projectId: null,
  craft: null,
  ...more,
});
const members = [
  member('ines', 'fellow', { projectId: 'p', craft: 'data' }),
  member('karim', 'fellow', { projectId: 'q', craft: 'developer' }),
  member('tomasz', 'coach', { craft: 'developer' }),
  member('other', 'coach'),
  member('sylvain', 'host', { projectId: 'p', craft: 'developer' }),
  member('aurore', 'staff'),
];
const team = { id: 'p', coachId: 'tomasz', hostIds: ['sylvain', 'gone'] };

describe('who a group is', () => {
  it.each([
    ['team', ['ines', 'tomasz', 'sylvain']],
    ['fellows', ['ines', 'karim']],
    ['coaches', ['tomasz', 'other']],
    ['hosts', ['sylvain']],
    ['staff', ['aurore']],
    ['developers', ['karim', 'tomasz']],
    ['data-scientists', ['ines']],
    ['designers', []],
  ] as const)('%s: %j', (group, people) => {
    expect([...peopleOfGroup(group, members, team)]).toEqual(people);
  });

  it('given no team, then nobody is of it', () => {
    expect(peopleOfGroup('team', members, null).size).toBe(0);
  });

  it('knows a team only in its channel, and no group between people', () => {
    expect(groupsFor('team').has('team')).toBe(true);
    expect(groupsFor('cohort').has('team')).toBe(false);
    expect(groupsFor('private').has('designers')).toBe(true);
    expect(groupsFor('direct').size).toBe(0);
  });
});
