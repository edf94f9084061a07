import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { fillForum } from './support/forum-rows.mjs';
import { insideApp, makeHouse } from './support/house.mjs';
import { aCohort, members, tokenOf } from './support/people.mjs';
import { alternate } from './support/slices.mjs';
import { quantile } from './support/statistics.mjs';
import { timed } from './support/timed.mjs';

const TOPICS = 1000;
const GROWN = 100_000;
const POSTS = 200;
const PEOPLE = 12;
/** So many requests are on their way at once. */
const AT_ONCE = 4;

/**
 * The list of 50 topics, a page of a topic with 200 posts and a reply with all that follows, signed in and with read pointers. Beside it bare Nest
 * on Fastify, which answers with the same bytes and keeps nothing. Then the list once more among a hundred times as many topics.
 */
export default async function forum({ services, quick, pairs, ms }) {
  const house = makeHouse(services, { ROLES: 'web,worker' });
  const db = await mongoose.createConnection(house.env.MONGODB_URI, { maxPoolSize: 10 }).asPromise();
  try {
    const [topics, grown] = quick ? [100, 2000] : [TOPICS, GROWN];
    const there = await prepare(house, db, topics);
    const app = await house.startApp();
    const bare = await house.startBare('bare-nest.mjs');
    const C = `/api/cohorts/${there.cohortId}/topics`;
    const routes = [
      { name: 'list of 50 topics', path: `${C}?limit=50`, read: 0.3, same: 0.6 },
      { name: 'a page of a topic with 200 posts', path: `${C}/${there.long}/posts?limit=20`, read: 0.3, same: 0.6 },
    ];
    const sides = { app: caller(app, there.token), bare: caller(bare, '') };
    const compare = (ours, theirs) =>
      alternate({
        app: { run: (length) => until(length, ours), pids: [app.pid] },
        bare: { run: (length) => until(length, theirs), pids: [bare.pid] },
        ...{ pairs, ms },
      });
    const rows = [];
    for (const [index, { name, path, read, same }] of routes.entries()) {
      const { body, etag } = await sides.app.get(path);
      await sides.bare.tell(index, body);
      const told = `/told/${index}`;
      const bareTag = (await sides.bare.get(told)).etag;
      rows.push({
        name,
        unit: '/s',
        atLeast: read,
        ...(await compare(
          () => sides.app.get(path),
          () => sides.bare.get(told),
        )),
      });
      const unchanged = await compare(
        () => sides.app.same(path, etag),
        () => sides.bare.same(told, bareTag),
      );
      rows.push({ name: `${name}, told to be as it was (304)`, unit: '/s', atLeast: same, ...unchanged });
    }
    const figures = await growth({ db, there, grown, path: routes[0].path, app: sides.app });
    rows.push(await replies({ sides, C, there, compare }));
    return { rows, figures, notes: [`${topics.toLocaleString('en')} topics; then ${grown.toLocaleString('en')}.`] };
  } finally {
    await db.close();
    await house.close();
  }
}

/** Replies of many people in turn to questions that three people follow. */
async function replies({ sides, C, there, compare }) {
  let count = 0;
  const write = (side, path, token) => {
    count += 1;
    return side.post(path, { body: `This is how we keep ours, number ${count}.`, clientId: randomUUID() }, token);
  };
  const ours = () => {
    const topicId = there.topics[count % there.topics.length];
    return write(sides.app, `${C}/${topicId}/posts`, there.tokens[count % there.tokens.length]);
  };
  await sides.bare.tell('reply', await ours());
  const row = await compare(ours, () => write(sides.bare, '/told/reply'));
  return { name: 'a reply with all that follows from it', unit: '/s', atLeast: 0.15, ...row };
}

/** The middle time of the list among some topics, and among many more. */
async function growth({ db, there, grown, path, app }) {
  const few = quantile(await timed(() => app.get(path), { times: 60, warm: 10 }), 0.5);
  await fillForum(db, { ...there, topics: grown, newest: Date.now() - 86_400_000 });
  const many = quantile(await timed(() => app.get(path), { times: 60, warm: 10 }), 0.5);
  return [
    { name: 'the list among few topics: p50', unit: 'ms', mid: few },
    { name: 'the list among many: p50', unit: 'ms', mid: many },
    { name: 'growth', unit: 'x', mid: many / few, atMost: 1.2 },
  ];
}

/** Asks one server, signed in where there is a token. Throws for an answer that is not what was asked for. */
function caller({ url }, token) {
  const ask = async (path, expected, { method = 'GET', headers = {}, body, as = token } = {}) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...(as && { authorization: `Bearer ${as}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (answer.status !== expected) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 200)}`);
    return { text, etag: answer.headers.get('etag') };
  };
  return {
    get: async (path) => {
      const { text, etag } = await ask(path, 200);
      return { body: text, etag };
    },
    same: (path, etag) => ask(path, 304, { headers: { 'if-none-match': etag } }),
    post: async (path, body, as = token) => (await ask(path, 201, { method: 'POST', body, as })).text,
    tell: (name, body) => ask(`/told/${name}`, 204, { method: 'PUT', body: JSON.parse(body) }),
  };
}

/** Repeats a request for so long, some at once. */
async function until(ms, request) {
  const since = performance.now();
  let operations = 0;
  const worker = async () => {
    do {
      await request();
      operations += 1;
    } while (performance.now() - since < ms);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { operations, seconds: (performance.now() - since) / 1000 };
}

/** A cohort with its topics, one of them long, and the tokens of its people. */
async function prepare(house, db, topics) {
  const app = await insideApp(house);
  try {
    const cohortId = await aCohort(app);
    const people = await members(app, cohortId, 'fellow', PEOPLE);
    const [me] = people;
    const there = { cohortId, people, me };
    const [long] = await fillForum(db, { ...there, topics: 1, posts: POSTS });
    const ids = await fillForum(db, { ...there, topics });
    const tokens = await Promise.all(people.map((person) => tokenOf(app, person)));
    return { ...there, long, topics: ids, token: tokens[0], tokens };
  } finally {
    await app.close();
  }
}
