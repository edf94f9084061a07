import { adminOf } from '../../../src/cli/admin.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type Client, clientOf } from '../../support/client.js';
import { handedOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';

/** Who holds the link that staff copy, and who reads the mail of an address, may be two people. */
let world: TestWorld;
let here: { id: string; staff: TestPerson };
let elsewhere: { id: string; staff: TestPerson };

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const [first, second] = [await aCohort(world), await aCohort(world)];
  here = { id: first, staff: await aMember(world, first, 'staff') };
  elsewhere = { id: second, staff: await aMember(world, second, 'staff') };
});

let count = 0;
const address = () => `owner${(count += 1)}@people.test`;
const elsewhereOf = (email: string) => email.replace('people.test', 'elsewhere.test');
const nobody = () => clientOf(world.url);
const lettersTo = (email: string) => world.mail.mails.filter((mail) => JSON.stringify(mail.to).includes(email));

interface Links {
  copied: string;
  /** Of the letter, which its owner alone reads. */
  mailed: string;
}

async function invite({ id, staff }: typeof here, email: string): Promise<Links> {
  const people = [{ email, name: 'Ana', role: 'fellow' }];
  expect((await staff.client.post(`/api/cohorts/${id}/invitations`, { people })).body.created).toBe(1);
  const { items } = (await staff.client.get(`/api/cohorts/${id}/invitations`)).body;
  const mailed = await linkIn(email, new RegExp(`/invitation/(${items[0].id}\\S+)`));
  return { copied: items[0].url.split('/').at(-1), mailed };
}

const linkIn = async (email: string, pattern: RegExp) =>
  await eventually(() => {
    const found = lettersTo(email)
      .map(({ text }) => pattern.exec(text ?? '')?.[1])
      .findLast((token) => token !== undefined);
    if (found === undefined) throw new Error('no such letter yet');
    return Promise.resolve(found);
  });

/** A letter that went a moment ago goes not again. */
const aMinuteLater = async () => {
  await handedOver(world, 'invitation');
  world.clock.advance(60_000);
};

const view = async (token: string) => (await nobody().get(`/api/auth/invitations/${token}`)).body;
const accept = (token: string, body: object = {}, as: Client = nobody()) =>
  as.post(`/api/auth/invitations/${token}/accept`, body);
const NEW = { name: 'Ana Lê', password: PASSWORD };
const clientAfter = (answer: { body: any }) => clientOf(world.url, answer.body.accessToken as string);
const cohortsOf = async (client: Client) =>
  ((await client.get('/api/me')).body.memberships as { cohortId: string }[]).map(({ cohortId }) => cohortId);

/** As staff could: an account at somebody else's address, by the link that they copied. */
async function anAccountByCopiedLink(email: string) {
  const { copied } = await invite(here, email);
  const answer = await accept(copied, NEW);
  expect(answer.status).toBe(200);
  return clientAfter(answer);
}

describe('the link of an invitation', () => {
  it('is another one in the letter than the one staff copy; the letter confirms the address, the copy does not', async () => {
    const [byMail, byCopy] = [address(), address()];
    const { mailed, copied } = await invite(here, byMail);
    expect(mailed).not.toBe(copied);
    expect((await accept(mailed, NEW)).body.me).toMatchObject({ email: byMail, emailConfirmed: true });
    const stranger = await anAccountByCopiedLink(byCopy);
    expect((await stranger.get('/api/me')).body).toMatchObject({ email: byCopy, emailConfirmed: false });
    expect(await cohortsOf(stranger)).toEqual([here.id]);
  });

  it('given an account by a copied link, or one that moves to another address, then no letter there says a name that its owner has not shown to be theirs', async () => {
    const [email, next] = [address(), address()];
    const bait = 'You won 1000 euros at prizes.example';
    const { copied } = await invite(here, email);
    const stranger = clientAfter(await accept(copied, { ...NEW, name: bait }));
    await linkIn(email, /confirm-address\/(\S+)/);
    await nobody().post('/api/auth/password/forgot', { email });
    await linkIn(email, /reset\/(\S+)/);
    expect((await stranger.post('/api/me/email', { email: next, password: PASSWORD })).status).toBe(202);
    await linkIn(next, /confirm-address\/(\S+)/);
    const confirmed = await aPerson(world, { name: bait });
    const third = address();
    expect((await confirmed.client.post('/api/me/email', { email: third, password: PASSWORD })).status).toBe(202);
    await linkIn(third, /confirm-address\/(\S+)/);
    const whole = [email, next, third].flatMap(lettersTo).map((mail) => JSON.stringify([mail.headerLines, mail.text]));
    expect(whole.length).toBeGreaterThanOrEqual(5);
    for (const letter of whole) expect(letter).not.toContain(bait);
    // At the address that they have shown to be theirs they are named.
    const [told] = await world.mail.to(confirmed.email);
    expect(JSON.stringify(told!.to)).toContain(bait);
  });

  it('tells nobody who copied it whether the address has an account elsewhere', async () => {
    const known = await aMember(world, elsewhere.id, 'fellow');
    const [ofKnown, ofNobody] = [await invite(here, known.email), await invite(here, address())];
    const [first, second] = [await view(ofKnown.copied), await view(ofNobody.copied)];
    expect({ ...first, email: '' }).toEqual({ ...second, email: '' });
    expect(first.known).toBeNull();
    expect([(await view(ofKnown.mailed)).known, (await view(ofNobody.mailed)).known]).toEqual([true, false]);
  });

  it('tells nobody who copied it so either when they send nothing', async () => {
    const known = await aPerson(world, { email: address() });
    for (const email of [known.email, address()])
      expect((await accept((await invite(here, email)).copied, {})).body).toMatchObject({
        status: 422,
        errors: [{ field: '/password', code: 'required' }],
      });
  });

  it('given it was copied and the address has an account, then that is tried in vain, and its owner hears of it', async () => {
    const known = await aMember(world, elsewhere.id, 'fellow');
    const { copied } = await invite(here, known.email);
    // They have just got the letter.
    expect((await accept(copied, NEW)).body).toMatchObject({ status: 401, code: 'sign_in_to_accept' });
    await aMinuteLater();
    for (let times = 0; times < 3; times += 1)
      expect((await accept(copied, NEW)).body).toMatchObject({ status: 401, code: 'sign_in_to_accept' });
    await world.mail.to(known.email, 2);
    expect(await cohortsOf(known.client)).toEqual([elsewhere.id]);
    expect((await accept(copied, {}, known.client)).status).toBe(200);
    expect((await cohortsOf(known.client)).sort()).toEqual([elsewhere.id, here.id].sort());
    expect(lettersTo(known.email)).toHaveLength(2);
  });

  it('given it is tried by the links of many cohorts, then its owner hears of three tries in a week', async () => {
    const known = await aMember(world, elsewhere.id, 'fellow');
    for (let count = 0; count < 5; count += 1) {
      const id = await aCohort(world);
      const { copied } = await invite({ id, staff: await aMember(world, id, 'staff') }, known.email);
      await aMinuteLater();
      for (let times = 0; times < 2; times += 1) expect((await accept(copied, NEW)).status).toBe(401);
    }
    await world.mail.to(known.email, 8);
    await world.settled();
    expect(lettersTo(known.email)).toHaveLength(8);
  });

  it('given a token of the letter that somebody made of the copied one, then 404', async () => {
    const { copied, mailed } = await invite(here, address());
    const [id, mac] = copied.split('.');
    for (const token of [`${id}m.${mac}`, `m${id}.${mac}`, `${id}.${mac}m`, `${mailed}m`])
      expect((await accept(token, NEW)).status).toBe(404);
  });
});

describe('an account at an address that nobody confirmed', () => {
  it('joins no other cohort by a link that staff copied there', async () => {
    const email = address();
    const stranger = await anAccountByCopiedLink(email);
    const { copied } = await invite(elsewhere, email);
    expect((await accept(copied, {}, stranger)).body).toMatchObject({ status: 409, code: 'confirm_first' });
    expect((await accept(copied, NEW)).body.code).toBe('sign_in_to_accept');
    expect(await cohortsOf(stranger)).toEqual([here.id]);
  });

  it('is its owner’s once they follow the letter of another invitation: whoever made it is out', async () => {
    const email = address();
    const stranger = await anAccountByCopiedLink(email);
    const changed = await stranger.post('/api/me/email', { email: elsewhereOf(email), password: PASSWORD });
    expect(changed.status).toBe(202);
    const theft = await linkIn(elsewhereOf(email), /\/confirm-address\/(\S+)/);
    const { mailed } = await invite(elsewhere, email);
    expect((await view(mailed)).known).toBe(false);
    expect((await accept(mailed, { name: 'Ana' })).body.errors).toEqual([{ field: '/password', code: 'required' }]);
    const answer = await accept(mailed, { name: 'The owner', password: 'the password of the owner' });
    expect(answer.body.me).toMatchObject({ email, name: 'The owner', emailConfirmed: true });
    await eventually(async () => expect((await stranger.get('/api/me')).status).toBe(401));
    expect((await nobody().post('/api/auth/email/confirm', { token: theft })).status).toBe(409);
    expect((await nobody().post('/api/auth/login', { email, password: PASSWORD })).status).toBe(401);
    expect((await cohortsOf(clientAfter(answer))).sort()).toEqual([elsewhere.id, here.id].sort());
  });

  it('is confirmed by the letter of another invitation that its own person follows, signed in', async () => {
    const email = address();
    const person = await anAccountByCopiedLink(email);
    const { mailed } = await invite(elsewhere, email);
    expect((await accept(mailed, {}, person)).body.me).toMatchObject({ emailConfirmed: true });
    expect((await cohortsOf(person)).sort()).toEqual([elsewhere.id, here.id].sort());
  });

  it('is confirmed by its own letter, which can be sent again, once', async () => {
    const email = address();
    const person = await anAccountByCopiedLink(email);
    const first = await linkIn(email, /\/confirm-address\/(\S+)/);
    expect((await person.get('/api/me')).body.pendingEmail).toBeNull();
    expect((await person.post('/api/me/email/confirmation')).status).toBe(202);
    await eventually(async () => expect(await linkIn(email, /\/confirm-address\/(\S+)/)).not.toBe(first));
    expect((await nobody().post('/api/auth/email/confirm', { token: `${first}x` })).status).toBe(409);
    expect((await person.post('/api/auth/email/confirm', { token: first })).status).toBe(204);
    expect((await person.get('/api/me')).body).toMatchObject({ email, emailConfirmed: true });
    // Whoever gets at the other letter later has nothing by it.
    const second = { token: await linkIn(email, /\/confirm-address\/(\S+)/), password: 'a password of somebody else' };
    expect((await nobody().post('/api/auth/email/confirm', second)).body.code).toBe('link_used_up');
    expect((await person.get('/api/me')).status).toBe(200);
    expect((await person.post('/api/me/email/confirmation')).body.code).toBe('already_confirmed');
    const { copied } = await invite(elsewhere, email);
    expect((await accept(copied, {}, person)).status).toBe(200);
    expect((await nobody().post('/api/me/email/confirmation')).status).toBe(401);
  });

  it('is its owner’s, by a password of theirs, once they confirm what somebody else began: whoever made it is out', async () => {
    const email = address();
    const stranger = await anAccountByCopiedLink(email);
    const feed = (await stranger.post('/api/me/calendar-feed')).body.url as string;
    const token = await linkIn(email, /\/confirm-address\/(\S+)/);
    const other = await aPerson(world);
    const confirm = (body: object, as = nobody()) => as.post('/api/auth/email/confirm', { token, ...body });
    for (const as of [nobody(), other.client])
      expect((await confirm({}, as)).body).toMatchObject({
        status: 422,
        errors: [{ field: '/password', code: 'required' }],
      });
    expect((await stranger.get('/api/me')).body.emailConfirmed).toBe(false);
    const theirs = 'the password of the owner';
    const [first, second] = await Promise.all([confirm({ password: theirs }), confirm({ password: theirs })]);
    expect([first.status, second.status].sort()).toEqual([204, 409]);
    await eventually(async () => expect((await stranger.get('/api/me')).status).toBe(401));
    expect((await nobody().get(new URL(feed).pathname)).status).toBe(404);
    expect((await nobody().post('/api/auth/login', { email, password: PASSWORD })).status).toBe(401);
    const login = await nobody().post('/api/auth/login', { email, password: theirs });
    expect(login.body.me).toMatchObject({ email, emailConfirmed: true });
    expect((await other.client.get('/api/me')).body.email).toBe(other.email);
  });

  it('does not get the address of a reader who knows nothing of it, nor does the reader get the account', async () => {
    const [email, readers] = [address(), address()];
    const stranger = await anAccountByCopiedLink(email);
    await stranger.post('/api/me/email', { email: readers, password: PASSWORD });
    const token = await linkIn(readers, /\/confirm-address\/(\S+)/);
    for (const body of [{ token }, { token, password: 'the password of the reader' }])
      expect((await nobody().post('/api/auth/email/confirm', body)).body.code).toBe('sign_in_to_confirm');
    expect((await stranger.get('/api/me')).body).toMatchObject({ email, emailConfirmed: false });
    for (const tried of [PASSWORD, 'the password of the reader'])
      expect((await nobody().post('/api/auth/login', { email: readers, password: tried })).status).toBe(401);
  });

  it('is confirmed by a new password, which is set by a mail, and by another address that is confirmed', async () => {
    const [email, other] = [address(), address()];
    await anAccountByCopiedLink(email);
    await nobody().post('/api/auth/password/forgot', { email });
    const token = await linkIn(email, /\/reset\/(\S+)/);
    await nobody().post('/api/auth/password/reset', { token, password: 'a password by a mail' });
    const login = await nobody().post('/api/auth/login', { email, password: 'a password by a mail' });
    expect(login.body.me.emailConfirmed).toBe(true);

    const mover = await anAccountByCopiedLink(other);
    const told = lettersTo(other).length;
    await mover.post('/api/me/password', { currentPassword: PASSWORD, password: 'no mail was read for this' });
    expect((await mover.get('/api/me')).body.emailConfirmed).toBe(false);
    await mover.post('/api/me/email', { email: elsewhereOf(other), password: 'no mail was read for this' });
    const confirm = await linkIn(elsewhereOf(other), /\/confirm-address\/(\S+)/);
    await mover.post('/api/auth/email/confirm', { token: confirm });
    expect((await mover.get('/api/me')).body).toMatchObject({ email: elsewhereOf(other), emailConfirmed: true });
    // Whose address it was not is told nothing of the one it became.
    expect(
      lettersTo(other)
        .slice(told)
        .map(({ subject }) => subject),
    ).not.toContain('Votre adresse va changer');
  });

  it('is made no admin', async () => {
    const email = address();
    await anAccountByCopiedLink(email);
    await expect(adminOf(world.app, email)).rejects.toThrow('not confirmed');
    expect((await world.db.collection('users').findOne({ email }))?.['isAdmin']).toBe(false);
  });
});

it('given an account of before, then its address counts as confirmed', async () => {
  const person = await aPerson(world);
  expect((await person.client.get('/api/me')).body.emailConfirmed).toBe(true);
});
