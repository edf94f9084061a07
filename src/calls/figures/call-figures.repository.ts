import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import type { ApplicationRow } from '../applications/application.schema.js';
import type { CallFiguresRow, Counts } from './call-figures.schema.js';
import type { CountedFile } from './counting.js';

/** Reads and writes what is counted of calls. */
@Injectable()
export class CallFiguresRepository {
  constructor(
    @InjectModel('CallFigures') private readonly rows: Model<CallFiguresRow>,
    @InjectModel('Application') private readonly applications: Model<ApplicationRow>,
  ) {}

  async ofCall(callId: Types.ObjectId): Promise<CallFiguresRow | null> {
    return await this.rows.findOne({ callId }).lean<CallFiguresRow>();
  }

  /** The files of a call whose link was opened, with what is counted of them. */
  async files(callId: Types.ObjectId, fieldKeys: readonly string[]): Promise<CountedFile[]> {
    const answers = Object.fromEntries(fieldKeys.map((key) => [`submitted.answers.${key}`, 1]));
    const decided = { 'decision.kind': 1, 'decision.sendAt': 1, 'decidedBefore.kind': 1, 'decidedBefore.sendAt': 1 };
    const counted = { createdAt: 1, state: 1, ...decided, 'submitted.at': 1, ...answers };
    const rows = await this.applications
      .find({ callId, openedAt: { $ne: null } }, counted)
      .lean<
        (Omit<CountedFile, 'submitted'> & { submitted: { at: Date; answers?: CountedFile['submitted'] } | null })[]
      >();
    return rows.map(
      (row) => ({ ...row, submitted: row.submitted && { answers: {}, ...row.submitted } }) as CountedFile,
    );
  }

  /** The public page was opened on a day, so many times. */
  async see(callId: Types.ObjectId, day: string, times = 1): Promise<void> {
    await againWhenDoubled(async () =>
      this.rows.updateOne({ callId }, { $inc: { [`seen.${day}`]: times } }, { upsert: true }),
    );
  }

  /** What an erased file counted stays. */
  async keep(callId: Types.ObjectId, counts: Counts, session: ClientSession): Promise<void> {
    const { options, ...flat } = counts;
    const tallies = [
      ...Object.entries(flat),
      ...Object.entries(options).map(([field, tally]) => [`options.${field}`, tally] as const),
    ];
    const $inc = Object.fromEntries(
      tallies.flatMap(([part, tally]) => Object.entries(tally).map(([key, n]) => [`erased.${part}.${key}`, n])),
    );
    await this.rows.updateOne({ callId }, { $inc }, { upsert: true, session });
  }
}
