import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type NewPerson, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { personLink } from '../../support/rooms/person-links.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let base: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}`;
  staff = await aMember(world, cohort, 'staff');
});

const DAILY = { every: 'day', at: '08:30', weekday: 1, kinds: ['forum'], without: ['channels', 'slots'] };

/** Somebody who chose a digest a day. */
const aReader = async (role: 'fellow' | 'coach', person: NewPerson = {}) => {
  const reader = await aMember(world, cohort, role, person);
  const { kinds, quietHours } = (await reader.client.get('/api/me/preferences')).body;
  const chosen = await reader.client.put('/api/me/preferences', { kinds, quietHours, digest: DAILY });
  expect(chosen.status).toBe(200);
  return reader;
};
const ask = async (title: string, tags: string[]) => {
  const { status, body } = await staff.client.post(`${base}/topics`, { title, body: 'How?', tags });
  expect(status).toBe(201);
  return `${base}/topics/${body.id}`;
};
const follow = async (person: TestPerson, topic: string, level: string) =>
  expect((await person.client.put(`${topic}/subscription`, { level })).status).toBe(204);
const send = async (instant: string) => {
  world.clock.set(instant);
  await deliver(world);
};
const digestsTo = ({ email }: TestPerson) =>
  world.mail.mails.filter((mail) => mail.messageId?.startsWith('<digest-') && JSON.stringify(mail.to).includes(email));
const hasDigests = async (person: TestPerson, count: number) =>
  await eventually(() => {
    const mails = digestsTo(person);
    expect(mails).toHaveLength(count);
    return mails.at(-1)!;
  });

it('given a topic is muted by the link of a digest, or what was kept back is of a muted one, then the next names neither, to its person alone', async () => {
  const [muter, twin] = [
    await aReader('fellow', { craft: 'designer' }),
    await aReader('fellow', { craft: 'designer' }),
  ];
  const replied = await ask('Which font?', []);
  await ask('Which grid?', ['designer']);
  await send('2026-10-14T06:30:00.000Z');
  const html = String((await hasDigests(muter, 1)).html);
  const [, stop] = /Which grid\?[\s\S]*?href="([^"]+)"[^>]*>Mute this topic</.exec(html)!;
  const muted = await fetch(new URL(new URL(stop!).pathname, world.url), { method: 'POST' });
  expect(muted.status).toBe(200);
  for (const person of [muter, twin]) await follow(person, replied, 'watching');
  expect((await staff.client.post(`${replied}/posts`, { body: 'Marianne.' })).status).toBe(201);
  for (const { id } of [muter, twin])
    await eventually(async () =>
      expect(
        await world.db
          .collection('notifications')
          .countDocuments({ userId: new Types.ObjectId(id), kind: 'topic.replied' }),
      ).toBe(1),
    );
  await follow(muter, replied, 'muted');
  await send('2026-10-15T06:30:00.000Z');
  const { text } = await hasDigests(twin, 2);
  for (const title of ['Which font?', 'Which grid?']) expect(text).toContain(title);
  await eventually(async () =>
    expect(
      await world.db
        .collection('deliveries')
        .findOne({ of: new Types.ObjectId(muter.id), kind: 'digest', state: 'skipped' }),
    ).toMatchObject({ because: 'empty' }),
  );
  expect(digestsTo(muter)).toHaveLength(1);
});

it('given workshops for others, or not open yet, then it offers no place there, but names what its reader goes to', async () => {
  const [designer, coach] = [await aReader('fellow', { craft: 'designer' }), await aReader('coach')];
  const at = { startsAt: '2026-10-16T08:00:00.000Z', endsAt: '2026-10-16T10:00:00.000Z' };
  const make = async (title: string, more: object = {}) => await aWorkshop(staff, cohort, { title, ...at, ...more });
  await make('For all');
  await make('For coaches', { requires: { roles: ['coach'], crafts: [] } });
  await make('For data people', { requires: { roles: [], crafts: ['data'] } });
  await make('For designers', { requires: { roles: [], crafts: ['designer'] } });
  await make('Opens later', { opensAt: '2026-10-15T08:00:00.000Z' });
  await make('Run by the coach', { hosts: [coach.id], requires: { roles: [], crafts: ['data'] } });
  await make('Closed', { closesAt: '2026-10-13T10:00:00.000Z' });
  const { path } = await make('Joined, then for others');
  expect((await designer.client.put(`${path}/registration`, {})).status).toBeLessThan(300);
  const changed = await staff.client.patch(path, { requires: { roles: ['coach'], crafts: [] } });
  expect([changed.status, changed.body.code]).toEqual([200, undefined]);
  world.clock.set('2026-10-14T06:00:00.000Z');
  const named = async (person: TestPerson): Promise<string[]> => {
    const { lists } = (await person.client.get('/api/me/digest')).body;
    const { items } = lists.find(({ key }: { key: string }) => key === 'workshops');
    return items.map(({ title }: { title: string }) => title).sort();
  };
  expect(await named(designer)).toEqual(['For all', 'For designers', 'Joined, then for others']);
  expect(await named(coach)).toEqual(['For all', 'For coaches', 'Joined, then for others', 'Run by the coach']);
});

describe('links of one mail that are followed at once', () => {
  const stop = async (reader: TestPerson, ...about: string[]) =>
    expect(
      (await clientOf(world.url).post(`/api/unsubscribe/${personLink(world, 'unsubscribe', reader, ...about)}`)).status,
    ).toBe(200);
  const chosenBy = async (reader: TestPerson) => (await reader.client.get('/api/me/preferences')).body;

  it.each([
    [['digest'], ['chat']],
    [['section', 'workshops'], ['chat']],
    [
      ['section', 'workshops'],
      ['section', 'questions'],
    ],
    [['section', 'workshops'], ['digest']],
    [['digest'], ['section', 'questions']],
  ])('given %j, and %j while it is on its way, then both hold, and nothing else is another', async (first, second) => {
    const reader = await aReader('fellow');
    const before = await chosenBy(reader);
    const cameFirst = beforeItIsWritten(world, () => stop(reader, ...second));
    await stop(reader, ...first);
    expect(cameFirst()).toBe(true);
    const all = [first, second];
    const without = [...DAILY.without, ...all.flatMap(([what, section]) => (what === 'section' ? section! : []))];
    const { kinds, digest, ...others } = await chosenBy(reader);
    expect(kinds.chat.mail).toBe(!all.some(([what]) => what === 'chat'));
    expect({ ...kinds, chat: before.kinds.chat }).toEqual(before.kinds);
    if (all.some(([what]) => what === 'digest')) expect(digest).toBeNull();
    else expect({ ...digest, without: digest.without.toSorted() }).toEqual({ ...DAILY, without: without.toSorted() });
    expect({ ...others, kinds: null, digest: null }).toEqual({ ...before, kinds: null, digest: null });
  });
});
