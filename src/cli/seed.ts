import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { createApp } from '../app.js';
import { UsersRepository } from '../auth/users.repository.js';
import { MovableClock } from '../common/times/clock.js';
import { EventBus } from '../infra/events/event-bus.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { Intervals } from '../infra/queue/intervals.js';
import { forgetKeys } from '../infra/redis/forget-keys.js';
import { REDIS } from '../infra/redis/redis.token.js';
import { environment, withApp } from './context.js';
import { Progress } from './demo/progress.js';
import { Random } from './demo/random.js';
import { restoreHistory } from './demo/history/history-rows.js';
import { DOMAIN } from './demo/seed-people.js';
import { seedPresent } from './demo/seed-present.js';
import type { Stage } from './demo/stage.js';
import { presentOf } from './demo/times.js';

const SEED = 20_260_901;

/**
 * `--check` says `empty`, `demo` where its people are, or `own`. Otherwise builds the demo in an empty database: its history from a file, its
 * present through the services; `--reset` empties it first. Production refuses both: the demo's people have published passwords, and one of them is an admin.
 */
export async function seed({ check, reset }: { check?: boolean; reset?: boolean }): Promise<void> {
  if (check) {
    await withApp(async (app) => {
      console.log(await whoIsThere(app.get(UsersRepository)));
    });
    return;
  }
  if (environment().NODE_ENV === 'production')
    throw new Error('A production database gets no demo, and is never reset.');
  if (reset) await emptyDatabase();
  await seedDemo(new Date());
}

async function whoIsThere(users: UsersRepository): Promise<'empty' | 'demo' | 'own'> {
  if (await users.isEmpty()) return 'empty';
  return (await users.byEmail(`admin@${DOMAIN}`)) ? 'demo' : 'own';
}

async function emptyDatabase(): Promise<void> {
  await withApp(async (app) => {
    await app.get<Connection>(getConnectionToken()).dropDatabase();
  });
}

/** Seeds as of `now`. */
export async function seedDemo(now: Date): Promise<void> {
  await onStage(now, async (stage) => {
    await seedPresent(stage, await restoreHistory(stage));
    stage.progress.finish();
  });
}

/**
 * Plays in an empty database, as of `now`. The clock moves through the months before; jobs go under a prefix of their own in Redis that is
 * thrown away after, so that no mail leaves for the past: what is still to come is planned from state by the first worker.
 */
export async function onStage(
  now: Date,
  play: (stage: Stage) => Promise<void>,
  out: NodeJS.WritableStream = process.stdout,
): Promise<void> {
  const clock = new MovableClock(now);
  const prefix = `seeding-${randomBytes(4).toString('hex')}`;
  const config = { ...environment(), ROLES: ['web' as const], REDIS_PREFIX: prefix };
  const app = await createApp({ ...config, RATE_LIMITS: 'off', SMTP_URL: undefined, LOG_LEVEL: 'error' }, clock);
  try {
    await app.init();
    // What looks at the present sees nothing but the past here.
    await app.get(Intervals).stop();
    if (!(await app.get(UsersRepository).isEmpty()))
      throw new Error('The database is not empty; `npm run demo:reset` makes room.');
    // State is the truth: what events would have led to (channels, reminders) is built from it in the end, once.
    app.get(EventBus).silence();
    app.get(Outbox).silence();
    await play({ app, clock, random: new Random(SEED), progress: new Progress(out), ...presentOf(now) });
  } finally {
    await forgetKeys(app.get(REDIS), prefix);
    await app.close();
  }
}
