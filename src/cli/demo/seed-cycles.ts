import { DAY, HOUR } from '../../common/times/clock.js';
import { ClosingNotes } from '../../mentoring/cycles/closing-notes.service.js';
import { CyclesService } from '../../mentoring/cycles/cycles.service.js';
import { GoalCourse } from '../../mentoring/goals/goal-course.service.js';
import { GoalsService } from '../../mentoring/goals/goals.service.js';
import { SessionsService } from '../../mentoring/sessions/sessions.service.js';
import { SlotsService } from '../../mentoring/scheduling/slots.service.js';
import { cycleTexts, goalTexts } from './projects.content.js';
import { type DemoCohort, type DemoPerson, type Stage, inRole, memberOf } from './stage.js';

const OPEN_DAYS = 17;
const ENDED_DAYS = 62;

interface Two {
  coach: DemoPerson;
  fellow: DemoPerson;
}

/** A cycle that ended with its note, and one that is half way: two sessions held, two still to be booked. */
export async function seedCycles(stage: Stage, cohort: DemoCohort): Promise<void> {
  const [bastien] = inRole(cohort, 'coach');
  const [ines] = inRole(cohort, 'fellow');
  const { app, clock, now } = stage;
  if (!bastien || !ines) return;
  const [open, ended] = cycleTexts;

  const two = { coach: bastien, fellow: ines };
  const { id } = await started(stage, cohort, two, { daysAgo: ENDED_DAYS, goal: ended.goal });
  await hold(stage, cohort, two, { count: 4, daysAgo: ENDED_DAYS });
  // Where the two found no four hours, it ends with a word, and its note is written all the same.
  const actor = memberOf(cohort, bastien);
  const cycles = app.get(CyclesService);
  if (!(await cycles.get(actor, id)).abilities.writeNote) await cycles.close(actor, id, { word: ended.word });
  await app.get(ClosingNotes).write(actor, id, { body: ended.note, audience: 'participants' });

  await started(stage, cohort, two, { daysAgo: OPEN_DAYS, goal: open.goal });
  await hold(stage, cohort, two, { count: 2, daysAgo: OPEN_DAYS });
  clock.set(now);
}

/** Goals of the same two, each with where it stood over time. */
export async function seedGoals({ app, clock, now }: Stage, cohort: DemoCohort): Promise<void> {
  const [bastien] = inRole(cohort, 'coach');
  const [ines] = inRole(cohort, 'fellow');
  if (!bastien || !ines) return;
  const actor = memberOf(cohort, ines);
  const inDays = (days: number) => new Date(now.getTime() + days * DAY);
  const dayIn = (days: number) => inDays(days).toISOString().slice(0, 10);
  for (const { setDaysAgo, untilDays, marks, ...words } of goalTexts) {
    clock.set(inDays(-setDaysAgo));
    const goal = { ...words, coachId: bastien.id, until: dayIn(untilDays), audience: 'participants' as const };
    const { id } = await app.get(GoalsService).set(actor, goal);
    for (const { daysAgo, value, said } of marks) {
      clock.set(inDays(-daysAgo));
      await app.get(GoalCourse).record(actor, id, { on: dayIn(-daysAgo), value, words: said });
    }
  }
  clock.set(now);
}

async function started(
  stage: Stage,
  cohort: DemoCohort,
  two: Two,
  { daysAgo, goal }: { daysAgo: number; goal: string },
) {
  stage.clock.set(new Date(stage.now.getTime() - daysAgo * DAY));
  return await stage.app.get(CyclesService).start(memberOf(cohort, two.fellow), { coachId: two.coach.id, goal });
}

/** Books free hours of the two, at least two days apart, plays them, and leaves the clock after the last. */
async function hold(
  stage: Stage,
  cohort: DemoCohort,
  { coach, fellow }: Two,
  { count, daysAgo }: { count: number; daysAgo: number },
): Promise<void> {
  const { app, clock, now } = stage;
  const sessions = app.get(SessionsService);
  const start = now.getTime() - daysAgo * DAY;
  const end = Math.min(start + 29 * DAY, now.getTime());
  const actor = memberOf(cohort, fellow);
  let from = start;
  let held = 0;
  while (held < count) {
    clock.set(new Date(start));
    const window = { from: new Date(from).toISOString(), to: new Date(end).toISOString() };
    const { slots } = await app.get(SlotsService).list(actor, { ...window, coachId: coach.id });
    const slot = slots[0];
    if (!slot) return;
    const minutes = (Date.parse(slot.endsAt) - Date.parse(slot.startsAt)) / 60_000;
    const need = cycleTexts[0].needs[held % cycleTexts[0].needs.length] ?? cycleTexts[0].goal;
    const booked = await sessions
      .book(actor, { coachId: coach.id, startsAt: slot.startsAt, minutes, need })
      .catch(() => null);
    from = Date.parse(slot.endsAt) + (booked ? 2 * DAY : 0);
    if (!booked) continue;
    clock.set(new Date(Date.parse(slot.endsAt) + HOUR));
    await sessions.complete(memberOf(cohort, coach), booked.id, { outcome: 'held' });
    held += 1;
  }
}
