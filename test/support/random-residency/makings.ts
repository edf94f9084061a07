import type { TestWorld } from '../app.js';
import type { Answer } from '../client.js';
import { aSeries, aWorkshop, hoursAfter } from '../rooms/workshops.js';
import { COHORT_ZONE, LAST_DAY, NIGHTS, ZONES, type RandomCohort, type Somebody, type Size } from './cohort.js';
import type { Dice } from './dice.js';
import type { Facts } from './facts.js';
import { instantOn, plusDays, wallAt } from './wall-clock.js';

const DAY_MS = 86_400_000;

/** What somebody does: who or what it is about, and what was answered; null where there was nothing to do it to. */
export type Deed = { about: string; answer: Answer } | null;

/** What an act is done with: the cohort as it stands `now`. */
export interface Scene {
  world: TestWorld;
  cohort: RandomCohort;
  size: Size;
  facts: Facts;
  dice: Dice;
  now: Date;
}

export interface NamedAct {
  name: string;
  act: (scene: Scene) => Promise<Deed>;
}

/** What is announced, booked and written down in the ten months. */
export const MAKINGS: readonly (NamedAct & { counted: Exclude<keyof Size, 'acts'> })[] = [
  { name: 'a workshop is announced', counted: 'workshops', act: announceWorkshop },
  { name: 'a series is announced', counted: 'series', act: announceSeries },
  { name: 'a session is booked', counted: 'sessions', act: bookSession },
  { name: 'a milestone is set', counted: 'milestones', act: setMilestone },
  { name: 'an action is written down', counted: 'actions', act: writeAction },
];

async function announceWorkshop(scene: Scene): Promise<Deed> {
  const { cohort, dice, size } = scene;
  const timeZone = dice.one(ZONES)!;
  const startsAt = startAhead(scene, timeZone);
  const host = dice.one(cohort.people.filter(({ part }) => part !== 'staff'))!;
  const times = { startsAt, endsAt: hoursAfter(startsAt, 2), timeZone };
  const link = dice.happens(0.5) ? 'https://meet.example/some' : null;
  const more = { title: 'A workshop', ...times, link, hosts: dice.happens(0.4) ? [host.id] : [], capacity: 100 };
  const staff = { ...cohort.staff, client: await cohort.as(cohort.staff) };
  const { id, path } = await aWorkshop(staff, cohort.id, more);
  for (const one of dice.some(membersIn(scene), size.going)) await join(cohort, one, path);
  return { about: id, answer: await staff.client.get(path) };
}

async function announceSeries(scene: Scene): Promise<Deed> {
  const { cohort, dice, size } = scene;
  const startsAt = startAhead(scene, COHORT_ZONE);
  const weekdays = [wallAt(new Date(startsAt), COHORT_ZONE).weekday];
  const times = { startsAt, endsAt: hoursAfter(startsAt, 1), timeZone: COHORT_ZONE };
  const staff = { ...cohort.staff, client: await cohort.as(cohort.staff) };
  const more = { ...times, capacity: 100, repeat: { unit: 'week', weekdays, count: 4 } };
  const { id, path } = await aSeries(staff, cohort.id, more);
  for (const one of dice.some(membersIn(scene), Math.ceil(size.going / 2))) await join(cohort, one, path);
  return { about: id, answer: await staff.client.get(path) };
}

async function bookSession(scene: Scene): Promise<Deed> {
  const { cohort, dice } = scene;
  const fellow = dice.one(membersIn(scene))!;
  const coach = dice.one(cohort.people.filter(({ part }) => part === 'coach'))!;
  const body = { coachId: coach.id, startsAt: hourAhead(scene), minutes: 45, need: 'How do we begin?' };
  return { about: fellow.id, answer: await (await cohort.as(fellow)).post(`${cohort.base}/sessions`, body) };
}

async function setMilestone(scene: Scene): Promise<Deed> {
  const { cohort } = scene;
  const staff = await cohort.as(cohort.staff);
  const answer = await staff.post(`${cohort.base}/milestones`, { title: 'A demo', on: dayAhead(scene) });
  return { about: String(answer.body?.id), answer };
}

async function writeAction(scene: Scene): Promise<Deed> {
  const { cohort, facts, dice } = scene;
  const session = dice.one(facts.sessions.filter(({ isOn, fellowIds }) => isOn && isThere(scene, fellowIds[0]!)));
  if (!session) return null;
  const [coachId, ownerId] = [session.coachIds[0]!, session.fellowIds[0]!];
  const coach = cohort.people.find(({ id }) => id === coachId)!;
  const body = { text: 'Visit the counter', ownerId: dice.happens(0.8) ? ownerId : coachId, dueOn: dayAhead(scene) };
  const path = `${cohort.base}/sessions/${session.id}/actions`;
  return { about: body.ownerId, answer: await (await cohort.as(coach)).post(path, body) };
}

/** Who has just left the cohort takes none. */
async function join(cohort: RandomCohort, person: Somebody, path: string): Promise<void> {
  const { status, text } = await (await cohort.as(person)).put(`${path}/registration`, {});
  if (status >= 500) throw new Error(`no place was taken: ${status} ${text}`);
}

/** Fellows who are in the cohort now. */
export const membersIn = (scene: Scene): Somebody[] =>
  scene.cohort.people.filter(({ id, part }) => part === 'fellow' && isThere(scene, id));

export const isThere = ({ facts }: Scene, userId: string) => facts.readers.get(userId)?.role != null;

/** A start within some weeks, at most hours of the day in a zone, on the grid of five minutes. */
export function startAhead({ dice, now }: Scene, zone: string): string {
  const day = plusDays(wallAt(now, zone).day, dice.between(1, 35));
  const time = `${two(dice.between(6, 23))}:${two(5 * dice.whole(12))}`;
  return instantOn(day < LAST_DAY ? day : LAST_DAY, time, zone).toISOString();
}

/** A full hour within three weeks, often enough on one of the days after a night on which clocks turn. */
export function hourAhead({ dice, now }: Scene): string {
  const soon = Object.values(NIGHTS)
    .flat()
    .map((night) => Date.parse(`${night}T00:00:00Z`))
    .filter((night) => night > now.getTime() && night < now.getTime() + 21 * DAY_MS);
  const day = soon.length > 0 && dice.happens(0.5) ? dice.one(soon)! : now.getTime() + dice.between(1, 21) * DAY_MS;
  return `${new Date(day).toISOString().slice(0, 10)}T${two(dice.between(0, 23))}:00:00.000Z`;
}

/** A day within some weeks. */
export function dayAhead({ dice, now }: Scene): string {
  const day = plusDays(now.toISOString().slice(0, 10), dice.between(1, 30));
  return day < LAST_DAY ? day : LAST_DAY;
}

const two = (count: number) => String(count).padStart(2, '0');
