import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TestWorld } from '../app.js';
import { eventually } from '../eventually.js';
import { CHILD_MS } from '../patience.js';

/** The production process itself, over the world's database and Redis, so that it can be killed. */
export interface ChildNode {
  url: string;
  /** SIGKILL: no last words. */
  kill: () => Promise<void>;
  /** What it has written to its log so far. */
  said: () => string;
  /** SIGTERM; returns the exit code. */
  stop: () => Promise<number | null>;
}

const MAIN = join(process.cwd(), 'dist', 'main.js');

/** Starts `node dist/main.js` (built before the tests run) and waits until it is ready. */
export async function startChild(world: TestWorld, env: Record<string, string> = {}): Promise<ChildNode> {
  if (!existsSync(MAIN)) throw new Error('dist/main.js is missing: npm run build:server');
  const port = await freePort();
  const { config } = world;
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      PORT: String(port),
      PUBLIC_URL: config.PUBLIC_URL,
      MONGODB_URI: config.MONGODB_URI,
      REDIS_URL: config.REDIS_URL,
      REDIS_PREFIX: config.REDIS_PREFIX,
      SMTP_URL: config.SMTP_URL,
      MAIL_FROM: config.MAIL_FROM,
      JWT_SECRET: config.JWT_SECRET,
      RATE_LIMITS: config.RATE_LIMITS,
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'fatal',
      FILES_PATH: config.FILES_PATH,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += String(text);
    if (process.env.TEST_LOG_LEVEL) process.stdout.write(text);
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode}`);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  }, CHILD_MS).catch(async (error: unknown) => {
    await end(child, 'SIGKILL'); // else it would outlive the test that has no handle of it
    throw error;
  });
  return {
    url,
    said: () => said,
    kill: async () => void (await end(child, 'SIGKILL')),
    stop: () => end(child, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return child.exitCode;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
