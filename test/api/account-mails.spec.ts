import type { Types } from 'mongoose';
import { AccountMails, accountMail } from '../../src/auth/account-mails.js';
import { MailRequestsRepository } from '../../src/auth/mail-requests.repository.js';
import { idOf } from '../../src/infra/mongo/ids.js';
import { JobQueues } from '../../src/infra/queue/job-queues.js';
import { type TestWorld, startWorld } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { type TestPerson, aPerson } from '../support/factories.js';

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
