import { Injectable } from '@nestjs/common';
import type { CycleState } from '../../contracts/mentoring/cycles.js';
import { idOf, toId, toIds } from '../../infra/mongo/ids.js';
import { CycleProgress } from './cycle-progress.js';
import type { CycleRow, MovedWindow } from './cycle.schema.js';
import { CyclesRepository } from './cycles.repository.js';

/** A cycle as the rooms after this one see it. Days as `YYYY-MM-DD` in its zone; `counted` and `held` of four. */
export interface CycleFacts {
  id: string;
  cohortId: string;
  coachId: string;
  fellowId: string;
  goal: string;
  state: CycleState;
  timeZone: string;
  startedBy: string;
  startedAt: Date;
  end: { at: Date; by: string | null; word: string | null } | null;
  /** When the window's last day last moved. */
  moved: MovedWindow | null;
  /** Its words are for its readers alone, and not among these. */
  note: { authorId: string; readers: string[]; createdAt: Date } | null;
  until: string;
  counted: number;
  held: number;
  /** Rises with every change: revision of its reminders and notices. */
  revision: number;
}

/** What is known of a cycle that changed, without its sessions. */
export type CycleChange = Pick<CycleFacts, 'id' | 'cohortId' | 'state' | 'revision'>;

/** What reminders and notifications ask about cycles. No rights are checked here: callers do. */
@Injectable()
export class CyclesReader {
  constructor(
    private readonly cycles: CyclesRepository,
    private readonly progress: CycleProgress,
  ) {}

  /** Two queries for any number of them. */
  async byIds(cycleIds: readonly string[]): Promise<CycleFacts[]> {
    const rows = await this.cycles.byIds(toIds(cycleIds));
    const all = await this.progress.of(rows);
    return rows.flatMap((row) => {
      const progress = all.get(String(row._id));
      if (!progress) return [];
      const { until, counted, held } = progress;
      return [{ ...factsOf(row), until, counted: counted.length, held }];
    });
  }

  async byId(cycleId: string): Promise<CycleFacts | null> {
    return (await this.byIds([cycleId]))[0] ?? null;
  }

  /** Those of a person that are open, in all cohorts. */
  async openOf(userId: string): Promise<CycleChange[]> {
    const id = toId(userId);
    return id ? (await this.cycles.openOfPerson(id)).map(changeOf) : [];
  }

  /** Those of a cohort that are open, the oldest first. */
  async openIn(cohortId: string): Promise<CycleChange[]> {
    return (await this.cycles.openIn(idOf(cohortId))).map(changeOf);
  }
}

const changeOf = ({ _id, cohortId, state, revision }: CycleRow): CycleChange => ({
  id: String(_id),
  cohortId: String(cohortId),
  ...{ state, revision },
});

const factsOf = (row: CycleRow) => ({
  ...changeOf(row),
  coachId: String(row.coachId),
  fellowId: String(row.fellowId),
  goal: row.goal,
  timeZone: row.timeZone,
  startedBy: String(row.startedBy),
  startedAt: row.startedAt,
  end: row.endedAt ? { at: row.endedAt, by: row.endedBy ? String(row.endedBy) : null, word: row.word ?? null } : null,
  moved: row.moved ?? null,
  note: row.note && {
    authorId: String(row.note.authorId),
    readers: row.note.readers.map(String),
    createdAt: row.note.createdAt,
  },
});
