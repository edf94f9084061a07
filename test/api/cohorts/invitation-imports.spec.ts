import iconv from 'iconv-lite';
import { countQueries } from '../../support/queries.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { sendTable } from '../../support/rooms/invitations.js';

let world: TestWorld;
let cohortId: string;
let path: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set('2026-10-13T09:45:00.000Z');
  cohortId = await aCohort(world);
  path = `/api/cohorts/${cohortId}/invitations`;
  staff = await aMember(world, cohortId, 'staff');
});

let count = 0;
const address = () => `new${(count += 1)}@people.test`;
const list = async () => (await staff.client.get(path)).body.items as any[];

const sendCsv = (file: Buffer | string, query = '', type = 'text/csv') =>
  sendTable(world, staff, `${path}${query}`, file, type);

describe('importing a CSV', () => {
  const csv = (email: string) => `Courriel;Nom;Rôle;Défi\n${email};Zoé Lœuf;fellow;Été Clair\n`;

  beforeEach(async () => {
    await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name: 'été clair', agency: 'A' });
  });

  it.each([
    ['UTF-8 with BOM', 'utf-8', true],
    ['UTF-16 LE with BOM', 'utf-16le', true],
    ['UTF-16 BE without BOM', 'utf-16be', false],
    ['Windows-1252', 'windows-1252', false],
  ])('given %s and ;, then it is read', async (_, encoding, addBOM) => {
    const answer = await sendCsv(iconv.encode(csv(address()), encoding, { addBOM }));
    expect(answer).toMatchObject({ status: 200, body: { created: 1, errors: [], rows: [{ name: 'Zoé Lœuf' }] } });
    expect((await list())[0]).toMatchObject({ name: 'Zoé Lœuf', projectName: 'été clair' });
  });

  it('given empty lines before the head and line ends of two kinds, then the separator is found all the same', async () => {
    expect((await sendCsv(`\r\n\r\n${csv(address())}`, '?dryRun=true')).body).toMatchObject({ created: 1, errors: [] });
  });

  it('given 5,000 lines with one bad, then it is said by few queries, and nobody is created', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `bulk${index}@people.test,Name ${index},fellow`);
    lines[3210] = 'not-an-address,Name,fellow';
    const file = iconv.encode(`email,name,role\n${lines.join('\n')}`, 'utf-16le', { addBOM: true });
    const counted = countQueries(world.db);
    expect((await sendCsv(file)).body).toMatchObject({
      created: 0,
      errors: [{ line: 3212, code: 'wrong_format', field: 'email', value: 'not-an-address' }],
    });
    expect(counted()).toBeLessThan(20);
    expect(await list()).toEqual([]);
  });
});
