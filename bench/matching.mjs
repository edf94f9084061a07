import { built } from './support/house.mjs';
import { median, spread } from './support/statistics.mjs';

const CRAFTS = ['developer', 'designer', 'data'];
/** As in a programme: two or three places a project, three wishes each, some projects wished for by many. */
const SIZES = [
  { people: 71, projects: 35, atMost: 2 },
  { people: 200, projects: 90, atMost: 30 },
  { people: 500, projects: 200, atMost: 30 },
  // The most that is taken, at its worst: three places everywhere, so that everybody may be anywhere.
  { people: 500, projects: 200, places: 3, atMost: 45 },
];

/** The best teams of a cohort by the solver, as its process finds them, without the start of the process. */
export default async function matching({ pairs }) {
  const { solve } = await built('selection/matching/solve-process.js');
  const { seeded } = await built('selection/matching/seeded.js');
  await solve({ instance: instanceOf(seeded(0), 6, 3), seed: 1 });
  const figures = [];
  const wrong = [];
  for (const { people, projects, places, atMost } of SIZES) {
    const seconds = [];
    for (let turn = 0; turn < Math.max(2, Math.round(pairs / 4)); turn += 1) {
      const instance = instanceOf(seeded(turn + 1), people, projects, places);
      const since = performance.now();
      const solved = await solve({ instance, seed: turn });
      seconds.push((performance.now() - since) / 1000);
      if (!solved) wrong.push(`${people} people: no teams`);
    }
    figures.push({
      name: `${people} people, ${projects} projects${places ? ` of ${places} places` : ''}: to the proven best teams`,
      unit: 's',
      ...spread(seconds),
      mid: median(seconds),
      atMost,
    });
  }
  return { figures, notes: ['HiGHS, one thread, no gap left; other people, projects and wishes each time.'], wrong };
}

function instanceOf(thrown, people, projects, same) {
  const below = (n) => thrown() % n;
  const open = Array.from({ length: projects }, (_, at) => ({
    id: `project-${at}`,
    places: Array.from({ length: same ?? 2 + (below(4) === 0 ? 1 : 0) }, (_place, index) => ({
      ...{ craft: CRAFTS[same ? index % 3 : below(3)], must: [], nice: [] },
    })),
  }));
  // Two throws, one upon the other: the first projects are wished for most.
  const wished = () => open[below(1 + below(projects))].id;
  return {
    projects: open,
    people: Array.from({ length: people }, (_, at) => ({
      ...{ id: `person-${at}`, craft: CRAFTS[below(3)], skills: new Set() },
      wishes: [...new Set([wished(), wished(), wished()])],
    })),
    ...{ locks: [], forbidden: [], together: [], apart: [] },
  };
}
