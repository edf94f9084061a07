import { join } from '../factories.js';
import { hoursAfter } from '../rooms/workshops.js';
import { LAST_DAY, ZONES, type Somebody, choiceOf } from './cohort.js';
import type { ActionFact, SessionFact, WorkshopFact } from './facts.js';
import {
  type Deed,
  type NamedAct,
  type Scene,
  dayAhead,
  hourAhead,
  isThere,
  membersIn,
  startAhead,
} from './makings.js';

/** What becomes of what was planned, and how often each is among a hundred acts or so. */
export const CHANGES: readonly (NamedAct & { often: number })[] = [
  { name: 'a workshop moves', often: 14, act: moveWorkshop },
  { name: 'a workshop changes rooms', often: 5, act: changeRooms },
  { name: 'a workshop or a date is cancelled', often: 5, act: cancelWorkshop },
  { name: 'somebody takes a place', often: 9, act: takePlace },
  { name: 'somebody leaves a place', often: 11, act: leavePlace },
  { name: 'a session moves', often: 14, act: moveSession },
  { name: 'a session is cancelled', often: 8, act: cancelSession },
  { name: 'a milestone moves', often: 9, act: moveMilestone },
  { name: 'a milestone is deleted', often: 2, act: deleteMilestone },
  { name: 'an action is put off', often: 8, act: putOffAction },
  { name: 'an action is done, or not after all', often: 6, act: closeOrReopenAction },
  { name: 'somebody moves to another zone', often: 5, act: moveHouse },
  { name: 'somebody chooses other hours and ways', often: 6, act: chooseAnew },
  { name: 'somebody leaves', often: 4, act: leaveCohort },
  { name: 'somebody comes back', often: 4, act: comeBack },
];

/** Each as often as it is there. */
export const CHANGES_BY_CHANCE = CHANGES.flatMap((one) => Array.from({ length: one.often }, () => one));

async function moveWorkshop(scene: Scene): Promise<Deed> {
  const one = aWorkshopAhead(scene);
  if (!one) return null;
  const startsAt = startAhead(scene, one.timeZone);
  return await edit(scene, one, { startsAt, endsAt: hoursAfter(startsAt, 2) });
}

async function changeRooms(scene: Scene): Promise<Deed> {
  const one = aWorkshopAhead(scene);
  return one && (await edit(scene, one, { place: `Room ${scene.dice.whole(1000)}` }));
}

async function edit(scene: Scene, { id }: WorkshopFact, change: Record<string, unknown>): Promise<Deed> {
  return { about: id, answer: await (await staffOf(scene)).patch(`${scene.cohort.base}/workshops/${id}`, change) };
}

async function cancelWorkshop(scene: Scene): Promise<Deed> {
  const one = aWorkshopAhead(scene);
  if (!one) return null;
  const path = `${scene.cohort.base}/workshops/${one.id}/cancel`;
  return { about: one.id, answer: await (await staffOf(scene)).post(path, { reason: 'The room is flooded' }) };
}

async function takePlace(scene: Scene): Promise<Deed> {
  const one = aWorkshopAhead(scene);
  const fellow = scene.dice.one(membersIn(scene).filter(({ id }) => !one?.going.includes(id)));
  if (!one || !fellow) return null;
  const path = `${scene.cohort.base}/workshops/${one.id}/registration`;
  return { about: one.id, answer: await (await scene.cohort.as(fellow)).put(path, {}) };
}

async function leavePlace(scene: Scene): Promise<Deed> {
  const one = aWorkshopAhead(scene, ({ going }) => going.length > 0);
  const fellow = one && who(scene, scene.dice.one(one.going)!);
  if (!one || !fellow) return null;
  const path = `${scene.cohort.base}/workshops/${one.id}/registration`;
  return { about: one.id, answer: await (await scene.cohort.as(fellow)).delete(path) };
}

async function moveSession(scene: Scene): Promise<Deed> {
  const one = aSessionAhead(scene);
  return one && (await onSession(scene, one, 'reschedule', { startsAt: hourAhead(scene) }));
}

async function cancelSession(scene: Scene): Promise<Deed> {
  const one = aSessionAhead(scene);
  return one && (await onSession(scene, one, 'cancel', { reason: 'I am ill' }));
}

/** By its coach or its fellow. */
async function onSession(scene: Scene, one: SessionFact, act: string, body: unknown): Promise<Deed> {
  const person = who(scene, scene.dice.one([...one.coachIds, ...one.fellowIds])!);
  const path = `${scene.cohort.base}/sessions/${one.id}/${act}`;
  return { about: one.id, answer: await (await scene.cohort.as(person)).post(path, body) };
}

async function moveMilestone(scene: Scene): Promise<Deed> {
  const one = aMilestoneAhead(scene);
  if (!one) return null;
  const path = `${scene.cohort.base}/milestones/${one.id}`;
  return { about: one.id, answer: await (await staffOf(scene)).patch(path, { on: dayAhead(scene) }) };
}

async function deleteMilestone(scene: Scene): Promise<Deed> {
  const one = aMilestoneAhead(scene);
  if (!one) return null;
  return {
    about: one.id,
    answer: await (await staffOf(scene)).delete(`${scene.cohort.base}/milestones/${one.id}`),
  };
}

async function putOffAction(scene: Scene): Promise<Deed> {
  const one = anAction(scene, ({ isOpen }) => isOpen);
  return one && (await onAction(scene, one, { dueOn: dayAhead(scene) }));
}

async function closeOrReopenAction(scene: Scene): Promise<Deed> {
  const one = anAction(scene, () => true);
  return one && (await onAction(scene, one, { state: one.isOpen ? 'done' : 'open' }));
}

async function onAction(scene: Scene, one: ActionFact, change: Record<string, unknown>): Promise<Deed> {
  const path = `${scene.cohort.base}/sessions/${one.sessionId}/actions/${one.id}`;
  return { about: one.id, answer: await (await scene.cohort.as(who(scene, one.ownerId))).patch(path, change) };
}

async function moveHouse(scene: Scene): Promise<Deed> {
  const person = aChangeable(scene);
  if (!person) return null;
  return {
    about: person.id,
    answer: await (await scene.cohort.as(person)).patch('/api/me', { timeZone: scene.dice.one(ZONES) }),
  };
}

async function chooseAnew(scene: Scene): Promise<Deed> {
  const person = aChangeable(scene);
  if (!person) return null;
  return {
    about: person.id,
    answer: await (await scene.cohort.as(person)).put('/api/me/preferences', choiceOf(scene.dice)),
  };
}

async function leaveCohort(scene: Scene): Promise<Deed> {
  const person = aChangeable(scene);
  if (!person) return null;
  return {
    about: person.id,
    answer: await (await staffOf(scene)).delete(`${scene.cohort.base}/members/${person.id}`),
  };
}

async function comeBack(scene: Scene): Promise<Deed> {
  const person = scene.dice.one(scene.cohort.people.filter(({ id }) => !isThere(scene, id)));
  if (!person) return null;
  await join(scene.world, scene.cohort.id, person.id, 'fellow');
  const answer = await (await staffOf(scene)).get(`${scene.cohort.base}/members/${person.id}`);
  return { about: person.id, answer };
}

const staffOf = ({ cohort }: Scene) => cohort.as(cohort.staff);
const who = ({ cohort }: Scene, userId: string): Somebody => cohort.people.find(({ id }) => id === userId)!;

/** One that is published and not begun; never one that is to stay as it is. */
function aWorkshopAhead(scene: Scene, which: (one: WorkshopFact) => boolean = () => true): WorkshopFact | null {
  const { facts, cohort, now, dice } = scene;
  const isSteady = ({ id }: WorkshopFact) => cohort.steady.some(({ workshopId }) => workshopId === id);
  const ahead = facts.workshops.filter((one) => one.isOn && one.startsAt > now && !isSteady(one) && which(one));
  return dice.one(ahead) ?? null;
}

const aSessionAhead = ({ facts, now, dice }: Scene): SessionFact | null =>
  dice.one(facts.sessions.filter(({ isOn, startsAt }) => isOn && startsAt > now)) ?? null;

const aMilestoneAhead = ({ facts, now, dice }: Scene) =>
  dice.one(facts.milestones.filter(({ on }) => on > now.toISOString().slice(0, 10) && on < LAST_DAY));

const anAction = (scene: Scene, which: (one: ActionFact) => boolean): ActionFact | null =>
  scene.dice.one(scene.facts.actions.filter((one) => which(one) && isThere(scene, one.ownerId))) ?? null;

/** Fellows who are not there for the nights on which clocks turn. */
const aChangeable = (scene: Scene) => scene.dice.one(membersIn(scene).filter(({ isSteady }) => !isSteady));
