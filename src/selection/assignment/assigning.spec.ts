import { type AssignmentProblem, type Pair, assign } from './assigning.js';

const base = { apart: [], fixed: [], loose: [], perFile: 2, perJuror: 100, seed: 7 } as const;

function loadsOf({ jurors, fixed }: AssignmentProblem, pairs: readonly Pair[]): number[] {
  return jurors.map((_, juror) => [...fixed, ...pairs].filter((pair) => pair[1] === juror).length);
}

const readersOf = ({ files, fixed }: AssignmentProblem, pairs: readonly Pair[]): number[][] =>
  files.map((_, file) => [...fixed, ...pairs].filter((pair) => pair[0] === file).map(([, juror]) => juror));

/** A small generator, so that a failing case can be named by its seed. */
function randomOf(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state % below;
  };
}

function randomProblem(seed: number): AssignmentProblem {
  const random = randomOf(seed);
  const crafts = ['developer', 'designer', null];
  const jurors = Array.from({ length: 3 + random(10) }, () => ({
    craft: crafts[random(3)] ?? null,
    organisation: `o${random(4)}`,
  }));
  const files = Array.from({ length: 1 + random(40) }, () => ({ craft: crafts[random(3)] ?? null }));
  const pairs = files.flatMap((_, file) => jurors.map((_juror, juror): Pair => [file, juror]));
  const kinds = pairs.map(() => random(12));
  const of = (kind: number) => pairs.filter((_, index) => kinds[index] === kind);
  const fixed = of(1);
  return { files, jurors, apart: of(0), fixed, loose: of(2), perFile: 1 + random(3), perJuror: 4 + random(40), seed };
}

describe('assign', () => {
  it('gives each file its jurors, with loads that differ by one at most', () => {
    const problem = {
      ...base,
      files: Array.from({ length: 101 }, () => ({ craft: null })),
      jurors: Array.from({ length: 7 }, (_, index) => ({ craft: null, organisation: `o${index}` })),
    };
    const pairs = assign(problem);
    const loads = loadsOf(problem, pairs);
    expect(pairs).toHaveLength(202);
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
    expect(readersOf(problem, pairs).every((jurors) => new Set(jurors).size === 2)).toBe(true);
  });

  it('gives the same pairs for the same seed', () => {
    expect(assign(randomProblem(3))).toEqual(assign(randomProblem(3)));
  });

  it('makes room along a chain where all who may read a file are full', () => {
    // Juror 0 alone may read file 1, and juror 1 may read file 0.
    const problem = {
      ...base,
      files: [{ craft: null }, { craft: null }],
      jurors: [
        { craft: null, organisation: 'a' },
        { craft: null, organisation: 'b' },
      ],
      ...{ apart: [[1, 1]] as Pair[], loose: [[0, 0]] as Pair[], perFile: 1, perJuror: 1 },
    };
    expect(assign(problem).sort()).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('prefers a juror of the craft, and of several organisations', () => {
    const problem = {
      ...base,
      files: Array.from({ length: 12 }, (_, index) => ({ craft: index % 2 ? 'designer' : 'developer' })),
      jurors: Array.from({ length: 6 }, (_, index) => ({
        ...{ craft: index % 2 ? 'designer' : 'developer', organisation: index < 3 ? 'ministry' : 'region' },
      })),
    };
    for (const [file, jurors] of readersOf(problem, assign(problem)).entries()) {
      expect(jurors.some((juror) => problem.jurors[juror]?.craft === problem.files[file]?.craft)).toBe(true);
      expect(new Set(jurors.map((juror) => problem.jurors[juror]?.organisation)).size).toBe(2);
    }
  });

  it('leaves what is there where a juror is gone, and gives their files to the others', () => {
    const problem = {
      ...base,
      files: Array.from({ length: 40 }, () => ({ craft: null })),
      jurors: Array.from({ length: 5 }, (_, index) => ({ craft: null, organisation: `o${index}` })),
    };
    const first = assign(problem);
    const gone = 4;
    const loose = first.filter(([, juror]) => juror !== gone);
    const without = { ...problem, loose, apart: problem.files.map((_, file): Pair => [file, gone]) };
    const second = assign(without);
    const kept = loose.filter((pair) => second.some(([file, juror]) => file === pair[0] && juror === pair[1]));
    expect(kept.length).toBe(loose.length);
    const loads = loadsOf(problem, second).slice(0, 4);
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
  });

  it.each(Array.from({ length: 120 }, (_, seed) => seed))('holds every rule in a random case (%i)', (seed) => {
    const problem = randomProblem(seed);
    const pairs = assign(problem);
    const readers = readersOf(problem, pairs);
    const apart = new Set(problem.apart.map(String));
    expect(pairs.some((pair) => apart.has(String(pair)))).toBe(false);
    expect(readers.every((jurors) => new Set(jurors).size === jurors.length)).toBe(true);
    const fixedLoads = loadsOf(problem, []);
    const loads = loadsOf(problem, pairs);
    loads.forEach((load, juror) =>
      expect(load).toBeLessThanOrEqual(Math.max(problem.perJuror, fixedLoads[juror] ?? 0)),
    );
    const fixedOf = readersOf(problem, []);
    readers.forEach((jurors, file) => {
      const most = Math.max(problem.perFile, fixedOf[file]?.length ?? 0);
      expect(jurors.length).toBeLessThanOrEqual(most);
      if (jurors.length >= problem.perFile) return;
      // It is short: all who may read it and do not have no room, even by a move.
      const others = loads.flatMap((load, juror) =>
        !jurors.includes(juror) && !apart.has(String([file, juror])) && load < problem.perJuror ? [juror] : [],
      );
      expect(others).toEqual([]);
    });
    // No single move makes the loads more even.
    for (const [file, juror] of pairs)
      loads.forEach((load, other) => {
        const may = !apart.has(String([file, other])) && !readers[file]?.includes(other);
        if (may) expect(load).toBeGreaterThanOrEqual((loads[juror] ?? 0) - 1);
      });
  });

  it.each([
    [(index: number) => `o${index % 9}`, ['developer', 'designer', 'data']],
    [() => '', ['developer', 'designer', 'data']],
    [(index: number) => `o${index % 2}`, [null]],
    [(index: number) => `o${index}`, ['nobody has it']],
  ])('takes 2,000 files and 50 jurors, also where no better mix can be had (%#)', (organisationOf, jurorCrafts) => {
    const crafts = ['developer', 'designer', 'data'];
    const problem = {
      ...base,
      files: Array.from({ length: 2000 }, (_, index) => ({ craft: crafts[index % 3] ?? null })),
      jurors: Array.from({ length: 50 }, (_, index) => ({
        craft: jurorCrafts[index % jurorCrafts.length] ?? null,
        organisation: organisationOf(index),
      })),
      apart: Array.from({ length: 3000 }, (_, index): Pair => [(index * 7) % 2000, (index * 13) % 50]),
      perJuror: 80,
    };
    const pairs = assign(problem);
    expect(pairs).toHaveLength(4000);
    expect(loadsOf(problem, pairs)).toEqual(Array<number>(50).fill(80));
  });
});
