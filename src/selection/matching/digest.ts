import { createHash } from 'node:crypto';
import type { Instance } from './model.js';

/** Names all that teams are made of: the same people, wishes, skills, projects, places, rules and seed have the same digest, in whatever order they come. */
export function digestOf({ people, projects, locks, forbidden, together, apart }: Instance, seed: number): string {
  const whole = {
    people: people.map((person) => ({ ...person, skills: [...person.skills].toSorted() })).toSorted(byId),
    projects: projects.toSorted(byId),
    ...{ locks, forbidden, together, apart, seed },
  };
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex');
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
