import { Redis } from 'ioredis';
import mongoose, { type Connection, type Types } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import type { Config } from '../../config/config.js';
import { toId } from '../../infra/mongo/ids.js';
import { forgetKeys } from '../../infra/redis/forget-keys.js';
import { COPIED, type CopiedCohort, type Row, copyOf } from './copied.js';

/** Mails handed over at a time: as many as reminders are sent at a time. */
const AT_A_TIME = 32;
/** MongoDB takes 63 bytes. */
const LONGEST_NAME = 40;

/**
 * A database and a prefix of Redis for one simulation, beside those of the installation, which is only read. Both are thrown away by
 * `forget`, whatever became of the simulation.
 */
export class Scratch {
  private readonly tag = randomBytes(4).toString('hex');

  private constructor(
    private readonly config: Config,
    private readonly house: Connection,
  ) {}

  static async beside(config: Config): Promise<Scratch> {
    const house = await mongoose
      .createConnection(config.MONGODB_URI, { autoIndex: false, autoCreate: false, serverSelectionTimeoutMS: 5000 })
      .asPromise();
    return new Scratch(config, house);
  }

  /** The configuration of an app that reaches nobody: mail goes to `smtpUrl`, and links in it are signed by a secret that is kept nowhere. */
  configFor(smtpUrl: string): Config {
    return {
      ...this.config,
      PORT: 0,
      ROLES: ['worker'],
      LOG_LEVEL: 'error',
      MONGODB_URI: uriWith(this.config.MONGODB_URI, this.name),
      REDIS_PREFIX: this.prefix,
      JWT_SECRET: randomBytes(48).toString('base64url'),
      FILES_PATH: this.folder,
      LINK_PREVIEWS: 'off',
      OUTSIDE_ALLOW: [],
      MAIL_CATCHER_URL: undefined,
      ...{
        SMTP_URL: smtpUrl,
        MAIL_CONNECTIONS: AT_A_TIME,
        MAIL_PER_MINUTE: 'off',
        MAIL_REPLY_DOMAIN: '',
        MAIL_IN_PORT: 'off',
      },
      ...{ MAIL_DKIM_DOMAIN: '', MAIL_DKIM_SELECTOR: '', MAIL_DKIM_KEY_PATH: '' },
      ...{ VAPID_PRIVATE_KEY: '', VAPID_PUBLIC_KEY: '', VAPID_SUBJECT: '' },
      ...{ S3_BUCKET: '', S3_ENDPOINT: undefined, S3_ACCESS_KEY_ID: '', S3_SECRET_ACCESS_KEY: '' },
    };
  }

  /** A running cohort of the installation. Throws an Error that says what is wrong with the id. */
  async cohort(given: string): Promise<CohortRow> {
    const _id = toId(given);
    const row = _id && (await this.house.collection<CohortRow>('cohorts').findOne({ _id }));
    if (!row) throw new Error(`There is no cohort ${given}: its id is in the address of its pages, /c/<id>/...`);
    if (row.state === 'closed') throw new Error(`${row.name} is closed: nobody is reminded of anything in it.`);
    return row;
  }

  /** Copies the cohort into the database of an app that was just made there, and nothing besides (copied.ts). */
  async fill(cohortId: Types.ObjectId, begins: Date): Promise<void> {
    const target = this.house.useDb(this.name);
    const cohort = await this.copiedCohort(cohortId, begins);
    for (const one of COPIED) {
      const rows = await this.house.collection<Row>(one.collection).find(one.of(cohort)).toArray();
      const copies = rows.map((row) => copyOf(row, one, cohort));
      if (copies.length > 0) await target.collection<Row>(one.collection).insertMany(copies);
    }
  }

  /** Throws all of it away, once its app has stopped. */
  async forget(): Promise<void> {
    const redis = new Redis(this.config.REDIS_URL, { maxRetriesPerRequest: 1, connectTimeout: 5000 });
    redis.on('error', () => undefined);
    try {
      await this.house.useDb(this.name).dropDatabase();
      await forgetKeys(redis, this.prefix);
      await rm(this.folder, { recursive: true, force: true });
    } finally {
      redis.disconnect();
      await this.house.close();
    }
  }

  private async copiedCohort(cohortId: Types.ObjectId, begins: Date): Promise<CopiedCohort> {
    const [members, inviters, topics] = await Promise.all([
      this.house.collection<Row>('memberships').distinct('userId', { cohortId }),
      this.house.collection<Row>('invitations').distinct('invitedBy', { cohortId }),
      this.house
        .collection<Row>('topics')
        .find({ cohortId, solved: false, others: 0, deletedAt: null }, { projection: { _id: 1 } })
        .toArray(),
    ]);
    const userIds = [...members, ...inviters] as Types.ObjectId[];
    return { cohortId, userIds, topicIds: topics.map(({ _id }) => _id), begins };
  }

  private get name(): string {
    return `${this.house.name.slice(0, LONGEST_NAME)}-simulation-${this.tag}`;
  }

  private get prefix(): string {
    return `simulation-${this.tag}`;
  }

  private get folder(): string {
    return join(tmpdir(), `cordee-${this.prefix}`);
  }
}

const URI = /^(mongodb(?:\+srv)?:\/\/(?:([^@/]*)@)?[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

/** The same server with another database; who signs in does so where they did. */
export function uriWith(uri: string, name: string): string {
  const [, server = '', user, database = '', options = ''] = URI.exec(uri) ?? [];
  const given = new URLSearchParams(options);
  if (user && !given.has('authSource')) given.set('authSource', database || 'admin');
  return `${server}/${name}${given.size > 0 ? `?${given.toString()}` : ''}`;
}
