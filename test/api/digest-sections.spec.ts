import { Types } from 'mongoose';
import { DigestSender } from '../../src/notifications/digest-sender.js';
import { NOW, type TestWorld, startWorld } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { type NewPerson, type TestPerson, aCohort, aMember } from '../support/factories.js';

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
  await world.app.get(DigestSender).sweep();
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
      await world.db.collection('digests').findOne({ userId: new Types.ObjectId(muter.id), state: 'dropped' }),
    ).toMatchObject({ because: 'empty' }),
  );
  expect(digestsTo(muter)).toHaveLength(1);
});
