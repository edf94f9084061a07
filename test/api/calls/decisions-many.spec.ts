import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { handOverAt } from '../../support/deliveries-turn.js';
import { aCohort, aMember } from '../../support/factories.js';
import { ANSWERS, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';

const BEFORE = '2026-10-20T10:00:00.000Z';
const NOON = '2026-11-03T10:00:00.000Z';
const MANY = 400;

let world: TestWorld;

beforeAll(async () => {
  world = await startWorld({ now: BEFORE });
});
afterAll(() => world.stop());

it('given four hundred, then all are decided in one act, undone in another, and no letter goes', async () => {
  const cohortId = await aCohort(world);
  const staff = await aMember(world, cohortId, 'staff');
  const call = await aCall(staff, cohortId);
  const applicant = await anApplicant(world, call.slug);
  await handsIn(applicant, ANSWERS);
  world.clock.set(NOON);
  const rows = world.db.collection('applications');
  const one = (await rows.findOne({ _id: new Types.ObjectId(applicant.id) }))!;
  const copies = Array.from({ length: MANY }, (_, index) => ({
    ...{ ...one, _id: new Types.ObjectId(), email: `many-${index}@people.test`, number: 1000 + index },
  }));
  await rows.insertMany(copies);
  const applicationIds = copies.map(({ _id }) => String(_id));
  const words = { en: 'Dear {name}.', fr: 'Bonjour {name}.' };
  const decided = await staff.client.post(`${call.path}/decisions`, { applicationIds, decision: 'declined', words });
  expect(decided.body).toMatchObject({ decided: MANY, left: [] });
  const letters = { kind: 'application', 'about.kind': 'decision', of: { $in: copies.map(({ _id }) => _id) } };
  expect(await world.db.collection('deliveries').countDocuments(letters)).toBe(MANY);
  expect((await staff.client.get(`${call.path}/applications?decision=declined&limit=1`)).body).toMatchObject({
    found: MANY,
    decisions: { none: 1, declined: MANY },
  });
  expect((await staff.client.delete(`${call.path}/decisions`, { applicationIds })).body).toEqual({ undone: MANY });
  await handOverAt(world, 'application', new Date(Date.parse(NOON) + 61 * 60_000).toISOString());
  expect(await world.db.collection('deliveries').countDocuments({ ...letters, state: 'sent' })).toBe(0);
  expect(world.mail.mails.some(({ to }) => [to].flat().some((to) => to?.text.startsWith('many-')))).toBe(false);
});
