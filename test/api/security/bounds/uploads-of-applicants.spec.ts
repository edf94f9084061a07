import { type ClientRequest, request } from 'node:http';
import { MAX_FILE_BYTES } from '../../../../src/contracts/limits.js';
import { UPLOADED_BY_APPLICANTS } from '../../../../src/infra/http/bodies/body-limits.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { type TestApplicant, aCall, anApplicant } from '../../../support/rooms/calls.js';

/** Whoever has some mailboxes has as many files of calls, and adds to each of them what lies on the disk as it comes. */
const OF_EACH = 4;
const ALL = Math.floor(UPLOADED_BY_APPLICANTS / MAX_FILE_BYTES);

let world: TestWorld;
let staff: TestPerson;
let applicants: TestApplicant[];
const asked: ClientRequest[] = [];

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  staff = await aMember(world, await aCohort(world), 'staff');
  const { slug } = await aCall(staff, staff.cohortId!);
  applicants = [];
  for (let at = 0; at <= ALL / OF_EACH; at += 1) applicants.push(await anApplicant(world, slug));
});
afterAll(() => world.stop());
afterEach(() => asked.splice(0).forEach((one) => one.destroy()));

/** Begins an upload of which only the head comes, and notes how it is answered, if it is. */
function begins(path: string, token: string): { status: number | null } {
  const said: { status: number | null } = { status: null };
  const headers = {
    ...{ authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=x' },
    'content-length': MAX_FILE_BYTES,
  };
  const one = request(new URL(path, world.url), { method: 'POST', headers, agent: false });
  asked.push(one);
  one.on('error', () => undefined).on('response', ({ statusCode = 0 }) => (said.status = statusCode));
  one.write('--x\r\n');
  return said;
}

it('given as many bytes of applicants under way as there may be, then more wait for another time, and who is signed in has room', async () => {
  const ofApplicants = applicants.flatMap(({ path, bearer }) =>
    Array.from({ length: OF_EACH }, () => begins(`${path}/files/cv`, bearer)),
  );
  await eventually(() =>
    expect(ofApplicants.filter(({ status }) => status === 503)).toHaveLength(ofApplicants.length - ALL),
  );
  expect(ofApplicants.filter(({ status }) => status === null)).toHaveLength(ALL);
  const ofStaff = begins(`/api/cohorts/${staff.cohortId!}/files`, staff.token);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(ofStaff.status).toBeNull();
});
