import { DAY } from '../../common/times/clock.js';
import type { WishSide } from '../../contracts/workshops/wishes.js';
import { WishesService } from '../../workshops/wishes/wishes.service.js';
import { type DemoCohort, type DemoPerson, type Stage, inRole, memberOf } from './stage.js';
import { wishTexts } from './wishes.content.js';

/** The demand board: some wishes that many share and somebody can give, some that wait for who can. */
export async function seedWishes(stage: Stage, cohort: DemoCohort): Promise<void> {
  const { app, clock, now, random, progress } = stage;
  const wishes = app.get(WishesService);
  for (const [index, { subject, text, wants, gives, daysAgo }] of wishTexts.entries()) {
    clock.set(new Date(now.getTime() - daysAgo * DAY));
    const said = [
      ...sayers('want', random.some(inRole(cohort, 'fellow').slice(3), wants)),
      ...sayers('give', random.some(inRole(cohort, 'fellow', 'coach').slice(3), gives)),
    ];
    const [first, ...others] = said;
    if (!first) continue;
    const { id } = await wishes.write(memberOf(cohort, first.who), { subject, text, side: first.side });
    // One after the other, as they came: they take turns at its row.
    for (const { who, side } of others) await wishes.say(memberOf(cohort, who), id, side, true);
    progress.step('wishes', index + 1, wishTexts.length);
  }
  clock.set(now);
}

const sayers = (side: WishSide, people: readonly DemoPerson[]) => people.map((who) => ({ who, side }));
