import { setTimeout as sleep } from 'node:timers/promises';
import { built, insideApp, makeHouse } from './support/house.mjs';
import { startLoad } from './support/load.mjs';
import { members, tokenOf } from './support/people.mjs';
import { makeRooms } from './support/rooms.mjs';
import { quantile, spread } from './support/statistics.mjs';

const OTHERS = 8;
const ASKS_PER_SECOND = 40;
/** As many as a person may write in a minute, 300, come in evenly; what reads has no limit but its own answer. */
const WRITES_PER_SECOND = 5;
const READS_PER_SECOND = 1000;
const EXPORTED = 300;

/** How long others wait on ordinary routes while one member sends the dearest texts to each route that reads, excerpts, searches or exports them. */
export default async function texts({ services, pairs, ms }) {
  const house = makeHouse(services);
  const foe = startLoad('hostile-writer.mjs');
  try {
    const [room] = await makeRooms(house, 1, OTHERS + 1);
    const world = await prepared(house, room);
    const { url } = await house.startApp();
    const asks = [
      '/api/me',
      '/api/channels',
      `/api/cohorts/${world.cohortId}/topics`,
      `/api/cohorts/${world.cohortId}`,
    ];
    const others = room.auths.slice(1).map(({ token }) => ({ authorization: `Bearer ${token}` }));
    const routes = await routesOf(url, room, world);
    await askAll({ url, asks, others, ms });
    const figures = [];
    const notes = [];
    for (const { name, ...route } of routes) {
      const slices = [];
      let counts = {};
      for (let pair = 0; pair < pairs; pair += 1) {
        const slice = {};
        for (const side of pair % 2 === 0 ? ['calm', 'attacked'] : ['attacked', 'calm']) {
          const asked = askAll({ url, asks, others, ms });
          if (side === 'attacked') counts = added(counts, await foe.ask('send', { ...route, ms }));
          slice[side] = quantile(await asked, 0.99);
        }
        if (pair > 0) slices.push(slice);
      }
      const ratio = spread(slices.map(({ attacked, calm }) => attacked / calm));
      figures.push({ name: `p99 of others beside a calm time: ${name}`, unit: 'x', ...ratio, atMost: 2 });
      figures.push({
        name: `p99 of others meanwhile: ${name}`,
        unit: 'ms',
        ...spread(slices.map((one) => one.attacked)),
      });
      notes.push(
        `${name}: ${Object.entries(counts)
          .map(([status, count]) => `${count} times ${status}`)
          .join(', ')}.`,
      );
    }
    return { figures, notes: [`${ASKS_PER_SECOND} requests/s of ${OTHERS} others. ${notes.join(' ')}`] };
  } finally {
    foe.end();
    await house.close();
  }
}

/** Asks evenly, whatever the answers take; returns the milliseconds of each. */
async function askAll({ url, asks, others, ms }) {
  const taken = [];
  const began = performance.now();
  for (let turn = 0; performance.now() - began < ms; turn += 1) {
    const since = performance.now();
    taken.push(
      fetch(url + asks[turn % asks.length], { headers: others[turn % others.length] }).then(async (answer) => {
        await answer.arrayBuffer();
        if (!answer.ok) throw new Error(`${asks[turn % asks.length]}: ${answer.status}`);
        return performance.now() - since;
      }),
    );
    await sleep(Math.max(0, began + ((turn + 1) * 1000) / ASKS_PER_SECOND - performance.now()));
  }
  return await Promise.all(taken);
}

const added = (counts, more) =>
  Object.fromEntries(
    [...new Set([...Object.keys(counts), ...Object.keys(more)])].map((key) => [
      key,
      (counts[key] ?? 0) + (more[key] ?? 0),
    ]),
  );

/** The cohort of the room, with a member of its team. */
async function prepared(house, room) {
  const app = await insideApp(house);
  try {
    const [{ ChannelsRepository }, { AccessTokens }] = [
      await built('chat/channels/channels.repository.js'),
      await built('auth/tokens/access-tokens.js'),
    ];
    const { Types } = await import('mongoose');
    const channel = await app.get(ChannelsRepository).byId(new Types.ObjectId(room.channelId));
    const cohortId = String(channel.cohortId);
    const [staff] = await members(app, cohortId, 'staff', 1);
    const { sub, sid } = JSON.parse(Buffer.from(room.auths[0].token.split('.')[1], 'base64url').toString());
    const files = await app.get(AccessTokens).sign({ userId: sub, loginId: sid, isAdmin: false }, 'files');
    return { cohortId, staff: await tokenOf(app, staff), files: files.token };
  } finally {
    await app.close();
  }
}

/** Each route that reads a text, and what is sent to it. The channel has hostile messages to be found and exported. */
async function routesOf(base, { channelId, auths }, { cohortId, staff, files }) {
  const by = (token) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });
  const member = by(auths[0].token);
  const post = async (path, body, headers = member) => {
    const answer = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return await answer.json();
  };
  const messages = `/api/channels/${channelId}/messages`;
  const dear = (turn) => ['*a_', '**a', 'a@b.fr ', '[a](b "'][turn % 4].repeat(1100).slice(0, 7900);
  let last;
  for (let turn = 0; turn < EXPORTED; turn += 1)
    last = await post(messages, { clientId: `exported-${turn}-message`, body: `word ${dear(turn)}` });
  const topic = { title: 'A topic of the bench', tags: [] };
  const day = (days, hours) =>
    new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + days * 86_400_000 + hours * 3_600_000);
  const workshop = {
    ...{ title: 'A workshop of the bench', timeZone: 'Europe/Paris', place: 'Here', capacity: 20 },
    ...{ startsAt: day(7, 0).toISOString(), endsAt: day(7, 2).toISOString() },
  };
  const topics = `/api/cohorts/${cohortId}/topics`;
  const opened = await post(topics, { ...topic, body: 'A question' });
  const write = { method: 'POST', headers: member, perSecond: WRITES_PER_SECOND };
  const read = { method: 'GET', headers: { ...member, cookie: `cordee_files=${files}` }, perSecond: READS_PER_SECOND };
  return [
    {
      name: 'a message',
      url: base + messages,
      ...write,
      body: { clientId: 'bench-message' },
      field: 'body',
      length: 8000,
    },
    {
      name: 'a message edited',
      url: `${base}${messages}/${last.id}`,
      ...write,
      method: 'PATCH',
      body: {},
      field: 'body',
      length: 8000,
    },
    { name: 'a topic', url: base + topics, ...write, body: topic, field: 'body', length: 30_000 },
    { name: 'a post', url: `${base}${topics}/${opened.id}/posts`, ...write, body: {}, field: 'body', length: 30_000 },
    {
      name: 'a workshop',
      url: `${base}/api/cohorts/${cohortId}/workshops`,
      ...write,
      headers: by(staff),
      body: workshop,
      field: 'description',
      length: 20_000,
    },
    { name: 'a search', url: `${base}/api/search?q=word`, ...read },
    {
      name: 'an export as a page',
      url: `${base}/files/channels/${channelId}/export.html?lang=en&zone=Europe/Paris`,
      ...read,
    },
    { name: 'an export as data', url: `${base}/files/channels/${channelId}/export.json`, ...read },
  ];
}
