import { DAY } from '../../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';

let world: TestWorld;
let cohort: string;
let coach: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  coach = await aMember(world, cohort, 'coach');
  fellow = await aMember(world, cohort, 'fellow');
});
afterAll(() => world.stop());

const told = async () =>
  ((await fellow.client.get('/api/me/inbox?limit=200')).body.items as { kind: string; link: string }[]).filter(
    ({ kind }) => kind === 'wish.planned',
  );

it('given a wish that is planned, published and called off again and again, then who wanted it is told once a day', async () => {
  const wish = `/api/cohorts/${cohort}/wishes`;
  const { id } = (await fellow.client.post(wish, { subject: 'Reading a budget', side: 'want' })).body;
  await coach.client.put(`${wish}/${id as string}/sides/give`);
  const state = async () => (await fellow.client.get(`${wish}/${id as string}`)).body.state as string;
  /** Publishes it once more; returns its page. */
  const round = async () => {
    const planned = await coach.client.post(`${wish}/${id as string}/plan`, {
      startsAt: '2026-10-20T08:00:00.000Z',
      minutes: 60,
    });
    const workshop = `/api/cohorts/${cohort}/workshops/${planned.body.workshopId as string}`;
    expect((await coach.client.post(`${workshop}/publish`)).status).toBe(200);
    await eventually(async () => expect(await state()).toBe('planned'));
    await world.settled();
    return workshop;
  };
  for (let n = 0; n < 3; n += 1) {
    const workshop = await round();
    expect(await told()).toHaveLength(1);
    expect((await coach.client.post(`${workshop}/cancel`, { reason: 'Not yet' })).status).toBe(200);
    await eventually(async () => expect(await state()).toBe('open'));
  }
  world.clock.advance(DAY);
  const last = await round();
  await eventually(async () => expect(await told()).toHaveLength(2));
  expect((await told())[0]!.link).toBe(last.replace('/api/cohorts', '/c'));
});
