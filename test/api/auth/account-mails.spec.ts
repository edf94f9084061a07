import type { Types } from 'mongoose';
import { AccountEnds } from '../../../src/auth/account-ends.js';
import { AccountMails, accountMail } from '../../../src/auth/account-mails.js';
import { MailRequestsRepository } from '../../../src/auth/mail-requests.repository.js';
import { idOf } from '../../../src/infra/mongo/ids.js';
import { ENDS_AT_ONCE } from '../../../src/infra/mongo/expiry.js';
import { JobQueues } from '../../../src/infra/queue/job-queues.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { NoticeEnds } from '../../../src/notifications/inbox/notice-ends.js';
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
const requests = () => world.app.get(MailRequestsRepository);

/** A letter that was written down, but of which no worker was told. */
async function aSilentLetter(dueAgoMs: number, livesForMs = 120 * MINUTE): Promise<Types.ObjectId> {
  return await requests().insert({
    kind: 'reset',
    email: person.email,
    createdAt: ago(dueAgoMs),
    expiresAt: new Date(ago(dueAgoMs).getTime() + livesForMs),
    mailDueAt: ago(dueAgoMs),
  });
}

const catchUpOnBothNodes = () => Promise.all(world.nodes.map(({ app }) => app.get(AccountMails).catchUp()));
const isDone = (id: Types.ObjectId) =>
  eventually(async () => expect((await requests().byId(id))?.mailDueAt).toBeUndefined());
const lettersTo = (address: string) => world.mail.mails.filter((mail) => JSON.stringify(mail.to).includes(address));

it('given a letter that nobody was told of, then it is found when it is late, and goes once though two processes look', async () => {
  const id = await aSilentLetter(3 * MINUTE);
  await catchUpOnBothNodes();
  const [letter] = await world.mail.to(person.email);
  expect(letter?.subject).toBe('Set a new password');
  await isDone(id);
  await catchUpOnBothNodes();
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

it('given letters on their way, of no use any more, or over, then none of them goes', async () => {
  const fresh = await aSilentLetter(MINUTE);
  const old = await aSilentLetter(25 * 60 * MINUTE);
  const over = await aSilentLetter(3 * MINUTE, MINUTE);
  await catchUpOnBothNodes();
  // Its turn came: what could only lead to an error is not sent, and not looked for again.
  await isDone(over);
  expect((await requests().byId(fresh))?.mailDueAt).toBeInstanceOf(Date);
  expect((await requests().byId(old))?.mailDueAt).toBeInstanceOf(Date);
  expect(lettersTo(person.email)).toEqual([]);
});

it('given a letter whose job failed for good, then the next look makes another one of it', async () => {
  const id = await aSilentLetter(3 * MINUTE);
  const users = world.db.collection('users');
  // In no language of ours the letter cannot be written.
  await users.updateOne({ _id: idOf(person.id) }, { $set: { locale: 'xx' } });
  const queues = world.app.get(JobQueues);
  await queues.add(accountMail, { requestId: String(id) }, { jobId: `account-${String(id)}`, attempts: 1 });
  await eventually(async () =>
    expect(await queues.queue(accountMail).getJobState(`account-${String(id)}`)).toBe('failed'),
  );
  await users.updateOne({ _id: idOf(person.id) }, { $set: { locale: 'fr' } });
  await catchUpOnBothNodes();
  const [letter] = await world.mail.to(person.email);
  expect(letter?.subject).toBe('Choisir un nouveau mot de passe');
  await isDone(id);
});

it('given the mail server says the address is gone, then the letter is not tried again, and the address takes no mail from then on', async () => {
  world.mail.answer(person.email, 550, '5.1.1 no such mailbox');
  const id = await aSilentLetter(3 * MINUTE);
  await catchUpOnBothNodes();
  await isDone(id);
  await eventually(async () =>
    expect((await person.client.get('/api/me/mail-problem')).body.problem).toMatchObject({ address: person.email }),
  );
  await catchUpOnBothNodes();
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
