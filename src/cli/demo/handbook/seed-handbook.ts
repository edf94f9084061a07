import { DAY } from '../../../common/times/clock.js';
import { PageOpenings } from '../../../handbook/commons/page-openings.service.js';
import { HandbookTree } from '../../../handbook/handbook-tree.service.js';
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
  clock.set(new Date(now.getTime() - 5 * DAY));
  await openToAll(stage, cohort);
  clock.set(now);
}

/** The first pages at the top, each with the first ones below it, are what every cohort should know: all read them. */
async function openToAll({ app }: Stage, cohort: DemoCohort): Promise<void> {
  const [staff] = inRole(cohort, 'staff');
  if (!staff) return;
  const actor = memberOf(cohort, staff);
  const { items } = await app.get(HandbookTree).read(actor);
  const openings = app.get(PageOpenings);
  const open = async (id: string, parentId: string | null) => {
    const { version, editedAt, owner } = await openings.standing(actor, id);
    return (await openings.open(actor, id, { version, editedAt, ownerId: owner?.id ?? null, parentId })).pageId;
  };
  for (const top of items.filter(({ parentId }) => parentId === null).slice(0, OPENED)) {
    const there = await open(top.id, null);
    for (const page of items.filter(({ parentId }) => parentId === top.id).slice(0, OPENED)) await open(page.id, there);
  }
}

/** So many pages of a level. */
const OPENED = 2;

const countOf = (pages: readonly DemoPage[]): number =>
  pages.reduce((sum, { below = [] }) => sum + 1 + countOf(below), 0);
