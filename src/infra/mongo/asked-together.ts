import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { ClientSession, Connection } from 'mongoose';
import { RawRows } from './raw-rows.js';
import { type Ask, askTogether, rawRows, stagesOf } from './together.js';

export type { Ask } from './together.js';

type Answers<Asks extends readonly Ask<unknown>[]> = {
  [At in keyof Asks]: Asks[At] extends Ask<infer Row> ? RawRows<Row> : never;
};

/** Asks several finds as one command. For what is asked very often, and whose rows are mostly only compared. */
@Injectable()
export class AskedTogether {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** The rows of each ask, in the order of the asks. */
  async all<const Asks extends readonly [Ask<unknown>, ...Ask<unknown>[]]>(...asks: Asks): Promise<Answers<Asks>> {
    return (await Promise.all(asks.map((ask) => askTogether(this.connection, ask)))) as Answers<Asks>;
  }

  /** The same as a transaction sees it. There each is a command of its own, one after the other: no database unites them in a transaction. */
  async within<const Asks extends readonly [Ask<unknown>, ...Ask<unknown>[]]>(
    session: ClientSession,
    ...asks: Asks
  ): Promise<Answers<Asks>> {
    const answers: RawRows<unknown>[] = [];
    for (const ask of asks)
      answers.push(new RawRows(await rawRows(this.connection, ask.collection, stagesOf(ask, 0), { session })));
    return answers as Answers<Asks>;
  }
}
