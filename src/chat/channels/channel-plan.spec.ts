import { memberChanges, plannedChannels, slug, type CohortPeople } from './channel-plan.js';

const member = (
  userId: string,
  role: 'fellow' | 'coach' | 'host' | 'staff' | 'alumni',
  more: { projectId?: string; craft?: string } = {},
) => ({
  userId,
  role,
  projectId: more.projectId ?? null,
  craft: more.craft ?? null,
});

const cohort: CohortPeople = {
  cohortId: 'c',
  cohortName: 'Cohort 7',
  locale: 'en',
  closed: false,
  members: [
    member('ines', 'fellow', { projectId: 'p', craft: 'data' }),
    member('leo', 'fellow', { projectId: 'p', craft: 'developer' }),
    member('zoe', 'fellow', { craft: 'data' }),
    member('host', 'host', { projectId: 'p', craft: 'product' }),
    member('coach', 'coach', { craft: 'designer' }),
    member('staff', 'staff', { craft: 'other' }),
  ],
  projects: [{ id: 'p', name: 'Permis Clair', coachId: 'coach' }],
};

const byKey = (people: CohortPeople) => new Map(plannedChannels(people).map((channel) => [channel.key, channel]));

describe('the channels that a cohort should have', () => {
  it('are one for all, one for help, one per team and one per craft that is present', () => {
    expect([...byKey(cohort).values()].map((channel) => [channel.name, channel.userIds])).toEqual([
      ['cohort-7', ['ines', 'leo', 'zoe', 'host', 'coach', 'staff']],
      ['general-help', ['ines', 'leo', 'zoe', 'host', 'coach', 'staff']],
      ['team-permis-clair', ['ines', 'leo', 'coach']],
      ['craft-developer', ['leo']],
      ['craft-designer', ['coach']],
      ['craft-data', ['ines', 'zoe']],
    ]);
  });

  it('given hosts, then they are in no team room and no craft', () => {
    expect([...byKey(cohort).values()].filter((one) => one.userIds.includes('host')).map((one) => one.kind)).toEqual([
      'cohort',
      'help',
    ]);
  });

  it('given a closed cohort, then all is archived and the alumni have left the team rooms', () => {
    const closed = {
      ...cohort,
      closed: true,
      members: cohort.members.map((one) => (one.role === 'fellow' ? { ...one, role: 'alumni' as const } : one)),
    };
    expect(byKey(closed).get('team:p')).toMatchObject({ archived: true, userIds: ['coach'] });
    expect(byKey(closed).get('cohort:c')?.userIds).toContain('ines');
  });

  it('given a coach who left, then nobody stands in for them', () => {
    const without = { ...cohort, members: cohort.members.filter((one) => one.userId !== 'coach') };
    expect(byKey(without).get('team:p')?.userIds).toEqual(['ines', 'leo']);
  });
});

describe('changes of members', () => {
  it('name who comes and who leaves', () => {
    expect(memberChanges(['a', 'b'], ['b', 'c'])).toEqual({ join: ['c'], leave: ['a'] });
    expect(memberChanges(['a'], ['a', 'a'])).toEqual({ join: [], leave: [] });
  });
});

it('given a cohort in French, then its team rooms are named in French', () => {
  const channels = plannedChannels({ ...cohort, locale: 'fr' });
  expect(channels.map(({ name }) => name)).toContain('équipe-permis-clair');
});

describe('slugs', () => {
  it.each([
    ['Événement Clair!', 'événement-clair'],
    ['  Défi n° 3 ', 'défi-n-3'],
    ['مشروع', 'مشروع'],
    ['🧗', 'channel'],
  ])('%s', (name, expected) => {
    expect(slug(name)).toBe(expected);
  });
});
