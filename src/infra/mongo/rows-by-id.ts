import type { Types } from 'mongoose';
import { BatchPerKey } from '../../common/batch-per-key.js';

/**
 * Rows of a collection by their ids. What follows one act asks for its row a dozen times: those who ask in one turn of the event loop go together as one command, and
 * each still sees the row as it is after they asked. Who asks together gets the same object: it is read, never changed.
 */
export class RowsById<Row extends { _id: Types.ObjectId }> {
  private readonly reads = new BatchPerKey<Types.ObjectId, Row | null>((_, ids) => this.inOrder(ids));

  /** `find`: the rows with some ids, each id once. */
  constructor(private readonly find: (ids: Types.ObjectId[]) => Promise<Row[]>) {}

  async one(id: Types.ObjectId): Promise<Row | null> {
    return await this.reads.ask('rows', id);
  }

  /** Each once, in the order of the ids; unknown ones are left out. */
  async many(ids: readonly Types.ObjectId[]): Promise<Row[]> {
    const rows = await Promise.all(distinct(ids).map((id) => this.one(id)));
    return rows.filter((row) => row !== null);
  }

  private async inOrder(ids: Types.ObjectId[]): Promise<(Row | null)[]> {
    const rows = await this.find(distinct(ids));
    const byId = new Map(rows.map((row) => [String(row._id), row]));
    return ids.map((id) => byId.get(String(id)) ?? null);
  }
}

const distinct = (ids: readonly Types.ObjectId[]) => [...new Map(ids.map((id) => [String(id), id])).values()];
