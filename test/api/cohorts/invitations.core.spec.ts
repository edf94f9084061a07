import iconv from 'iconv-lite';
import { Types } from 'mongoose';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { Realtime } from '../../../src/infra/realtime/realtime.js';
import { rooms } from '../../../src/infra/realtime/rooms.js';
import { clientOf, connect } from '../../support/client.js';
import { deliver, handedOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { killedAfter } from '../../support/outbox.js';
import { pace } from '../../support/patience.js';
import { countQueries } from '../../support/queries.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';

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

const sendCsv = async (file: Buffer | string, query = '', type = 'text/csv') => {
  const response = await fetch(`${world.url}${path}${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${staff.token}`, 'content-type': type },
    body: new Uint8Array(Buffer.from(file)),
  });
  return { status: response.status, body: (await response.json()) as any };
};

const accept = (token: string, more: object = {}) =>
  nobody().post(`/api/auth/invitations/${token}/accept`, {
    name: 'Ana Lê',
    password: PASSWORD,
    timeZone: 'America/Cayenne',
    locale: 'fr',
    ...more,
  });

it('given words of who invites, the first day and a project, then the letter says them, as text, and the next letter too', async () => {
  world.clock.set('2026-08-20T08:00:00.000Z');
  const inviter = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name: 'EauVive', agency: 'Agency' });
  const [ana, ben] = [address(), address()];
  const people = [
    { email: ana, name: 'Ana', role: 'fellow', project: 'EauVive', locale: 'en' },
    { email: ben, name: 'Ben', role: 'host', locale: 'fr' },
  ];
  const note = 'We met in June.\n\n<b>Come</b> early & rest.';
  expect((await inviter.client.post(path, { people, note: 'x'.repeat(501) })).status).toBe(422);
  expect((await inviter.client.post(path, { people, note })).body.created).toBe(2);
  const [english] = await world.mail.to(ana);
  for (const words of ['Aurore Tessier writes to you:', 'We met in June.', '<b>Come</b> early & rest.', 'EauVive'])
    expect(english!.text).toContain(words);
  expect(english!.text).toMatch(/First day\W+1 September 2026/);
  expect(english!.html).toContain('&lt;b&gt;Come&lt;/b&gt;');
  const [french] = await world.mail.to(ben);
  expect(french!.text).toContain('Aurore Tessier vous écrit\u00a0:');
  expect(french!.text).not.toContain('Votre défi');
  // Sent again after the first day: it does not begin any more.
  world.clock.set('2026-10-13T09:45:00.000Z');
  const { id } = (await list()).find(({ email }) => email === ana);
  expect((await staff.client.post(`${path}/${id}/send`)).status).toBe(200);
  const again = (await world.mail.to(ana, 2)).at(-1)!;
  expect(again.text).toContain('We met in June.');
  expect(again.text).not.toContain('First day');
});

it('given an invitation that says a craft, then it was given to who accepts it, there, also to who had an account', async () => {
  const craftOf = async (email: string) =>
    ((await staff.client.get(`/api/cohorts/${cohortId}/members`)).body.items as any[]).find(
      (member) => member.email === email,
    ).givenCraft;
  const [named, plain] = [address(), address()];
  await accept(await invite(named, { craft: 'designer' }));
  await accept(await invite(plain));
  expect(await Promise.all([named, plain].map(craftOf))).toEqual(['designer', null]);
  const known = await aPerson(world, { craft: 'data' });
  const token = await invite(known.email, { craft: 'product' });
  expect((await known.client.post(`/api/auth/invitations/${token}/accept`, {})).status).toBe(200);
  expect(await craftOf(known.email)).toBe('product');
  expect((await known.client.get('/api/me')).body.craft).toBe('data');
});

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

  it('given the cohort is closed in the same instant, then who accepts is alumni, or finds it closed', async () => {
    const tokens: string[] = [];
    for (let index = 0; index < 6; index += 1) tokens.push(await invite(address()));
    const [closed, ...answers] = await Promise.all([
      staff.client.post(`/api/cohorts/${cohortId}/close`),
      ...tokens.map((token, index) =>
        clientOf(world.nodes[index % 2]!.url).post(`/api/auth/invitations/${token}/accept`, { password: PASSWORD }),
      ),
    ]);
    expect(closed.status).toBe(200);
    expect(answers.every(({ status, body }) => status === 200 || body.code === 'cohort_closed')).toBe(true);
    const { items } = (await staff.client.get(`/api/cohorts/${cohortId}/members`)).body;
    expect(items.filter((member: any) => member.role === 'fellow')).toEqual([]);
    expect(items.filter((member: any) => member.role === 'alumni')).toHaveLength(
      answers.filter(({ status }) => status === 200).length,
    );
  });

  it('given a fellow who accepts between the last look and the end of closing, then the cohort has none', async () => {
    const token = await invite(address());
    const memberships = world.app.get(MembershipsRepository);
    const graduate = memberships.graduate.bind(memberships);
    let accepting: ReturnType<typeof accept> | undefined;
    memberships.graduate = async (...asked) => {
      await graduate(...asked);
      accepting ??= accept(token);
      // A head start, in which an acceptance that nothing holds back is over.
      await Promise.race([accepting, pace(1500)]);
    };
    const closed = await staff.client.post(`/api/cohorts/${cohortId}/close`);
    memberships.graduate = graduate;
    expect(closed.status).toBe(200);
    expect((await accepting)!.body).toMatchObject({ status: 409, code: 'cohort_closed' });
    const { items } = (await staff.client.get(`/api/cohorts/${cohortId}/members`)).body;
    expect(items.map((member: any) => member.role)).toEqual(['staff']);
  });

  it('given an address with an account, then only who is signed in with it can accept', async () => {
    const known = await aPerson(world);
    const token = await invite(known.email);
    const at = `/api/auth/invitations/${token}/accept`;
    expect((await accept(token)).body).toMatchObject({ status: 401, code: 'sign_in_to_accept' });
    expect((await staff.client.post(at, {})).body).toMatchObject({ status: 409, code: 'other_account' });
    expect((await clientOf(world.url, 'nonsense').post(at, {})).status).toBe(401);
    expect((await known.client.get('/api/me')).body).toMatchObject({ name: known.name, memberships: [] });
    const accepted = await known.client.post(at, {});
    expect(accepted.body.me.memberships).toEqual([expect.objectContaining({ cohortId, role: 'fellow' })]);
    expect((await known.client.post(at, {})).body.code).toBe('invitation_used');
    expect((await nobody().post('/api/auth/login', { email: known.email, password: PASSWORD })).status).toBe(200);
  });

  it('given a member who accepts an invitation to another role, then they stay what they are, on live sockets too', async () => {
    const fellow = await aMember(world, cohortId, 'fellow');
    const other = address();
    const token = await invite(other, { role: 'staff' });
    await world.db.collection('users').updateOne({ _id: new Types.ObjectId(fellow.id) }, { $set: { email: other } });
    const live = await connect(world.url, fellow.token);
    const accepted = await fellow.client.post(`/api/auth/invitations/${token}/accept`, {});
    expect(accepted.body.me.memberships).toEqual([expect.objectContaining({ cohortId, role: 'fellow' })]);
    await world.settled();
    const staffRoom = world.app.get(Realtime).socketsHere(rooms.cohortStaff(cohortId));
    expect(staffRoom.map((socket) => socket.data.userId)).not.toContain(fellow.id);
    live.close();
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

  it('given a host and a coach with a project, then they host and coach it', async () => {
    await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name: 'Sols', agency: 'A' });
    const host = (await accept(await invite(address(), { role: 'host', project: 'Sols' }))).body.me;
    const coach = (await accept(await invite(address(), { role: 'coach', project: 'Sols' }))).body.me;
    const [project] = (await staff.client.get(`/api/cohorts/${cohortId}/projects`)).body.items;
    expect(project).toMatchObject({ hosts: [{ id: host.id }], coach: { id: coach.id }, fellows: [] });
  });
});

describe('sending again', () => {
  it('given an invitation that is over, then the same link works again and another letter goes', async () => {
    const email = address();
    const token = await invite(email);
    await world.mail.to(email);
    world.clock.advance(61 * 24 * 60 * 60 * 1000);
    expect((await list())[0].state).toBe('expired');
    const again = await staff.client.post(`${path}/${token.split('.')[0]}/send`);
    expect(again.body).toMatchObject({ state: 'pending' });
    await world.mail.to(email, 2);
    expect((await accept(token)).status).toBe(200);
    expect((await staff.client.post(`${path}/${token.split('.')[0]}/send`)).body.code).toBe('invitation_used');
    expect((await staff.client.delete(`${path}/${token.split('.')[0]}`)).body.code).toBe('invitation_used');
  });

  it('given an invitation that is over, then the person can be invited anew', async () => {
    const email = address();
    const old = await invite(email);
    world.clock.advance(61 * 24 * 60 * 60 * 1000);
    const fresh = await invite(email);
    expect(fresh).not.toBe(old);
    expect((await accept(old)).body.code).toBe('invitation_revoked');
    expect((await accept(fresh)).status).toBe(200);
  });

  it('given another cohort or a fellow, then refused', async () => {
    const id = (await invite(address())).split('.')[0];
    const there = await aCohort(world);
    const outsider = await aMember(world, there, 'staff');
    const fellow = await aMember(world, cohortId, 'fellow');
    for (const act of [`${path}/${id}/send`, `/api/cohorts/${there}/invitations/${id}/send`]) {
      expect((await outsider.client.post(act)).status).toBe(404);
    }
    expect((await outsider.client.delete(`/api/cohorts/${there}/invitations/${id}`)).status).toBe(404);
    expect((await fellow.client.post(`${path}/${id}/send`)).status).toBe(403);
    expect((await fellow.client.delete(`${path}/${id}`)).status).toBe(403);
  });
});

it('given the mail server refuses a letter for good, then it is not tried again, staff see its answer, and sending again is a new try', async () => {
  const email = address();
  world.mail.answer(email, 550, '5.1.1 no such mailbox');
  const token = await invite(email);
  await eventually(async () =>
    expect((await list())[0]).toMatchObject({
      ...{ email, state: 'pending', sentAt: null },
      refused: { at: world.clock.now().toISOString(), answer: '550 5.1.1' },
    }),
  );
  await handedOver(world, 'invitation');
  world.clock.advance(3 * 60_000);
  await deliver(world);
  expect(world.mail.asked(email)).toBe(1);
  world.mail.answer(email, 0);
  await staff.client.post(`${path}/${token.split('.')[0]}/send`);
  await world.mail.to(email);
  await eventually(async () => expect((await list())[0]).toMatchObject({ sentAt: expect.any(String), refused: null }));
  expect(world.mail.asked(email)).toBe(2);
});

it('given a process that dies right after its write, then a turn of others sends the letter, of a new one and of one that is sent again, once each', async () => {
  const email = address();
  const token = await killedAfter(world, () => invite(email));
  const turn = () => deliver(world);
  await turn();
  await eventually(() => expect(world.mail.asked(email)).toBe(1));
  world.clock.advance(60_000);
  await killedAfter(world, () => staff.client.post(`${path}/${token.split('.')[0]}/send`));
  expect(world.mail.asked(email)).toBe(1);
  await turn();
  await turn();
  await eventually(async () =>
    expect((await list())[0]).toMatchObject({ email, sentAt: world.clock.now().toISOString() }),
  );
  expect(world.mail.asked(email)).toBe(2);
});
