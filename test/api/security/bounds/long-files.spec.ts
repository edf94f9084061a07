import { READING } from '../../../../src/calls/applications/applicant.guard.js';
import { ApplicationsService } from '../../../../src/calls/applications/applications.service.js';
import { MOST_WAITING_OF_SHOWN, SHOWN_AT_ONCE } from '../../../../src/infra/http/load/in-line.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { type TestApplicant, aCall, anApplicant } from '../../../support/rooms/calls.js';

/** A file of a call may be 800 kB, and has to be read whole; anybody with a mailbox has one. */
let world: TestWorld;
let staff: TestPerson;
let files: TestApplicant[];

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  staff = await aMember(world, await aCohort(world), 'staff');
  const { slug } = await aCall(staff, staff.cohortId!);
  files = [];
  for (let at = 0; at < SHOWN_AT_ONCE + 2; at += 1) files.push(await anApplicant(world, slug));
});
afterAll(() => world.stop());
afterEach(() => jest.restoreAllMocks());

/** Holds all files that are read until `open` is called; whose they are. */
function held() {
  const made: string[] = [];
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const service = world.app.get(ApplicationsService);
  const [get, begin] = [service.get.bind(service), service.open.bind(service)];
  const hold =
    <Args extends unknown[], R>(read: (...args: Args) => Promise<R>, whose: (...args: Args) => string) =>
    async (...args: Args): Promise<R> => {
      made.push(whose(...args));
      await opened;
      return await read(...args);
    };
  jest.spyOn(service, 'get').mockImplementation(hold(get, ({ applicationId }) => applicationId));
  jest.spyOn(service, 'open').mockImplementation(hold(begin, (token) => token.slice(0, 24)));
  return { made, open: () => open() };
}

const read = ({ client, path }: TestApplicant) => client.get(path).then(({ status }) => status);
const openAgain = ({ token }: TestApplicant) =>
  clientOf(world.url)
    .post('/api/applications/open', { token })
    .then(({ status }) => status);

it('given files that are asked for again and again, then each is read once at a time and few together, and who is signed in waits for none', async () => {
  const { made, open } = held();
  const [one, ...others] = files as [TestApplicant, ...TestApplicant[]];
  const many = [...Array.from({ length: 5 }, () => read(one)), openAgain(one)];
  await eventually(() => expect(made).toHaveLength(2));
  // By the link of the letter it is read as well, and stands in line with all others.
  expect(new Set(made)).toEqual(new Set([one.id]));
  many.push(...others.map(read));
  expect((await staff.client.get('/api/me')).status).toBe(200);
  expect(made).toHaveLength(SHOWN_AT_ONCE);
  open();
  expect(new Set(await Promise.all(many))).toEqual(new Set([200]));
});

it('given more than pages ask for, at once or in a minute, then 429 for that file alone', async () => {
  const [one, other] = files as [TestApplicant, TestApplicant];
  const { made, open } = held();
  const first = read(one);
  await eventually(() => expect(made).toEqual([one.id]));
  const behind = Array.from({ length: MOST_WAITING_OF_SHOWN - 1 }, () => read(one));
  await eventually(async () => expect(await read(one)).toBe(429));
  open();
  expect(new Set(await Promise.all([first, ...behind]))).toEqual(new Set([200]));
  const said = new Set<number>();
  for (let time = 0; time < READING.points; time += 1) said.add(await read(one));
  expect([...said]).toEqual([200, 429]);
  expect(await read(other)).toBe(200);
});
