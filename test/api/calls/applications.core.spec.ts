import { ApplicationsService } from '../../../src/calls/applications/applications.service.js';
import { Types } from 'mongoose';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import { HOUR } from '../../../src/common/times/clock.js';
import type { Application } from '../../../src/contracts/calls/applications.js';
import { msSinceArrival } from '../../../src/infra/http/bodies/arrivals.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import {
  ANSWERS,
  CLOSES,
  type TestApplicant,
  aCall,
  anApplicant,
  applicationTokenIn,
  handsIn,
} from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let call: Awaited<ReturnType<typeof aCall>>;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());
afterEach(() => jest.restoreAllMocks());
beforeEach(async () => {
  world.clock.set(NOW);
  call = await aCall(staff, cohortId);
});

const nobody = () => clientOf(world.url);
const rows = () => world.db.collection('applications');
const subjectsTo = (email: string) =>
  world.mail.mails
    .filter(({ to }) => [to].flat().some((one) => one?.text.includes(email)))
    .map(({ subject }) => subject);
const begin = (email: string, more: object = {}) =>
  nobody().post(`/api/calls/${call.slug}/applications`, { email, locale: 'en', ...more });

/** The requests of a method that the first process is sent from now on. */
function requestsOf(method: string): IncomingMessage[] {
  const requests: IncomingMessage[] = [];
  world.app
    .getHttpServer()
    .prependListener('request', (one: IncomingMessage) => one.method === method && requests.push(one));
  return requests;
}

/** Sends a body in two pieces, and `meanwhile` happens once the first has come; what was answered. */
async function slowly(
  { bearer }: TestApplicant,
  [method, path]: readonly [method: string, path: string],
  body: unknown,
  meanwhile: () => void,
): Promise<string> {
  const { hostname, port } = new URL(world.url);
  const requests = requestsOf(method);
  const text = JSON.stringify(body);
  const head = [
    ...[`${method} ${path} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${bearer}`, 'Connection: close'],
    ...['Content-Type: application/json', `Content-Length: ${text.length}`],
  ];
  return await new Promise((resolve, reject) => {
    let told = '';
    const socket = connect(Number(port), hostname, () =>
      socket.write(`${head.join('\r\n')}\r\n\r\n${text.slice(0, 5)}`),
    );
    eventually(() => expect(requests).toHaveLength(1)).then(() => {
      meanwhile();
      socket.write(text.slice(5));
    }, reject);
    socket.on('data', (data) => (told += String(data)));
    socket.on('error', reject);
    socket.on('close', () => resolve(told));
  });
}

describe('a file that is begun', () => {
  it('given an address, then its mail has the link; asked twice at once it is one file; nothing is known before the link is opened', async () => {
    const asked = await Promise.all(
      [0, 1, 0, 1].map((node) =>
        nobody()
          .on(world.nodes[node]!.url)
          .post(`/api/calls/${call.slug}/applications`, { email: 'Ada@People.test', locale: 'fr' }),
      ),
    );
    expect(asked.map(({ status, text }) => [status, text])).toEqual(Array(4).fill([202, '']));
    expect(await rows().countDocuments({ callId: new Types.ObjectId(call.id), email: 'ada@people.test' })).toBe(1);
    expect((await staff.client.get(call.path)).body.counts.drafts).toBe(0);
    const mail = await mailTo(world, 'ada@people.test', 'Votre candidature');
    expect(mail.text).toContain('Pas encore déposée');
    const opened = await nobody().post('/api/applications/open', { token: applicationTokenIn(mail) });
    expect(opened.body.application).toMatchObject({
      ...{ state: 'draft', number: null, email: 'ada@people.test', locale: 'fr', revision: 0, answers: {} },
      ...{ submitted: null, abilities: { edit: true, submit: true, withdraw: true } },
      call: { slug: call.slug, isOpen: true },
    });
    expect((await staff.client.get(call.path)).body.counts.drafts).toBe(1);
    expect(subjectsTo('ada@people.test')).toHaveLength(1);
  });

  it('given a call that is not open, then it is said; after its closing only who has a file gets its link', async () => {
    const begun = await anApplicant(world, call.slug);
    world.clock.set('2026-09-20T00:00:00.000Z');
    expect((await begin('early@people.test')).body.code).toBe('call_not_open');
    world.clock.set(CLOSES);
    expect((await begin('late@people.test')).status).toBe(202);
    expect((await begin(begun.email)).status).toBe(202);
    const mail = await mailTo(world, begun.email, 'Your link');
    expect(mail.text).toContain('The call is closed since');
    expect(mail.text).not.toContain('can be handed in');
    expect(subjectsTo('late@people.test')).toEqual([]);
    expect(await rows().countDocuments({ callId: new Types.ObjectId(call.id), email: 'late@people.test' })).toBe(0);
    expect((await begin('not an address')).status).toBe(422);
    expect(
      (await nobody().post('/api/calls/nothing-here/applications', { email: 'a@b.test', locale: 'en' })).status,
    ).toBe(404);
  });

  it('given a link is asked for again before anybody opened it, then the latest counts: the letter is true, and in the language that was asked for', async () => {
    const email = 'later@people.test';
    await begin(email, { locale: 'fr', timeZone: 'Pacific/Auckland' });
    world.clock.set('2026-10-14T09:40:00.000Z');
    expect((await begin(email, { timeZone: 'Europe/Paris' })).status).toBe(202);
    const token = applicationTokenIn(await mailTo(world, email, 'Your application'));
    world.clock.set('2026-10-15T09:30:00.000Z');
    await world.app.get(ApplicationErasing).erase();
    const opened = await nobody().post('/api/applications/open', { token });
    expect(opened.body.application).toMatchObject({ locale: 'en', state: 'draft' });
    // What was opened is its own, whoever asks.
    await begin(email, { locale: 'fr' });
    expect(await rows().findOne({ callId: new Types.ObjectId(call.id), email })).toMatchObject({
      locale: 'en',
      timeZone: 'Europe/Paris',
    });
  });

  it('given another file, a made-up token or none, then nothing is shown', async () => {
    const [mine, theirs] = [await anApplicant(world, call.slug), await anApplicant(world, call.slug)];
    const acts = (who: ReturnType<typeof clientOf>, path: string) => [
      who.get(path),
      who.patch(path, { revision: 0, answers: { name: 'X' } }),
      who.post(`${path}/submit`, { revision: 0 }),
      who.post(`${path}/withdraw`),
    ];
    const statuses = async (who: ReturnType<typeof clientOf>, path: string) =>
      (await Promise.all(acts(who, path))).map(({ status }) => status);
    expect(await statuses(mine.client, theirs.path)).toEqual([404, 404, 404, 404]);
    expect(await statuses(nobody(), mine.path)).toEqual([401, 401, 401, 401]);
    expect(await statuses(staff.client, mine.path)).toEqual([401, 401, 401, 401]);
    expect(await statuses(clientOf(world.url, mine.token), mine.path)).toEqual([401, 401, 401, 401]);
    expect(await statuses(clientOf(world.url, `${mine.bearer}x`), mine.path)).toEqual([401, 401, 401, 401]);
    for (const token of [mine.bearer, `${mine.token}x`, 'a.b', '', String(new Types.ObjectId())])
      expect((await nobody().post('/api/applications/open', { token })).status).toBe(404);
    expect((await clientOf(world.url, mine.bearer).get('/api/me')).status).toBe(401);
    expect((await mine.client.get(mine.path)).body.state).toBe('draft');
  });
});

describe('what is typed', () => {
  it('given answers, then they are kept as typed, also half ones; what has no place is refused whole', async () => {
    const { client, path } = await anApplicant(world, call.slug);
    const saved = await client.patch(path, {
      revision: 0,
      answers: { name: 'Zoé 🦊 "x"', link: 'portfolio.payet', proud: 'é'.repeat(19_999) },
    });
    expect(saved.body).toMatchObject({
      conflicts: [],
      application: { revision: 1, answers: { name: 'Zoé 🦊 "x"', link: 'portfolio.payet' }, changedAt: NOW },
    });
    const refused = await client.patch(path, {
      revision: 1,
      answers: { town: 'Brest', nowhere: 'x', rules: 'yes', you: 'x' },
    });
    expect([refused.status, refused.body.errors.map(({ field, code }: any) => `${field} ${code}`)]).toEqual([
      ...[422, ['/answers/nowhere unknown', '/answers/rules wrong_format', '/answers/you unknown']],
    ]);
    expect((await client.patch(path, { revision: 1, answers: { proud: 'x'.repeat(20_001) } })).status).toBe(422);
    for (const answers of [{}, { constructor: 'x' }, { __proto__x: 'x' }, { 'a.b': 'x' }, { $set: 'x' }])
      expect((await client.patch(path, { revision: 1, answers })).status).toBe(422);
    const gone = await client.patch(path, { revision: 1, answers: { link: null } });
    expect(gone.body.application).toMatchObject({ revision: 2, revisions: { name: 1, link: 2, proud: 1 } });
    expect(Object.keys(gone.body.application.answers).sort()).toEqual(['name', 'proud']);
  });

  it('given two tabs, then answers to other questions are both kept, and of one question both are shown', async () => {
    const { client, path } = await anApplicant(world, call.slug);
    await client.patch(path, { revision: 0, answers: { name: 'Zoé' } });
    await client.patch(path, { revision: 0, answers: { town: 'Brest' } });
    const clash = await client.patch(path, { revision: 0, answers: { name: 'Zoë', skills: 'maps', town: 'Brest' } });
    expect(clash.body).toMatchObject({
      conflicts: [{ field: 'name', sent: 'Zoë', kept: 'Zoé' }],
      application: { answers: { name: 'Zoé', town: 'Brest', skills: 'maps' } },
    });
    const chosen = await client.patch(path, { revision: clash.body.application.revision, answers: { name: 'Zoë' } });
    expect(chosen.body).toMatchObject({ conflicts: [], application: { answers: { name: 'Zoë' } } });
  });

  it('given four tabs that write at once on two processes, then no last word is lost', async () => {
    const { client, path } = await anApplicant(world, call.slug);
    const keys = ['name', 'town', 'skills', 'proud'];
    const type = async (key: string, index: number) => {
      for (let word = 1; word <= 5; word += 1) {
        const there = client.on(world.nodes[index % 2]!.url);
        const { revision } = (await there.get(path)).body;
        expect((await there.patch(path, { revision, answers: { [key]: `${key} ${word}` } })).body.conflicts).toEqual(
          [],
        );
      }
    };
    await Promise.all(keys.map(type));
    expect((await client.get(path)).body.answers).toEqual(Object.fromEntries(keys.map((key) => [key, `${key} 5`])));
  });
});

describe('handing in', () => {
  it('given something is missing, then all of it is said at once, and it is not handed in', async () => {
    const applicant = await anApplicant(world, call.slug);
    const refused = await handsIn(applicant, { ...ANSWERS, status: 'public', skills: '', link: 'portfolio' });
    expect([refused.status, refused.body.code, refused.body.missing]).toEqual([
      ...[409, 'incomplete'],
      [
        { field: 'skills', code: 'required' },
        { field: 'service', code: 'required' },
        { field: 'link', code: 'wrong_format' },
      ],
    ]);
    expect((await applicant.client.get(applicant.path)).body).toMatchObject({ state: 'draft', submitted: null });
  });

  it('given all is there, then it has a number and a receipt with everything; sent again it is handed in once', async () => {
    const applicant = await anApplicant(world, call.slug, 'salome@people.test', 'fr');
    await handsIn(applicant, { ...ANSWERS, service: 'not asked' });
    const revision = 1;
    const again = await Promise.all(
      [0, 1].map((node) => applicant.client.on(world.nodes[node]!.url).post(`${applicant.path}/submit`, { revision })),
    );
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    const file = again[0]!.body;
    expect(file).toMatchObject({
      ...{ state: 'submitted', number: expect.stringMatching(/^8-\d{4}$/) },
      submitted: {
        at: expect.stringMatching(/^2026-10-13T09:4[45]/),
        times: 1,
        revision: 1,
        isChanged: false,
        answers: ANSWERS,
      },
      ...{ eraseAt: '2027-01-22T11:00:00.000Z', abilities: { edit: true, submit: true, withdraw: true } },
    });
    expect(file.submitted.answers).not.toHaveProperty('service');
    const mail = await mailTo(world, applicant.email, 'Déposée, numéro');
    expect(mail.text).toContain('Salomé Payet');
    expect(mail.text).toContain('À mon compte');
    expect(mail.subject).toContain(file.number);
    expect(subjectsTo(applicant.email).filter((subject) => subject?.startsWith('Déposée'))).toHaveLength(1);
  });

  it('given it is changed after that, then what was handed in counts until it is handed in anew, with the same number', async () => {
    const applicant = await anApplicant(world, call.slug);
    const first = (await handsIn(applicant)).body as Application;
    const changed = await applicant.client.patch(applicant.path, {
      revision: first.revision,
      answers: { town: 'Lyon' },
    });
    expect(changed.body.application).toMatchObject({
      state: 'submitted',
      submitted: { isChanged: true, answers: { town: 'Saint-Denis' } },
    });
    expect((await applicant.client.post(`${applicant.path}/submit`, { revision: first.revision + 5 })).body.code).toBe(
      'edited_meanwhile',
    );
    const table = () => staff.client.get(`${call.path}/applications`);
    expect((await table()).body.items).toMatchObject([{ town: 'Saint-Denis' }]);
    const second = await applicant.client.post(`${applicant.path}/submit`, { revision: first.revision + 1 });
    expect(second.body).toMatchObject({
      number: first.number,
      submitted: { times: 2, isChanged: false, answers: { town: 'Lyon' } },
    });
    expect((await table()).body.items).toMatchObject([{ town: 'Lyon' }]);
  });

  it('given the closing, then the last millisecond counts, and what comes after is refused with the reason', async () => {
    const [early, late] = [await anApplicant(world, call.slug), await anApplicant(world, call.slug)];
    for (const one of [early, late]) await one.client.patch(one.path, { revision: 0, answers: ANSWERS });
    world.clock.set('2026-10-22T09:59:59.999Z');
    expect((await early.client.post(`${early.path}/submit`, { revision: 1 })).status).toBe(200);
    world.clock.set(new Date(Date.parse(CLOSES) + 60_000).toISOString());
    const refused = await late.client.post(`${late.path}/submit`, { revision: 1 });
    expect([refused.status, refused.body]).toEqual([
      409,
      expect.objectContaining({ code: 'call_closed', closedAt: CLOSES }),
    ]);
    expect((await late.client.patch(late.path, { revision: 1, answers: { town: 'Lyon' } })).body.code).toBe(
      'call_closed',
    );
    expect((await early.client.post(`${early.path}/submit`, { revision: 1 })).body.state).toBe('submitted');
    expect((await late.client.get(late.path)).body).toMatchObject({
      state: 'draft',
      abilities: { edit: false, submit: false },
    });
  });

  it('given what is typed waits in the line as the call closes, then it counts by when it came in', async () => {
    const one = await anApplicant(world, call.slug);
    const service = world.app.get(ApplicationsService);
    const get = service.get.bind(service);
    let goOn = () => {};
    const isOpen = new Promise<void>((resolve) => (goOn = resolve));
    const held = jest.spyOn(service, 'get').mockImplementationOnce(async (shown) => {
      await isOpen;
      return await get(shown);
    });
    world.clock.set(new Date(Date.parse(CLOSES) + 100).toISOString());
    const before = one.client.get(one.path);
    await eventually(() => expect(held).toHaveBeenCalled());
    const patches = requestsOf('PATCH');
    const saving = one.client.patch(one.path, { revision: 0, answers: { town: 'Lyon' } });
    // It came before the closing: it has waited for longer than the call is closed.
    await eventually(() => {
      expect(patches).toHaveLength(1);
      expect(msSinceArrival(patches[0]!)).toBeGreaterThan(100);
    });
    goOn();
    expect([(await saving).status, (await before).status]).toEqual([200, 200]);
    expect((await one.client.get(one.path)).body.answers).toEqual({ town: 'Lyon' });
  });

  it('given a body that was begun before the closing and goes on after it, then it counts by its last byte: nobody writes on by sending slowly', async () => {
    const one = await anApplicant(world, call.slug);
    const { revision } = (await one.client.patch(one.path, { revision: 0, answers: ANSWERS })).body.application;
    const now = performance.now.bind(performance);
    let skipped = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now() + skipped);
    // An hour lies between the first byte and the last, and the call closed in the middle of it.
    const anHour = () => {
      skipped += HOUR;
      world.clock.set(new Date(Date.parse(CLOSES) + HOUR / 2));
    };
    for (const [act, body] of [
      [['PATCH', one.path], { revision, answers: { town: 'Lyon' } }],
      [['POST', `${one.path}/submit`], { revision }],
    ] as const) {
      world.clock.set(new Date(Date.parse(CLOSES) - HOUR / 2));
      expect(await slowly(one, act, body, anHour)).toMatch(/^HTTP\/1.1 409 .*call_closed/s);
    }
    expect((await one.client.get(one.path)).body).toMatchObject({ state: 'draft', answers: { town: ANSWERS.town } });
  });

  it('given many at once on two processes, then each has a receipt and a number of its own', async () => {
    const applicants = [];
    for (let n = 0; n < 12; n += 1) applicants.push(await anApplicant(world, call.slug));
    const handed = await Promise.all(
      applicants.map((one, index) => handsIn({ ...one, client: one.client.on(world.nodes[index % 2]!.url) })),
    );
    expect(handed.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect(new Set(handed.map(({ body }) => body.number)).size).toBe(12);
    for (const { email } of applicants) await mailTo(world, email, 'Handed in');
    expect((await staff.client.get(call.path)).body.counts).toEqual({ drafts: 0, submitted: 12, withdrawn: 0 });
  });

  it('given it is withdrawn, then it is told once and erased in a week, and may be handed in again while the call is open', async () => {
    const applicant = await anApplicant(world, call.slug);
    await handsIn(applicant);
    const both = await Promise.all(
      [0, 1].map((node) => applicant.client.on(world.nodes[node]!.url).post(`${applicant.path}/withdraw`)),
    );
    expect(both.map(({ body }) => body.state)).toEqual(['withdrawn', 'withdrawn']);
    expect(both[0]!.body).toMatchObject({
      withdrawnAt: NOW,
      eraseAt: '2026-10-20T09:45:00.000Z',
      abilities: { withdraw: false },
    });
    await mailTo(world, applicant.email, 'Withdrawn');
    expect(subjectsTo(applicant.email).filter((subject) => subject?.startsWith('Withdrawn'))).toHaveLength(1);
    expect((await staff.client.get(call.path)).body.counts).toEqual({ drafts: 0, submitted: 0, withdrawn: 1 });
    const again = await applicant.client.post(`${applicant.path}/submit`, { revision: 1 });
    expect(again.body).toMatchObject({ state: 'submitted', withdrawnAt: null, submitted: { times: 2 } });
  });
});

describe('erasing', () => {
  it('given their day, then files go with all that is in them, and stay as numbers', async () => {
    const [draft, handed, withdrawn] = [
      await anApplicant(world, call.slug),
      await anApplicant(world, call.slug),
      await anApplicant(world, call.slug),
    ];
    await begin('unopened@people.test');
    await handsIn(handed);
    await handsIn(withdrawn);
    await withdrawn.client.post(`${withdrawn.path}/withdraw`);
    const left = async (at: string) => {
      world.clock.set(at);
      await world.app.get(ApplicationErasing).erase();
      const found = await rows()
        .find({ callId: new Types.ObjectId(call.id) })
        .toArray();
      return found.map(({ email }) => email).sort();
    };
    expect(await left('2026-10-14T09:44:00.000Z')).toHaveLength(4);
    expect(await left('2026-10-14T09:45:00.000Z')).toEqual([draft.email, handed.email, withdrawn.email].sort());
    expect(await left('2026-10-20T09:45:00.000Z')).toEqual([draft.email, handed.email].sort());
    const extended = await staff.client.post(`${call.path}/extend`, { closesAt: '2026-10-23T10:00:00.000Z' });
    expect(extended.status).toBe(200);
    expect(await left('2026-10-29T10:00:00.000Z')).toHaveLength(2);
    expect(await left('2026-10-30T11:00:00.000Z')).toEqual([handed.email]);
    expect(await left('2027-01-23T11:00:00.000Z')).toEqual([]);
    expect((await staff.client.get(call.path)).body.counts).toEqual({ drafts: 1, submitted: 1, withdrawn: 1 });
    expect((await handed.client.get(handed.path)).status).toBe(404);
    expect((await nobody().post('/api/applications/open', { token: handed.token })).status).toBe(404);
    await eventually(async () => {
      const ids = [draft.id, handed.id, withdrawn.id].map((id) => new Types.ObjectId(id));
      expect(await world.db.collection('deliveries').countDocuments({ kind: 'application', of: { $in: ids } })).toBe(0);
    });
  });
});
