import { Intervals } from '../../../src/infra/queue/intervals.js';
import { JobQueues } from '../../../src/infra/queue/job-queues.js';
import type { TestWorld } from '../app.js';
import { eventually } from '../eventually.js';
import { tick } from '../reminders/reminders.js';
import { Residency } from '../reminders/residency.js';
import { CHANGES_BY_CHANCE } from './acts.js';
import { FIRST_DAY, LAST_DAY, type RandomCohort, type Size, aRandomCohort } from './cohort.js';
import { Dice } from './dice.js';
import { ExpectedReminders } from './expected.js';
import { type Facts, factsOf } from './facts.js';
import { MAKINGS, type NamedAct, type Scene } from './makings.js';
import { type Verdict, judge } from './verdict.js';
import { plusDays } from './wall-clock.js';

const MINUTE = 60_000;
const THINGS = new Set(['workshop', 'session', 'action', 'milestone']);
/** After every so many acts the clockwork that heals turns, too: it must find nothing to do. */
const HEALS_EVERY = 16;
const MAX_AT_ONCE = 5;
const MAX_TRIES = 40;

/** A residency as it was lived through. */
export interface Play extends Verdict {
  acts: number;
  withdrawn: number;
}

/** Lives through ten months: things are announced, and changed by chance, while the clock goes on and reminders come. */
export async function play(world: TestWorld, seed: number, size: Size): Promise<Play> {
  const dice = new Dice(seed);
  await world.app.get(Intervals).stop();
  const cohort = await aRandomCohort(world, dice, size);
  const director = new Director(world, cohort, dice, size);
  await director.begin();
  for (const { at, acts } of bursts(dice, programme(dice, size))) await director.act(at, acts);
  await director.end(new Date(`${plusDays(LAST_DAY, 70)}T00:00:00Z`));
  return await director.verdict();
}

/** When something is made, and when something changes (`null`: whatever chance says), in time order. */
function programme(dice: Dice, size: Size): { at: Date; act: NamedAct | null }[] {
  const makings = MAKINGS.flatMap((making) => of(size[making.counted], making));
  const [from, to] = [plusDays(FIRST_DAY, -14), plusDays(LAST_DAY, -5)].map((day) => Date.parse(`${day}T00:00:00Z`));
  return [...makings, ...of<NamedAct | null>(size.acts, null)]
    .map((act) => ({ at: new Date(from! + dice.whole((to! - from!) / MINUTE) * MINUTE), act }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Some happen at once, so that each follows while the others do. */
function bursts(
  dice: Dice,
  all: readonly { at: Date; act: NamedAct | null }[],
): { at: Date; acts: (NamedAct | null)[] }[] {
  const left = [...all];
  const found: { at: Date; acts: (NamedAct | null)[] }[] = [];
  while (left.length > 0) {
    const together = left.splice(0, dice.between(1, MAX_AT_ONCE));
    found.push({ at: together[0]!.at, acts: together.map(({ act }) => act) });
  }
  return found;
}

const of = <T>(count: number, what: T): T[] => Array.from({ length: count }, () => what);

/** Goes from one act to the next, and keeps what must have come beside what came. */
class Director {
  private readonly residency: Residency;
  private readonly expected = new ExpectedReminders(THINGS);
  private readonly personIds: string[];
  private readonly log: string[] = [];
  private facts!: Facts;
  private acts = 0;
  private steps = 0;

  constructor(
    private readonly world: TestWorld,
    private readonly cohort: RandomCohort,
    private readonly dice: Dice,
    private readonly size: Size,
  ) {
    this.residency = new Residency(world, true);
    this.personIds = cohort.people.map(({ id }) => id);
  }

  async begin(): Promise<void> {
    await this.follow();
  }

  /** Lives until then; then they happen, or some change that is allowed. */
  async act(at: Date, acts: readonly (NamedAct | null)[]): Promise<void> {
    await this.end(at);
    for (const making of acts) await (making ? this.happens(making) : this.changes());
    await this.follow();
  }

  async end(at: Date): Promise<void> {
    await this.residency.until(at);
    this.expected.live(at);
  }

  async verdict(): Promise<Play> {
    const verdict = await judge(this.world, this.cohort, this.residency, this.expected, this.log);
    return { ...verdict, acts: this.acts, withdrawn: this.expected.withdrawn.length };
  }

  private async changes(): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      if (!(await this.happens(this.dice.one(CHANGES_BY_CHANCE)!))) continue;
      this.acts += 1;
      return;
    }
  }

  /** False for what there was nothing to do it to, or what is not allowed as things are. */
  private async happens({ name, act }: NamedAct): Promise<boolean> {
    const { world, cohort, dice, size, facts } = this;
    const now = world.clock.now();
    const scene: Scene = { world, cohort, dice, size, facts, now };
    const deed = await act(scene);
    if (!deed) return false;
    const { status, text } = deed.answer;
    if (status >= 500 || status === 400 || status === 401) throw new Error(`${name}: answered with ${status} ${text}`);
    this.log.push(`${now.toISOString()} ${name}: ${deed.about} (${status})`);
    return status < 300;
  }

  private async follow(): Promise<void> {
    await this.departed();
    await this.residency.walk.allPlanned();
    this.steps += 1;
    this.facts = await factsOf(this.world, this.cohort.id, this.personIds);
    this.expected.follow(this.facts, this.world.clock.now());
    if (this.steps % HEALS_EVERY === 0) await tick(this.world);
  }

  /** Who left gives up places and sessions by jobs of their own. */
  private async departed(): Promise<void> {
    await this.world.settled();
    const queues = this.world.app
      .get(JobQueues)
      .all()
      .filter(({ name }) => name.endsWith('-departures'));
    await eventually(async () => {
      for (const queue of queues) expect(await queue.getJobCountByTypes('waiting', 'active', 'delayed')).toBe(0);
    });
  }
}
