import { type ClientRequest, request } from 'node:http';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { clientOf } from '../../../support/client.js';
import { aCohort, aMember } from '../../../support/factories.js';
import { type TestApplicant, aCall, anApplicant } from '../../../support/rooms/calls.js';

/** Strangers whose long bodies are on their way keep nobody from saving what they typed for a call, from whatever place. */
let world: TestWorld;
let slug: string;
const slow: ClientRequest[] = [];

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  const cohortId = await aCohort(world);
  ({ slug } = await aCall(await aMember(world, cohortId, 'staff'), cohortId));
});
afterEach(() => slow.splice(0).forEach((one) => one.destroy()));
afterAll(() => world.stop());

/** The answer to a long body of which only the beginning comes; null while it is waited for. */
const begin = async (method: string, path: string, bearer?: string) =>
  await new Promise<number | null>((resolve) => {
    const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
    const headers = { ...authorization, 'content-type': 'application/json', 'content-length': 60_000 };
    const asked = request(new URL(path, world.url), { method, headers, agent: false });
    slow.push(asked);
    const timer = setTimeout(() => resolve(null), 500);
    asked.on('error', () => undefined);
    asked.on('response', ({ statusCode = 0 }) => {
      clearTimeout(timer);
      resolve(statusCode);
    });
    asked.write('{"a":');
  });
const LONG = 'What the counter keeps. '.repeat(500);
const save = async ({ client, path }: TestApplicant, by = client) => {
  const { revision } = (await client.get(path)).body;
  return (await by.patch(path, { revision, answers: { proud: LONG } })).status;
};

it('given a place from which many strangers send slowly, then a long answer is saved there, and theirs wait', async () => {
  const one = await anApplicant(world, slug);
  const answers = await Promise.all(Array.from({ length: 32 }, () => begin('POST', '/api/auth/login')));
  expect(answers).toEqual(Array<null>(32).fill(null));
  // As soon as all of them have begun to come.
  const stranger = clientOf(world.url, 'a-bearer-that-nobody-was-given');
  await eventually(async () => expect(await save(one, stranger)).toBe(429));
  expect(await save(one)).toBe(200);
  expect((await one.client.get(one.path)).body.answers.proud).toHaveLength(LONG.length);
});

it('given somebody who sends many long answers slowly, then they have enough under way, and others save theirs', async () => {
  const [one, other] = [await anApplicant(world, slug), await anApplicant(world, slug)];
  const answers = await Promise.all(Array.from({ length: 8 }, () => begin('PATCH', one.path, one.bearer)));
  expect(answers).toEqual(Array<null>(8).fill(null));
  await eventually(async () => expect(await save(one)).toBe(429));
  expect(await save(other)).toBe(200);
});
