/**
 * Who reads what, as numbers: jurors and files are their places in the lists. `craft` null: none in particular.
 */
export interface AssignmentProblem {
  files: readonly { craft: string | null }[];
  jurors: readonly { craft: string | null; organisation: string }[];
  /** Pairs that never are: a conflict of interest, or the juror gave the file up. */
  apart: readonly Pair[];
  /** Pairs that stay as they are, and count. */
  fixed: readonly Pair[];
  /** Pairs that are there and may be moved: kept where nothing speaks against it. */
  loose: readonly Pair[];
  perFile: number;
  perJuror: number;
  /** The same seed gives the same pairs. */
  seed: number;
}

/** A juror reads a file. */
export type Pair = readonly [file: number, juror: number];

/** Passes over all files for a better mix of crafts and organisations. */
const MIX_PASSES = 2;
/** So many swaps are tried in all: where crafts and organisations do not allow a better mix, each file would try them all. */
const MAX_SWAPS = 400_000;

/**
 * Gives each file `perFile` jurors, as far as there are any who may read it, and each juror at most `perJuror`; loads lie as close together as can be. A file that nobody with room may
 * read gets room along a chain of moves; then loads are evened along such chains until none makes them more even (cost-reducing paths of Harvey, Ladner, Lovász and Tamir, "Semi-matchings
 * for bipartite graphs and load balancing", 2003). At last jurors swap files so that each has a juror of its craft, and jurors of several organisations, which leaves loads as they are.
 * Returns the pairs that are not fixed.
 */
export function assign(problem: AssignmentProblem): Pair[] {
  const plan = new Plan(problem);
  plan.keepLoose();
  plan.fill();
  plan.even();
  plan.mix(MIX_PASSES);
  return plan.pairs();
}

class Plan {
  private readonly apart = new Set<number>();
  /** Of each file: its jurors, fixed ones and all. */
  private readonly jurorsOf: Set<number>[];
  private readonly fixedOf: Set<number>[];
  /** Of each juror: the files that may be moved. */
  private readonly movableOf: Set<number>[];
  private readonly load: number[];
  private readonly order: number[];
  private readonly organisations: number;
  private readonly crafts: ReadonlySet<string | null>;
  private swaps = 0;

  constructor(private readonly problem: AssignmentProblem) {
    const { files, jurors, apart, fixed, seed } = problem;
    this.jurorsOf = files.map(() => new Set());
    this.fixedOf = files.map(() => new Set());
    this.movableOf = jurors.map(() => new Set());
    this.load = jurors.map(() => 0);
    for (const [file, juror] of apart) this.apart.add(this.key(file, juror));
    for (const [file, juror] of fixed) {
      this.fixedOf[file]?.add(juror);
      this.jurorsOf[file]?.add(juror);
      this.count(juror, 1);
    }
    this.order = shuffled(jurors.length, seed);
    this.organisations = new Set(jurors.map(({ organisation }) => organisation)).size;
    this.crafts = new Set(jurors.map(({ craft }) => craft));
  }

  keepLoose(): void {
    for (const [file, juror] of this.problem.loose)
      if (this.missing(file) > 0 && this.hasRoom(juror) && this.may(file, juror)) this.give(file, juror);
  }

  /** Files that few may read come first. */
  fill(): void {
    const { files } = this.problem;
    const choice = files.map((_, file) => this.order.filter((juror) => this.may(file, juror)).length);
    const byChoice = files.map((_, file) => file).sort((a, b) => (choice[a] ?? 0) - (choice[b] ?? 0));
    for (const file of byChoice)
      for (let missing = this.missing(file); missing > 0; missing -= 1) {
        const juror = this.bestFor(file);
        if (juror !== null) this.give(file, juror);
        else if (!this.giveByMoves(file)) break;
      }
  }

  even(): void {
    for (let moved = true; moved;) {
      moved = false;
      const byLoad = [...this.order].sort((a, b) => this.loadOf(b) - this.loadOf(a));
      for (const juror of byLoad) {
        while (this.shift([juror], (to) => this.loadOf(to) <= this.loadOf(juror) - 2) !== null) moved = true;
      }
    }
  }

  mix(passes: number): void {
    for (let pass = 0; pass < passes; pass += 1)
      for (const file of this.problem.files.keys()) if (this.mixOf(file) < this.bestMix(file)) this.swapFor(file);
  }

  pairs(): Pair[] {
    return this.movableOf.flatMap((files, juror) => [...files].map((file): Pair => [file, juror]));
  }

  /** Of those with room who may: who has least, of the file's craft and of another organisation where one can choose. */
  private bestFor(file: number): number | null {
    let best: number | null = null;
    let bestCost = Infinity;
    for (const juror of this.order) {
      if (!this.hasRoom(juror) || !this.may(file, juror)) continue;
      const cost = this.loadOf(juror) * 4 - this.gain(file, juror);
      if (cost < bestCost) [best, bestCost] = [juror, cost];
    }
    return best;
  }

  /** All who may read it have no room: one of them gives another file away, to somebody with room, or who gives one away in turn. */
  private giveByMoves(file: number): boolean {
    const full = this.order.filter((juror) => this.may(file, juror));
    const freed = this.shift(full, (to) => this.hasRoom(to));
    if (freed === null) return false;
    this.give(file, freed);
    return true;
  }

  /** Moves one file along a chain of jurors that begins at one of `from` and ends at one who fits (breadth first: the shortest). Returns who has one less; null where there is no chain. */
  private shift(from: readonly number[], fits: (juror: number) => boolean): number | null {
    const cameBy = new Map<number, { before: number; file: number } | null>(from.map((juror) => [juror, null]));
    const waiting = [...from];
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      for (const file of this.movableOf[at] ?? [])
        for (const to of this.order) {
          if (cameBy.has(to) || !this.may(file, to)) continue;
          cameBy.set(to, { before: at, file });
          if (fits(to)) return this.moveAlong(to, cameBy);
          waiting.push(to);
        }
    }
    return null;
  }

  private moveAlong(end: number, cameBy: ReadonlyMap<number, { before: number; file: number } | null>): number {
    let to = end;
    for (let step = cameBy.get(to); step; step = cameBy.get(to)) {
      this.take(step.file, step.before);
      this.give(step.file, to);
      to = step.before;
    }
    return to;
  }

  /** Swaps one of the file's jurors for one that mixes better, who gets a file of theirs for it. */
  private swapFor(file: number): void {
    // Copies: what is taken and given back comes last in a set, and would come again.
    for (const juror of [...(this.jurorsOf[file] ?? [])]) {
      if (!this.movableOf[juror]?.has(file)) continue;
      for (const other of this.order) {
        if (!this.may(file, other)) continue;
        for (const theirs of [...(this.movableOf[other] ?? [])]) {
          if (!this.may(theirs, juror)) continue;
          this.swaps += 1;
          if (this.swaps > MAX_SWAPS) return;
          const before = this.mixOf(file) + this.mixOf(theirs);
          this.swap(file, juror, theirs, other);
          if (this.mixOf(file) + this.mixOf(theirs) > before) return;
          this.swap(file, other, theirs, juror);
        }
      }
    }
  }

  private swap(file: number, juror: number, theirs: number, other: number): void {
    this.take(file, juror);
    this.take(theirs, other);
    this.give(file, other);
    this.give(theirs, juror);
  }

  /** Two for a juror of its craft, one for each organisation. */
  private mixOf(file: number): number {
    const { files, jurors } = this.problem;
    const [own, craft] = [this.jurorsOf[file] ?? new Set<number>(), files[file]?.craft ?? null];
    const organisations = new Set([...own].map((juror) => jurors[juror]?.organisation));
    const isOfCraft = craft !== null && [...own].some((juror) => jurors[juror]?.craft === craft);
    return (isOfCraft ? 2 : 0) + organisations.size;
  }

  /** The best that these jurors allow. */
  private bestMix(file: number): number {
    const craft = this.problem.files[file]?.craft ?? null;
    const readers = this.jurorsOf[file]?.size ?? 0;
    return (craft !== null && this.crafts.has(craft) ? 2 : 0) + Math.min(readers, this.organisations);
  }

  private gain(file: number, juror: number): number {
    const before = this.mixOf(file);
    this.jurorsOf[file]?.add(juror);
    const after = this.mixOf(file);
    this.jurorsOf[file]?.delete(juror);
    return after - before;
  }

  private may(file: number, juror: number): boolean {
    return !this.jurorsOf[file]?.has(juror) && !this.apart.has(this.key(file, juror));
  }

  private missing(file: number): number {
    return this.problem.perFile - (this.jurorsOf[file]?.size ?? 0);
  }

  private hasRoom(juror: number): boolean {
    return this.loadOf(juror) < this.problem.perJuror;
  }

  private give(file: number, juror: number): void {
    this.jurorsOf[file]?.add(juror);
    this.movableOf[juror]?.add(file);
    this.count(juror, 1);
  }

  private take(file: number, juror: number): void {
    this.jurorsOf[file]?.delete(juror);
    this.movableOf[juror]?.delete(file);
    this.count(juror, -1);
  }

  private loadOf(juror: number): number {
    return this.load[juror] ?? 0;
  }

  private count(juror: number, by: number): void {
    this.load[juror] = this.loadOf(juror) + by;
  }

  private key(file: number, juror: number): number {
    return file * this.problem.jurors.length + juror;
  }
}

/** 0 to `length` - 1 in an order that the seed gives (Fisher and Yates, with the linear congruential generator of Numerical Recipes). */
function shuffled(length: number, seed: number): number[] {
  const order = Array.from({ length }, (_, index) => index);
  let state = seed >>> 0;
  for (let last = length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}
