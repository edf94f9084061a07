import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Actor, CohortActor } from '../../common/actor.js';
import { Clashes } from '../../calendar/clashes.service.js';
import type { MovableClock } from '../../common/times/clock.js';
import type { Role } from '../../contracts/roles.js';
import type { Progress } from './progress.js';
import type { Random } from './random.js';
import type { Present } from './times.js';

/** A person of the demo. */
export interface DemoPerson {
  id: string;
  name: string;
  email: string;
  role: Role;
  locale: 'en' | 'fr';
  craft: string | null;
  /** Index of their project in `projects.content.ts`, for fellows and hosts. */
  project: number | null;
}

/** One cohort with its people. */
export interface DemoCohort {
  id: string;
  startsOn: string;
  people: DemoPerson[];
  /** Ids of projects in the order of `projects.content.ts`. */
  projectIds: string[];
}

/** What the parts of the seeding share. */
export interface Stage extends Present {
  app: NestFastifyApplication;
  clock: MovableClock;
  random: Random;
  progress: Progress;
}

export const inRole = (cohort: DemoCohort, ...roles: Role[]) =>
  cohort.people.filter((person) => roles.includes(person.role));

/** Somebody as they would act if they were signed in. */
export function actorOf(person: DemoPerson, isAdmin = false): Actor {
  return { userId: person.id, loginId: person.id, isAdmin };
}

export function memberOf(cohort: DemoCohort, person: DemoPerson): CohortActor {
  return {
    ...actorOf(person),
    cohortId: cohort.id,
    role: person.role,
    projectId: person.project === null ? null : (cohort.projectIds[person.project] ?? null),
    cohortTimeZone: 'Europe/Paris',
    cohortState: 'running',
  };
}

/** The first of some people who has nothing else in any of these stretches (ms since the epoch), if there is one. */
export async function freeIn(
  { app }: Stage,
  people: readonly DemoPerson[],
  stretches: readonly { from: number; to: number }[],
): Promise<DemoPerson | undefined> {
  const planned = people.flatMap(({ id }) => stretches.map((stretch) => ({ userId: id, ...stretch })));
  const busy = new Set((await app.get(Clashes).over(planned)).map(({ userId }) => userId));
  return people.find(({ id }) => !busy.has(id));
}
