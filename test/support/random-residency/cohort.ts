import type { TestWorld } from '../app.js';
import { type Answer, type Client, clientOf } from '../client.js';
import { HOURS } from '../rooms/coaching.js';
import { type TestPerson, aPerson, aTokenOf, join } from '../factories.js';
import { remindOnlyOf } from '../reminders/reminders.js';
import { aWorkshop, hoursAfter } from '../rooms/workshops.js';
import type { Dice } from './dice.js';
import { instantOn, plusDays } from './wall-clock.js';

export const COHORT_ZONE = 'Europe/Paris';
export const FIRST_DAY = '2026-09-01';
export const LAST_DAY = '2027-06-30';

/** Where people live. In two of them clocks never turn; in Adelaide it is spring when it is autumn in Paris, and half an hour off. */
export const ZONES = [
  'Europe/Paris',
  'America/Montreal',
  'Australia/Adelaide',
  'Asia/Kolkata',
  'America/Cayenne',
] as const;

/** The Sundays on which clocks turn, by zone. */
export const NIGHTS: Record<string, readonly string[]> = {
  'Europe/Paris': ['2026-10-25', '2027-03-28'],
  'America/Montreal': ['2026-11-01', '2027-03-14'],
  'Australia/Adelaide': ['2026-10-04', '2027-04-04'],
};

/** The day after each of those nights, and the day before, from which it is a week to a time that the clocks have turned by. */
export const MORNINGS = Object.entries(NIGHTS).flatMap(([zone, nights]) =>
  nights.flatMap((night) => [plusDays(night, -1), night].map((day) => ({ zone, day }))),
);

/** How much there is of everything. */
export interface Size {
  fellows: number;
  coaches: number;
  workshops: number;
  series: number;
  going: number;
  sessions: number;
  actions: number;
  milestones: number;
  acts: number;
}

export type Part = 'staff' | 'coach' | 'fellow';
export type Somebody = TestPerson & { part: Part; zone: string; isSteady: boolean };

/** A cohort in which much will happen: its people, and what is announced in the course of the ten months. */
export interface RandomCohort {
  id: string;
  base: string;
  people: Somebody[];
  staff: Somebody;
  /** What nobody touches: workshops at nine on the wall, a week after one of {@link MORNINGS}, and who goes. */
  steady: { workshopId: string; zone: string; reader: Somebody }[];
  as: (person: Somebody) => Promise<Client>;
}

/** The answer, or an error with what was answered. */
export async function done(answer: Promise<Answer>): Promise<any> {
  const { status, text, body } = await answer;
  if (status >= 300) throw new Error(`refused with ${status}: ${text}`);
  return body;
}

/** Makes it. The first fellow of each zone whose clocks turn is there for the nights: awake at the weekend, and never away. */
export async function aRandomCohort(world: TestWorld, dice: Dice, size: Size): Promise<RandomCohort> {
  const admin = await aPerson(world, { isAdmin: true });
  // A country without holidays, but a programme that rests for two weeks.
  const made = { name: 'Cohort 7', startsOn: FIRST_DAY, timeZone: COHORT_ZONE, months: 10, country: 'XX' };
  const { id } = await done(admin.client.post('/api/cohorts', made));
  const base = `/api/cohorts/${id}`;
  await keepMilestones(admin, base, size.milestones);
  const parts = [
    ['staff', 1],
    ['coach', size.coaches],
    ['fellow', size.fellows],
  ] as const;
  const people = await Promise.all(
    parts.flatMap(([part, count]) =>
      Array.from({ length: count }, (_, index) => {
        const isSteady = part !== 'fellow' || index < Object.keys(NIGHTS).length;
        const choice = choiceOf(dice, part === 'fellow' && isSteady);
        return aMemberOf(
          world,
          id,
          { part, isSteady, zone: ZONES[index % ZONES.length]! },
          `${part} ${index + 1}`,
          choice,
        );
      }),
    ),
  );
  const staff = people[0]!;
  await done(staff.client.patch(base, { pauses: [{ from: '2026-12-19', to: '2027-01-03', name: 'Winter' }] }));
  await remindOnlyOf(staff, id, 'workshop', 'session', 'notes', 'action', 'milestone');
  const coaches = people.filter(({ part }) => part === 'coach');
  await Promise.all(coaches.map((coach) => isAlwaysThere(coach, base)));
  const cohort: RandomCohort = { id, base, people, staff, steady: [], as: (person) => freshly(world, person) };
  cohort.steady = await Promise.all(MORNINGS.map(({ zone, day }) => aWeekAfter(cohort, zone, day)));
  return cohort;
}

type Role = Pick<Somebody, 'part' | 'zone' | 'isSteady'>;

async function aMemberOf(
  world: TestWorld,
  cohortId: string,
  role: Role,
  name: string,
  choice: Choice,
): Promise<Somebody> {
  const person = await aPerson(world, { name, timeZone: role.zone });
  await done(person.client.put('/api/me/preferences', choice));
  await join(world, cohortId, person.id, role.part);
  return { ...person, ...role };
}

async function isAlwaysThere({ id, client }: Somebody, base: string): Promise<void> {
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }));
  await done(client.put(`${base}/coaches/${id}/availability`, { ...HOURS, weekly, horizonDays: 365 }));
}

/** Tokens last for minutes of real time, a residency longer. */
async function freshly(world: TestWorld, { id }: Somebody): Promise<Client> {
  return clientOf(world.url, await aTokenOf(world, id));
}

type Choice = Record<string, unknown>;

/**
 * Some sleep at other hours, or at the weekend, too; some want no mail of one kind, some nothing of it at all. `isPlain`: who sleeps from
 * eight to eight and wants everything.
 */
export function choiceOf(dice: Dice, isPlain = false): Choice {
  const all = { inbox: true, mail: true };
  const kinds = { workshops: all, sessions: all, milestones: all, forum: all, chat: all };
  const nights = { start: '20:00', end: '08:00' };
  if (isPlain) return { kinds, quietHours: nights, quietWeekend: false, mailsPerDay: null };
  const group = dice.one(['workshops', 'sessions', 'milestones'])!;
  const [noMail, onlyMail, nothing] = [
    { ...all, mail: false },
    { ...all, inbox: false },
    { inbox: false, mail: false },
  ];
  return {
    kinds: { ...kinds, [group]: dice.one([all, all, noMail, onlyMail, nothing]) },
    quietHours: dice.one([nights, { start: '22:30', end: '07:15' }, { start: '01:00', end: '09:30' }, null]),
    quietWeekend: dice.happens(0.6),
    mailsPerDay: null,
  };
}

async function keepMilestones({ client }: TestPerson, base: string, count: number): Promise<void> {
  const { items } = await done(client.get(`${base}/milestones?limit=200`));
  for (const { id } of items.slice(count)) await done(client.delete(`${base}/milestones/${id}`));
}

/** At nine, a week after a day: they are told at nine of that day. */
async function aWeekAfter(cohort: RandomCohort, zone: string, day: string) {
  const reader = cohort.people.find((one) => one.part === 'fellow' && one.zone === zone)!;
  const startsAt = instantOn(plusDays(day, 7), '09:00', zone).toISOString();
  const times = { startsAt, endsAt: hoursAfter(startsAt, 2), timeZone: zone };
  const link = 'https://meet.example/steady';
  const { id, path } = await aWorkshop(cohort.staff, cohort.id, { title: `A week after ${day}`, link, ...times });
  await done(reader.client.put(`${path}/registration`, {}));
  return { workshopId: id, zone, reader };
}
