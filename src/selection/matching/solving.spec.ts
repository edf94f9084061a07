import { Craft } from '../../contracts/roles.js';
import type { MatchReason } from '../../contracts/selection/matching.js';
import {
  type Candidate,
  type Instance,
  type Opening,
  type Teams,
  placesOf,
  smallestTeam,
  worthOfTeams,
} from './model.js';
import { digestOf } from './digest.js';
import { withoutRoom } from './places-now.js';
import { Reasons } from './reasons.js';
import { problemsOfRules } from './rules.js';
import { seeded } from './seeded.js';
import { solve } from './solve-process.js';

const CRAFTS: Craft[] = ['developer', 'designer', 'data'];
const SKILLS = ['maps', 'field research', 'rgaa', 'time series'];

const person = (id: string, craft: Craft | null, wishes: string[] = [], skills: string[] = []): Candidate => ({
  ...{ id, craft, wishes, skills: new Set(skills) },
});
const project = (id: string, ...crafts: Craft[]): Opening => ({
  id,
  places: crafts.map((craft) => ({ craft, must: [], nice: [] })),
});
const noRules = { locks: [], forbidden: [], together: [], apart: [] };

/** A small one of everything: some without a craft or a wish, places of one craft twice, rules of all kinds. */
function random(seed: number, people: number, projects: number): Instance {
  const next = seeded(seed);
  const below = (n: number) => next() % n;
  const some = <T>(all: readonly T[]) => all[below(all.length)] as T;
  const openings = Array.from({ length: projects }, (_, at): Opening => ({
    id: `project-${at}`,
    places: Array.from({ length: 1 + below(3) }, () => ({
      ...{ craft: some(CRAFTS), must: below(2) ? [some(SKILLS)] : [], nice: below(2) ? [some(SKILLS)] : [] },
    })),
  }));
  const candidates = Array.from({ length: people }, (_, at) => {
    const wishes = [...new Set(Array.from({ length: below(4) }, () => some(openings).id))];
    const words = below(2) ? some(SKILLS).split(' ') : [];
    return person(`person-${at}`, below(9) === 0 ? null : some(CRAFTS), wishes, words);
  });
  const pair = () => ({ applicationId: some(candidates).id, projectId: some(openings).id });
  const two = (): [string, string] => [some(candidates).id, some(candidates).id];
  const rules = {
    locks: Array.from({ length: below(2) }, pair),
    forbidden: Array.from({ length: below(3) }, pair),
    together: Array.from({ length: below(2) }, two),
    apart: Array.from({ length: below(2) }, two),
  };
  return { people: candidates, projects: openings, ...rules };
}

/** Whether teams keep all that must hold, said in the plainest way. */
function holds(instance: Instance, teams: Teams): boolean {
  const at = new Map([...teams].flatMap(([id, members]) => members.map((one) => [one, id] as const)));
  const craftOf = (id: string) => instance.people.find((one) => one.id === id)?.craft ?? null;
  const locked = new Set(instance.locks.map(({ projectId }) => projectId));
  return (
    [...teams.values()].flat().length === at.size &&
    instance.projects.every((one) => {
      const members = teams.get(one.id) ?? [];
      const fits = CRAFTS.every(
        (craft) => members.filter((id) => craftOf(id) === craft).length <= placesOf(one, craft),
      );
      return (
        fits &&
        members.every((id) => craftOf(id) !== null) &&
        (members.length === 0 || members.length >= smallestTeam(one, locked))
      );
    }) &&
    instance.locks.every((lock) => at.get(lock.applicationId) === lock.projectId) &&
    instance.forbidden.every((pair) => at.get(pair.applicationId) !== pair.projectId) &&
    instance.together.every(([one, other]) => at.get(one) === at.get(other)) &&
    instance.apart.every(([one, other]) => at.get(one) === undefined || at.get(one) !== at.get(other))
  );
}

/** The most that teams can be worth, by trying all of them: those with a locked person alone only where there are no others. Null where there are none. */
function best(instance: Instance): number | null {
  let most: number | null = null;
  const lockedProjects = new Set(instance.locks.map(({ projectId }) => projectId));
  const go = (at: number, teams: Map<string, string[]>): void => {
    const one = instance.people[at];
    if (!one) {
      if (!holds(instance, teams)) return;
      const alone = instance.projects.filter(
        (it) => lockedProjects.has(it.id) && it.places.length > 1 && teams.get(it.id)?.length === 1,
      );
      const worth = worthOfTeams(instance, teams) - 10_000 * alone.length;
      if (most === null || worth > most) most = worth;
      return;
    }
    go(at + 1, teams);
    for (const it of instance.projects) {
      if (placesOf(it, one.craft) === 0) continue;
      const members = teams.get(it.id) ?? [];
      go(at + 1, new Map(teams).set(it.id, [...members, one.id]));
    }
  };
  go(0, new Map());
  return most;
}

async function solved(instance: Instance, seed = 1): Promise<Teams | null> {
  const found = await solve({ instance, seed });
  if (found === 'late') throw new Error('nobody said how long it may take');
  return found && new Map(found.teams);
}

/** Whether a reason is true, told from the teams alone. */
function isTrue(reason: MatchReason, one: Candidate, instance: Instance, teams: Teams): boolean {
  const at = [...teams].find(([, members]) => members.includes(one.id))?.[0];
  const here = instance.projects.find(({ id }) => id === at);
  const craftOf = (id: string) => instance.people.find((other) => other.id === id)?.craft ?? null;
  const free = (it: Opening, craft: Craft) =>
    placesOf(it, craft) - (teams.get(it.id) ?? []).filter((id) => craftOf(id) === craft).length;
  const size = (id: string) => teams.get(id)?.length ?? 0;
  const asked = 'projectId' in reason ? instance.projects.find(({ id }) => id === reason.projectId) : undefined;
  if ('projectId' in reason && one.wishes[reason.rank - 1] !== reason.projectId) return false;
  const pairs = (rule: 'together' | 'apart', other: string) =>
    instance[rule].some((two) => two.includes(one.id) && two.includes(other));
  switch (reason.code) {
    case 'wish':
      return one.wishes[reason.rank - 1] === at;
    case 'not_wished':
      return one.wishes.length > 0 && !one.wishes.includes(at ?? '');
    case 'no_wishes':
      return one.wishes.length === 0 && at !== undefined;
    case 'locked':
      return instance.locks.some(({ applicationId, projectId }) => applicationId === one.id && projectId === at);
    case 'together':
      return pairs('together', reason.applicationId) && (teams.get(at ?? '') ?? []).includes(reason.applicationId);
    case 'must':
    case 'nice':
      return (
        (here?.places ?? []).some(
          (place) => place.craft === one.craft && [...place.must, ...place.nice].includes(reason.skill),
        ) && reason.skill.split(' ').every((word) => one.skills.has(word))
      );
    case 'needed':
      return at !== undefined && size(at) === 2;
    case 'last_place':
      return instance.projects.every((it) => free(it, reason.craft) === 0 || size(it.id) === 0);
    case 'no_craft':
      return one.craft === null;
    case 'craft_full':
      return at === undefined && instance.projects.every((it) => free(it, reason.craft) === 0);
    case 'craft_not_wanted':
      return instance.projects.every((it) => placesOf(it, reason.craft) === 0);
    case 'no_team_left':
      return (
        instance.projects.some((it) => free(it, reason.craft) > 0) &&
        instance.projects.every((it) => free(it, reason.craft) === 0 || size(it.id) === 0)
      );
    case 'kept_out': {
      const open = instance.projects.filter(
        (it) => free(it, reason.craft) > 0 && (size(it.id) > 0 || it.places.length === 1),
      );
      const isKept = (it: Opening) =>
        instance.forbidden.some((pair) => pair.applicationId === one.id && pair.projectId === it.id) ||
        (teams.get(it.id) ?? []).some((other) => pairs('apart', other));
      return open.length > 0 && open.every(isKept);
    }
    case 'together_unplaced':
      return (
        pairs('together', reason.applicationId) &&
        ![...teams.values()].some((all) => all.includes(reason.applicationId))
      );
    case 'wish_full':
      return asked !== undefined && size(asked.id) > 0 && free(asked, one.craft as Craft) === 0;
    case 'wish_craft':
      return asked !== undefined && placesOf(asked, one.craft) === 0;
    case 'wish_forbidden':
      return instance.forbidden.some((pair) => pair.applicationId === one.id && pair.projectId === reason.projectId);
    case 'wish_apart':
      return pairs('apart', reason.applicationId) && (teams.get(reason.projectId) ?? []).includes(reason.applicationId);
    case 'wish_no_team':
      return asked !== undefined && size(asked.id) === 0;
    case 'wish_gone':
      return asked === undefined;
  }
}

describe('solving', () => {
  const seeds = Array.from({ length: 300 }, (_, at) => at + 1);

  it('given small ones at random, then the teams hold, are worth as much as the best of all, and every reason is true', async () => {
    let [withTeams, without] = [0, 0];
    for (const seed of seeds) {
      const instance = random(seed, 3 + (seed % 4), 2 + (seed % 2));
      if (problemsOfRules(instance).length > 0) continue;
      const teams = await solved(instance, seed);
      const most = best(instance);
      if (!teams) {
        expect([seed, most]).toEqual([seed, null]);
        without += 1;
        continue;
      }
      withTeams += 1;
      expect([seed, holds(instance, teams)]).toEqual([seed, true]);
      const alone = instance.projects.filter((it) => it.places.length > 1 && teams.get(it.id)?.length === 1);
      expect([seed, worthOfTeams(instance, teams) - 10_000 * alone.length]).toEqual([seed, most]);
      const reasons = new Reasons(instance, teams);
      for (const one of instance.people) {
        const here = instance.projects.find(({ id }) => teams.get(id)?.includes(one.id));
        const said = here ? reasons.placed(one, here) : reasons.unplaced(one);
        expect(said.length).toBeGreaterThan(0);
        for (const reason of said)
          expect([seed, one.id, reason, isTrue(reason, one, instance, teams)]).toEqual([
            ...[seed, one.id, reason, true],
          ]);
        // Who had no dearer wish and could have had one is told why not.
        const rank = here ? one.wishes.indexOf(here.id) + 1 : 0;
        const dearer = here && rank > 0 ? rank - 1 : one.wishes.length;
        if (here && dearer > 0 && !said.some(({ code }) => ['locked', 'needed', 'together'].includes(code)))
          expect([seed, one.id, said.filter((reason) => 'projectId' in reason).length]).toEqual([seed, one.id, dearer]);
      }
    }
    expect(withTeams).toBeGreaterThan(100);
    expect(without).toBeGreaterThan(0);
  });

  it('given the same seed, then the same teams, in whatever order people and projects come; other seeds give others of the same worth', async () => {
    const instance: Instance = {
      people: Array.from({ length: 12 }, (_, at) => person(`p${at}`, CRAFTS[at % 3] as Craft)),
      projects: Array.from({ length: 6 }, (_, at) => project(`j${at}`, 'developer', 'designer', 'data')),
      ...noRules,
    };
    const turned = { ...instance, people: instance.people.toReversed(), projects: instance.projects.toReversed() };
    const told = (teams: Teams | null) =>
      [...(teams ?? [])].map(([id, all]) => `${id} ${all.toSorted().join()}`).toSorted();
    const [one, again, other] = [await solved(instance, 7), await solved(turned, 7), await solved(instance, 8)];
    expect(told(again)).toEqual(told(one));
    expect(told(other)).not.toEqual(told(one));
    expect(worthOfTeams(instance, other!)).toBe(worthOfTeams(instance, one!));
  });

  it('given nobody can come beside a locked person, then they are there alone; without the lock there is no team of one', async () => {
    const instance = { people: [person('a', 'data', ['j'])], projects: [project('j', 'data', 'designer')], ...noRules };
    expect(await solved(instance)).toEqual(new Map());
    const locked = { ...instance, locks: [{ applicationId: 'a', projectId: 'j' }] };
    expect(await solved(locked)).toEqual(new Map([['j', ['a']]]));
    expect(await solved({ ...instance, projects: [project('j', 'data')] })).toEqual(new Map([['j', ['a']]]));
  });

  it('given somebody has no place though one is free, then it says whether a team is missing, they are kept from it, or whom they must be with has none', async () => {
    const said = async (instance: Instance, id: string) => {
      const teams = (await solved(instance))!;
      return new Reasons(instance, teams).unplaced(instance.people.find((one) => one.id === id)!);
    };
    const [a, b, c] = [person('a', 'data'), person('b', 'designer'), person('c', 'designer')];
    const base = { people: [a, b, c], projects: [project('j', 'data', 'designer', 'designer')], ...noRules };
    expect(await said({ ...base, forbidden: [{ applicationId: 'c', projectId: 'j' }] }, 'c')).toEqual([
      { code: 'kept_out', craft: 'designer' },
    ]);
    expect(await said({ ...base, locks: [{ applicationId: 'b', projectId: 'j' }], apart: [['b', 'c']] }, 'c')).toEqual([
      { code: 'kept_out', craft: 'designer' },
    ]);
    // Data has one place, which somebody else has: who must be with them has none either.
    const lock = [{ applicationId: 'a', projectId: 'j' }];
    const four = {
      ...base,
      people: [...base.people, person('d', 'data')],
      locks: lock,
      together: [['c', 'd']] as [string, string][],
    };
    expect(await said(four, 'c')).toEqual([{ code: 'together_unplaced', applicationId: 'd' }]);
    expect(await said({ ...base, people: [a], projects: base.projects }, 'a')).toEqual([
      { code: 'no_team_left', craft: 'data' },
    ]);
    // A team of one would be enough there.
    const alone = { ...base, people: [a], projects: [project('j', 'data')] };
    expect(await said({ ...alone, forbidden: [{ applicationId: 'a', projectId: 'j' }] }, 'a')).toEqual([
      { code: 'kept_out', craft: 'data' },
    ]);
  });

  it('given more than can be solved in time, then it ends by itself and says so', async () => {
    const instance = random(5, 160, 80);
    const rules = { ...instance, ...noRules };
    expect(await solve({ instance: rules, seed: 1, withinSeconds: 0.001 })).toBe('late');
  });

  it('given what teams are made of, then its digest is the same in whatever order it comes, and another with anything else', () => {
    const instance = random(3, 4, 2);
    const turned = { ...instance, people: instance.people.toReversed(), projects: instance.projects.toReversed() };
    const [first, ...others] = instance.people as [Candidate, ...Candidate[]];
    const [opening, ...rest] = instance.projects as [Opening, ...Opening[]];
    expect(digestOf(turned, 1)).toBe(digestOf(instance, 1));
    const changed = [
      digestOf(instance, 2),
      digestOf({ ...instance, people: others }, 1),
      digestOf({ ...instance, people: [{ ...first, wishes: [...first.wishes, 'x'] }, ...others] }, 1),
      digestOf({ ...instance, people: [{ ...first, skills: new Set(['other']) }, ...others] }, 1),
      digestOf({ ...instance, projects: [{ ...opening, places: [] }, ...rest] }, 1),
      digestOf({ ...instance, apart: [...instance.apart, ['x', 'y']] }, 1),
    ];
    expect(new Set([digestOf(instance, 1), ...changed]).size).toBe(7);
  });

  it('given places were taken away since, then the projects that lack them are named', () => {
    const projects = [project('j', 'data', 'designer'), project('k', 'data')];
    const at = (projectId: string, craft: Craft | null) => ({ projectId, craft });
    expect(withoutRoom([at('j', 'data'), at('j', 'designer'), at('k', 'data')], projects)).toEqual(new Set());
    expect(withoutRoom([at('j', 'data'), at('j', 'data'), at('k', 'designer'), at('x', 'data')], projects)).toEqual(
      new Set(['j', 'k', 'x']),
    );
    expect(withoutRoom([at('j', null)], projects)).toEqual(new Set(['j']));
  });

  it('given rules against each other, doubled, or with somebody for whom there is no place anywhere, then each is named', () => {
    const instance: Instance = {
      people: [
        person('a', 'data'),
        person('b', 'data'),
        person('c', 'data'),
        person('d', 'designer'),
        person('e', null),
      ],
      projects: [project('j', 'data', 'data', 'data')],
      locks: [],
      forbidden: [
        { applicationId: 'a', projectId: 'j' },
        { applicationId: 'a', projectId: 'j' },
      ],
      together: [
        ['a', 'b'],
        ['c', 'b'],
        ['b', 'a'],
        ['a', 'd'],
        ['e', 'a'],
      ],
      apart: [
        ['b', 'a'],
        ['c', 'a'],
        ['a', 'c'],
      ],
    };
    expect(problemsOfRules(instance).map(({ field, code }) => `${field} ${code}`)).toEqual([
      ...['/forbidden/1 doubled', '/together/2 doubled', '/together/3/1 craft_not_wanted'],
      ...['/together/4/0 craft_not_wanted', '/apart/0 contradicts', '/apart/1 contradicts', '/apart/2 doubled'],
    ]);
  });

  it('given rules that cannot hold, then each is named', () => {
    const instance: Instance = {
      people: [person('a', 'data'), person('b', 'data'), person('c', null)],
      projects: [project('j', 'data', 'designer'), project('k', 'data')],
      locks: [
        ...[
          { applicationId: 'a', projectId: 'j' },
          { applicationId: 'a', projectId: 'k' },
        ],
        ...[
          { applicationId: 'b', projectId: 'j' },
          { applicationId: 'c', projectId: 'k' },
        ],
        { applicationId: 'x', projectId: 'y' },
      ],
      forbidden: [{ applicationId: 'x', projectId: 'j' }],
      together: [['a', 'a']],
      apart: [
        ['a', 'b'],
        ['a', 'x'],
      ],
    };
    expect(problemsOfRules(instance).map(({ field, code }) => `${field} ${code}`)).toEqual([
      ...['/locks/1 doubled', '/locks/2 full', '/locks/3 craft_not_wanted'],
      ...['/locks/4/applicationId unknown_person', '/locks/4/projectId unknown_project'],
      ...['/forbidden/0/applicationId unknown_person', '/together/0 doubled'],
      ...['/apart/0 contradicts', '/apart/1/1 unknown_person'],
    ]);
    const against = { ...instance, locks: instance.locks.slice(0, 1), forbidden: instance.locks.slice(0, 1) };
    expect(problemsOfRules(against)[0]).toEqual({ field: '/locks/0', code: 'contradicts' });
  });
});
