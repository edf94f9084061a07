import { Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UmzugStorage } from 'umzug';
import { isDuplicateKey } from './errors.js';
import { migrations } from './migrations.js';

const LEASE_MS = 60_000;
const leaseId = 'migrations';

interface LeaseRow {
  _id: string;
  holder: string;
  until: Date;
}

interface AppliedRow {
  _id: string;
  at: Date;
}

/**
 * Brings the database to what this version needs: numbered migrations once each, then every index that the schemas declare.
 * Two processes that boot at once take turns by a lease in the database.
 */
@Injectable()
export class Migrator {
  private readonly logger = new Logger('Migrator');

  constructor(@InjectConnection() private readonly connection: Connection) {}

  async run(): Promise<void> {
    const holder = randomUUID();
    await this.takeLease(holder);
    const renewing = setInterval(() => void this.renewLease(holder).catch(() => undefined), LEASE_MS / 3);
    try {
      await this.migrate();
      await this.createIndexes();
    } finally {
      clearInterval(renewing);
      await this.leases().deleteOne({ _id: leaseId, holder });
    }
  }

  /** The library is loaded only when there is something to do: it weighs 20 MB of memory, and most starts migrate nothing. */
  private async migrate(): Promise<void> {
    const storage = this.storage();
    const executed = new Set(await storage.executed({ context: {} }));
    const missing = migrations.filter(({ name }) => !executed.has(name));
    if (missing.length === 0) return;
    if (await this.isNew()) {
      for (const { name } of missing) await storage.logMigration({ name, context: {} });
      return;
    }
    const { Umzug } = await import('umzug');
    const umzug = new Umzug({
      migrations: migrations.map(({ name, up }) => ({ name, up: () => up(this.connection) })),
      storage,
      logger: undefined,
    });
    await umzug.up();
  }

  /** A database in which nobody ever signed up has nothing to change. */
  private async isNew(): Promise<boolean> {
    return (await this.connection.collection('users').estimatedDocumentCount()) === 0;
  }

  private storage(): UmzugStorage {
    const applied = this.connection.collection<AppliedRow>('migrations');
    return {
      logMigration: async ({ name }) => void (await applied.insertOne({ _id: name, at: new Date() })),
      unlogMigration: async ({ name }) => void (await applied.deleteOne({ _id: name })),
      executed: async () => (await applied.find({ at: { $exists: true } }).toArray()).map((row) => row._id),
    };
  }

  /** The schemas are the one list of indexes; making one that exists is a no-op. Those of a collection are one command, which makes it, too. */
  private async createIndexes(): Promise<void> {
    for (const model of Object.values(this.connection.models)) {
      const indexes = model.schema.indexes().map(([key, options]) => ({ ...options, key }));
      if (indexes.length > 0) await model.collection.createIndexes(indexes as mongo.IndexDescription[]);
      else await model.createCollection();
    }
  }

  private leases() {
    return this.connection.collection<LeaseRow>('leases');
  }

  /** A migration over many rows takes longer than a lease; only who died lets it end. */
  private async renewLease(holder: string): Promise<void> {
    await this.leases().updateOne({ _id: leaseId, holder }, { $set: { until: new Date(Date.now() + LEASE_MS) } });
  }

  private async takeLease(holder: string): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const now = Date.now();
      try {
        await this.leases().updateOne(
          { _id: leaseId, until: { $lt: new Date(now) } },
          { $set: { holder, until: new Date(now + LEASE_MS) } },
          { upsert: true },
        );
        return;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        if (tries === 0) this.logger.log('another process is migrating, waiting for it');
        await sleep(250);
      }
    }
  }
}
