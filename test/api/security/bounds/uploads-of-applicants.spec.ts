import { MAX_FILE_BYTES } from '../../../../src/contracts/limits.js';
import { UPLOADED_BY_APPLICANTS } from '../../../../src/infra/http/bodies/body-limits.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { type HeldBody, holdBody } from '../../../support/servers/held-bodies.js';
import { type TestApplicant, aCall, anApplicant } from '../../../support/rooms/calls.js';

/** Whoever has some mailboxes has as many files of calls, and adds to each of them what lies on the disk as it comes. */
const OF_EACH = 4;
const ALL = Math.floor(UPLOADED_BY_APPLICANTS / MAX_FILE_BYTES);

let world: TestWorld;
let staff: TestPerson;
let applicants: TestApplicant[];
const held: HeldBody[] = [];

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  staff = await aMember(world, await aCohort(world), 'staff');
  const { slug } = await aCall(staff, staff.cohortId!);
  applicants = [];
  for (let at = 0; at <= ALL / OF_EACH; at += 1) applicants.push(await anApplicant(world, slug));
});
afterAll(() => world.stop());
afterEach(() => held.splice(0).forEach((one) => one.end()));

/** Begins an upload of which only the head comes. */
async function begins(path: string, token: string): Promise<HeldBody> {
  const headers = {
    ...{ authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=x' },
    'content-length': MAX_FILE_BYTES,
  };
  const one = await holdBody(world, ['POST', path], headers, '--x\r\n');
  held.push(one);
  return one;
}

it('given as many bytes of applicants under way as there may be, then more wait for another time, and who is signed in has room', async () => {
  const ofApplicants = await Promise.all(
    applicants.flatMap(({ path, bearer }) => Array.from({ length: OF_EACH }, () => begins(`${path}/files/cv`, bearer))),
  );
  const ofStaff = await begins(`/api/cohorts/${staff.cohortId!}/files`, staff.token);
  expect(ofStaff.status()).toBeNull();
  const statuses = ofApplicants.map(({ status }) => status());
  expect(statuses.filter((status) => status === 503)).toHaveLength(ofApplicants.length - ALL);
  expect(statuses.filter((status) => status === null)).toHaveLength(ALL);
});
