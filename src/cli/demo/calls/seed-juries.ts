import { hashPassword } from '../../../auth/logins/passwords.js';
import { UsersRepository } from '../../../auth/users.repository.js';
import { DAY } from '../../../common/times/clock.js';
import type { CohortActor } from '../../../common/actor.js';
import type { Verdict } from '../../../contracts/selection/reviews.js';
import { idOf } from '../../../infra/mongo/ids.js';
import { Deliveries } from '../../../infra/deliveries/deliveries.js';
import { Transactions } from '../../../infra/mongo/transactions.js';
import { AssignmentService } from '../../../selection/assignment/assignment.service.js';
import { JurorsRepository } from '../../../selection/jurors/jurors.repository.js';
import { JurorsService } from '../../../selection/jurors/jurors.service.js';
import { MyReviewsService } from '../../../selection/reviews/my-reviews.service.js';
import { StepsService } from '../../../selection/steps/steps.service.js';
import { DEMO_PASSWORD } from '../seed-people.js';
import type { Stage } from '../stage.js';
import { comments, jurors } from './juries.content.js';

const PER_FILE = 3;
const VERDICTS: readonly Verdict[] = ['no', 'no', 'maybe', 'yes'];

/** The jury of a call that is closed: half of what they are asked for is handed in, one file is somebody's sister's, and nobody has come to the last juror's address yet. */
export async function seedJury(stage: Stage, actor: CohortActor, callId: string): Promise<void> {
  const { app } = stage;
  const invitations = jurors.map((juror) => ({ ...juror, craft: null }));
  await app.get(JurorsService).invite(actor, callId, { items: invitations });
  const people = await join(stage, callId);
  await forgetLetters(stage, callId);
  const steps = app.get(StepsService);
  const { id, revision } = await steps.create(actor, callId, { name: { en: 'Reading', fr: 'Lecture' } });
  const dueAt = new Date(stage.now.getTime() + 4 * DAY).toISOString();
  await steps.update(actor, callId, id, { revision, dueAt });
  await app.get(AssignmentService).assign(actor, callId, { step: id, perFile: PER_FILE, perJuror: 12 });
  await steps.open(actor, callId, id);
  await forgetLetters(stage, callId);
  for (const [index, person] of people.entries()) await read(stage, person, index);
}

/** Those who followed their link: all but the last. Returns their ids. */
async function join({ app, clock, now }: Stage, callId: string): Promise<string[]> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const [users, rows] = [app.get(UsersRepository), await app.get(JurorsRepository).ofCall(idOf(callId))];
  const ids: string[] = [];
  clock.set(new Date(now.getTime() - 6 * DAY));
  for (const { email: address, locale, name } of jurors.slice(0, -1)) {
    const juror = rows.find(({ email }) => email === address);
    if (!juror) continue;
    const at = clock.now();
    const user = { email: juror.email, name, passwordHash, locale, timeZone: 'Europe/Paris', createdAt: at };
    const userId = await users.insert(user);
    await app
      .get(Transactions)
      .run((session) => app.get(JurorsRepository).join(juror._id, juror.key, userId, at, session));
    ids.push(String(userId));
  }
  clock.set(now);
  return ids;
}

/** The people of the demo hear nothing of what is past. */
async function forgetLetters({ app }: Stage, callId: string): Promise<void> {
  const rows = await app.get(JurorsRepository).ofCall(idOf(callId));
  await app.get(Deliveries).forget(
    { name: 'juror' },
    rows.map(({ _id }) => _id),
  );
}

/** The first has handed in two and begun one, the second has an interest in one, the others are further or less far. */
async function read({ app, random, clock, now }: Stage, userId: string, index: number): Promise<void> {
  const reviews = app.get(MyReviewsService);
  const items = (await reviews.list(userId)).steps.flatMap((step) => step.items);
  const done = index === 0 ? 2 : Math.round(items.length * ([0.25, 0.5, 0.75, 1][index % 4] ?? 0.5));
  for (const [at, { id }] of items.entries()) {
    clock.set(new Date(now.getTime() - random.between(1, 5) * DAY));
    if (index === 1 && at === items.length - 1)
      await reviews.giveUp(userId, id, 'conflict', { reason: 'Ma sœur y travaille.' });
    else if (at < done) await handIn(reviews, userId, id, random);
    else if (index === 0 && at === done)
      await reviews.write(userId, id, { revision: 0, comment: random.pick(comments) });
  }
  clock.set(now);
}

async function handIn(reviews: MyReviewsService, userId: string, id: string, random: Stage['random']): Promise<void> {
  const { criteria, scale } = await reviews.get(userId, id);
  const liking = random.between(1, scale.length);
  const near = () => Math.max(1, Math.min(scale.length, liking + random.between(-1, 1)));
  const scores = Object.fromEntries(criteria.map(({ key }) => [key, near()]));
  const verdict = VERDICTS[liking - 1] ?? 'maybe';
  const written = await reviews.write(userId, id, { revision: 0, scores, verdict, comment: random.pick(comments) });
  await reviews.submit(userId, id, written.review.revision);
}
