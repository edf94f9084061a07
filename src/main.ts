import 'reflect-metadata';
import { createApp, listen } from './app.js';
import { SystemClock } from './common/times/clock.js';
import { parseConfig } from './config/config.js';

try {
  // eslint-disable-next-line no-restricted-properties -- the one place where the environment is read
  await listen(await createApp(parseConfig(process.env), new SystemClock()));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
