import mongoose from 'mongoose';
import { built, insideApp, makeHouse } from './support/house.mjs';
import { aCohort, members, tokenOf } from './support/people.mjs';
import { alternate } from './support/slices.mjs';

const AT_ONCE = 50;
const MINUTE = 60_000;
const HOURS = {
  timeZone: 'UTC',
  weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '20:00' })),
  exceptions: [],
  slotMinutes: 45,
  bufferMinutes: 15,
  minNoticeHours: 0,
  horizonDays: 60,
  maxPerDay: 20,
  maxPerWeek: 60,
};

/**
 * Fifty people at once for one slot, slot after slot, over two processes: one has it, the others hear 409 with three free ones. Beside it
 * `insertOne` under a unique key, straight from a driver and behind two bare HTTP servers.
 */
export default async function booking({ services, pairs, ms }) {
  const house = makeHouse(services);
  const db = await mongoose.createConnection(house.env.MONGODB_URI, { maxPoolSize: AT_ONCE }).asPromise();
  try {
    const { cohortId, slots, tokens } = await prepare(house);
    const apps = [await house.startApp(), await house.startApp()];
    const bares = [await house.startBare('bare-insert.mjs'), await house.startBare('bare-insert.mjs')];
    const wrong = [];
    const next = { app: inTurn(slots), http: freshSlots(), straight: freshSlots() };
    const race = async (name, attempt) => {
      const slot = next[name]();
      const statuses = await Promise.all(tokens.map((token, index) => attempt(slot, index, token)));
      const won = statuses.filter((status) => status === 201).length;
      const lost = statuses.filter((status) => status === 409).length;
      if (won !== 1 || lost !== AT_ONCE - 1) wrong.push(`${name} ${slot.startsAt}: ${won} won, ${lost} lost`);
    };
    const taken = db.collection('straight-slots');
    const attempts = {
      app: (slot, index, token) =>
        post(apps[index % 2].url, `/api/cohorts/${cohortId}/sessions`, token, { ...slot, minutes: 45, need: 'A talk' }),
      http: (slot, index) => post(bares[index % 2].url, '/', '', { ...slot, minutes: 45, need: 'A talk' }),
      straight: (slot, index) =>
        taken.insertOne({ _id: `${slot.coachId} ${slot.startsAt}`, by: index }).then(
          () => 201,
          (error) => (error.code === 11_000 ? 409 : 500),
        ),
    };
    const side = (name, pids) => ({ run: (length) => until(length, () => race(name, attempts[name])), pids });
    const app = side(
      'app',
      apps.map((one) => one.pid),
    );
    const http = side(
      'http',
      bares.map((one) => one.pid),
    );
    const compared = { unit: 'attempts/s', atLeast: 0.5 };
    const rows = [
      {
        name: 'beside insertOne from a driver',
        ...compared,
        ...(await alternate({ app, bare: side('straight'), pairs, ms })),
      },
      { name: 'beside insertOne behind bare HTTP', ...compared, ...(await alternate({ app, bare: http, pairs, ms })) },
    ].map((row) => ({ ...row, lost: wrong.length }));
    const claims = await db.collection('sessions').distinct('startsAt');
    const booked = await db.collection('sessions').countDocuments();
    const figures = [
      { name: 'slots raced for, each with one winner', unit: '', mid: booked, atLeast: Math.min(100, booked) },
    ];
    if (claims.length !== booked) wrong.push(`${booked} sessions for ${claims.length} slots`);
    return { rows, figures, wrong };
  } finally {
    await db.close();
    await house.close();
  }
}

/** Repeats whole races for so long. */
async function until(ms, race) {
  const since = performance.now();
  let operations = 0;
  do {
    await race();
    operations += AT_ONCE;
  } while (performance.now() - since < ms);
  return { operations, seconds: (performance.now() - since) / 1000 };
}

async function post(url, path, token, body) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  await answer.arrayBuffer();
  return answer.status;
}

/** Every slot is raced for once. */
function inTurn(slots) {
  let at = 0;
  return () => {
    const slot = slots[at++];
    if (!slot) throw new Error('all slots are used up');
    return slot;
  };
}

/** The reference has no calendar: any other name is another slot. */
function freshSlots() {
  let count = 0;
  return () => ({ coachId: 'nobody', startsAt: `slot ${count++}` });
}

/** Many coaches with long days, whose slots follow each other in time, so that no fellow is busy when a race begins. */
async function prepare(house) {
  const app = await insideApp(house);
  try {
    const { AvailabilitiesRepository } = await built('mentoring/availability/availabilities.repository.js');
    const cohortId = await aCohort(app);
    const fellows = await members(app, cohortId, 'fellow', AT_ONCE);
    const coaches = await members(app, cohortId, 'coach', 60);
    const id = (text) => new mongoose.Types.ObjectId(text);
    for (const coach of coaches)
      await app.get(AvailabilitiesRepository).save(id(cohortId), id(coach), HOURS, new Date());
    const tomorrow = Math.ceil(Date.now() / 86_400_000) * 86_400_000;
    const slots = Array.from({ length: 40 * 20 }, (_, index) => {
      const start = tomorrow + Math.floor(index / 20) * 86_400_000 + (index % 20) * 60 * MINUTE;
      return { coachId: coaches[Math.floor(index / 20)], startsAt: new Date(start).toISOString() };
    });
    return { cohortId, slots, tokens: await Promise.all(fellows.map((fellow) => tokenOf(app, fellow))) };
  } finally {
    await app.close();
  }
}
