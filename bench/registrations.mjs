import mongoose from 'mongoose';
import { insideApp, makeHouse } from './support/house.mjs';
import { aCohort, members, tokenOf } from './support/people.mjs';
import { alternate } from './support/slices.mjs';

const PEOPLE = 200;
const PLACES = 20;
const WORKSHOPS = 400;
const DAY = 86_400_000;

/**
 * Two hundred people at once for a workshop of twenty places, workshop after workshop, over two processes: twenty go, and the others wait
 * in one line without a gap. Beside it `insertOne` of each under a unique key, straight from a driver and behind two bare HTTP servers.
 */
export default async function registrations({ services, pairs, ms }) {
  const house = makeHouse(services);
  const db = await mongoose.createConnection(house.env.MONGODB_URI, { maxPoolSize: 50 }).asPromise();
  try {
    const { cohortId, workshops, tokens } = await prepare(house, db);
    const apps = [await house.startApp(), await house.startApp()];
    const bares = [await house.startBare('bare-insert.mjs'), await house.startBare('bare-insert.mjs')];
    const wrong = [];
    let races = 0;
    const next = { app: inTurn(workshops), http: counted('http'), straight: counted('straight') };
    const kept = db.collection('straight-places');
    const attempts = {
      app: (workshop, index, token) =>
        send(apps[index % 2].url, 'PUT', `/api/cohorts/${cohortId}/workshops/${workshop}/registration`, token, {}),
      http: (workshop, index) =>
        send(bares[index % 2].url, 'POST', '/', '', { coachId: workshop, startsAt: String(index) }).then(() => 'going'),
      straight: (workshop, index) => kept.insertOne({ _id: `${workshop} ${index}` }).then(() => 'going'),
    };
    const race = async (name) => {
      const workshop = next[name]();
      const places = await Promise.all(tokens.map((token, index) => attempts[name](workshop, index, token)));
      if (name !== 'app') return;
      races += 1;
      const [going, waiting] = ['going', 'waitlisted'].map((one) => places.filter((place) => place === one).length);
      const rows = await db
        .collection('registrations')
        .find({ workshopId: new mongoose.Types.ObjectId(workshop) })
        .sort({ order: 1 })
        .toArray();
      const inLine = rows.every((row, index) => row.order === index + 1 && (row.status === 'going') === index < PLACES);
      if (going !== PLACES || waiting !== PEOPLE - PLACES || rows.length !== PEOPLE || !inLine)
        wrong.push(`${workshop}: ${going} go, ${waiting} wait, ${rows.length} rows${inLine ? '' : ', out of order'}`);
    };
    const side = (name, pids) => ({ run: (length) => until(length, () => race(name)), pids });
    const pidsOf = (processes) => processes.map((one) => one.pid);
    const compared = { unit: 'registrations/s', atLeast: 0.4 };
    const app = side('app', pidsOf(apps));
    const rows = [];
    for (const [name, bare] of [
      ['beside insertOne from a driver', side('straight')],
      ['beside insertOne behind bare HTTP', side('http', pidsOf(bares))],
    ])
      rows.push({ name, ...compared, ...(await alternate({ app, bare, pairs, ms })) });
    return {
      rows: rows.map((row) => ({ ...row, lost: wrong.length })),
      figures: [
        { name: `workshops, each with ${PLACES} who go and a whole line`, unit: '', mid: races - wrong.length },
      ],
      wrong,
    };
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
    operations += PEOPLE;
  } while (performance.now() - since < ms);
  return { operations, seconds: (performance.now() - since) / 1000 };
}

/** What became of somebody: their standing, else the status of the answer. */
async function send(url, method, path, token, body) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
  const { status } = await answer.json();
  return status ?? answer.status;
}

/** Every workshop is raced for once. */
function inTurn(workshops) {
  let at = 0;
  return () => {
    const workshop = workshops[at++];
    if (!workshop) throw new Error('all workshops are used up');
    return workshop;
  };
}

/** The reference has no workshops: any other name is another one. */
function counted(name) {
  let at = 0;
  return () => `${name} ${at++}`;
}

/** Published workshops of twenty places, and two hundred fellows who are signed in. */
async function prepare(house, db) {
  const app = await insideApp(house);
  try {
    const cohortId = await aCohort(app);
    const fellows = await members(app, cohortId, 'fellow', PEOPLE);
    const [host] = await members(app, cohortId, 'staff', 1);
    const [createdAt, none] = [new Date(), { onsite: 0, online: 0 }];
    const startsAt = new Date(Math.ceil(createdAt.getTime() / DAY) * DAY + 7 * DAY);
    const workshops = Array.from({ length: WORKSHOPS }, (_, index) => ({
      ...{ _id: new mongoose.Types.ObjectId(), cohortId: new mongoose.Types.ObjectId(cohortId) },
      ...{ title: `Workshop ${index}`, kind: 'workshop', description: '', tags: [], timeZone: 'Europe/Paris' },
      ...{ startsAt, endsAt: new Date(startsAt.getTime() + 7_200_000), place: null, link: null },
      ...{ capacity: PLACES, onlineCapacity: null, reserved: 0, offerMinutes: null, opensAt: null, closesAt: null },
      ...{ requires: null, hosts: [new mongoose.Types.ObjectId(host)], materials: [], status: 'published' },
      ...{ cancelReason: null, going: none, waitlisted: none, offered: none, lastOrder: 0, version: 1, revision: 1 },
      ...{ edition: 1, attendanceCode: null, channelId: null, words: [], proposed: false },
      ...{ createdBy: new mongoose.Types.ObjectId(host), createdAt, changedAt: createdAt },
    }));
    await db.collection('workshops').insertMany(workshops);
    return {
      cohortId,
      workshops: workshops.map(({ _id }) => String(_id)),
      tokens: await Promise.all(fellows.map((fellow) => tokenOf(app, fellow))),
    };
  } finally {
    await app.close();
  }
}
