import { getModelToken } from '@nestjs/mongoose';
import { Queue } from 'bullmq';
import { Types } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import { addAsMany, addBulk, moveAsMany, moveEach, timed } from './support/bare-jobs.mjs';
import { built, insideApp, makeHouse } from './support/house.mjs';
import { startSink } from './support/mail-sink.mjs';
import { aCohort, members } from './support/people.mjs';
import { alternate } from './support/slices.mjs';
import { median } from './support/statistics.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FELLOWS = 71;
const BURST_OF = 5;
const COHORTS = 100;
const SOON_EACH = 2;
const LEAD_MS = 12_000;
const PATIENCE_MS = 120_000;

/** The rows and alarms of a ten-month cohort of 71 fellows, beside the bare queue given as many jobs. */
export default async function reminders({ services, pairs, quick }) {
  const sink = await startSink();
  const house = makeHouse(services, { smtpUrl: sink.url, NODE_ENV: 'production', RATE_LIMITS: 'on' });
  const app = await insideApp(house);
  const queue = new Queue('bare', { connection: { url: services.redis.uri }, prefix: house.env.REDIS_PREFIX });
  try {
    const stage = await makeStage(app, queue);
    const { rows, figures, wrong } = await planning(stage, pairs);
    const memory = await memoryOfAlarms(stage);
    const burst = await draining(stage, { house, sink, pairs: quick ? 2 : 4 });
    return { rows: [...rows, burst.row], figures: [...figures, memory], wrong: [...wrong, ...burst.wrong] };
  } finally {
    await queue.close();
    await app.close();
    await house.close();
    await sink.close();
  }
}

async function makeStage(app, queue) {
  const [{ ReminderPlanner }, { ReminderAlarms }] = [
    await built('reminders/planning/reminder-planner.js'),
    await built('reminders/reminder-alarms.js'),
  ];
  const cohortId = await aCohort(app);
  const fellows = await members(app, cohortId, 'fellow', FELLOWS);
  const [workshops, registrations, rows] = ['Workshop', 'Registration', 'Reminder'].map((name) =>
    app.get(getModelToken(name)),
  );
  /** Published workshops to which some fellows go. */
  const makeWorkshops = async (starts, going) => {
    const now = new Date();
    const made = starts.map((at) => ({
      cohortId: new Types.ObjectId(cohortId),
      title: 'A workshop',
      kind: 'workshop',
      tags: [],
      startsAt: new Date(at),
      endsAt: new Date(at + HOUR),
      timeZone: 'Europe/Paris',
      // Who joins by a link is reminded once more: that is the longest ladder.
      link: 'https://meet.example/walk',
      capacity: FELLOWS,
      hosts: [],
      materials: [],
      status: 'published',
      going: { onsite: going, online: 0 },
      waitlisted: { onsite: 0, online: 0 },
      offered: { onsite: 0, online: 0 },
      words: [],
      createdBy: new Types.ObjectId(),
      createdAt: now,
      changedAt: now,
    }));
    const docs = await workshops.insertMany(made);
    const seats = docs.flatMap(({ _id }) =>
      fellows.slice(0, going).map((userId, order) => ({
        cohortId: new Types.ObjectId(cohortId),
        workshopId: _id,
        userId: new Types.ObjectId(userId),
        status: 'going',
        mode: 'onsite',
        order,
        registeredAt: now,
        changedAt: now,
      })),
    );
    await registrations.insertMany(seats);
    return docs.map(({ _id }) => ({ type: 'workshop', id: String(_id), cohortId }));
  };
  const { REDIS } = await built('infra/redis/redis.token.js');
  const planner = app.get(ReminderPlanner);
  const alarms = app.get(ReminderAlarms);
  return {
    makeWorkshops,
    workshops,
    rows,
    queue,
    redis: app.get(REDIS),
    plan: (refs) => planner.plan(refs),
    arm: () => alarms.arm(),
    clear: () => rows.deleteMany({}),
    /** So that a worker that starts now has nothing to heal: it would tell people of what moved while something else is measured. */
    forget: () => Promise.all([workshops, registrations, rows].map((model) => model.deleteMany({}))),
  };
}

async function planning(stage, pairs) {
  const wrong = [];
  const now = Date.now();
  const months = await stage.makeWorkshops(
    Array.from({ length: 40 }, (_, index) => now + 8 * DAY + index * 7 * DAY),
    24,
  );
  const soon = await stage.makeWorkshops(
    Array.from({ length: 12 }, () => now + 47 * HOUR),
    FELLOWS,
  );
  const compare = async (prepare, ours, theirs = addAsMany) => {
    let count = 0;
    const app = async () => {
      await prepare();
      const result = await timed(ours);
      count = await stage.rows.countDocuments({ state: 'planned' });
      return { ...result, operations: count };
    };
    const bare = async () => {
      await stage.queue.obliterate({ force: true });
      return { ...(await theirs(stage.queue, count)), operations: count };
    };
    return {
      ...(await alternate({ app: { run: app }, bare: { run: bare }, pairs, ms: 0 })),
      count: () => count,
    };
  };
  const planned = await compare(stage.clear, () => stage.plan(months));
  const before = await stage.rows.countDocuments();
  const again = [];
  for (let time = 0; time < 7; time += 1) again.push((await timed(() => stage.plan(months))).seconds);
  const seconds = median(again);
  const added = (await stage.rows.countDocuments()) - before;
  if (added !== 0) wrong.push(`planning again added ${added} rows`);
  const armed = await compare(stage.clear, async () => {
    await stage.plan(soon);
    await stage.arm();
  });
  await stage.clear();
  await stage.plan(soon.slice(0, 1));
  const move = async () => {
    const [_id, later] = [new Types.ObjectId(soon[0].id), 60_000];
    const { startsAt } = await stage.workshops.findById(_id).lean();
    const change = { startsAt: new Date(startsAt.getTime() - later), changedAt: new Date() };
    await stage.workshops.updateOne({ _id }, { $set: change, $inc: { revision: 1 } });
  };
  const planMoved = () => stage.plan(soon.slice(0, 1));
  const moving = await compare(move, planMoved);
  const movingJobs = await compare(move, planMoved, moveAsMany);
  const movingEach = await compare(move, planMoved, moveEach);
  await stage.clear();
  const named = { unit: 'rows/s', atLeast: 0.4 };
  return {
    wrong,
    rows: [
      { ...planned, ...named, name: `plan ten months: ${planned.count()} rows, beside as many jobs` },
      { ...armed, ...named, name: `plan and arm: ${armed.count()} rows with their alarms, beside as many jobs` },
      { ...moving, ...named, name: `move one workshop: ${moving.count()} rows dropped and made, beside as many jobs` },
      ...[
        [movingJobs, 'as many jobs moved at once'],
        [movingEach, 'as many jobs moved one after the other'],
      ].map(([result, beside]) => ({
        ...{ ...result, unit: 'rows/s', atLeast: 0.34 },
        name: `move one workshop: ${result.count()} rows dropped and made, beside ${beside}`,
      })),
    ],
    figures: [
      { name: 'rows added by planning again', unit: '', mid: added, atMost: 0 },
      { name: `planning ${before} rows again`, unit: 'ms', mid: seconds * 1000 },
    ],
  };
}

/** What Redis holds for a hundred cohorts: alarms of the next two days alone, however much is planned beyond. */
async function memoryOfAlarms(stage) {
  const used = async () => Number(/used_memory:(\d+)/.exec(await stage.redis.info('memory'))[1]) / 1_000_000;
  await stage.queue.obliterate({ force: true });
  const before = await used();
  const refs = await stage.makeWorkshops(
    Array.from({ length: COHORTS * SOON_EACH }, () => Date.now() + 47 * HOUR),
    FELLOWS,
  );
  await stage.plan(refs);
  await stage.arm();
  const alarms = await stage.rows.countDocuments({ state: 'planned', armed: true });
  const mid = (await used()) - before;
  await stage.clear();
  const name = `memory of Redis for ${COHORTS} cohorts of ${FELLOWS}, ${SOON_EACH} workshops each within two days: ${alarms} alarms`;
  return { name, unit: 'MB', mid, atMost: 100 };
}

/** Some hundred reminders due at one instant: until the last mail is taken. */
async function draining(stage, { house, sink, pairs }) {
  await stage.forget();
  const worker = await house.startApp();
  const bareWorker = await house.startBare('bare-mailer.mjs');
  const count = BURST_OF * FELLOWS;
  const wrong = [];
  const measure = (begin) => async () => {
    const before = sink.count();
    const due = Date.now() + LEAD_MS;
    await begin(due);
    if (Date.now() > due) throw new Error('the machine is too slow to prepare the burst in time');
    while (sink.count() - before < count && Date.now() < due + PATIENCE_MS) await sleep(20);
    await sleep(500);
    const sent = sink.count() - before;
    if (sent !== count) wrong.push(`${sent} mails of ${count}`);
    return { operations: sent, seconds: (sink.latest() - due) / 1000, lost: Math.abs(count - sent) };
  };
  const app = measure(async (due) => {
    const refs = await stage.makeWorkshops(
      Array.from({ length: BURST_OF }, () => due + HOUR),
      FELLOWS,
    );
    await stage.plan(refs);
    await stage.arm();
  });
  const bare = measure((due) => addBulk(stage.queue, count, due - Date.now()));
  await stage.queue.obliterate({ force: true });
  const result = await alternate({
    app: { run: app, pids: [worker.pid] },
    bare: { run: bare, pids: [bareWorker.pid] },
    pairs,
    ms: 0,
  });
  if (sink.doubles() > 0) wrong.push(`${sink.doubles()} mails twice`);
  const name = `burst: ${count} reminders due at once, to the last mail, beside bare jobs that mail`;
  return { wrong, row: { ...result, name, unit: 'mails/s', atLeast: 0.5, lost: result.lost + sink.doubles() } };
}
