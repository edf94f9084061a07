import { DAY } from '../../../common/times/clock.js';
import { PageWriting } from '../../../handbook/page-writing.service.js';
import { type DemoPage, handbookPages } from './handbook.content.js';
import { type DemoCohort, type Stage, inRole, memberOf } from '../stage.js';

/** The handbook: pages that the programme team and coaches began, most of them in both languages. */
export async function seedHandbook(stage: Stage, cohort: DemoCohort): Promise<void> {
  const { app, clock, now, progress } = stage;
  const writers = inRole(cohort, 'staff', 'coach');
  const total = countOf(handbookPages);
  let written = 0;
  const write = async ({ en, fr, daysAgo, below = [] }: DemoPage, parentId: string | null): Promise<void> => {
    const writer = writers[written % writers.length];
    if (!writer) return;
    clock.set(new Date(now.getTime() - daysAgo * DAY));
    const words = { ...(en && { en }), ...(fr && { fr }) };
    const { id } = await app.get(PageWriting).write(memberOf(cohort, writer), { parentId, ...words });
    written += 1;
    progress.step('handbook', written, total);
    for (const page of below) await write(page, id);
  };
  for (const page of handbookPages) await write(page, null);
  clock.set(now);
}

const countOf = (pages: readonly DemoPage[]): number =>
  pages.reduce((sum, { below = [] }) => sum + 1 + countOf(below), 0);
