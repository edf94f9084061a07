import { startWorld, type TestWorld } from '../../support/app.js';
import { type Play, play } from '../../support/random-residency/play.js';
import { MORNINGS, NIGHTS, type Size } from '../../support/random-residency/cohort.js';
import { sized } from '../../support/size.js';
import { instantOn, plusDays, wallAt } from '../../support/random-residency/wall-clock.js';

const SMALL: Size = {
  ...{ fellows: 9, coaches: 2, workshops: 6, series: 1, going: 4, sessions: 12, actions: 6, milestones: 3 },
  acts: 60,
};
/** The reference cohort; takes some ten minutes. */
const WHOLE: Size = {
  ...{ fellows: 71, coaches: 12, workshops: 40, series: 4, going: 15, sessions: 120, actions: 40, milestones: 8 },
  acts: 500,
};
const SIZE = sized(SMALL, WHOLE);
/** Another one plays another residency. */
const SEED = Number(process.env.RESIDENCY_SEED ?? 20261025);

let world: TestWorld;
let played: Play;
beforeAll(async () => {
  world = await startWorld({ now: '2026-08-16T08:02:00.000Z' });
  played = await play(world, SEED, SIZE);
});
afterAll(() => world.stop());

describe(`ten months in five zones, changed by chance (RESIDENCY_SEED=${SEED})`, () => {
  it('given moves, cancellations and departures, then every reminder of the plan came once, at its time, in a waking hour, and no other', () => {
    const none = { missing: [], unexpected: [], atOldTimes: [], twice: [], unsettled: [], disturbing: [] };
    expect(played.wrong).toEqual(none);
    expect(played.counts.came).toEqual(played.counts.expected);
    expect(played.acts).toBe(SIZE.acts);
    expect(played.withdrawn).toBeGreaterThan(played.acts);
  });

  it('given the nights on which clocks turn in three zones, then who is told at nine on the wall is told at nine on the day before and after', () => {
    expect(played.nights).toEqual(MORNINGS.map(({ zone, day }) => `${zone} ${day} 09:00`));
    // They are such nights: 24 hours after noon it is not noon.
    for (const [zone, nights] of Object.entries(NIGHTS))
      for (const night of nights) {
        const noon = instantOn(plusDays(night, -1), '12:00', zone);
        expect(wallAt(new Date(noon.getTime() + 86_400_000), zone).time).toMatch(/^1[13]:00$/);
      }
  });
});
