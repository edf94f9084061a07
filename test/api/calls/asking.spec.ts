import { Deliveries } from '../../../src/infra/deliveries/deliveries.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { deliver, handOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';

const BEFORE = '2026-10-20T10:00:00.000Z';
const NOW = '2026-11-03T10:00:00.000Z';
const UNTIL = '2026-11-10T17:00:00.000Z';
const LATE = '2026-11-10T17:00:00.001Z';

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
let call: Awaited<ReturnType<typeof aCall>>;
let [one, two]: TestApplicant[] = [];
let A: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(BEFORE);
  call = await aCall(staff!, staff!.cohortId!);
  one = await anApplicant(world, call.slug);
  two = await anApplicant(world, call.slug);
  await handsIn(one);
  await handsIn(two);
  // Typed before the closing, and never handed in.
  await one.client.patch(one.path, { revision: (await seen(one)).revision, answers: { proud: 'Typed too late' } });
  await handOver(world, 'application');
  world.clock.set(NOW);
  A = `${call.path}/applications/${one.id}`;
});

const PIECE = { fields: ['failed', 'town'], until: UNTIL, words: 'What did you learn from it?' };
const ask = (body: object = PIECE, who = staff!) => who.client.post(`${A}/asking`, body);
const seen = async ({ client, path }: TestApplicant) => (await client.get(path)).body;
const save = async (answers: object, node = 0) =>
  clientOf(world.nodes[node]!.url, one!.bearer).patch(one!.path, { revision: (await seen(one!)).revision, answers });
const submit = async () => one!.client.post(`${one!.path}/submit`, { revision: (await seen(one!)).revision });
const fileOf = async () => (await staff!.client.get(A)).body;
const lettersTo = ({ email }: TestApplicant, subject: RegExp) =>
  world.mail.mails.filter(
    (mail) => [mail.to].flat().some((to) => to?.text.includes(email)) && subject.test(mail.subject ?? ''),
  );

describe('asking for a missing piece', () => {
  it('given the call is closed, then just what is asked for is opened again, named in a letter, and handed in with the rest as it was', async () => {
    expect((await save({ failed: 'x' })).body.code).toBe('call_closed');
    const asked = await ask();
    expect([asked.status, asked.body.asked]).toMatchObject([200, { ...PIECE, state: 'waits', cameAt: null }]);
    const letter = await eventually(() => {
      const [found] = lettersTo(one!, /^We ask you for something more/);
      expect(found).toBeDefined();
      return found!;
    });
    expect(letter.text).toContain('What did you learn from it?');
    expect(letter.text).toContain('– Town where you live');
    expect(letter.text).not.toContain('First and last name');
    expect(letter.text).toMatch(/by .*10 November/);
    expect(await seen(one!)).toMatchObject({
      asked: { fields: PIECE.fields, until: UNTIL, words: PIECE.words },
      ...{ abilities: { edit: true, submit: true }, call: { isOpen: false } },
    });
    expect((await save({ failed: 'Never ask at once.', proud: 'Sneaked in' })).body.errors).toEqual([
      expect.objectContaining({ field: '/answers/proud', code: 'closed' }),
    ]);
    expect((await save({ failed: '' })).status).toBe(200);
    expect((await submit()).body).toMatchObject({
      code: 'incomplete',
      missing: [{ field: 'failed', code: 'required' }],
    });
    expect((await save({ failed: 'Never ask at once.' })).status).toBe(200);
    expect((await submit()).body).toMatchObject({ asked: null, abilities: { edit: false, submit: false } });
    expect(await fileOf()).toMatchObject({
      answers: { ...ANSWERS, failed: 'Never ask at once.', proud: ANSWERS.proud },
      ...{ times: 2, asked: { state: 'came', cameAt: expect.stringMatching(/^2026-11-03T(09:59:59|10:00:00)/) } },
    });
    await eventually(() => expect(lettersTo(one!, /^Handed in/)).toHaveLength(2));
    expect(lettersTo(one!, /^Handed in/)[1]!.text).toContain('The call is closed: it stands as it is here.');
    expect((await save({ failed: 'More' })).body.code).toBe('call_closed');
    expect((await staff!.client.get(`${call.path}/applications?state=asked`)).body).toMatchObject({
      ...{ found: 1, asked: 1, items: [{ id: one!.id, asked: { state: 'came' } }] },
    });
    expect((await seen(two!)).asked).toBeNull();
  });

  it('given the date is over, or staff end it, then it closes by itself, and staff see that nothing came', async () => {
    await ask();
    // What is on its way at that instant counts by when it came in.
    world.clock.set(new Date(Date.parse(LATE) + 60_000).toISOString());
    expect((await save({ failed: 'Too late' })).body.code).toBe('call_closed');
    expect((await seen(one!)).asked).toBeNull();
    expect((await fileOf()).asked.state).toBe('over');
    world.clock.set(NOW);
    const again = await ask({ ...PIECE, fields: ['town'] });
    expect(again.body.asked).toMatchObject({ fields: ['town'], state: 'waits' });
    expect((await save({ failed: 'Not asked any more' })).body.errors[0].code).toBe('closed');
    expect((await save({ town: 'Brest' })).status).toBe(200);
    const ended = await staff!.client.delete(`${A}/asking`);
    expect([ended.status, ended.body.asked.state]).toEqual([200, 'ended']);
    expect((await submit()).body.code).toBe('call_closed');
    expect((await fileOf()).answers.town).toBe(ANSWERS.town);
  });

  it('given a letter that comes when it is over, then it is not sent', async () => {
    const held = jest
      .spyOn(world.nodes[0]!.app.get(Deliveries), 'write')
      .mockImplementation(async (kind, rows, session) => {
        held.mockRestore();
        const dueAt = new Date(Date.parse(NOW) + 1000);
        await world.nodes[0]!.app.get(Deliveries).write(
          kind,
          rows.map((row) => ({ ...row, dueAt })),
          session,
        );
      });
    await ask();
    await staff!.client.delete(`${A}/asking`);
    world.clock.set('2026-11-03T10:00:02.000Z');
    await deliver(world);
    await eventually(async () => {
      const waiting = { kind: 'application', 'about.kind': 'asked', state: 'waiting' };
      expect(await world.db.collection('deliveries').countDocuments(waiting)).toBe(0);
    });
    expect(lettersTo(one!, /^We ask you/)).toEqual([]);
  });

  it('given it is handed in while staff end it, on two processes, then it is in or it is not, and never half', async () => {
    for (let time = 0; time < 4; time += 1) {
      world.clock.set(NOW);
      expect((await ask()).status).toBe(200);
      expect((await save({ failed: `Try ${time}` })).status).toBe(200);
      const times = Number((await fileOf()).times);
      const { revision } = await seen(one!);
      const [handed] = await Promise.all([
        clientOf(world.nodes[1]!.url, one!.bearer).post(`${one!.path}/submit`, { revision }),
        staff!.client.delete(`${A}/asking`),
      ]);
      const after = await fileOf();
      const isIn = handed.status === 200;
      expect([after.times, after.answers.failed === `Try ${time}`, after.asked.state]).toEqual([
        ...[isIn ? times + 1 : times, isIn, isIn ? 'came' : 'ended'],
      ]);
    }
  });

  it('given it waits, then the file is not decided; once it came, it is', async () => {
    await ask();
    const D = `${call.path}/decisions`;
    const body = { applicationIds: [one!.id], decision: 'declined', words: { en: 'No.', fr: 'Non.' } };
    expect((await staff!.client.post(D, body)).body.left).toEqual([{ applicationId: one!.id, because: 'asked' }]);
    await save({ town: 'Brest' });
    await submit();
    expect((await staff!.client.post(D, body)).body.decided).toBe(1);
    expect((await ask()).body.code).toBe('decided');
    expect((await fileOf()).asked).toBeNull();
  });

  it('given a question on which another one hangs, then both are opened, and what the answer asks for is not left out', async () => {
    const asked = await ask({ ...PIECE, fields: ['status'] });
    expect(asked.body.asked.fields).toEqual(['status', 'service']);
    expect((await save({ status: 'public' })).status).toBe(200);
    expect((await submit()).body).toMatchObject({
      code: 'incomplete',
      missing: [{ field: 'service', code: 'required' }],
    });
    expect((await save({ service: 'Town hall' })).status).toBe(200);
    expect((await submit()).status).toBe(200);
    expect((await fileOf()).answers).toEqual({ ...ANSWERS, status: 'public', service: 'Town hall' });
  });

  it('given what cannot be asked, then it is said', async () => {
    const codes = async (body: object) =>
      ((await ask({ ...PIECE, ...body })).body.errors ?? []).map(({ field, code }: any) => `${field} ${code}`);
    expect(await codes({ fields: ['town', 'nothing', 'you'] })).toEqual(['/fields/1 not_asked', '/fields/2 not_asked']);
    expect(await codes({ until: BEFORE })).toEqual(['/until in_the_past']);
    expect(await codes({ until: '2027-02-03T10:00:00.000Z' })).toEqual(['/until too_late']);
    expect((await ask({ ...PIECE, fields: [] })).status).toBe(422);
    await one!.client.post(`${one!.path}/withdraw`);
    expect((await ask()).body.code).toBe('not_handed_in');
    expect((await seen(one!)).asked).toBeNull();
  });

  it('given others, then they ask for nothing, and end nothing', async () => {
    for (const [client, status] of [
      [fellow!.client, 403],
      [other!.client, 404],
      [clientOf(world.url), 401],
      [one!.client, 401],
    ] as const) {
      expect((await client.post(`${A}/asking`, PIECE)).status).toBe(status);
      expect((await client.delete(`${A}/asking`)).status).toBe(status);
    }
    const theirs = await aCall(other!, other!.cohortId!, { closesAt: '2026-12-22T10:00:00.000Z' });
    const elsewhere = `${theirs.path}/applications/${one!.id}/asking`;
    expect((await other!.client.post(elsewhere, PIECE)).status).toBe(404);
    await ask();
    expect((await other!.client.delete(elsewhere)).status).toBe(404);
    expect((await two!.client.patch(one!.path, { revision: 0, answers: { town: 'x' } })).status).toBe(404);
    expect((await two!.client.patch(two!.path, { revision: 2, answers: { town: 'x' } })).body.code).toBe('call_closed');
  });
});
