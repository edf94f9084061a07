import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { acceptInvitation, sendTable } from '../../support/rooms/invitations.js';

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
const one = (email: string, more: object = {}) => ({ people: [{ email, name: 'Ana', role: 'fellow', ...more }] });
const tokenOf = (url: string) => /\/invitation\/(.+)$/.exec(url)![1]!;
const list = async () => (await staff.client.get(path)).body.items as any[];
const nobody = () => clientOf(world.url);

async function invite(email: string, more: object = {}): Promise<string> {
  expect((await staff.client.post(path, one(email, more))).body.created).toBe(1);
  return tokenOf((await list())[0].url);
}

const sendCsv = (file: Buffer | string, query = '', type = 'text/csv') =>
  sendTable(world, staff, `${path}${query}`, file, type);

const accept = (token: string, more: object = {}) => acceptInvitation(world, token, more);

describe('inviting', () => {
  it('given people, then a letter goes in their language, and staff can copy a link, which is another one', async () => {
    const email = address();
    const answer = await staff.client.post(path, one(email, { locale: 'en' }));
    expect(answer.body).toMatchObject({ dryRun: false, created: 1, unchanged: 0, errors: [] });
    const [mail] = await world.mail.to(email);
    expect(mail!.subject).toBe('Your invitation to Cohort 7');
    const [row] = await eventually(async () => {
      const rows = await list();
      expect(rows[0].sentAt).not.toBeNull();
      return rows;
    });
    const id = String(row.id);
    expect(mail!.text).toContain(`http://cordee.test/invitation/${id}.`);
    expect(row.url).toContain(`http://cordee.test/invitation/${id}.`);
    expect(mail!.text).not.toContain(row.url);
    expect(row).toMatchObject({ email, role: 'fellow', state: 'pending', sentAt: '2026-10-13T09:45:00.000Z' });
    const french = address();
    await staff.client.post(path, one(french));
    expect((await world.mail.to(french))[0]!.subject).toBe('Votre invitation\u00a0: Cohort 7');
  });

  it('given a dry run, then says the same and changes nothing', async () => {
    const answer = await staff.client.post(path, { ...one(address()), dryRun: true });
    expect(answer.body).toMatchObject({ dryRun: true, created: 1, rows: [{ line: 1, outcome: 'created' }] });
    expect(await list()).toEqual([]);
  });

  it('given members and invited people, then they are unchanged, also when invited at once on two nodes', async () => {
    const email = address();
    const both = await Promise.all(world.nodes.map((node) => staff.client.on(node.url).post(path, one(email))));
    expect(both.map(({ body }) => body.created).sort()).toEqual([0, 1]);
    expect((await staff.client.post(path, one(staff.email))).body).toMatchObject({ created: 0, unchanged: 1 });
    expect(await list()).toHaveLength(1);
  });

  it('given known and unknown addresses, then the answer is the same', async () => {
    const known = await aPerson(world);
    const answers = [
      await staff.client.post(path, { ...one(known.email), dryRun: true }),
      await staff.client.post(path, { ...one('p00000000@people.test'), dryRun: true }),
    ].map(({ text }) => text.replace(/p\w+@people.test/g, 'x'));
    expect(answers[0]).toBe(answers[1]);
  });

  it('given one bad person among good ones, then nobody is created and the line is named', async () => {
    const answer = await staff.client.post(path, {
      people: [one(address()).people[0], { email: 'a@@x', name: 'B', role: 'fellow' }, 'nonsense'],
    });
    expect(answer.body).toMatchObject({
      created: 0,
      errors: [
        { line: 2, code: 'wrong_format', field: 'email', value: 'a@@x' },
        { line: 3, code: 'wrong_type' },
      ],
    });
    expect(await list()).toEqual([]);
  });

  it('given a fellow, another cohort, nobody or a wrong body, then refused', async () => {
    const fellow = await aMember(world, cohortId, 'fellow');
    const outsider = await aMember(world, await aCohort(world), 'staff');
    expect((await fellow.client.post(path, one(address()))).status).toBe(403);
    expect((await fellow.client.get(path)).status).toBe(403);
    expect((await outsider.client.post(path, one(address()))).status).toBe(404);
    expect((await nobody().post(path, one(address()))).status).toBe(401);
    for (const body of [{}, { people: [] }, { people: 'x' }, [], 'nonsense']) {
      const answer = await staff.client.post(path, body);
      expect([400, 422]).toContain(answer.status);
    }
    expect((await staff.client.post(path)).status).toBe(422);
    expect((await staff.client.post(path, { people: Array.from({ length: 5001 }, () => ({})) })).status).toBe(422);
  });

  it('given an admin who is no member, then the first staff can be invited', async () => {
    const admin = await aPerson(world, { isAdmin: true });
    expect((await admin.client.post(path, one(address(), { role: 'staff' }))).body.created).toBe(1);
  });
});

describe('importing a CSV', () => {
  const csv = (email: string) => `Courriel;Nom;Rôle;Défi\n${email};Zoé Lœuf;fellow;Été Clair\n`;

  beforeEach(async () => {
    await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name: 'été clair', agency: 'A' });
  });

  it('given an unknown project or a column that is missing, then says where', async () => {
    const unknown = await sendCsv(`email,name,role,project\n${address()},A,fellow,Inconnu`, '?dryRun=true');
    expect(unknown.body).toMatchObject({ created: 0, rows: [], lines: [{ line: 2, person: { project: 'Inconnu' } }] });
    expect(unknown.body.errors).toEqual([
      expect.objectContaining({ line: 2, code: 'unknown_project', field: 'project', value: 'Inconnu' }),
    ]);
    expect((await sendCsv('email,name\na@x.example,A')).body.errors).toEqual([
      expect.objectContaining({ line: 1, code: 'missing_column', field: 'role' }),
    ]);
    expect((await sendCsv('')).status).toBeLessThan(500);
    expect((await sendCsv(Buffer.from([0xff, 0xfe, 0x00]))).status).toBe(200);
    expect((await sendCsv(Buffer.alloc(5 * 1024 * 1024, 'a'))).status).toBe(413);
    expect((await sendCsv('<a/>', '', 'application/xml')).status).toBe(415);
  });

  it('given ?dryRun, then nothing is created', async () => {
    expect((await sendCsv(csv(address()), '?dryRun=true')).body).toMatchObject({ dryRun: true, created: 1 });
    expect((await sendCsv(csv(address()), '?dryRun=perhaps')).status).toBe(422);
    expect(await list()).toEqual([]);
  });
});

describe('accepting', () => {
  it('given a new person, then has an account, is signed in and a member with craft and project', async () => {
    const project = (await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name: 'EauVive', agency: 'A' }))
      .body;
    const email = address();
    const token = await invite(email, { craft: 'data', project: 'eauvive' });
    const view = await nobody().get(`/api/auth/invitations/${token}`);
    expect(view.body).toEqual({
      email,
      name: 'Ana',
      role: 'fellow',
      cohortName: 'Cohort 7',
      cohortColor: 'bruyere',
      projectName: 'EauVive',
      invitedBy: staff.name,
      locale: 'fr',
      known: null,
    });
    const answer = await accept(token);
    expect(answer.status).toBe(200);
    expect(answer.body.me).toMatchObject({
      name: 'Ana Lê',
      timeZone: 'America/Cayenne',
      locale: 'fr',
      craft: 'data',
      memberships: [{ cohortId, role: 'fellow', projectId: project.id }],
    });
    expect(answer.headers.getSetCookie().join()).toMatch(/cordee_refresh=.*HttpOnly/);
    expect((await nobody().post('/api/auth/login', { email, password: PASSWORD })).status).toBe(200);
    expect((await list())[0]).toMatchObject({ state: 'accepted', url: null });
  });

  it('given ten clicks over two nodes, then it is accepted once', async () => {
    const token = await invite(address());
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        clientOf(world.nodes[index % 2]!.url).post(`/api/auth/invitations/${token}/accept`, { password: PASSWORD }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.every(({ status }) => [200, 401, 409].includes(status))).toBe(true);
    const members = await staff.client.get(`/api/cohorts/${cohortId}/members?role=fellow`);
    expect(members.body.items).toHaveLength(1);
  });

  it('given a link that is used, over, withdrawn or forged, then refused and no account is made', async () => {
    const [used, over, withdrawn] = [await invite(address()), await invite(address()), await invite(address())];
    await accept(used);
    expect((await accept(used)).body).toMatchObject({ status: 409, code: 'invitation_used' });
    expect((await staff.client.delete(`${path}/${withdrawn.split('.')[0]}`)).status).toBe(204);
    expect((await staff.client.delete(`${path}/${withdrawn.split('.')[0]}`)).status).toBe(204);
    expect((await accept(withdrawn)).body).toMatchObject({ status: 409, code: 'invitation_revoked' });
    world.clock.advance(61 * 24 * 60 * 60 * 1000);
    expect((await accept(over)).body).toMatchObject({ status: 409, code: 'invitation_expired' });
    expect((await nobody().get(`/api/auth/invitations/${over}`)).body.code).toBe('invitation_expired');
    for (const forged of ['nonsense', `${over}x`, `${over.split('.')[0]}.${used.split('.')[1]}`]) {
      expect((await accept(forged)).status).toBe(404);
    }
    expect((await staff.client.get(`/api/cohorts/${cohortId}/members`)).body.items).toHaveLength(2);
  });

  it('given no password or a short one, then 422 and the invitation is still good', async () => {
    const token = await invite(address());
    const short = await accept(token, { password: 'short' });
    expect(short.body.errors).toEqual([expect.objectContaining({ field: '/password', code: 'too_small' })]);
    const none = await nobody().post(`/api/auth/invitations/${token}/accept`, {});
    expect(none.body.errors).toEqual([{ field: '/password', code: 'required' }]);
    expect((await accept(token, { role: 'staff' })).body.errors).toEqual([
      expect.objectContaining({ field: '/role', code: 'unknown_field' }),
    ]);
    expect((await accept(token)).status).toBe(200);
  });
});
