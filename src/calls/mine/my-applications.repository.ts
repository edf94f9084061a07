import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { ApplicationRow } from '../applications/application.schema.js';

const MAX_LISTED = 50;
/** A file is long: a list shows none of what it says. */
const LISTED = {
  ...{ callId: 1, state: 1, revision: 1, numberText: 1, decision: 1, decidedBefore: 1, asked: 1 },
  ...{ 'submitted.at': 1, 'submitted.revision': 1 },
} as const;

/** A file in the list of who handed it in. */
export type ListedFile = Pick<
  ApplicationRow,
  '_id' | 'callId' | 'state' | 'revision' | 'numberText' | 'decision' | 'decidedBefore' | 'asked'
> & { submitted: { at: Date; revision: number } | null };

/** Reads the files of an address. */
@Injectable()
export class MyApplicationsRepository {
  constructor(@InjectModel('Application') private readonly rows: Model<ApplicationRow>) {}

  /** The latest first, at most 50. What nobody opened was begun by whoever typed the address: its letter alone leads to it. */
  async list(email: string): Promise<ListedFile[]> {
    const begun = { email, $or: [{ openedAt: { $ne: null } }, { state: { $ne: 'draft' as const } }] };
    return await this.rows.find(begun, LISTED).sort({ _id: -1 }).limit(MAX_LISTED).lean<ListedFile[]>();
  }

  /** What opens a file; null for one of another address. */
  async keyOf(id: Types.ObjectId, email: string): Promise<Pick<ApplicationRow, '_id' | 'key'> | null> {
    return await this.rows.findOne({ _id: id, email }, { key: 1 }).lean<Pick<ApplicationRow, '_id' | 'key'>>();
  }
}
