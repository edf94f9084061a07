import type { Types } from 'mongoose';
import { AccountEnds } from '../../../src/auth/account-ends.js';
import { AccountMails } from '../../../src/auth/account-mails.js';
import { idOf } from '../../../src/infra/mongo/ids.js';
import { ENDS_AT_ONCE } from '../../../src/infra/mongo/expiry.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { killedAfter } from '../../support/outbox.js';
import { NoticeEnds } from '../../../src/notifications/inbox/notice-ends.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aPerson } from '../../support/factories.js';

/** Letters about accounts whose alarm was lost: with Redis, or with the process that was to set it. */
let world: TestWorld;
let person: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  person = await aPerson(world);
});

const MINUTE = 60_000;
const ago = (ms: number) => new Date(Date.now() - ms);
const deliveryOf = async (id: Types.ObjectId) => await world.db.collection('deliveries').findOne({ of: id });

/** A letter whose process died right after its write: no worker was told. */
const aSilentLetter = (expiresAt = ago(-120 * MINUTE)): Promise<Types.ObjectId> =>
  killedAfter(world, () =>
    world.app.get(AccountMails).write({ kind: 'reset', email: person.email, createdAt: ago(0), expiresAt }),
  );

const turnOnBothNodes = () => deliver(world);
const becomes = (id: Types.ObjectId, state: object) =>
  eventually(async () => expect(await deliveryOf(id)).toMatchObject(state));
const lettersTo = (address: string) => world.mail.mails.filter((mail) => JSON.stringify(mail.to).includes(address));

it('given a letter that nobody was told of, then a turn finds it, and it goes once though two processes look', async () => {
  const id = await aSilentLetter();
  await turnOnBothNodes();
  const [letter] = await world.mail.to(person.email);
  expect(letter?.subject).toBe('Set a new password');
  await becomes(id, { state: 'sent' });
  await turnOnBothNodes();
  const token = /\/reset\/([^"\s<]+)/.exec(String(letter?.text))?.[1];
  const answer = await person.client.post('/api/auth/password/reset', { token, password: 'another-password-2026' });
  expect(answer.status).toBe(204);
  // The letter of the change comes after it: by then a second one of the first would have come.
  await eventually(() =>
    expect(lettersTo(person.email).map(({ subject }) => subject)).toEqual([
      'Set a new password',
      'Your password was changed',
    ]),
  );
});

it('given a letter that is of no use any more, then it does not go', async () => {
  const id = await aSilentLetter(ago(MINUTE));
  await turnOnBothNodes();
  await becomes(id, { state: 'skipped', because: 'over' });
  expect(lettersTo(person.email)).toEqual([]);
});

it('given addresses that are nobody’s, then nothing stays of what was asked for with them, and what is somebody’s does', async () => {
  const strangers = ['one', 'other'].map((name) => `${name}@nobody.test`);
  const ids: Types.ObjectId[] = [];
  for (const email of [...strangers, person.email]) {
    expect((await person.client.post('/api/auth/password/forgot', { email })).status).toBe(202);
    const row = (await world.db.collection('mail-requests').find({}).toArray()).find((one) => one['email'] === email);
    ids.push(row!._id);
  }
  await turnOnBothNodes();
  await becomes(ids[2]!, { state: 'sent' });
  const kept = async (name: string, key: string) =>
    (await world.db.collection(name).find({}).toArray()).map((row) => String(row[key]));
  await eventually(async () => {
    const rows = [...(await kept('deliveries', 'of')), ...(await kept('mail-requests', '_id'))];
    expect(ids.map((id) => rows.includes(String(id)))).toEqual([false, false, true]);
  });
});

it('given the process died before it wrote what the letter is for, then nothing comes of it', async () => {
  const id = await aSilentLetter();
  await world.db.collection('mail-requests').deleteOne({ _id: id });
  await turnOnBothNodes();
  await becomes(id, { state: 'waiting', tries: 0 });
  world.clock.set(new Date(world.clock.now().getTime() + 2 * MINUTE));
  await turnOnBothNodes();
  await becomes(id, { state: 'skipped', because: 'gone' });
});

it('given a letter that cannot be written, then it is tried again a second later, and goes when it can', async () => {
  const users = world.db.collection('users');
  // In no language of ours the letter cannot be written.
  await users.updateOne({ _id: idOf(person.id) }, { $set: { locale: 'xx' } });
  // No alarm is set for the next try either: it would ring by the time of the machine, while the clock of the test stands.
  const id = await killedAfter(world, async () => {
    const letter = await aSilentLetter();
    await turnOnBothNodes();
    return letter;
  });
  const dueAt = new Date(world.clock.now().getTime() + 1000);
  await becomes(id, { state: 'waiting', because: 'error', tries: 1, dueAt });
  await users.updateOne({ _id: idOf(person.id) }, { $set: { locale: 'fr' } });
  world.clock.set(dueAt);
  await turnOnBothNodes();
  const [letter] = await world.mail.to(person.email);
  expect(letter?.subject).toBe('Choisir un nouveau mot de passe');
  await becomes(id, { state: 'sent' });
});

it('given the mail server says the address is gone, then the letter is not tried again, and the address takes no mail from then on', async () => {
  world.mail.answer(person.email, 550, '5.1.1 no such mailbox');
  const id = await aSilentLetter();
  await turnOnBothNodes();
  await becomes(id, { state: 'failed', because: 'refused' });
  await eventually(async () =>
    expect((await person.client.get('/api/me/mail-problem')).body.problem).toMatchObject({ address: person.email }),
  );
  await turnOnBothNodes();
  expect(world.mail.asked(person.email)).toBe(1);
});

describe('what is over ends', () => {
  const DAY = 24 * 60 * MINUTE;
  const turns = (turn: (node: (typeof world.nodes)[number]) => Promise<number>) => Promise.all(world.nodes.map(turn));
  const sum = (counts: number[]) => counts.reduce((all, one) => all + one, 0);

  it('given logins long over, then turns of two workers take them in batches, and none that is live or was over lately', async () => {
    const logins = world.db.collection('logins');
    const login = (expiresAt: Date, more: object = {}) => ({
      ...{ userId: idOf(person.id), tokenHash: 'x', userAgent: '', createdAt: expiresAt, lastUsedAt: expiresAt },
      ...{ expiresAt, revokedAt: null, revokedBecause: null, ...more },
    });
    const kept = [ago(89 * DAY), ago(-DAY)].map((at) => login(at, { revokedAt: ago(MINUTE) }));
    await logins.insertMany(kept);
    await logins.insertMany(Array.from({ length: ENDS_AT_ONCE + 7 }, (_, index) => login(ago(91 * DAY + index))));
    const first = sum(await turns(({ app }) => app.get(AccountEnds).endLogins()));
    expect(first).toBeGreaterThanOrEqual(ENDS_AT_ONCE);
    await turns(({ app }) => app.get(AccountEnds).endLogins());
    expect(await logins.countDocuments({ userId: idOf(person.id) })).toBe(kept.length);
    expect(await world.app.get(AccountEnds).endLogins()).toBe(0);
  });

  it('given mails about accounts whose link is long over, then they go, and those of this month stay', async () => {
    const mine = { userId: idOf(person.id) };
    const rows = world.db.collection('mail-requests');
    for (const days of [29, 31, 400])
      await rows.insertOne({
        kind: 'reset',
        ...mine,
        email: person.email,
        createdAt: ago(days * DAY),
        expiresAt: ago(days * DAY),
        usedAt: null,
      });
    expect(sum(await turns(({ app }) => app.get(AccountEnds).endRequests()))).toBe(2);
    expect(await rows.countDocuments(mine)).toBe(1);
  });

  it('given notices older than the setting says, then they leave the inbox, read or not, and newer ones stay', async () => {
    const notices = world.db.collection('notifications');
    const at = (days: number) => new Date(world.clock.now().getTime() - days * DAY);
    for (const [key, days, readAt] of [
      ['old', 401, null],
      ['read', 900, at(3)],
      ['new', 399, null],
    ] as const)
      await notices.insertOne({
        ...{
          userId: idOf(person.id),
          cohortId: null,
          kind: 'mention',
          params: {},
          link: '/',
          why: 'x',
          key,
          readAt,
          shown: true,
        },
        ...{ createdAt: at(days), mail: { state: 'none', dueAt: null } },
      });
    await turns(({ app }) => app.get(NoticeEnds).turn());
    expect((await notices.find({ userId: idOf(person.id) }).toArray()).map(({ key }) => String(key))).toEqual(['new']);
  });
});
