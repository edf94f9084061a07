import { type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { clientOf } from '../../../support/client.js';
import { aCohort, aMember } from '../../../support/factories.js';
import { type HeldBody, holdBody } from '../../../support/servers/held-bodies.js';
import { type TestApplicant, aCall, anApplicant } from '../../../support/rooms/calls.js';

/** Strangers whose long bodies are on their way keep nobody from saving what they typed for a call, from whatever place. */
let world: TestWorld;
let slug: string;
let slow: HeldBody[] = [];

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  const cohortId = await aCohort(world);
  ({ slug } = await aCall(await aMember(world, cohortId, 'staff'), cohortId));
});
afterEach(() => slow.splice(0).forEach((one) => one.end()));
afterAll(() => world.stop());

/** Sends a long body of which only the beginning comes. */
const begin = (method: string, path: string, bearer?: string) => {
  const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const headers = { ...authorization, 'content-type': 'application/json', 'content-length': 60_000 };
  return holdBody(world, [method, path], headers, '{"a":');
};
const statuses = () => slow.map(({ status }) => status());
const LONG = 'What the counter keeps. '.repeat(500);
const save = async ({ client, path }: TestApplicant, by = client) => {
  const { revision } = (await client.get(path)).body;
  return (await by.patch(path, { revision, answers: { proud: LONG } })).status;
};

it('given a place from which many strangers send slowly, then a long answer is saved there, and theirs wait', async () => {
  const one = await anApplicant(world, slug);
  slow = await Promise.all(Array.from({ length: 32 }, () => begin('POST', '/api/auth/login')));
  // As soon as all of them have begun to come.
  const stranger = clientOf(world.url, 'a-bearer-that-nobody-was-given');
  await eventually(async () => expect(await save(one, stranger)).toBe(429));
  expect(await save(one)).toBe(200);
  expect((await one.client.get(one.path)).body.answers.proud).toHaveLength(LONG.length);
  expect(statuses()).toEqual(Array<null>(32).fill(null));
});

it('given somebody who sends many long answers slowly, then they have enough under way, and others save theirs', async () => {
  const [one, other] = [await anApplicant(world, slug), await anApplicant(world, slug)];
  slow = await Promise.all(Array.from({ length: 8 }, () => begin('PATCH', one.path, one.bearer)));
  await eventually(async () => expect(await save(one)).toBe(429));
  expect(await save(other)).toBe(200);
  expect(statuses()).toEqual(Array<null>(8).fill(null));
});
