import { seedForum } from '../forum/seed-forum.js';
import { seedCommons } from '../forum/seed-commons.js';
import { seedHandbook } from '../handbook/seed-handbook.js';
import { type BusyChannel, seedChat } from '../seed-chat.js';
import { seedCoaching } from '../seed-coaching.js';
import { seedCycles, seedGoals } from '../seed-cycles.js';
import { seedReferenceCohort, seedSmallCohort } from '../seed-people.js';
import { seedSeries } from '../seed-series.js';
import { seedWishes } from '../seed-wishes.js';
import { seedWorkshops } from '../seed-workshops.js';
import type { DemoCohort, Stage } from '../stage.js';

/** What the present goes on from. */
export interface History {
  cohort: DemoCohort;
  others: DemoCohort;
  busy: BusyChannel[];
}

/**
 * Lives through the months before this week's Monday, through the services themselves. It takes minutes on a slow database server, so
 * that a start does not do it: the rows that it leaves are kept in a file (history-rows.ts), made anew by `npm run demo:history`.
 */
export async function seedHistory(today: Stage): Promise<History> {
  const stage = { ...today, now: today.monday };
  const cohort = await seedReferenceCohort(stage);
  const others = await seedSmallCohort(stage);
  await seedWorkshops(stage, cohort);
  await seedCoaching(stage, cohort);
  await seedCycles(stage, cohort);
  await seedGoals(stage, cohort);
  await seedForum(stage, cohort);
  await seedCommons(stage, cohort, others);
  const busy = await seedChat(stage, cohort);
  await seedSeries(stage, cohort);
  await seedWishes(stage, cohort);
  await seedHandbook(stage, cohort);
  return { cohort, others, busy };
}
