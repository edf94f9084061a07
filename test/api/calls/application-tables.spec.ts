import { type IncomingMessage, request } from 'node:http';
import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { ANSWERS, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';

let world: TestWorld;
let staff: TestPerson;
let other: TestPerson;
let call: Awaited<ReturnType<typeof aCall>>;
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await startWorld();
  staff = await aMember(world, await aCohort(world, { name: 'Cohort 8' }), 'staff');
  other = await aMember(world, await aCohort(world), 'staff');
  call = await aCall(staff, staff.cohortId!);
  const people: [string, object][] = [
    ['zoe@people.test', { name: 'Zoé Arnoux', town: 'Lyon' }],
    ['ali@agency.test', { name: '=cmd|x', town: 'Arras', craft: 'developer' }],
    ['emile@people.test', { name: 'Émile "Bo" 🦊; Dupont', craft: 'data', town: '=1+1' }],
  ];
  for (const [email, answers] of people) {
    const one = await anApplicant(world, call.slug, email);
    ids[email] = one.id;
    expect((await handsIn(one, { ...ANSWERS, ...answers })).status).toBe(200);
    world.clock.advance(60_000);
    if (email.startsWith('ali')) await one.client.post(`${one.path}/withdraw`);
  }
  const draft = await anApplicant(world, call.slug, 'draft@people.test');
  await draft.client.patch(draft.path, { revision: 0, answers: { name: 'Drafty' } });
  ids.draft = draft.id;
});
afterAll(() => world.stop());

const table = async (query = '') => (await staff.client.get(`${call.path}/applications${query}`)).body;
const names = async (query = '') => (await table(query)).items.map(({ name }: any) => name);

describe('the table of files', () => {
  it('given files, then what was handed in is listed with what is known of it, and drafts are a number', async () => {
    const all = await table();
    expect(all.counts).toEqual({ drafts: 1, submitted: 2, withdrawn: 1 });
    expect(all.found).toBe(3);
    expect(all.items[0]).toEqual({
      ...{
        id: ids['zoe@people.test'],
        number: '8-0001',
        state: 'submitted',
        name: 'Zoé Arnoux',
        email: 'zoe@people.test',
      },
      ...{
        town: 'Lyon',
        craft: { en: 'Designer', fr: 'Design' },
        agency: null,
        title: null,
        submittedAt: expect.any(String),
        waits: false,
        ...{ asked: null, decision: null, undelivered: null, tags: [] },
      },
    });
    expect(JSON.stringify(all)).not.toContain('Drafty');
    expect((await staff.client.get(`${call.path}/applications/${ids.draft}`)).status).toBe(404);
  });

  it('given filters, words and orders, then those that fit, in pages', async () => {
    expect(await names('?state=withdrawn')).toEqual(['=cmd|x']);
    expect(await names('?craft=data')).toEqual(['Émile "Bo" 🦊; Dupont']);
    for (const [q, name] of [
      ['arno', 'Zoé Arnoux'],
      ['ZOE arnoux', 'Zoé Arnoux'],
      ['8-0003', 'Émile "Bo" 🦊; Dupont'],
      ['3', 'Émile "Bo" 🦊; Dupont'],
      ['ali@agency.test', '=cmd|x'],
    ])
      expect(await names(`?q=${encodeURIComponent(q!)}`)).toEqual([name]);
    expect(await names('?q=drafty')).toEqual([]);
    expect(await names(`?q=${encodeURIComponent('.*')}`)).toHaveLength(3);
    const orders = {
      number: ['Zoé Arnoux', '=cmd|x', 'Émile "Bo" 🦊; Dupont'],
      name: ['=cmd|x', 'Émile "Bo" 🦊; Dupont', 'Zoé Arnoux'],
      submitted: ['Émile "Bo" 🦊; Dupont', '=cmd|x', 'Zoé Arnoux'],
    };
    for (const [sort, expected] of Object.entries(orders)) {
      expect(await names(`?sort=${sort}`)).toEqual(expected);
      const paged = [];
      let cursor = '';
      do {
        const page = await table(`?sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`);
        paged.push(...page.items.map(({ name }: any) => name));
        cursor = page.nextCursor ?? '';
      } while (cursor);
      expect(paged).toEqual(expected);
    }
    expect((await staff.client.get(`${call.path}/applications?cursor=nonsense`)).status).toBe(422);
    expect((await staff.client.get(`${call.path}/applications?state=draft`)).status).toBe(422);
  });

  it('given a file, then staff read what was handed in with its form; staff of another cohort do not', async () => {
    const path = `${call.path}/applications/${ids['zoe@people.test']}`;
    const { body } = await staff.client.get(path);
    expect(body).toMatchObject({
      number: '8-0001',
      kind: 'fellows',
      times: 1,
      form: { version: 1 },
      withdrawnAt: null,
    });
    expect(body.answers).toMatchObject({ name: 'Zoé Arnoux', rules: true });
    expect((await other.client.get(path)).status).toBe(404);
    const theirs = await aCall(other, other.cohortId!);
    for (const part of ['', '.csv', `/${ids['zoe@people.test']}`])
      expect((await other.client.get(`${call.path}/applications${part}`)).status).toBe(404);
    expect((await other.client.get(`${theirs.path}/applications/${ids['zoe@people.test']}`)).status).toBe(404);
  });

  it('given the export, then a line for each that was handed in, without formulas, and no word of drafts', async () => {
    const answer = await staff.client.get(`${call.path}/applications.csv`);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const lines = answer.text.split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('Numéro;Courriel;État;Déposée le;Décision;Prénom et nom');
    expect(lines[1]).toContain(`8-0001;zoe@people.test;Déposée;${NOW.slice(0, 10)}`);
    expect(lines[2]).toMatch(/^8-0002;ali@agency.test;Retirée;/);
    expect(lines[3]).toContain('"Émile ""Bo"" 🦊; Dupont"');
    expect(lines[3]).toContain(";'=1+1;");
    expect(answer.text).not.toContain('Drafty');
  });

  it('given it was taken back, then whose it was is left, and no answer of it is read anywhere', async () => {
    const { body } = await staff.client.get(`${call.path}/applications/${ids['ali@agency.test']}`);
    expect(body).toMatchObject({ name: '=cmd|x', state: 'withdrawn', town: null, craft: null, answers: {} });
    const [item] = (await table('?state=withdrawn')).items;
    expect(item).toMatchObject({ number: '8-0002', town: null, agency: null, title: null, craft: null });
    const line = (await staff.client.get(`${call.path}/applications.csv`)).text.split('\r\n')[2]!;
    expect(line.split(';').slice(5).filter(Boolean)).toEqual([]);
  });
});

describe('who reads the export slowly', () => {
  const FILES = 1500;
  const WORDS = 'x'.repeat(10_000);
  let reader: TestPerson;

  beforeAll(async () => {
    const rows = world.db.collection('applications');
    const one = (await rows.findOne({ _id: new Types.ObjectId(ids['zoe@people.test']) }))!;
    const answers = { ...one.submitted.answers, proud: WORDS };
    const copies = Array.from({ length: FILES }, (_, index) => ({
      ...{ ...one, _id: new Types.ObjectId(), email: `many-${index}@people.test`, number: 1000 + index },
      submitted: { ...one.submitted, answers },
    }));
    await rows.insertMany(copies);
  });
  beforeEach(async () => {
    reader = await aMember(world, staff.cohortId!, 'staff');
    const login = await clientOf(world.url).post('/api/auth/login', { email: reader.email, password: PASSWORD });
    reader = { ...reader, token: login.body.accessToken as string };
  });

  /** Asks for it, and reads nothing of it until something was done. */
  async function readAfter(act: () => Promise<unknown>): Promise<number> {
    const headers = { authorization: `Bearer ${reader.token}` };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(`${world.url}${call.path}/applications.csv`, { headers });
      asked.on('response', resolve).on('error', reject).end();
    });
    expect(answer.statusCode).toBe(200);
    await act();
    let text = '';
    try {
      for await (const bytes of answer) text += String(bytes);
    } catch {
      // It was cut.
    }
    return text.split(WORDS).length - 1;
  }

  it('given they stay, then they have all of it; taken out of the team, it ends where it is', async () => {
    expect(await readAfter(() => Promise.resolve())).toBe(FILES);
    const out = await readAfter(() => staff.client.delete(`/api/cohorts/${staff.cohortId}/members/${reader.id}`));
    expect(out).toBeLessThan(FILES);
  });

  it('given their login ends, then it ends where it is', async () => {
    const headers = { authorization: `Bearer ${reader.token}` };
    const signOut = () => fetch(`${world.url}/api/auth/logout`, { method: 'POST', headers });
    expect(await readAfter(signOut)).toBeLessThan(FILES);
  });
});
