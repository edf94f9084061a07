import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { freshDatabase } from '../app.js';

/** An empty database, named in the environment of this file of tests as the seeding reads it. */
export async function demoDatabase(): Promise<{ db: Connection; drop: () => Promise<void> }> {
  const { connection, uri, drop } = await freshDatabase();
  const files = await mkdtemp(join(tmpdir(), 'cordee-demo-'));
  Object.assign(process.env, {
    NODE_ENV: 'test',
    MONGODB_URI: uri,
    REDIS_URL: process.env.TEST_REDIS_URL,
    PUBLIC_URL: 'http://cordee.test',
    JWT_SECRET: 'a secret of tests that is long enough',
    FILES_PATH: files,
  });
  return {
    db: connection,
    drop: async () => {
      await drop();
      await rm(files, { recursive: true, force: true });
    },
  };
}
