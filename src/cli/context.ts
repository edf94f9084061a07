import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../app.js';
import { type Clock, SystemClock } from '../common/times/clock.js';
import { type Config, parseConfig } from '../config/config.js';

/** Runs a task inside the application, without a port and without working off jobs. */
export async function withApp(
  task: (app: NestFastifyApplication) => Promise<void>,
  clock: Clock = new SystemClock(),
): Promise<void> {
  const app = await createApp({ ...environment(), ROLES: ['web'], LOG_LEVEL: 'error' }, clock);
  try {
    await app.init();
    await task(app);
  } finally {
    await app.close();
  }
}

export function environment(): Config {
  // eslint-disable-next-line no-restricted-properties -- a program's start reads the environment once, as main.ts does
  return parseConfig(process.env);
}
