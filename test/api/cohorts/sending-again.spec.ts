import { deliver, handedOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { killedAfter } from '../../support/outbox.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { acceptInvitation } from '../../support/rooms/invitations.js';

let world: TestWorld;
let cohortId: string;
let path: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set('2026-10-13T09:45:00.000Z');
  cohortId = await aCohort(world);
  path = `/api/cohorts/${cohortId}/invitations`;
  staff = await aMember(world, cohortId, 'staff');
});

let count = 0;
const address = () => `new${(count += 1)}@people.test`;
const one = (email: string, more: object = {}) => ({ people: [{ email, name: 'Ana', role: 'fellow', ...more }] });
const tokenOf = (url: string) => /\/invitation\/(.+)$/.exec(url)![1]!;
const list = async () => (await staff.client.get(path)).body.items as any[];

async function invite(email: string, more: object = {}): Promise<string> {
  expect((await staff.client.post(path, one(email, more))).body.created).toBe(1);
  return tokenOf((await list())[0].url);
}

const accept = (token: string, more: object = {}) => acceptInvitation(world, token, more);

it('given words of who invites, the first day and a project, then the letter says them, as text, and the next letter too', async () => {
  world.clock.set('2026-08-20T08:00:00.000Z');
  const inviter = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name: 'EauVive', agency: 'Agency' });
  const [ana, ben] = [address(), address()];
  const people = [
    { email: ana, name: 'Ana', role: 'fellow', project: 'EauVive', locale: 'en' },
    { email: ben, name: 'Ben', role: 'host', locale: 'fr' },
  ];
  const note = 'We met in June.\n\n<b>Come</b> early & rest.';
  expect((await inviter.client.post(path, { people, note: 'x'.repeat(501) })).status).toBe(422);
  expect((await inviter.client.post(path, { people, note })).body.created).toBe(2);
  const [english] = await world.mail.to(ana);
  for (const words of ['Aurore Tessier writes to you:', 'We met in June.', '<b>Come</b> early & rest.', 'EauVive'])
    expect(english!.text).toContain(words);
  expect(english!.text).toMatch(/First day\W+1 September 2026/);
  expect(english!.html).toContain('&lt;b&gt;Come&lt;/b&gt;');
  const [french] = await world.mail.to(ben);
  expect(french!.text).toContain('Aurore Tessier vous écrit\u00a0:');
  expect(french!.text).not.toContain('Votre défi');
  // Sent again after the first day: it does not begin any more.
  world.clock.set('2026-10-13T09:45:00.000Z');
  const { id } = (await list()).find(({ email }) => email === ana);
  expect((await staff.client.post(`${path}/${id}/send`)).status).toBe(200);
  const again = (await world.mail.to(ana, 2)).at(-1)!;
  expect(again.text).toContain('We met in June.');
  expect(again.text).not.toContain('First day');
});

describe('sending again', () => {
  it('given an invitation that is over, then the same link works again and another letter goes', async () => {
    const email = address();
    const token = await invite(email);
    await world.mail.to(email);
    world.clock.advance(61 * 24 * 60 * 60 * 1000);
    expect((await list())[0].state).toBe('expired');
    const again = await staff.client.post(`${path}/${token.split('.')[0]}/send`);
    expect(again.body).toMatchObject({ state: 'pending' });
    await world.mail.to(email, 2);
    expect((await accept(token)).status).toBe(200);
    expect((await staff.client.post(`${path}/${token.split('.')[0]}/send`)).body.code).toBe('invitation_used');
    expect((await staff.client.delete(`${path}/${token.split('.')[0]}`)).body.code).toBe('invitation_used');
  });

  it('given an invitation that is over, then the person can be invited anew', async () => {
    const email = address();
    const old = await invite(email);
    world.clock.advance(61 * 24 * 60 * 60 * 1000);
    const fresh = await invite(email);
    expect(fresh).not.toBe(old);
    expect((await accept(old)).body.code).toBe('invitation_revoked');
    expect((await accept(fresh)).status).toBe(200);
  });

  it('given another cohort or a fellow, then refused', async () => {
    const id = (await invite(address())).split('.')[0];
    const there = await aCohort(world);
    const outsider = await aMember(world, there, 'staff');
    const fellow = await aMember(world, cohortId, 'fellow');
    for (const act of [`${path}/${id}/send`, `/api/cohorts/${there}/invitations/${id}/send`]) {
      expect((await outsider.client.post(act)).status).toBe(404);
    }
    expect((await outsider.client.delete(`/api/cohorts/${there}/invitations/${id}`)).status).toBe(404);
    expect((await fellow.client.post(`${path}/${id}/send`)).status).toBe(403);
    expect((await fellow.client.delete(`${path}/${id}`)).status).toBe(403);
  });
});

it('given the mail server refuses a letter for good, then it is not tried again, staff see its answer, and sending again is a new try', async () => {
  const email = address();
  world.mail.answer(email, 550, '5.1.1 no such mailbox');
  const token = await invite(email);
  await eventually(async () =>
    expect((await list())[0]).toMatchObject({
      ...{ email, state: 'pending', sentAt: null },
      refused: { at: world.clock.now().toISOString(), answer: '550 5.1.1' },
    }),
  );
  await handedOver(world, 'invitation');
  world.clock.advance(3 * 60_000);
  await deliver(world);
  expect(world.mail.asked(email)).toBe(1);
  world.mail.answer(email, 0);
  await staff.client.post(`${path}/${token.split('.')[0]}/send`);
  await world.mail.to(email);
  await eventually(async () => expect((await list())[0]).toMatchObject({ sentAt: expect.any(String), refused: null }));
  expect(world.mail.asked(email)).toBe(2);
});

it('given a process that dies right after its write, then a turn of others sends the letter, of a new one and of one that is sent again, once each', async () => {
  const email = address();
  const token = await killedAfter(world, () => invite(email));
  const turn = () => deliver(world);
  await turn();
  await eventually(() => expect(world.mail.asked(email)).toBe(1));
  world.clock.advance(60_000);
  await killedAfter(world, () => staff.client.post(`${path}/${token.split('.')[0]}/send`));
  expect(world.mail.asked(email)).toBe(1);
  await turn();
  await turn();
  await eventually(async () =>
    expect((await list())[0]).toMatchObject({ email, sentAt: world.clock.now().toISOString() }),
  );
  expect(world.mail.asked(email)).toBe(2);
});
