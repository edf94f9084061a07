import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';

let world: TestWorld;
let base: string;
let fellow: TestPerson;
let coach: TestPerson;
let peer: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  const cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}/requests`;
  fellow = await aMember(world, cohort, 'fellow');
  coach = await aMember(world, cohort, 'coach');
  peer = await aMember(world, cohort, 'fellow', { gives: ['maps'] });
});
afterAll(() => world.stop());

/** A request with which so much was done. */
async function aRequest(acts: number) {
  const { body } = await fellow.client.post(base, { ownerId: coach.id, need: 'A form' });
  const rows = world.db.collection('help-requests');
  const _id = new Types.ObjectId(body.id as string);
  const row = await rows.findOne({ _id });
  const [asked] = (row as unknown as { trail: object[] }).trail;
  const more = Array.from({ length: acts - 1 }, () => ({ ...asked, act: 'told_more', text: 'More' }));
  await rows.updateOne({ _id }, { $set: { trail: [asked, ...more] } });
  return body as { id: string; revision: number };
}
const act = (person: TestPerson, { id, revision }: { id: string; revision: number }, verb: string, more: object = {}) =>
  person.client.post(`${base}/${id}/${verb}`, { revision, ...more });

it('given as much as is done with one request, then nothing more goes on with it, and it can still end', async () => {
  const asked = await aRequest(99);
  const back = await act(coach, asked, 'ask-back', { text: 'Which form?' });
  expect(back.body.trail).toHaveLength(100);
  const told = await act(fellow, back.body, 'tell-more', { text: 'That one.' });
  expect([told.status, told.body.code, told.body.most]).toEqual([409, 'trail_full', 100]);
  expect((await act(coach, back.body, 'pass-on', { toId: peer.id })).body.code).toBe('trail_full');
  const no = await act(coach, back.body, 'decline', { reason: 'Too much of it' });
  expect([no.body.state, no.body.trail.length]).toEqual(['declined', 101]);
  expect((await act(fellow, no.body, 'pass-on', { toId: peer.id })).body.code).toBe('trail_full');
  for (const [person, verb] of [
    [coach, 'accept'],
    [fellow, 'withdraw'],
  ] as const)
    expect((await act(person, await aRequest(100), verb)).status).toBe(200);
});

it('given a list, then what was done is told where a request stands alone, not there', async () => {
  const { id } = await aRequest(5);
  const { items } = (await fellow.client.get(base)).body as { items: { id: string }[] };
  expect(items.find((one) => one.id === id)).toMatchObject({ need: 'A form', asker: { id: fellow.id } });
  expect(items.filter((one) => 'trail' in one)).toEqual([]);
  expect((await fellow.client.get(`${base}/${id}`)).body.trail).toHaveLength(5);
});
