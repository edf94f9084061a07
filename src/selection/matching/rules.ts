import type { FieldProblem } from '../../contracts/primitives.js';
import type { MatchingRules } from '../../contracts/selection/matching.js';
import { type Instance, pairKey, placesOf } from './model.js';

/** What is wrong with the rules of an instance, by JSON pointers into the body: whom and what they name must be there, and what they ask must be possible one by one. */
export function problemsOfRules(instance: Instance): FieldProblem[] {
  const people = new Map(instance.people.map((person) => [person.id, person]));
  const projects = new Map(instance.projects.map((project) => [project.id, project]));
  const forbidden = new Set(instance.forbidden.map((pair) => pairKey(pair.applicationId, pair.projectId)));
  const taken = new Map<string, number>();
  const locked = new Map<string, string>();
  const known = (field: string, { applicationId, projectId }: MatchingRules['locks'][number]): FieldProblem[] => [
    ...(people.has(applicationId) ? [] : [{ field: `${field}/applicationId`, code: 'unknown_person' }]),
    ...(projects.has(projectId) ? [] : [{ field: `${field}/projectId`, code: 'unknown_project' }]),
  ];
  const locks = instance.locks.flatMap((pair, at): FieldProblem[] => {
    const field = `/locks/${at}`;
    const unknown = known(field, pair);
    const [person, project] = [people.get(pair.applicationId), projects.get(pair.projectId)];
    if (!person || !project) return unknown;
    if (locked.has(person.id)) return [{ field, code: 'doubled' }];
    locked.set(person.id, project.id);
    if (forbidden.has(pairKey(person.id, project.id))) return [{ field, code: 'contradicts' }];
    const places = placesOf(project, person.craft);
    if (places === 0) return [{ field, code: 'craft_not_wanted' }];
    const key = `${project.id} ${String(person.craft)}`;
    taken.set(key, (taken.get(key) ?? 0) + 1);
    return (taken.get(key) ?? 0) > places ? [{ field, code: 'full' }] : [];
  });
  const wanted = new Set(instance.projects.flatMap(({ places }) => places.map(({ craft }) => craft)));
  const company = groupsOf(instance.together);
  const isWanted = (id: string) => {
    const craft = people.get(id)?.craft;
    return craft !== null && craft !== undefined && wanted.has(craft);
  };
  const two = (rule: 'together' | 'apart') => {
    const named = new Set<string>();
    return instance[rule].flatMap(([one, other], at): FieldProblem[] => {
      const field = `/${rule}/${at}`;
      const unknown = [one, other].flatMap((id, index) =>
        people.has(id) ? [] : [{ field: `${field}/${index}`, code: 'unknown_person' }],
      );
      if (unknown.length > 0) return unknown;
      const key = [one, other].toSorted().join(' ');
      if (one === other || named.has(key)) return [{ field, code: 'doubled' }];
      named.add(key);
      if (rule === 'apart' && company.get(one) !== undefined && company.get(one) === company.get(other))
        return [{ field, code: 'contradicts' }];
      // Who must be with somebody for whom there is no place anywhere would have none, and nobody would know why.
      if (rule === 'together')
        for (const [index, id] of [one, other].entries())
          if (!isWanted(id)) return [{ field: `${field}/${index}`, code: 'craft_not_wanted' }];
      const [a, b] = [locked.get(one), locked.get(other)];
      const isAgainst = a !== undefined && b !== undefined && (rule === 'together' ? a !== b : a === b);
      return isAgainst ? [{ field, code: 'contradicts' }] : [];
    });
  };
  const out = new Set<string>();
  return [
    ...locks,
    ...instance.forbidden.flatMap((pair, at): FieldProblem[] => {
      const [field, key] = [`/forbidden/${at}`, pairKey(pair.applicationId, pair.projectId)];
      if (out.has(key)) return [{ field, code: 'doubled' }];
      out.add(key);
      return known(field, pair);
    }),
    ...two('together'),
    ...two('apart'),
  ];
}

/** Who must be in one team, however far the pairs reach: a name of their group, by person. */
function groupsOf(together: MatchingRules['together']): Map<string, number> {
  const groups = new Map<string, number>();
  together.forEach(([one, other], at) => {
    const old = new Set([groups.get(one), groups.get(other)]);
    for (const [id, group] of groups) if (old.has(group)) groups.set(id, at);
    groups.set(one, at).set(other, at);
  });
  return groups;
}
