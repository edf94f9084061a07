import { Places } from '../../../src/calls/places/places.service.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { TOLD_AT, aProject, accepted } from '../../support/rooms/teams.js';

/** Who follows the invitation into their team has said that they take their place. */
const CONFIRM_BY = '2026-11-13T17:00:00.000Z';
const THE_DAY_AFTER = '2026-11-14T17:00:00.000Z';

let world: TestWorld;
let staff: TestPerson;
let [rayan, faiza]: TestApplicant[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
  const people = [
    { name: 'Rayan Aubert', craft: 'developer' },
    { name: 'Faïza Guerroudj', craft: 'designer' },
  ];
  [rayan, faiza] = await accepted(world, staff, 'fellows', people, { confirmBy: CONFIRM_BY });
  await aProject(staff, 'BailSûr', ['developer', 'designer']);
  const M = `/api/cohorts/${cohortId}/matching`;
  const { id } = (await staff.client.post(M, { seed: 7 })).body;
  expect((await staff.client.post(`${M}/${id}/publish`, {})).status).toBe(200);
  await Promise.all(world.nodes.map(({ app }) => app.get(Outbox).settled()));
});

const lettersTo = ({ email }: TestApplicant, what: RegExp) =>
  world.mail.mails.filter(({ to, text }) => [to].flat().some((one) => one?.text.includes(email)) && what.test(text!));
const placeOf = async ({ client, path }: TestApplicant) => (await client.get(path)).body.decision.place;

/** Follows the link of their letter, with a password alone. */
async function join(one: TestApplicant, node = 0) {
  await eventually(() => expect(lettersTo(one, /\/invitation\//)).toHaveLength(1));
  const token = /\/invitation\/(\S+)/.exec(lettersTo(one, /\/invitation\//)[0]!.text!)![1]!;
  const password = 'a long enough password';
  return await clientOf(world.nodes[node]!.url).post(`/api/auth/invitations/${token}/accept`, { password });
}
const endPlaces = () => Promise.all(world.nodes.map(({ app }) => app.get(Places).end()));

it('given somebody joins by the invitation of their team, then they have taken their place, and keep it; who does not loses theirs', async () => {
  expect((await join(rayan!)).status).toBe(200);
  expect(await placeOf(rayan!)).toMatchObject({ state: 'taken', at: TOLD_AT });
  world.clock.set(THE_DAY_AFTER);
  await endPlaces();
  expect((await placeOf(rayan!)).state).toBe('taken');
  expect((await faiza!.client.get(faiza!.path)).body).toMatchObject({ state: 'lapsed' });
  await eventually(() => expect(lettersTo(faiza!, /not confirmed|pas été confirmée/)).not.toEqual([]));
  expect(lettersTo(rayan!, /not confirmed|pas été confirmée/)).toEqual([]);
});

it('given the day is over, then the invitation lets nobody in, also before the turn that ends places', async () => {
  world.clock.set(THE_DAY_AFTER);
  const joined = await join(rayan!);
  expect([joined.status, joined.body.code]).toEqual([409, 'invitation_revoked']);
  await endPlaces();
  expect((await rayan!.client.get(rayan!.path)).body).toMatchObject({ state: 'lapsed' });
});

it('given they give their place back, then the invitation lets nobody in, also before it is withdrawn', async () => {
  await eventually(() => expect(lettersTo(rayan!, /\/invitation\//)).toHaveLength(1));
  const [given, joined] = await Promise.all([
    rayan!.client.post(`${rayan!.path}/place`, { takes: false }),
    join(rayan!, 1),
  ]);
  const isIn = joined.status === 200;
  expect([given.status, joined.body.code ?? 'joined']).toEqual([200, isIn ? 'joined' : 'invitation_revoked']);
  const again = await join(rayan!);
  expect([again.status, again.body.code]).toEqual([409, isIn ? 'invitation_used' : 'invitation_revoked']);
});
