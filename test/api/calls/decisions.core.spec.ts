import { Types } from 'mongoose';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import { ApplicationErasingRepository } from '../../../src/calls/applications/application-erasing.repository.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { handOverAt } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';

const BEFORE = '2026-10-20T10:00:00.000Z';
const NOON = '2026-11-03T10:00:00.000Z';
const after = (minutes: number) => new Date(Date.parse(NOON) + minutes * 60_000).toISOString();

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
let call: Awaited<ReturnType<typeof aCall>>;
let D: string;
let people: TestApplicant[];

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
  D = `${call.path}/decisions`;
  people = [];
  for (const locale of ['en', 'fr'] as const) {
    const one = await anApplicant(world, call.slug, undefined, locale);
    await handsIn(one, { ...ANSWERS, name: `Zoé {number} ${locale}` });
    people.push(one);
  }
  world.clock.set(NOON);
});

const words = { en: 'Dear {name}, number {number}.', fr: 'Bonjour {name}, numéro {number}.' };
const decide = (decision: string, ids = people.map(({ id }) => id), node = 0) =>
  staff!.client.on(world.nodes[node]!.url).post(D, { applicationIds: ids, decision, words });
const undo = (ids = people.map(({ id }) => id)) => staff!.client.delete(D, { applicationIds: ids });
const seen = async ({ client, path }: TestApplicant) => (await client.get(path)).body;
const table = async (query = '') => (await staff!.client.get(`${call.path}/applications${query}`)).body;
const lettersTo = ({ email }: TestApplicant) =>
  world.mail.mails.filter(
    ({ to, subject }) =>
      [to].flat().some((one) => one?.text.includes(email)) &&
      /^(Accepted|On the waiting|Our answer|Retenue|Sur liste|Notre réponse)/.test(subject ?? ''),
  );

/** The workers of all processes hand over what is due by an instant. */
const at = (instant: string) => handOverAt(world, 'application', instant);

describe('deciding', () => {
  it('given a decision, then nobody hears of it for an hour, and then each once, in their language and with their name', async () => {
    const before = await seen(people[0]!);
    const done = await decide('accepted');
    expect([done.status, done.body]).toEqual([200, { decided: 2, sendAt: after(60), left: [] }]);
    await at(after(59));
    // Nothing tells who applies, not the day of its erasure either.
    expect(await seen(people[0]!)).toEqual({ ...before, call: expect.anything() });
    expect(await table()).toMatchObject({
      decisions: { none: 0, accepted: 2, waiting: 0, declined: 0 },
      items: [{ decision: { kind: 'accepted', sendAt: after(60), isSent: false } }, {}],
    });
    await at(after(60));
    await eventually(() => expect(people.map((one) => lettersTo(one).length)).toEqual([1, 1]));
    const [english, french] = people.map((one) => lettersTo(one)[0]!);
    const { number } = await seen(people[0]!);
    expect(english!.subject).toBe('Accepted: Fellows, cohort 8');
    expect(english!.text).toContain(`Dear Zoé {number} en, number ${number}.`);
    expect(french!.subject).toBe('Retenue\u00a0: Appel à candidatures');
    expect(french!.text).toContain('Bonjour Zoé {number} fr, numéro 8-');
    expect(await seen(people[0]!)).toMatchObject({
      ...{ state: 'accepted', decision: { kind: 'accepted', at: after(60) }, eraseAt: '2028-10-22T10:00:00.000Z' },
    });
    expect((await decide('declined')).body).toMatchObject({
      decided: 0,
      left: [{ because: 'decided' }, { because: 'decided' }],
    });
    await at(after(600));
    expect(people.map((one) => lettersTo(one).length)).toEqual([1, 1]);
  });

  it('given workers whose turn comes a second before a letter is due, then it goes when it is due', async () => {
    await decide('accepted');
    await at(new Date(Date.parse(after(60)) - 1000).toISOString());
    expect(people.map((one) => lettersTo(one).length)).toEqual([0, 0]);
    await at(after(60));
    await eventually(() => expect(people.map((one) => lettersTo(one).length)).toEqual([1, 1]));
  });

  it('given it is undone within the hour, then no letter goes, and one decides anew; too late, then it stands', async () => {
    await decide('declined');
    world.clock.set(after(30));
    expect((await undo()).body).toEqual({ undone: 2 });
    expect((await undo()).body).toEqual({ undone: 0 });
    expect((await decide('waiting', [people[0]!.id])).body.decided).toBe(1);
    await at(after(61));
    expect(people.map((one) => lettersTo(one).length)).toEqual([0, 0]);
    world.clock.set(after(89));
    expect((await undo([people[0]!.id])).body).toEqual({ undone: 0 });
    await at(after(90));
    await eventually(() => expect(people.map((one) => lettersTo(one).length)).toEqual([1, 0]));
    expect((await seen(people[1]!)).state).toBe('submitted');
  });

  it('given the waiting list, then one is accepted from it later, and stays on it where that is undone', async () => {
    const [first] = people;
    const ids = [first!.id];
    await decide('waiting', ids);
    expect((await decide('accepted', ids)).body.left).toEqual([{ applicationId: first!.id, because: 'decided' }]);
    await at(after(60));
    expect((await decide('waiting', ids)).body.decided).toBe(0);
    expect((await decide('accepted', ids)).body.decided).toBe(1);
    expect((await seen(first!)).decision.kind).toBe('waiting');
    expect((await undo(ids)).body).toEqual({ undone: 1 });
    await at(after(120));
    expect((await seen(first!)).state).toBe('waiting');
    await decide('accepted', ids);
    await at(after(180));
    await eventually(() => expect(lettersTo(first!).map(({ subject }) => subject)).toHaveLength(2));
    expect((await seen(first!)).state).toBe('accepted');
  });

  it('given many at once on two processes, then each is decided once', async () => {
    const answers = await Promise.all([
      decide('accepted', undefined, 0),
      decide('declined', undefined, 1),
      decide('accepted', undefined, 1),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.reduce((sum, { body }) => sum + Number(body.decided), 0)).toBe(2);
    await at(after(60));
    await eventually(() => expect(people.map((one) => lettersTo(one).length)).toEqual([1, 1]));
  });

  it('given what cannot be decided, then it is said; and nobody else decides', async () => {
    await people[0]!.client.post(`${people[0]!.path}/withdraw`);
    const nothing = String(new Types.ObjectId());
    expect((await decide('accepted', [people[0]!.id, nothing, 'x', people[1]!.id])).body).toMatchObject({
      decided: 1,
      left: [
        { applicationId: people[0]!.id, because: 'withdrawn' },
        { applicationId: nothing, because: 'unknown' },
        { applicationId: 'x', because: 'unknown' },
      ],
    });
    const body = { applicationIds: [people[1]!.id], decision: 'accepted', words };
    for (const [who, status] of [
      [fellow!, 403],
      [other!, 404],
    ] as const) {
      expect((await who.client.post(D, body)).status).toBe(status);
      expect((await who.client.delete(D, { applicationIds: body.applicationIds })).status).toBe(status);
    }
    const theirs = await aCall(other!, other!.cohortId!, { closesAt: after(1) });
    world.clock.set(after(2));
    const elsewhere = await other!.client.post(`${theirs.path}/decisions`, body);
    expect(elsewhere.body).toMatchObject({ decided: 0, left: [{ because: 'unknown' }] });
    for (const wrong of [
      { ...body, words: { en: 'x', fr: '' } },
      { ...body, applicationIds: [] },
      { ...body, decision: 'maybe' },
    ])
      expect((await staff!.client.post(D, wrong)).status).toBe(422);
    world.clock.set(BEFORE);
    expect((await staff!.client.post(D, body)).body.code).toBe('call_open');
  });

  it('given a decision that is held, then who applies is answered as all others are, after the closing and in a call that is opened again', async () => {
    const [one] = people;
    const answers = async () => {
      const { revision } = await seen(one!);
      const said = [
        await one!.client.patch(one!.path, { revision, answers: { town: 'Brest' } }),
        await one!.client.post(`${one!.path}/submit`, { revision: Number(revision) + 1 }),
      ];
      return said.map(({ status, body }) => [status, body.code]);
    };
    const closed = [
      [409, 'call_closed'],
      [409, 'call_closed'],
    ];
    expect(await answers()).toEqual(closed);
    await decide('declined');
    expect(await answers()).toEqual(closed);
    await at(after(60));
    expect(await answers()).toEqual(closed);

    // What came in before the letter was due is answered by then.
    world.clock.set(after(61));
    const later = await staff!.client.post(`${call.path}/extend`, { closesAt: after(6000) });
    expect(later.status).toBe(200);
    expect((await seen(one!)).abilities).toMatchObject({ edit: false, submit: false });
    expect(await answers()).toEqual([
      [409, 'decided'],
      [409, 'decided'],
    ]);
  });

  it('given a call that is opened again within the hour, then a file that is decided stays closed, and is not told more', async () => {
    const [one] = people;
    await decide('declined');
    expect((await staff!.client.post(`${call.path}/extend`, { closesAt: after(6000) })).status).toBe(200);
    const { abilities, revision } = await seen(one!);
    expect(abilities).toMatchObject({ edit: false, submit: false });
    const saved = await one!.client.patch(one!.path, { revision, answers: { town: 'Brest' } });
    expect(saved.body.code).toBe('call_closed');
    await undo();
    expect((await one!.client.patch(one!.path, { revision, answers: { town: 'Brest' } })).status).toBe(200);
  });

  it('given a letter that the mail server refuses, then staff see that it did not arrive', async () => {
    const [one, two] = people;
    world.mail.answer(one!.email, 550);
    await decide('declined');
    await at(after(60));
    const undelivered = async () =>
      new Map((await table()).items.map((item: any) => [item.id, item.undelivered] as const));
    await eventually(async () =>
      expect(await undelivered()).toEqual(
        new Map([
          [one!.id, 'decision'],
          [two!.id, null],
        ]),
      ),
    );
    expect((await staff!.client.get(`${call.path}/applications/${one!.id}`)).body.undelivered).toBe('decision');
    expect(JSON.stringify(await seen(one!))).not.toContain('undelivered');
  });

  it('given a call that keeps files for less long, or closes earlier, then they are erased on the nearer day', async () => {
    const [one] = people;
    const rowDay = async () =>
      (await world.db.collection('applications').findOne({ _id: new Types.ObjectId(one!.id) }))!.eraseAt.toISOString();
    world.clock.set(BEFORE);
    expect(await rowDay()).toBe('2027-01-22T11:00:00.000Z');
    const { revision } = (await staff!.client.get(call.path)).body;
    expect((await staff!.client.patch(call.path, { revision, keepRefusedMonths: 1 })).status).toBe(200);
    await eventually(async () => expect(await rowDay()).toBe('2026-11-22T11:00:00.000Z'));
    await staff!.client.post(`${call.path}/close`);
    await eventually(async () => expect(await rowDay()).toBe('2026-11-20T11:00:00.000Z'));
    expect((await seen(one!)).eraseAt).toBe('2026-11-20T11:00:00.000Z');
    world.clock.set('2026-11-20T11:00:00.000Z');
    await world.app.get(ApplicationErasing).erase();
    expect((await one!.client.get(one!.path)).status).toBe(404);
  });

  it('given a file that is decided as its day comes, then it is not erased in that hour; undone, it is, and accepted, it is kept', async () => {
    const [first, second] = people;
    const DUE = '2027-01-22T11:00:00.000Z';
    world.clock.set(DUE);
    await decide('accepted', [first!.id]);
    const erasing = world.app.get(ApplicationErasing);
    const rows = world.app.get(ApplicationErasingRepository);
    const due = rows.due.bind(rows);
    // Accepted after it was looked at, and before it is deleted.
    const meanwhile = jest.spyOn(rows, 'due').mockImplementation(async (...asked) => {
      const found = await due(...asked);
      meanwhile.mockRestore();
      expect((await decide('accepted', [second!.id])).body.decided).toBe(1);
      return found;
    });
    await erasing.erase();
    expect([(await first!.client.get(first!.path)).status, (await second!.client.get(second!.path)).status]).toEqual([
      ...[200, 200],
    ]);
    expect((await undo([first!.id])).body).toEqual({ undone: 1 });
    world.clock.set(new Date(Date.parse(DUE) + 3_600_000).toISOString());
    await erasing.erase();
    expect((await first!.client.get(first!.path)).status).toBe(404);
    expect(await seen(second!)).toMatchObject({ state: 'accepted', eraseAt: '2028-10-22T10:00:00.000Z' });
  });

  it('given the promised day, then who was not taken is erased, and who was taken is kept', async () => {
    await decide('accepted', [people[0]!.id]);
    await decide('declined', [people[1]!.id]);
    world.clock.set('2027-01-23T00:00:00.000Z');
    await world.app.get(ApplicationErasing).erase();
    expect((await people[0]!.client.get(people[0]!.path)).status).toBe(200);
    expect((await people[1]!.client.get(people[1]!.path)).status).toBe(404);
  });

  it('given filters, then those that are to be decided, or decided so', async () => {
    await decide('accepted', [people[0]!.id]);
    const found = async (decision: string) => (await table(`?decision=${decision}`)).items.map(({ id }: any) => id);
    expect(await found('accepted')).toEqual([people[0]!.id]);
    expect(await found('none')).toEqual([people[1]!.id]);
    expect(await found('declined')).toEqual([]);
    const csv = (await staff!.client.get(`${call.path}/applications.csv`)).text.split('\r\n');
    expect(csv[1]).toContain(';Retenue;');
  });
});
