import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import type { MailAnswerRow } from './mail-answer.schema.js';

/** The only user of the `mail-answers` collection. */
@Injectable()
export class MailAnswersRepository {
  constructor(@InjectModel('MailAnswer') private readonly answers: Model<MailAnswerRow>) {}

  /** Takes an answer until an instant: `done` when it was dealt with before, `busy` when somebody else has it now. */
  async take(_id: string, now: Date, takenUntil: Date): Promise<'taken' | 'done' | 'busy'> {
    try {
      await this.answers.updateOne(
        { _id, done: false, takenUntil: { $lte: now } },
        // As the database counts, which forgets it when the address has ended.
        { $set: { takenUntil }, $setOnInsert: { at: new Date() } },
        { upsert: true },
      );
      return 'taken';
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.answers.exists({ _id, done: true })) ? 'done' : 'busy';
    }
  }

  async done(ids: readonly string[]): Promise<void> {
    await this.answers.updateMany({ _id: { $in: ids } }, { $set: { done: true } });
  }

  /** It could not be dealt with: whoever is asked next may. */
  async release(ids: readonly string[], now: Date): Promise<void> {
    await this.answers.updateMany({ _id: { $in: ids }, done: false }, { $set: { takenUntil: now } });
  }
}
