import { Types } from 'mongoose';
import { UsersRepository } from '../../../src/auth/users.repository.js';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import { LettersOfDay } from '../../../src/cohorts/invitations/letters-of-day.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { TOLD_AT, aProject, accepted } from '../../support/rooms/teams.js';

/** What follows from teams that are published and proposals that are adopted: it is done once, whatever others do since, and ends with the application. */
const NAMES = ['Rayan Aubert', 'Faïza Guerroudj', 'Pia Werner', 'Yao Tchalla'];
const CRAFTS = ['developer', 'designer', 'data', 'developer'];

let world: TestWorld;
let staff: TestPerson;
let [rayan, faiza, pia, yao]: TestApplicant[] = [];
let people: TestApplicant[];
let [bail, sol, one]: { id: string; name: string }[] = [];
let C: string;
let M: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
  C = `/api/cohorts/${cohortId}`;
  M = `${C}/matching`;
  const answers = NAMES.map((name, at) => ({ name, craft: CRAFTS[at] }));
  people = await accepted(world, staff, 'fellows', answers);
  [rayan, faiza, pia, yao] = people;
  bail = await aProject(staff, 'BailSûr', ['developer', 'designer', 'data']);
  sol = await aProject(staff, 'SolSain', []);
  one = await aProject(staff, 'For a developer', ['developer']);
  await aProject(staff, 'For a designer', ['designer']);
});

const followed = () => Promise.all(world.nodes.map(({ app }) => app.get(Outbox).settled()));
const waiting = async () =>
  (await world.db.collection('outbox').find().toArray()).filter(({ kind }) => /^(teams|proposals)/.test(kind)).length;
/** The workers of both processes try what failed once more. */
async function tried(): Promise<void> {
  world.clock.advance(3_600_000);
  await Promise.all(world.nodes.map(({ app }) => app.get(Outbox).turn()));
  await followed();
}
/** Rayan and Faïza at BailSûr, with Pia, who has no other place; Yao by themselves. */
const theirs = () => [rayan!, faiza!].map(({ id }) => ({ applicationId: id, projectId: bail!.id }));
const solved = async (locks = theirs()) => (await staff.client.post(M, { seed: 7, locks })).body;
const publish = (id: string, body = {}, node = 0) =>
  staff.client.on(world.nodes[node]!.url).post(`${M}/${id}/publish`, body);
async function published(locks = theirs()): Promise<void> {
  expect((await publish((await solved(locks)).id)).status).toBe(200);
  await followed();
}
type Row = { id: string; email: string; state: string; projectName: string | null; name: string };
const invitations = async (): Promise<Row[]> => (await staff.client.get(`${C}/invitations`)).body.items;
const statesOf = async ({ email }: { email: string }) =>
  (await invitations()).filter((one) => one.email === email).map(({ state }) => state);
const invitedNames = async () => (await invitations()).map(({ name }) => name).toSorted();
const projectOf = async (id: string) => (await staff.client.get(`${C}/projects/${id}`)).body;
const files = () => world.db.collection('applications');
const only = ({ id }: { id: string }) => ({ _id: new Types.ObjectId(id) });
const byHand = ({ email }: TestApplicant) =>
  staff.client.post(`${C}/invitations`, { people: [{ email, name: 'By hand', role: 'fellow' }] });
const lettersTo = ({ email }: TestApplicant) =>
  world.mail.mails.filter(
    ({ to, text }) => [to].flat().some((one) => one?.text.includes(email)) && text?.includes('/invitation/'),
  );
/** Follows the link of their last letter, with a password alone. */
async function join(one: TestApplicant, node = 0) {
  await eventually(() => expect(lettersTo(one).length).toBeGreaterThan(0));
  const token = /\/invitation\/(\S+)/.exec(lettersTo(one).at(-1)!.text!)![1]!;
  const path = `/api/auth/invitations/${token}/accept`;
  return await clientOf(world.nodes[node]!.url).post(path, { password: 'a long enough password' });
}
/** Mailboxes that get no more letters, until it is called off. */
function full(...addresses: string[]): () => void {
  const parts = world.nodes.map(({ app }) => app.get(LettersOfDay));
  for (const one of parts)
    one.takeEach = (_, emails) => Promise.resolve(new Set(emails.filter((email) => addresses.includes(email))));
  return () => parts.forEach((one) => Reflect.deleteProperty(one, 'takeEach'));
}
async function adopt() {
  const { items } = (await staff.client.get(`${M}/proposals`)).body;
  const projects = items.map(({ applicationId, name, agency, summary, places }: any) => ({
    ...{ applicationId, name, agency, summary, places },
  }));
  const { body } = await staff.client.post(`${M}/projects`, { projects });
  await followed();
  return (of: TestApplicant) => body.items.find(({ applicationId }: any) => applicationId === of.id).projectId;
}

describe('an address that nobody has shown to be theirs', () => {
  it('given a member by a link that staff copied, then the team is of who reads the mail there, who is invited', async () => {
    await byHand(faiza!);
    const { items } = (await staff.client.get(`${C}/invitations`)).body;
    const copied = items[0].url.split('/').at(-1);
    const path = `/api/auth/invitations/${copied}/accept`;
    const stranger = await clientOf(world.url).post(path, { name: 'A stranger', password: 'a long enough password' });
    expect(stranger.status).toBe(200);
    const before = lettersTo(faiza!).length;
    const { id } = await solved();
    const becoming = (await publish(id, { dryRun: true })).body.people.map(({ becomes }: any) => becomes);
    expect(new Set(becoming)).toEqual(new Set(['invited']));
    await published();
    expect(await waiting()).toBe(0);
    expect((await projectOf(bail!.id)).fellows).toEqual([]);
    expect((await statesOf(faiza!)).toSorted()).toEqual(['accepted', 'pending']);
    await eventually(() => expect(lettersTo(faiza!).length).toBeGreaterThan(before));
    // Who follows the letter has the account, and the team; the stranger is signed out.
    const owner = await join(faiza!);
    expect([owner.status, owner.body.me.id]).toEqual([200, stranger.body.me.id]);
    expect((await projectOf(bail!.id)).fellows.map((one: any) => one.id)).toEqual([owner.body.me.id]);
    const old = clientOf(world.url, stranger.body.accessToken);
    await eventually(async () => expect((await old.get('/api/me')).status).toBe(401));
  });
});

describe('trying again', () => {
  it('given one mailbox is full, then what staff do with the others stands, and the one is invited once there is room', async () => {
    const room = full(faiza!.email);
    await published();
    expect([await waiting(), await invitedNames()]).toEqual([1, ['Pia Werner', 'Rayan Aubert', 'Yao Tchalla']]);
    // One comes and is moved, one comes and is taken out, one is not wanted any more.
    const moved = (await join(rayan!)).body.me;
    const out = (await join(yao!)).body.me;
    await staff.client.patch(`${C}/projects/${sol!.id}`, { fellowIds: [moved.id] });
    expect((await staff.client.delete(`${C}/members/${out.id}`)).status).toBe(204);
    const { id } = (await invitations()).find(({ email }) => email === pia!.email)!;
    expect((await staff.client.delete(`${C}/invitations/${id}`)).status).toBe(204);
    await tried();
    await tried();
    expect(await waiting()).toBe(1);
    expect((await projectOf(sol!.id)).fellows.map((one: any) => one.id)).toEqual([moved.id]);
    for (const { id: left } of [bail!, one!]) expect((await projectOf(left)).fellows).toEqual([]);
    expect([await statesOf(pia!), await statesOf(yao!)]).toEqual([['revoked'], ['accepted']]);
    room();
    await tried();
    expect([await waiting(), await statesOf(faiza!)]).toEqual([0, ['pending']]);
    expect((await projectOf(bail!.id)).invited.map(({ email }: any) => email)).toEqual([faiza!.email]);
    await eventually(() => expect(people.map((one) => lettersTo(one).length)).toEqual([1, 1, 1, 1]));
  });

  it('given a host was taken off their project, then they stay off it', async () => {
    const [first, second] = await accepted(world, staff, 'projects', [{}, { title: 'TriPapier', name: 'Ousmane Ba' }]);
    const host = await aMember(world, staff.cohortId!, 'host');
    await files().updateOne(only(first!), { $set: { email: host.email } });
    const room = full(second!.email);
    const made = (await adopt())(first!);
    expect((await projectOf(made)).hosts.map(({ id }: any) => id)).toEqual([host.id]);
    await staff.client.patch(`${C}/projects/${made}`, { hostIds: [] });
    await tried();
    room();
    await tried();
    expect([await waiting(), await statesOf(second!)]).toEqual([0, ['pending']]);
    expect((await projectOf(made)).hosts).toEqual([]);
  });

  it('given two unlike things are wrong, then all others are invited, and only those two are tried again', async () => {
    const room = full(faiza!.email);
    await files().updateOne(only(pia!), { $set: { email: 'no address' } });
    await published();
    expect(await invitedNames()).toEqual(['Rayan Aubert', 'Yao Tchalla']);
    room();
    await tried();
    expect([await waiting(), await invitedNames()]).toEqual([1, ['Faïza Guerroudj', 'Rayan Aubert', 'Yao Tchalla']]);
    await files().updateOne(only(pia!), { $set: { email: pia!.email } });
    await tried();
    expect([await waiting(), (await invitations()).length]).toEqual([0, 4]);
  });

  it('given the process dies right after it was published, then each is invited once by those who follow it', async () => {
    const { id } = await solved();
    await killedAfter(world, () => publish(id));
    expect(await invitations()).toEqual([]);
    await followOutbox(world);
    expect(await invitedNames()).toEqual(NAMES.toSorted());
    await eventually(() => expect(people.map((one) => lettersTo(one).length)).toEqual([1, 1, 1, 1]));
  });
});

describe('one person', () => {
  it('given somebody is accepted in two calls, then they have one seat, by their newest application, and one invitation', async () => {
    const [again] = await accepted(world, staff, 'fellows', [{ name: 'Rayan Aubert', craft: 'designer' }]);
    const newer = new Date('2026-10-21T10:00:00.000Z');
    await files().updateOne(only(again!), { $set: { email: rayan!.email, 'submitted.at': newer } });
    const listed = (await staff.client.get(M)).body.people.map(({ name, craft }: any) => `${name} ${craft}`);
    expect(listed.toSorted()).toEqual([
      ...['Faïza Guerroudj designer', 'Pia Werner data', 'Rayan Aubert designer', 'Yao Tchalla developer'],
    ]);
    await published([]);
    expect([await waiting(), await statesOf(rayan!)]).toEqual([0, ['pending']]);
  });

  it('given a version in which they have two seats, then they get one of them, once', async () => {
    const [again] = await accepted(world, staff, 'fellows', [{ name: 'Rayan Aubert', craft: 'designer' }]);
    const { id, shares } = await solved();
    expect(shares.unplaced).toBe(0);
    await files().updateOne(only(again!), { $set: { email: rayan!.email } });
    const done = await publish(id);
    expect(done.body.people.filter(({ email }: any) => email === rayan!.email)).toHaveLength(1);
    await followed();
    expect([await waiting(), await statesOf(rayan!), (await invitations()).length]).toEqual([0, ['pending'], 4]);
  });

  it('given a name of which nothing can be seen, then they are invited under their address', async () => {
    await files().updateOne(only(rayan!), { $set: { 'submitted.known.name': '\u200b' } });
    await published();
    expect([await waiting(), await invitedNames()]).toEqual([0, [...NAMES.slice(1), rayan!.email].toSorted()]);
    await eventually(() => expect(lettersTo(rayan!)).toHaveLength(1));
  });

  it('given an agency with two proposals, then its one letter names both projects', async () => {
    const [first] = await accepted(world, staff, 'projects', [{ title: 'QuaiLibre' }]);
    const [second] = await accepted(world, staff, 'projects', [{ title: 'TriPapier' }]);
    await files().updateOne(only(second!), { $set: { email: first!.email } });
    await adopt();
    await eventually(() => expect(lettersTo(first!)).toHaveLength(1));
    expect(lettersTo(first!)[0]!.text).toMatch(/QuaiLibre[\s\S]*TriPapier/);
    expect((await invitations()).map(({ projectName }) => projectName)).toEqual(['QuaiLibre, TriPapier']);
  });

  it('given an invitation of theirs is over, then it is said that they are invited, and they are, anew', async () => {
    await byHand(rayan!);
    const over = { expiresAt: new Date(world.clock.now().getTime() - 1) };
    await world.db
      .collection('invitations')
      .updateOne({ cohortId: new Types.ObjectId(staff.cohortId!), email: rayan!.email }, { $set: over });
    const { id } = await solved();
    const becoming = (await publish(id, { dryRun: true })).body.people.map(({ becomes }: any) => becomes);
    expect(becoming).toEqual(Array(4).fill('invited'));
    await publish(id);
    await followed();
    expect((await statesOf(rayan!)).toSorted()).toEqual(['pending', 'revoked']);
  });

  it('given who accepts their earlier invitation at that moment, on another process, then they come into the team', async () => {
    await byHand(rayan!);
    const { id } = await solved();
    await killedAfter(world, () => publish(id));
    // Whoever looks for accounts before all is held finds none, and then there is one.
    const parts = world.nodes.map(({ app }) => app.get(UsersRepository));
    let joined: Promise<{ status: number }> | undefined;
    for (const one of parts) {
      const look = one.ownersOf.bind(one);
      one.ownersOf = async (emails, session) => {
        const found = await look(emails, session);
        if (!session && emails.includes(rayan!.email)) await (joined ??= join(rayan!, 1));
        return found;
      };
    }
    await followOutbox(world);
    for (const one of parts) Reflect.deleteProperty(one, 'ownersOf');
    expect((await (joined ?? join(rayan!, 1))).status).toBe(200);
    await followed();
    expect((await projectOf(bail!.id)).fellows.map(({ name }: any) => name)).toEqual(['By hand']);
  });

  it('given they accept it while it is published, whoever is faster, then they come into the team', async () => {
    await byHand(rayan!);
    const { id } = await solved();
    await eventually(() => expect(lettersTo(rayan!)).toHaveLength(1));
    const [joined, done] = await Promise.all([join(rayan!, 1), publish(id)]);
    expect([joined.status, done.status]).toEqual([200, 200]);
    await followed();
    while ((await waiting()) > 0) await tried();
    expect((await projectOf(bail!.id)).fellows).toHaveLength(1);
    expect(await statesOf(rayan!)).toEqual(['accepted']);
  });
});

describe('the end of an application', () => {
  it('given who is invited takes it back, then their invitation is withdrawn and no team counts on them; one that staff wrote stays', async () => {
    await byHand(faiza!);
    await published();
    await eventually(() => expect(lettersTo(rayan!)).toHaveLength(1));
    for (const one of [rayan!, faiza!]) await one.client.post(`${one.path}/withdraw`);
    await followed();
    expect([await statesOf(rayan!), await statesOf(faiza!)]).toEqual([['revoked'], ['pending']]);
    const answer = await join(rayan!);
    expect([answer.status, answer.body.code]).toEqual([409, 'invitation_revoked']);
    expect((await projectOf(bail!.id)).invited.map(({ email }: any) => email)).not.toContain(rayan!.email);
    // Who came is a member, whatever they take back after that.
    expect((await join(pia!)).status).toBe(200);
    await pia!.client.post(`${pia!.path}/withdraw`);
    await followed();
    expect(await statesOf(pia!)).toEqual(['accepted']);
    expect((await projectOf(bail!.id)).fellows.map(({ name }: any) => name)).toEqual(['Pia Werner']);
  });

  it('given who is invited gives their place back, then their invitation is withdrawn', async () => {
    await published();
    const place = { state: 'taken', confirmBy: new Date('2026-11-20T10:00:00.000Z'), since: new Date(TOLD_AT) };
    await files().updateOne(only(rayan!), { $set: { 'decision.place': place } });
    expect((await rayan!.client.post(`${rayan!.path}/place`, { takes: false })).status).toBe(200);
    await followed();
    expect([await statesOf(rayan!), await statesOf(faiza!)]).toEqual([['revoked'], ['pending']]);
  });

  it('given they take it back on one process while it is published on another, then nobody is left invited', async () => {
    const { id } = await solved();
    const answers = await Promise.all([
      publish(id, {}, 0),
      ...people.map((one) => one.client.on(world.nodes[1]!.url).post(`${one.path}/withdraw`)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    await followed();
    while ((await waiting()) > 0) await tried();
    await followed();
    expect((await invitations()).filter(({ state }) => state === 'pending')).toEqual([]);
  });

  it('given proposals of one host are taken back, then its host stays invited to the other project; with the last one nobody is', async () => {
    const [first] = await accepted(world, staff, 'projects', [{ title: 'QuaiLibre' }]);
    const [second] = await accepted(world, staff, 'projects', [{ title: 'TriPapier' }]);
    await files().updateOne(only(second!), { $set: { email: first!.email } });
    await adopt();
    // A third one, that is adopted later, is planned in the same invitation.
    const [third] = await accepted(world, staff, 'projects', [{ title: 'PasseRelle' }]);
    await files().updateOne(only(third!), { $set: { email: first!.email } });
    await adopt();
    expect((await invitations()).map(({ projectName }) => projectName)).toEqual(['QuaiLibre, TriPapier, PasseRelle']);
    await third!.client.post(`${third!.path}/withdraw`);
    await first!.client.post(`${first!.path}/withdraw`);
    await followed();
    expect((await invitations()).map(({ state, projectName }) => [state, projectName])).toEqual([
      ['pending', 'TriPapier'],
    ]);
    await second!.client.post(`${second!.path}/withdraw`);
    await followed();
    expect((await invitations()).map(({ state }) => state)).toEqual(['revoked']);
  });

  it('given applications are erased, then no invitation keeps the name or address of who never came', async () => {
    const [host] = await accepted(world, staff, 'projects', [{}]);
    await adopt();
    await published();
    expect((await join(pia!)).status).toBe(200);
    await yao!.client.post(`${yao!.path}/withdraw`);
    await followed();
    expect(await invitations()).toHaveLength(5);
    world.clock.set('2029-12-01T00:00:00.000Z');
    await world.app.get(ApplicationErasing).erase();
    await followed();
    const rows = await world.db
      .collection('invitations')
      .find({ cohortId: new Types.ObjectId(staff.cohortId!) })
      .toArray();
    expect(rows.map(({ email }) => email)).toEqual([pia!.email]);
    const own = [rayan!, faiza!, yao!, host!].map(({ email }) => email);
    for (const { name } of await world.db.listCollections()) {
      const found = JSON.stringify(await world.db.collection(name).find().toArray());
      expect([name, own.filter((email) => found.includes(email))]).toEqual([name, []]);
    }
    world.clock.set(TOLD_AT);
  });
});
