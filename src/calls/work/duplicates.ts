import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import type { Duplicate } from '../../contracts/calls/desk.js';
import type { ApplicationRow } from '../applications/application.schema.js';
import type { CallRow } from '../call.schema.js';
import { CallsRepository } from '../calls.repository.js';

const HANDED_IN = { number: { $exists: true } };
/** So many are shown of one file. */
const MOST = 20;
/** So many names and addresses that are there twice are looked for in a table. */
const MOST_KEYS = 2000;

/** Files that may be of one person: of one name in a call, or from one address in several calls of a cohort. More is never guessed, and drafts are never looked at. */
@Injectable()
export class Duplicates {
  constructor(
    @InjectModel('Application') private readonly rows: Model<ApplicationRow>,
    private readonly calls: CallsRepository,
  ) {}

  /** Of one file that was handed in. */
  async of(file: Pick<ApplicationRow, '_id' | 'nameKey' | 'email'>, call: CallRow): Promise<Duplicate[]> {
    const others = await this.othersOf(call);
    const titles = new Map([call, ...others].map(({ _id, title }) => [String(_id), title]));
    const shown = { callId: 1, numberText: 1, 'submitted.known.name': 1 } as const;
    const ask = (filter: QueryFilter<ApplicationRow>) =>
      this.rows
        .find({ ...filter, ...HANDED_IN }, shown)
        .sort({ _id: 1 })
        .limit(MOST)
        .lean<ApplicationRow[]>();
    const [named, addressed] = await Promise.all([
      file.nameKey ? ask({ callId: call._id, nameKey: file.nameKey, _id: { $ne: file._id } }) : [],
      others.length > 0 ? ask({ callId: { $in: others.map(({ _id }) => _id) }, email: file.email }) : [],
    ]);
    const asDuplicate =
      (because: Duplicate['because']) =>
      ({ _id, callId, numberText = '', submitted }: ApplicationRow): Duplicate => ({
        ...{ id: String(_id), callId: String(callId), call: titles.get(String(callId)) ?? call.title },
        ...{ number: numberText, name: submitted?.known.name ?? '', because },
      });
    return [...named.map(asDuplicate('name')), ...addressed.map(asDuplicate('address'))];
  }

  /** What those of a call have of which there are several. */
  async filter(call: CallRow): Promise<QueryFilter<ApplicationRow>> {
    const others = await this.othersOf(call);
    const [names, addresses] = await Promise.all([
      this.rows.aggregate<{ _id: string }>([
        { $match: { callId: call._id, ...HANDED_IN } },
        { $group: { _id: '$nameKey', n: { $sum: 1 } } },
        { $match: { n: { $gt: 1 } } },
        { $limit: MOST_KEYS },
      ]),
      this.rows.aggregate<{ _id: string }>([
        { $match: { callId: { $in: others.map(({ _id }) => _id) }, ...HANDED_IN } },
        { $group: { _id: '$email' } },
        { $limit: MOST_KEYS },
      ]),
    ]);
    const keys = (found: readonly { _id: string }[]) => found.map(({ _id }) => _id).filter(Boolean);
    return { $or: [{ nameKey: { $in: keys(names) } }, { email: { $in: keys(addresses) } }] };
  }

  private async othersOf(call: CallRow) {
    return (await this.calls.ofCohort(call.cohortId)).filter(({ _id }) => !_id.equals(call._id));
  }
}
