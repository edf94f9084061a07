import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { MINUTE } from '../../../src/common/times/clock.js';
import { type TestPerson, aCohort, aMember, aPerson, aTokenOf } from '../../support/factories.js';
import { mailTo } from '../../support/rooms/guests.js';
import { CLOSES, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let ada: TestPerson;
let call: Awaited<ReturnType<typeof aCall>>;

const ME = '/api/me/applications';
const openOf = (id: string) => `${ME}/${id}/open`;
const users = () => world.db.collection('users');

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  call = await aCall(staff, cohortId);
  // An account that belongs to no cohort.
  ada = await aPerson(world);
});

describe('the files of who is signed in', () => {
  it('given one is begun with the address of the account, then it is listed, and opens without its letter', async () => {
    // Whoever typed the address may be a stranger.
    await clientOf(world.url).post(`/api/calls/${call.slug}/applications`, { email: ada.email, locale: 'en' });
    expect((await ada.client.get(ME)).body).toEqual({ items: [] });
    const file = await anApplicant(world, call.slug, ada.email);
    const listed = await ada.client.on(world.nodes[1]!.url).get(ME);
    expect([listed.status, listed.body.items]).toMatchObject([200, [{ id: file.id, state: 'draft', number: null }]]);
    expect(listed.body.items[0].call).toMatchObject({ slug: call.slug, isOpen: true, cohortName: 'Cohort 8' });
    const opened = await ada.client.post(openOf(file.id));
    expect([opened.status, opened.body.application.id]).toEqual([200, file.id]);
    const read = await clientOf(world.nodes[1]!.url, opened.body.accessToken).get(file.path);
    expect([read.status, read.body.email]).toEqual([200, ada.email]);
  });

  it('given it was handed in and changed since, then the list says so, until the call is closed', async () => {
    const file = await anApplicant(world, call.slug, ada.email);
    const { body } = await handsIn(file);
    const only = async () => (await ada.client.get(ME)).body.items[0];
    expect(await only()).toMatchObject({ state: 'submitted', number: body.number, isChanged: false });
    await file.client.patch(file.path, { revision: body.revision, answers: { town: 'Cilaos' } });
    expect(await only()).toMatchObject({ state: 'submitted', isChanged: true, call: { isOver: false } });
    world.clock.set(CLOSES);
    expect((await only()).call).toMatchObject({ isOpen: false, isOver: true });
  });

  it('given a decision that is held, then the list says nothing of it, and says it when its letter is due', async () => {
    const file = await anApplicant(world, call.slug, ada.email);
    await handsIn(file);
    world.clock.set('2026-10-22T11:00:00.000Z');
    const words = { en: 'Dear {name}, number {number}.', fr: 'Bonjour {name}, numéro {number}.' };
    const decision = { applicationIds: [file.id], decision: 'accepted', words };
    expect((await staff.client.post(`${call.path}/decisions`, decision)).status).toBeLessThan(300);
    const state = async () => (await ada.client.get(ME)).body.items[0].state;
    expect(await state()).toBe('submitted');
    world.clock.advance(61 * 60_000);
    expect(await state()).toBe('accepted');
  });

  it('given somebody else, another cohort’s staff, or no login, then nothing is listed, and nothing opens', async () => {
    const file = await anApplicant(world, call.slug, ada.email);
    for (const other of [await aPerson(world), staff]) {
      expect((await other.client.get(ME)).body.items).toEqual([]);
      expect((await other.client.post(openOf(file.id))).status).toBe(404);
    }
    expect((await clientOf(world.url).get(ME)).status).toBe(401);
    expect((await clientOf(world.url).post(openOf(file.id))).status).toBe(401);
    // The bearer of a file is no login.
    expect((await file.client.get(ME)).status).toBe(401);
    expect((await ada.client.post(openOf(String(new Types.ObjectId())))).status).toBe(404);
  });

  it('given nobody has shown that the address is theirs, then a file of that address stays its owner’s', async () => {
    const file = await anApplicant(world, call.slug, ada.email);
    await users().updateOne({ _id: new Types.ObjectId(ada.id) }, { $set: { unconfirmedIn: new Types.ObjectId() } });
    expect((await ada.client.get(ME)).body.items).toEqual([]);
    expect((await ada.client.post(openOf(file.id))).status).toBe(404);
  });

  it('given somebody had the account for a while, and its owner sets a password by a mail, then what was opened by it is closed; what a mail opened is not, nor what the owner opens', async () => {
    const file = await anApplicant(world, call.slug, ada.email);
    const read = async (bearer: string) => (await clientOf(world.nodes[1]!.url, bearer).get(file.path)).status;
    const { accessToken: taken } = (await ada.client.post(openOf(file.id))).body;
    expect(await read(taken)).toBe(200);

    await clientOf(world.url).post('/api/auth/password/forgot', { email: ada.email });
    const token = /\/reset\/(\S+)/.exec((await mailTo(world, ada.email, 'password')).text ?? '')?.[1];
    const password = 'a password of the owner alone';
    expect((await clientOf(world.url).post('/api/auth/password/reset', { token, password })).status).toBe(204);

    expect([await read(taken), await read(file.bearer)]).toEqual([401, 200]);
    world.clock.advance(MINUTE);
    const owner = clientOf(world.url, await aTokenOf(world, ada.id));
    expect(await read((await owner.post(openOf(file.id))).body.accessToken)).toBe(200);
  });
});
