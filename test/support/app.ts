import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import mongoose, { type Connection } from 'mongoose';
import { register } from 'prom-client';
import { getConnectionToken } from '@nestjs/mongoose';
import { createApp } from '../../src/app.js';
import { deliverySchema } from '../../src/bridges/webhooks/webhook.schema.js';
import { MovableClock } from '../../src/common/times/clock.js';
import { type Config, parseConfig } from '../../src/config/config.js';
import { EventBus } from '../../src/infra/events/event-bus.js';
import { Outbox } from '../../src/infra/outbox/outbox.js';
import { REDIS } from '../../src/infra/redis/redis.token.js';
import { checkQueries, followRequests, recordQueries } from './queries.js';
import { type MailSink, startMailSink } from './servers/mail-sink.js';

/** The instant at which tests play unless they say otherwise: Tuesday 13 October 2026, 11:45 in Paris. */
export const NOW = '2026-10-13T09:45:00.000Z';

// The database forgets what is a month old by its own clock, which is far ahead of that of the tests.
deliverySchema.removeIndex('month');

/** One running application process (in this Node process), listening on a port of its own. */
export interface TestNode {
  app: NestFastifyApplication;
  url: string;
}

/** Some nodes over one database, one Redis prefix, one clock and one mail sink. */
export interface TestWorld {
  nodes: TestNode[];
  /** The first node. */
  app: NestFastifyApplication;
  url: string;
  clock: MovableClock;
  mail: MailSink;
  config: Config;
  db: Connection;
  /** Waits until all listeners of all nodes are done. */
  settled: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Starts the application: `nodes` of them over one database. `env` overrides the environment (`RATE_LIMITS: 'on'`). */
export async function startWorld(
  options: { nodes?: number; now?: string; env?: Record<string, string> } = {},
): Promise<TestWorld> {
  // Counters are the process's, and the files that ran in it before have counted.
  register.resetMetrics();
  const name = `t${randomBytes(6).toString('hex')}`;
  const clock = new MovableClock(new Date(options.now ?? NOW));
  const mail = await startMailSink();
  const filesPath = await mkdtemp(join(tmpdir(), 'cordee-files-'));
  const config = parseConfig({
    NODE_ENV: 'test',
    PORT: '0',
    PUBLIC_URL: 'http://cordee.test',
    MONGODB_URI: databaseUri(name),
    REDIS_URL: process.env.TEST_REDIS_URL,
    REDIS_PREFIX: name,
    SMTP_URL: mail.url,
    MAIL_FROM: 'Cordée <no-reply@cordee.test>',
    JWT_SECRET: 'a secret of tests that is long enough',
    RATE_LIMITS: 'off',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'fatal',
    FILES_PATH: filesPath,
    ...options.env,
  });
  const nodes: TestNode[] = [];
  for (let index = 0; index < (options.nodes ?? 1); index += 1) nodes.push(await startNode(config, clock));
  const first = nodes[0]!;
  const connections = nodes.map(({ app }) => app.get<Connection>(getConnectionToken()));
  const db = connections[0]!;
  const queries = recordQueries(db);
  const world: TestWorld = {
    nodes,
    app: first.app,
    url: first.url,
    clock,
    mail,
    config,
    db,
    settled: async () => {
      for (const { app } of nodes) {
        await app.get(EventBus).settled();
        await app.get(Outbox).settled();
        await app.get(EventBus).settled();
      }
    },
    stop: async () => {
      try {
        // Whatever a test did: every query of it must be served by an index.
        await checkQueries(db, [...queries.values()]);
      } finally {
        await forgetRedis(first.app, name);
        for (const node of nodes.slice(1)) await node.app.close();
        await db.dropDatabase();
        await first.app.close();
        await mail.stop();
        await rm(filesPath, { recursive: true, force: true });
        // Closed is not forgotten: mongoose has a list of them, and a test file, which its worker never unloads, a name for its world.
        for (const connection of connections) await connection.destroy();
        for (const part of Object.keys(world)) Reflect.deleteProperty(world, part);
      }
    },
  };
  return world;
}

async function startNode(config: Config, clock: MovableClock): Promise<TestNode> {
  const app = await createApp(config, clock);
  followRequests(app.getHttpServer());
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, url: `http://127.0.0.1:${port}` };
}

/** The test database server's address with the name of one database in it. */
export function databaseUri(name: string): string {
  const uri = new URL(process.env.TEST_MONGODB_URI ?? '');
  uri.pathname = `/${name}`;
  return uri.href;
}

/** A connection to a fresh database, for tests of a repository without the whole app. */
export async function freshDatabase(): Promise<{ connection: Connection; uri: string; drop: () => Promise<void> }> {
  const uri = databaseUri(`t${randomBytes(6).toString('hex')}`);
  const connection = await mongoose.createConnection(uri, { autoIndex: false }).asPromise();
  return {
    connection,
    uri,
    drop: async () => {
      await connection.dropDatabase();
      await connection.destroy();
    },
  };
}

async function forgetRedis(app: NestFastifyApplication, prefix: string): Promise<void> {
  const redis = app.get<{ keys: (pattern: string) => Promise<string[]>; del: (...keys: string[]) => Promise<number> }>(
    REDIS,
  );
  const keys = await redis.keys(`${prefix}*`);
  if (keys.length > 0) await redis.del(...keys);
}
