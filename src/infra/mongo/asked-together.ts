import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { ClientSession, Connection, mongo } from 'mongoose';
import { RawRows } from './raw-rows.js';

/** One find among others: which rows of a collection, what of them, and in which order (that of the index where none is named). */
export interface Ask<Row> {
  collection: string;
  filter: Record<string, unknown>;
  projection: Record<string, 1>;
  sort?: Record<string, 1>;
  /** Never set: names the type of what is found. */
  readonly row?: Row;
}

type Answers<Asks extends readonly Ask<unknown>[]> = {
  [At in keyof Asks]: Asks[At] extends Ask<infer Row> ? RawRows<Row> : never;
};

/** So that the answer comes as one. */
const AT_ONCE = 5000;
/** Where the number of the ask stands in a row: after its length, the type of its first field, and that field's name with a zero. */
const NUMBER_AT = 4 + 1 + 'ask\0'.length;

/**
 * Asks several finds as one command. A command costs the process more than the rows that it brings: sending, waiting and receiving each
 * time. For what is asked very often, and whose rows are mostly only compared.
 */
@Injectable()
export class AskedTogether {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** The rows of each ask, in the order of the asks. */
  async all<const Asks extends readonly [Ask<unknown>, ...Ask<unknown>[]]>(...asks: Asks): Promise<Answers<Asks>> {
    const [first, ...others] = asks;
    const found = await this.rowsOf(first, [
      ...stagesOf(first, 0),
      ...others.map((one, index) => ({
        $unionWith: { coll: one.collection, pipeline: stagesOf(one, index + 1) },
      })),
    ]);
    const parts = asks.map((): Uint8Array[] => []);
    for (const row of found) parts[numberOf(row)]?.push(row);
    return parts.map((part) => new RawRows(part)) as Answers<Asks>;
  }

  /** The same as a transaction sees it. There each is a command of its own, one after the other: no database unites them in a transaction. */
  async within<const Asks extends readonly [Ask<unknown>, ...Ask<unknown>[]]>(
    session: ClientSession,
    ...asks: Asks
  ): Promise<Answers<Asks>> {
    const answers: RawRows<unknown>[] = [];
    for (const ask of asks) answers.push(new RawRows(await this.rowsOf(ask, stagesOf(ask, 0), session)));
    return answers as Answers<Asks>;
  }

  private async rowsOf({ collection }: Ask<unknown>, pipeline: mongo.BSON.Document[], session?: ClientSession) {
    return (await this.connection
      .collection(collection)
      .aggregate(pipeline, { raw: true, batchSize: AT_ONCE, ...(session && { session }) })
      .toArray()) as unknown as Uint8Array[];
  }
}

const stagesOf = ({ filter, projection, sort }: Ask<unknown>, number: number) => [
  { $match: filter },
  ...(sort ? [{ $sort: sort }] : []),
  { $project: projection },
  { $replaceRoot: { newRoot: { ask: { $literal: number }, row: '$$ROOT' } } },
];

const numberOf = (row: Uint8Array) => new DataView(row.buffer, row.byteOffset).getInt32(NUMBER_AT, true);
