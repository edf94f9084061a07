import { DAY, HOUR } from '../../common/times/clock.js';
import type { Availability, Slot } from '../../contracts/mentoring/mentoring.js';
import { ActionsService } from '../../mentoring/actions/actions.service.js';
import { AvailabilityService } from '../../mentoring/availability/availability.service.js';
import { NotesService } from '../../mentoring/notes/notes.service.js';
import { SessionsService } from '../../mentoring/sessions/sessions.service.js';
import { SlotsService } from '../../mentoring/scheduling/slots.service.js';
import { actionTexts, needs, noteTexts } from './projects.content.js';
import { type DemoCohort, type DemoPerson, type Stage, inRole, memberOf } from './stage.js';
import { WEEKS_IN, at, bookingTimes } from './times.js';

const SESSIONS = 300;
const WEEKS_AHEAD = 3;

/** Twelve availabilities and three hundred sessions, held, missed, cancelled and to come. */
export async function seedCoaching(stage: Stage, cohort: DemoCohort): Promise<void> {
  const coaches = inRole(cohort, 'coach');
  stage.clock.set(at(stage, -WEEKS_IN, 1, 8));
  for (const [index, coach] of coaches.entries()) {
    await stage.app.get(AvailabilityService).save(memberOf(cohort, coach), coach.id, availability(stage, index));
  }
  const served = new Map<string, number>();
  let booked = 0;
  const weeks = WEEKS_IN + WEEKS_AHEAD;
  for (let week = 0; week < weeks; week += 1) {
    const goal = Math.round((SESSIONS * (week + 1)) / weeks);
    booked = await bookWeek(stage, cohort, { week: week - WEEKS_IN + 1, booked, goal, served });
  }
}

/** What came of this week's sessions that are over, and what the people of the demo's accounts have ahead. */
export async function seedThisWeeksCoaching(stage: Stage, cohort: DemoCohort): Promise<void> {
  const { app, clock, monday, now } = stage;
  const staff = inRole(cohort, 'staff')[0];
  if (!staff) throw new Error('a cohort needs staff');
  clock.set(now);
  const week = { from: monday.toISOString(), to: now.toISOString(), status: 'scheduled', limit: 100 } as const;
  const { items } = await app.get(SessionsService).list(memberOf(cohort, staff), week);
  for (const { id: sessionId, coachId, participants, endsAt } of items) {
    const fellow = cohort.people.find(({ id }) => id === participants[0]);
    const told = new Date(Date.parse(endsAt) + HOUR);
    if (!fellow || told > now) continue;
    clock.set(told);
    await conclude(stage, cohort, { sessionId, coachId, fellow });
  }
  await bookForTheKnown(stage, cohort);
  clock.set(now);
}

function availability(stage: Stage, index: number): Availability {
  const days = index % 3 === 0 ? [1, 3, 4] : index % 3 === 1 ? [2, 4, 5] : [1, 2, 5];
  return {
    timeZone: index === 5 ? 'America/Cayenne' : 'Europe/Paris',
    weekly: days.flatMap((weekday) => [
      { weekday, start: index % 2 === 0 ? '09:00' : '10:00', end: '12:30' },
      { weekday, start: '14:00', end: index % 4 === 0 ? '18:00' : '17:00' },
    ]),
    exceptions: [
      {
        date: at(stage, 2, days[0] ?? 1, 0)
          .toISOString()
          .slice(0, 10),
        intervals: [],
      },
    ],
    slotMinutes: index % 5 === 4 ? 30 : 45,
    ...(index % 3 !== 2 && { lengths: { help_desk: 60, mentoring: 90 } }),
    bufferMinutes: index % 2 === 0 ? 15 : 10,
    minNoticeHours: index % 3 === 0 ? 4 : 24,
    horizonDays: 60,
    maxPerDay: 4,
    maxPerWeek: 8,
  };
}

/** Books the sessions of one week, as they were booked: a few days before, by a fellow, mostly with the coach of the project. */
async function bookWeek(
  stage: Stage,
  cohort: DemoCohort,
  { week, booked, goal, served }: { week: number; booked: number; goal: number; served: Map<string, number> },
): Promise<number> {
  const { bookedOn, from, to } = bookingTimes(stage, week);
  stage.clock.set(bookedOn);
  const staff = inRole(cohort, 'staff')[0];
  if (!staff) throw new Error('a cohort needs staff');
  const { slots } = await stage.app.get(SlotsService).list(memberOf(cohort, staff), {
    from: from.toISOString(),
    to: to.toISOString(),
  });
  let count = booked;
  for (const slot of spread(stage, slots)) {
    if (count >= goal) break;
    const fellow = whoComes(stage, cohort, slot, served);
    stage.clock.set(bookedOn);
    if (!(await hold(stage, cohort, slot, fellow))) continue;
    served.set(fellow.id, (served.get(fellow.id) ?? 0) + 1);
    count += 1;
    stage.progress.step('sessions', count, SESSIONS);
  }
  return count;
}

/** At most one of a coach's slots that overlap; the coaches in turn. */
function spread(stage: Stage, slots: readonly Slot[]): Slot[] {
  return stage.random.shuffled(slots).filter((slot, index, all) => {
    const rivals = all.slice(0, index).filter((other) => other.coachId === slot.coachId);
    return (
      rivals.length < 4 &&
      rivals.every((other) => Math.abs(Date.parse(other.startsAt) - Date.parse(slot.startsAt)) >= 2 * HOUR)
    );
  });
}

/** Mostly the one of the coach's own teams who was seen least. */
function whoComes(stage: Stage, cohort: DemoCohort, slot: Slot, served: ReadonlyMap<string, number>): DemoPerson {
  const coaches = inRole(cohort, 'coach');
  const index = coaches.findIndex((coach) => coach.id === slot.coachId);
  // The last few fellows see nobody for weeks: the staff board has somebody to look after.
  const fellows = inRole(cohort, 'fellow').slice(0, -5);
  const own = fellows.filter((fellow) => fellow.project !== null && fellow.project % coaches.length === index);
  const least = (people: readonly DemoPerson[]) =>
    stage.random.shuffled(people).sort((one, other) => (served.get(one.id) ?? 0) - (served.get(other.id) ?? 0))[0];
  const fellow = least(stage.random.chance(0.9) && own.length > 0 ? own : fellows);
  if (!fellow) throw new Error('a cohort needs fellows');
  return fellow;
}

/** The people of the demo's accounts have a session ahead, and actions that wait. */
async function bookForTheKnown(stage: Stage, cohort: DemoCohort): Promise<void> {
  const { app, clock, now } = stage;
  const [bastien, hanna] = inRole(cohort, 'coach');
  const [ines, tomasz, priya] = inRole(cohort, 'fellow');
  for (const [fellow, coach, text] of [
    [ines, bastien, actionTexts[0]],
    [tomasz, hanna, actionTexts[1]],
    [priya, bastien, actionTexts[6]],
  ] as const) {
    if (!fellow || !coach) continue;
    clock.set(now);
    const actor = memberOf(cohort, fellow);
    const window = {
      from: new Date(now.getTime() + DAY).toISOString(),
      to: new Date(now.getTime() + 12 * DAY).toISOString(),
    };
    const { slots } = await app.get(SlotsService).list(actor, { ...window, coachId: coach.id });
    const slot = slots[0];
    if (!slot || !(await hold(stage, cohort, slot, fellow, needs[0]))) continue;
    const { items } = await app.get(SessionsService).list(actor, { ...window, limit: 50 });
    // There may be others before it, with another coach.
    const session = items.find((one) => one.coachId === coach.id && one.startsAt === slot.startsAt);
    if (!session) continue;
    const dueOn = new Date(Date.parse(slot.startsAt) - DAY).toISOString().slice(0, 10);
    await app.get(ActionsService).write(memberOf(cohort, coach), session.id, { text, ownerId: fellow.id, dueOn });
  }
}

/** Books, and when it lies in the past plays what came of it. False when the two were not free after all. */
async function hold(stage: Stage, cohort: DemoCohort, slot: Slot, fellow: DemoPerson, need?: string): Promise<boolean> {
  const { app, random, clock } = stage;
  const sessions = app.get(SessionsService);
  const minutes = (Date.parse(slot.endsAt) - Date.parse(slot.startsAt)) / 60_000;
  const actor = memberOf(cohort, fellow);
  const booked = await sessions
    .book(actor, { coachId: slot.coachId, startsAt: slot.startsAt, minutes, need: need ?? random.pick(needs) })
    .catch(() => null);
  if (!booked) return false;
  const ended = Date.parse(slot.endsAt) + HOUR;
  if (!need && random.chance(0.06))
    await sessions.cancel(actor, booked.id, {
      reason: random.pick([
        'Comité avancé, désolée.',
        'My host needs me that day.',
        'Malade, on reprend la semaine prochaine.',
      ]),
    });
  else if (ended < stage.now.getTime()) {
    clock.set(new Date(ended));
    await conclude(stage, cohort, { sessionId: booked.id, coachId: slot.coachId, fellow });
  }
  return true;
}

async function conclude(
  stage: Stage,
  cohort: DemoCohort,
  { sessionId, coachId, fellow }: { sessionId: string; coachId: string; fellow: DemoPerson },
): Promise<void> {
  const { app, random, clock } = stage;
  const coach = cohort.people.find((person) => person.id === coachId);
  if (!coach) return;
  const actor = memberOf(cohort, coach);
  await app.get(SessionsService).complete(actor, sessionId, { outcome: random.chance(0.95) ? 'held' : 'no_show' });
  if (random.chance(0.45))
    await app.get(NotesService).write(actor, sessionId, {
      body: random.pick(noteTexts),
      audience: random.pick(['participants', 'participants', 'me', 'team_and_coach', 'staff']),
    });
  if (!random.chance(0.5)) return;
  const actions = app.get(ActionsService);
  const dueOn = new Date(clock.now().getTime() + random.between(5, 20) * DAY).toISOString().slice(0, 10);
  const action = await actions.write(actor, sessionId, { text: random.pick(actionTexts), ownerId: fellow.id, dueOn });
  const recent = stage.now.getTime() - clock.now().getTime() < 21 * DAY;
  if (random.chance(recent ? 0.3 : 0.92))
    await actions.update(memberOf(cohort, fellow), sessionId, action.id, { state: 'done' });
}
