import { DAY, HOUR } from '../../common/times/clock.js';
import { TopicOpening } from '../../forums/topic-opening.service.js';
import { AttendanceService } from '../../workshops/attendance/attendance.service.js';
import { Materials } from '../../workshops/materials/materials.service.js';
import { Minutes } from '../../workshops/materials/minutes.service.js';
import { WorkshopNews } from '../../workshops/materials/workshop-news.js';
import { WorkshopsService } from '../../workshops/workshops.service.js';
import { type DemoCohort, type Stage, inRole, memberOf } from './stage.js';
import { aftermath } from './workshops.content.js';

const HELD = 3;

/** What the last workshops left behind: materials and minutes, and of the very last a question in the forum. */
export async function seedAftermath(stage: Stage, cohort: DemoCohort): Promise<void> {
  const { app, clock, now } = stage;
  const [staff] = inRole(cohort, 'staff');
  const [ines] = inRole(cohort, 'fellow');
  if (!staff || !ines) return;
  clock.set(now);
  const actor = memberOf(cohort, staff);
  const past = await app.get(WorkshopsService).list(actor, { when: 'past', drafts: 'along', limit: HELD * 2 });
  const held = past.items.filter(({ status }) => status === 'published').slice(0, HELD);
  for (const [index, workshop] of held.entries()) {
    const ended = Date.parse(workshop.endsAt);
    clock.set(new Date(Math.min(ended + 3 * HOUR, now.getTime())));
    await app.get(AttendanceService).take(actor, workshop.id, { userId: ines.id, status: 'attended' });
    for (const material of aftermath.materials.slice(index)) {
      await app.get(Materials).add(actor, workshop.id, { isRecording: false, ...material });
    }
    await app.get(Minutes).write(actor, workshop.id, { body: aftermath.minutes, revision: 0 });
    await tellNobody(stage, workshop.id);
    if (index > 0) continue;
    clock.set(new Date(Math.min(ended + DAY, now.getTime())));
    const { title, body } = aftermath.question;
    const about = { kind: 'question' as const, title, body, tags: [], aboutWorkshop: workshop.id };
    await app.get(TopicOpening).open(memberOf(cohort, ines), about);
  }
  clock.set(now);
}

/** What happened in the past of the demo is no news. */
async function tellNobody({ app }: Stage, workshopId: string): Promise<void> {
  const news = app.get(WorkshopNews);
  const waiting = await news.take(workshopId);
  if (waiting) await news.told(waiting);
}
