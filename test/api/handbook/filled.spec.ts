import { type TestWorld, startWorld } from '../../support/app.js';
import { aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
});
afterAll(() => world.stop());

it('given one member writes page after page, then there is room for those of others: forty a day, deleted ones counted; the programme team goes on', async () => {
  const cohortId = await aCohort(world);
  const base = `/api/cohorts/${cohortId}/handbook`;
  const [zoe, ali, staff] = [
    await aMember(world, cohortId, 'fellow'),
    await aMember(world, cohortId, 'coach'),
    await aMember(world, cohortId, 'staff'),
  ];
  const page = { en: { title: 'One more', body: '' } };
  const first = await zoe.client.post(base, page);
  await zoe.client.delete(`${base}/${first.body.id}`);
  for (let at = 1; at < 40; at += 1) expect((await zoe.client.post(base, page)).status).toBe(201);
  const refused = await zoe.client.post(base, page);
  expect([refused.status, Number(refused.headers.get('retry-after')) > 3600]).toEqual([429, true]);
  expect((await ali.client.post(base, page)).status).toBe(201);
  for (let at = 0; at < 41; at += 1) expect((await staff.client.post(base, page)).status).toBe(201);
});
