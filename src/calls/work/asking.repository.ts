import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import type { ApplicationRow, AskedRow } from '../applications/application.schema.js';

/** Writes what who applies is asked for. */
@Injectable()
export class AskingRepository {
  constructor(@InjectModel('Application') private readonly rows: Model<ApplicationRow>) {}

  /** Asks for something in the place of what was asked before; false where the file is another by now. */
  async ask(
    { _id, asked: before }: Pick<ApplicationRow, '_id' | 'asked'>,
    asked: AskedRow,
    session: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      {
        ...{ _id, state: 'submitted', decision: { $exists: false } },
        'asked.turn': before?.turn ?? { $exists: false },
      },
      { $set: { asked } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** What is asked for is not any more: from now on nothing of it can be written. */
  async end({ _id, asked }: Pick<ApplicationRow, '_id' | 'asked'>, now: Date): Promise<void> {
    await this.rows.updateOne(
      { _id, 'asked.turn': asked?.turn, 'asked.cameAt': { $exists: false } },
      { $set: { 'asked.endedAt': now } },
    );
  }
}
