import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { Clock } from '../../common/times/clock.js';
import type { ApplicationAct } from '../../contracts/calls/acts.js';
import { newId } from '../../infra/mongo/ids.js';
import type { ApplicationActRow } from './application-act.schema.js';

/** More than this is done about no file. */
const MOST = 200;

/** What is written of an act; its time is now. */
export type NewAct = Pick<ApplicationActRow, 'callId' | 'applicationId' | 'act' | 'byId' | 'kind'>;

/** Who decided what about a file, and when: written with the act itself, never changed, and erased with the file. What is said and taken back at will is kept once ({@link ApplicationActs.writeLast}). */
@Injectable()
export class ApplicationActs {
  constructor(
    @InjectModel('ApplicationAct') private readonly rows: Model<ApplicationActRow>,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  async write(acts: readonly NewAct[], session: ClientSession): Promise<void> {
    if (acts.length === 0) return;
    const at = this.clock.now();
    await this.rows.insertMany(
      acts.map((act) => ({ _id: newId(), at, ...act })),
      { session },
    );
  }

  /** What somebody may say and take back without end: of the same that they said since an instant only the last stays, so that it never pushes a decision out of what is shown. */
  async writeLast(said: NewAct & { byId: Types.ObjectId }, since: Date, session: ClientSession): Promise<void> {
    const { callId, applicationId, act, byId } = said;
    await this.rows.deleteMany({ callId, applicationId, act, byId, at: { $gte: since } }, { session });
    await this.write([said], session);
  }

  /** Of a file, or (null) of the waiting list of a call, the oldest first; of more than there may be the last. */
  async of(callId: Types.ObjectId, applicationId: Types.ObjectId | null): Promise<ApplicationAct[]> {
    const rows = await this.rows
      .find({ callId, applicationId })
      .sort({ at: -1, _id: -1 })
      .limit(MOST)
      .lean<ApplicationActRow[]>();
    const by = await this.people.byId(rows.flatMap(({ byId }) => (byId ? [String(byId)] : [])));
    return rows.toReversed().map(({ act, at, byId, kind }) => ({
      ...{ act, at: at.toISOString(), by: (byId && by.get(String(byId))) ?? null, kind: kind ?? null },
    }));
  }

  async forget(callId: Types.ObjectId, applicationId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.rows.deleteMany({ callId, applicationId }, { session });
  }
}
