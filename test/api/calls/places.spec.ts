import { Types } from 'mongoose';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import { CallsService } from '../../../src/calls/calls.service.js';
import { Places } from '../../../src/calls/places/places.service.js';
import { Deliveries } from '../../../src/infra/deliveries/deliveries.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { handOver } from '../../support/deliveries-turn.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';

const BEFORE = '2026-10-20T10:00:00.000Z';
const NOON = '2026-11-03T10:00:00.000Z';
const hours = (count: number) => new Date(Date.parse(NOON) + count * 3_600_000).toISOString();
/** Ten days after, at six in Paris. */
const CONFIRM_BY = '2026-11-13T17:00:00.000Z';

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
let call: Awaited<ReturnType<typeof aCall>>;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());

const words = { en: 'Dear {name}, number {number}.', fr: 'Bonjour {name}, numéro {number}.' };
const offer = { en: 'Dear {name}, a place is free for {number}.', fr: 'Bonjour {name}, une place est libre.' };

/** People who handed in a file of a call, each of a craft. */
async function people(...crafts: string[]): Promise<TestApplicant[]> {
  world.clock.set(BEFORE);
  call = await aCall(staff!, staff!.cohortId!);
  const made: TestApplicant[] = [];
  for (const [index, craft] of crafts.entries()) {
    const one = await anApplicant(world, call.slug);
    await handsIn(one, { ...ANSWERS, name: `Person ${index + 1}`, craft });
    made.push(one);
  }
  world.clock.set(NOON);
  return made;
}

const decide = (decision: string, of: TestApplicant[], more: object = {}, who = staff!) =>
  who.client.post(`${call.path}/decisions`, { applicationIds: of.map(({ id }) => id), decision, words, ...more });
const accept = (of: TestApplicant[], confirmBy: string | null = CONFIRM_BY) => decide('accepted', of, { confirmBy });
const wait = (of: TestApplicant[]) => decide('waiting', of, { offer });
const undo = (of: TestApplicant[]) =>
  staff!.client.delete(`${call.path}/decisions`, { applicationIds: of.map(({ id }) => id) });
const seen = async ({ client, path }: TestApplicant) => (await client.get(path)).body;
const answer = ({ path, bearer }: TestApplicant, takes: boolean, node = 0) =>
  clientOf(world.nodes[node]!.url, bearer).post(`${path}/place`, { takes });
const list = async () => (await staff!.client.get(`${call.path}/waiting-list`)).body;
const table = async (query = '') => (await staff!.client.get(`${call.path}/applications${query}`)).body;
const decisionOf = async ({ id }: TestApplicant) => (await table()).items.find((one: any) => one.id === id).decision;
const move = (one: TestApplicant, before: TestApplicant | null) =>
  staff!.client.put(`${call.path}/waiting-list/${one.id}`, { before: before?.id ?? null });

const lettersTo = ({ email }: TestApplicant) =>
  world.mail.mails
    .filter(({ to }) => [to].flat().some((one) => one?.text.includes(email)))
    .filter(({ subject }) => !/^(Your application|Handed in)/.test(subject ?? ''));
const subjectsTo = (one: TestApplicant) => lettersTo(one).map(({ subject }) => subject!.split(':')[0]!);
const heard = (one: TestApplicant, subjects: string[]) =>
  eventually(() => expect(subjectsTo(one).toSorted()).toEqual(subjects.toSorted()));

/** The turns of all processes, at once: what is over ends, and what is due by an instant is handed over. */
async function at(instant: string): Promise<void> {
  await handOver(world, 'application');
  world.clock.set(instant);
  await Promise.all(world.nodes.map(({ app }) => app.get(Places).end()));
  await handOver(world, 'application');
}

describe('confirming a place', () => {
  it('given a day to confirm, then the letter says it, and who takes the place is reminded no more', async () => {
    const [one, late] = (await people('designer', 'designer')) as [TestApplicant, TestApplicant];
    expect((await accept([one, late], hours(1))).body.errors[0]).toMatchObject({
      ...{ field: '/confirmBy', code: 'not_after_letter' },
    });
    await accept([one, late]);
    // Nobody has heard of it: there is nothing to answer.
    expect((await answer(one, true)).body.code).toBe('no_place');
    await at(hours(1));
    await heard(one, ['Accepted']);
    expect(lettersTo(one)[0]!.text).toMatch(/Say by .*13 November.* whether you take the place/);
    expect((await seen(one)).decision).toMatchObject({
      place: { state: 'open', confirmBy: CONFIRM_BY, at: null },
    });
    expect((await table('?decision=open')).found).toBe(2);
    const [taken, again] = [await answer(one, true), await answer(one, true, 1)];
    expect([taken.status, again.status]).toEqual([200, 200]);
    // Said twice, and written once.
    const file = (await staff!.client.get(`${call.path}/applications/${one.id}`)).body;
    expect(file.acts).toMatchObject([
      { act: 'decided', kind: 'accepted', by: { name: staff!.name }, at: NOON },
      { act: 'taken', kind: null, by: null, at: hours(1) },
    ]);
    expect(again.body.decision.place).toEqual({ state: 'taken', confirmBy: CONFIRM_BY, at: hours(1) });
    await at('2026-11-10T17:00:00.000Z');
    await heard(one, ['Accepted', 'Your place is confirmed']);
    await heard(late, ['Accepted', 'Your place is not confirmed yet, 3 days left']);
    await at('2026-11-12T17:00:00.000Z');
    await at('2026-11-14T17:00:00.000Z');
    await heard(one, ['Accepted', 'Your place is confirmed']);
    await heard(late, [
      ...['Accepted', 'Your place is not confirmed yet, 3 days left', 'Your place is not confirmed yet, one day left'],
      'Your place was not confirmed',
    ]);
    expect((await seen(late)).state).toBe('lapsed');
    expect((await answer(late, true)).body.code).toBe('place_lost');
    expect((await table()).decisions).toMatchObject({ accepted: 1, taken: 1, open: 0, lapsed: 1 });
    expect(await decisionOf(late)).toMatchObject({ kind: 'lapsed', place: { state: 'not-answered', passedTo: null } });
    expect(await decisionOf(one)).toMatchObject({ kind: 'accepted', place: { state: 'taken' } });
  });

  it('given no day to confirm, then the place is theirs without, and there is nothing to answer', async () => {
    const [one] = (await people('designer')) as [TestApplicant];
    await accept([one], null);
    await at(hours(1));
    expect((await seen(one)).decision).toMatchObject({ kind: 'accepted', place: null });
    expect((await answer(one, true)).body.code).toBe('no_place');
    expect((await answer(one, false)).body.code).toBe('no_place');
    await at('2026-12-24T10:00:00.000Z');
    expect((await seen(one)).state).toBe('accepted');
  });

  it('given a place is lost, then the first of the waiting list of the same craft is offered it, in the words for it, with the same time', async () => {
    const [lost, dev, second, first] = (await people('designer', 'developer', 'designer', 'designer')) as [
      ...[TestApplicant, TestApplicant, TestApplicant, TestApplicant],
    ];
    await accept([lost]);
    await wait([dev, second, first]);
    await at(hours(1));
    expect((await list()).items.map(({ name }: any) => name)).toEqual(['Person 2', 'Person 3', 'Person 4']);
    expect((await move(first, second)).body.items.map(({ name }: any) => name)).toEqual([
      ...['Person 2', 'Person 4', 'Person 3'],
    ]);
    expect((await answer(lost, false)).body).toMatchObject({
      state: 'lapsed',
      decision: { place: { state: 'given-back' } },
    });
    expect((await answer(lost, false)).status).toBe(200);
    expect((await answer(lost, true)).body.code).toBe('place_lost');
    await heard(lost, ['Accepted', 'You gave your place back']);
    const { number } = await seen(first);
    expect(await decisionOf(lost)).toMatchObject({ place: { passedTo: number } });
    expect(await decisionOf(first)).toMatchObject({
      ...{ kind: 'accepted', isSent: false, sendAt: hours(2) },
      place: { state: 'open', insteadOf: (await seen(lost)).number, confirmBy: CONFIRM_BY },
    });
    expect((await seen(first)).state).toBe('waiting');
    await at(hours(2));
    await heard(first, ['On the waiting list', 'Accepted']);
    expect(lettersTo(first).at(-1)!.text).toContain(`Dear Person 4, a place is free for ${number}.`);
    await heard(second, ['On the waiting list']);
    await at('2026-11-13T17:00:00.000Z');
    await at('2026-11-13T18:00:00.000Z');
    // Who does not answer either passes it on.
    await heard(second, ['On the waiting list', 'Accepted']);
    expect((await decisionOf(second)).place).toMatchObject({
      insteadOf: number,
      confirmBy: '2026-11-23T17:00:00.000Z',
    });
    await heard(dev, ['On the waiting list']);
    // Nobody of this craft is left: the place is nobody's.
    expect((await answer(second, false)).body.decision.place.state).toBe('given-back');
    expect((await decisionOf(second)).place.passedTo).toBeNull();
  });

  it('given a place that was taken, then it may be given back, and who withdraws gives it back too', async () => {
    const [one, two, next, after] = (await people('data', 'data', 'data', 'data')) as [
      ...[TestApplicant, TestApplicant, TestApplicant, TestApplicant],
    ];
    await accept([one, two]);
    await wait([next, after]);
    await at(hours(1));
    await answer(one, true);
    expect((await answer(one, false)).body.state).toBe('lapsed');
    await two.client.post(`${two.path}/withdraw`);
    await two.client.post(`${two.path}/withdraw`);
    await handOver(world, 'application');
    await at(hours(2));
    await heard(next, ['On the waiting list', 'Accepted']);
    await heard(after, ['On the waiting list', 'Accepted']);
    await heard(two, ['Accepted', 'Withdrawn']);
    expect((await seen(two)).state).toBe('withdrawn');
    expect((await table('?decision=accepted')).found).toBe(2);
  });

  it('given who withdraws within the hour in which nobody has heard of their place, then it goes to the next at once, and no letter speaks of it', async () => {
    const [one, offered, next] = (await people('designer', 'designer', 'designer')) as [
      ...[TestApplicant, TestApplicant, TestApplicant],
    ];
    await wait([offered, next]);
    await at(hours(1));
    await accept([one]);
    await at(hours(1.5));
    await one.client.post(`${one.path}/withdraw`);
    await at(hours(1.5));
    const { number } = await seen(one);
    expect((await decisionOf(offered)).place).toMatchObject({ state: 'open', insteadOf: number });
    // An offer is held, too.
    world.clock.set(hours(2));
    await offered.client.post(`${offered.path}/withdraw`);
    await at(hours(2));
    expect((await decisionOf(next)).place).toMatchObject({ state: 'open', insteadOf: (await seen(offered)).number });
    expect((await undo([one, offered])).body).toEqual({ undone: 0 });
    await at(hours(3));
    await heard(next, ['On the waiting list', 'Accepted']);
    await at('2026-11-14T17:00:00.000Z');
    await heard(one, ['Withdrawn']);
    await heard(offered, ['On the waiting list', 'Withdrawn']);
    expect((await seen(one)).state).toBe('withdrawn');
  });

  it('given a place of who withdrew before, then its day passes, and nobody hears that it was not confirmed', async () => {
    const [one] = (await people('designer')) as [TestApplicant];
    await accept([one]);
    await at(hours(1));
    await world.db
      .collection('applications')
      .updateOne({ _id: new Types.ObjectId(one.id) }, { $set: { state: 'withdrawn', withdrawnAt: new Date(NOON) } });
    await at('2026-11-14T17:00:00.000Z');
    await heard(one, ['Accepted']);
  });

  it('given a letter that is late, and a place that is offered meanwhile, then who waits hears both, one after the other', async () => {
    const [one, next] = (await people('designer', 'designer')) as [TestApplicant, TestApplicant];
    await accept([one]);
    const deliveries = world.nodes[0]!.app.get(Deliveries);
    const late = jest.spyOn(deliveries, 'write').mockImplementation(async (kind, rows, session) => {
      late.mockRestore();
      const later = rows.map((row) => ({ ...row, dueAt: new Date(hours(1.5)) }));
      await deliveries.write(kind, later, session);
    });
    await wait([next]);
    await at(hours(1));
    await answer(one, false);
    expect((await decisionOf(next)).isSent).toBe(false);
    await at(hours(1.5));
    await heard(next, ['On the waiting list']);
    expect(lettersTo(next)[0]!.text).toContain('Dear Person 2, number');
    await at(hours(2));
    await heard(next, ['On the waiting list', 'Accepted']);
  });

  it('given a cohort that closes as a place is lost, then nobody is offered it, and what is held can be undone still', async () => {
    const [one, two, next, held] = (await people('designer', 'designer', 'designer', 'data')) as [
      ...[TestApplicant, TestApplicant, TestApplicant, TestApplicant],
    ];
    await accept([one, two]);
    await wait([next]);
    await at(hours(1));
    await accept([held]);
    const cohorts = world.db.collection('cohorts');
    const _id = new Types.ObjectId(staff!.cohortId);
    // Between reading who acts and writing.
    const loading = world.nodes[0]!.app.get(CallsService);
    const load = loading.load.bind(loading);
    const closing = jest.spyOn(loading, 'load').mockImplementation(async (...asked) => {
      const row = await load(...asked);
      await cohorts.updateOne({ _id }, { $set: { state: 'closed' } });
      return row;
    });
    try {
      const late = await decide('declined', [next]);
      closing.mockRestore();
      expect([late.status, late.body.code]).toEqual([409, 'cohort_closed']);
      expect((await answer(one, false)).body.state).toBe('lapsed');
      expect((await decisionOf(one)).place.passedTo).toBeNull();
      expect((await decisionOf(next)).kind).toBe('waiting');
      expect((await undo([held])).body).toEqual({ undone: 1 });
      await at(hours(2));
      await heard(held, []);
      await at(CONFIRM_BY);
      await eventually(() => expect(lettersTo(two).at(-1)!.text).toContain('so the place is not yours any more.'));
    } finally {
      closing.mockRestore();
      await cohorts.updateOne({ _id }, { $set: { state: 'running' } });
    }
  });

  it('given four places that end at once, on two processes that run twice, then each is passed on once, and in order', async () => {
    const all = await people(...Array.from({ length: 8 }, () => 'designer'));
    const [held, waiting] = [all.slice(0, 4), all.slice(4)];
    await accept(held);
    await wait(waiting.slice(0, 3));
    await at(hours(1));
    world.clock.set(CONFIRM_BY);
    await Promise.all([
      ...world.nodes.flatMap(({ app }) => [app.get(Places).end(), app.get(Places).end()]),
      ...held.slice(0, 2).map((one, node) => answer(one, false, node)),
    ]);
    await at(CONFIRM_BY);
    const { items } = await table();
    const passed = items.flatMap(({ decision }: any) => decision?.place?.passedTo ?? []);
    const offered = items.flatMap(({ decision }: any) => decision?.place?.insteadOf ?? []);
    expect([passed.length, new Set(passed).size, new Set(offered).size]).toEqual([3, 3, 3]);
    expect(items.filter(({ decision }: any) => decision?.kind === 'lapsed')).toHaveLength(4);
    await at('2026-11-13T18:00:00.000Z');
    for (const one of waiting.slice(0, 3)) await heard(one, ['On the waiting list', 'Accepted']);
    for (const one of held) await eventually(() => expect(subjectsTo(one)).toHaveLength(2));
    expect(subjectsTo(waiting[3]!)).toEqual([]);
  });

  it('given a process that dies while it passes a place on, then nothing of it is there, and the next turn does it once', async () => {
    const [one, next] = (await people('designer', 'designer')) as [TestApplicant, TestApplicant];
    await accept([one]);
    await wait([next]);
    await at(hours(1));
    world.clock.set(CONFIRM_BY);
    const deliveries = world.nodes[0]!.app.get(Deliveries);
    const dying = jest.spyOn(deliveries, 'write').mockRejectedValue(new Error('killed'));
    await expect(world.nodes[0]!.app.get(Places).end()).rejects.toThrow('killed');
    dying.mockRestore();
    expect([(await decisionOf(one)).kind, (await decisionOf(next)).kind]).toEqual(['accepted', 'waiting']);
    await at(CONFIRM_BY);
    await at('2026-11-13T18:00:00.000Z');
    await heard(one, ['Accepted', 'Your place was not confirmed']);
    await heard(next, ['On the waiting list', 'Accepted']);
  });

  it('given an offer that is undone within its hour, then no letter goes, and they wait on where they stood', async () => {
    const [one, next] = (await people('designer', 'designer')) as [TestApplicant, TestApplicant];
    await accept([one]);
    await wait([next]);
    await at(hours(1));
    await answer(one, false);
    expect((await undo([next])).body).toEqual({ undone: 1 });
    expect((await decisionOf(one)).place.passedTo).toBeNull();
    await at(hours(3));
    await heard(next, ['On the waiting list']);
    expect((await list()).items).toMatchObject([{ id: next.id, isSent: true, isOffered: true }]);
    const actsOf = async ({ id }: TestApplicant) =>
      (await staff!.client.get(`${call.path}/applications/${id}`)).body.acts.map(({ act }: any) => act);
    expect(await actsOf(next)).toEqual(['decided', 'offered', 'undone']);
    expect(await actsOf(one)).toEqual(['decided', 'given-back']);
    // Who lost a place may be accepted once more.
    expect((await decide('declined', [one])).body.left).toMatchObject([{ because: 'decided' }]);
    expect((await accept([one])).body.decided).toBe(1);
    expect((await seen(one)).state).toBe('lapsed');
    await at(hours(4));
    expect((await seen(one)).decision).toMatchObject({ kind: 'accepted', place: { state: 'open' } });
  });

  it('given offering is off, or no words for it, or they have not heard that they wait, then nobody is offered the place', async () => {
    const [one, two, next, silent] = (await people('designer', 'data', 'designer', 'data')) as [
      ...[TestApplicant, TestApplicant, TestApplicant, TestApplicant],
    ];
    await accept([one, two]);
    await decide('waiting', [silent]);
    await at(hours(1));
    await wait([next]);
    const off = await staff!.client.patch(`${call.path}/waiting-list`, { isOffering: false });
    expect([off.status, off.body.isOffering]).toEqual([200, false]);
    await at(hours(2));
    await answer(one, false);
    const on = (await staff!.client.patch(`${call.path}/waiting-list`, { isOffering: true })).body;
    expect(on).toMatchObject({
      isOffering: true,
      acts: [
        { act: 'offering-off', by: { name: staff!.name } },
        { act: 'offering-on', by: { name: staff!.name } },
      ],
    });
    await answer(two, false);
    await at(hours(3));
    await heard(next, ['On the waiting list']);
    await heard(silent, ['On the waiting list']);
    expect((await list()).items.map(({ isOffered }: any) => isOffered).toSorted()).toEqual([false, true]);
  });

  it('given others, then they neither read nor change the waiting list, nor answer for a place that is not theirs', async () => {
    const [one, next] = (await people('designer', 'designer')) as [TestApplicant, TestApplicant];
    await accept([one]);
    await wait([next]);
    await at(hours(1));
    const L = `${call.path}/waiting-list`;
    for (const [client, status] of [
      [fellow!.client, 403],
      [other!.client, 404],
      [clientOf(world.url), 401],
      [one.client, 401],
    ] as const) {
      expect((await client.get(L)).status).toBe(status);
      expect((await client.patch(L, { isOffering: false })).status).toBe(status);
      expect((await client.put(`${L}/${next.id}`, { before: null })).status).toBe(status);
    }
    const theirs = await aCall(other!, other!.cohortId!, { closesAt: '2026-12-22T10:00:00.000Z' });
    expect((await other!.client.put(`${theirs.path}/waiting-list/${next.id}`, { before: null })).status).toBe(404);
    expect((await staff!.client.put(`${L}/${one.id}`, { before: null })).status).toBe(404);
    expect((await staff!.client.put(`${L}/${next.id}`, { before: one.id })).body.errors[0].code).toBe('unknown');
    expect((await next.client.post(`${one.path}/place`, { takes: true })).status).toBe(404);
    expect((await clientOf(world.url).post(`${one.path}/place`, { takes: true })).status).toBe(401);
    expect((await staff!.client.post(`${one.path}/place`, { takes: true })).status).toBe(401);
    expect((await answer(next, true)).body.code).toBe('no_place');
    expect((await one.client.post(`${one.path}/place`, {})).status).toBe(422);
    expect((await seen(one)).decision.place.state).toBe('open');
  });

  it('given the promised day, then who lost their place is erased as who was not taken, a week after it at the earliest', async () => {
    const [one, two] = (await people('designer', 'designer')) as [TestApplicant, TestApplicant];
    await accept([one], CONFIRM_BY);
    await accept([two], '2027-02-01T10:00:00.000Z');
    await at(hours(1));
    await at(CONFIRM_BY);
    expect((await seen(one)).eraseAt).toBe('2027-01-22T11:00:00.000Z');
    await at('2027-02-01T10:00:00.000Z');
    expect((await seen(two)).eraseAt).toBe('2027-02-08T10:00:00.000Z');
    // Whoever else was named by the number of who is erased is so no more.
    const { number } = await seen(one);
    const rows = world.db.collection('applications');
    const place = { state: 'open', confirmBy: new Date(), since: new Date(), insteadOf: number, passedTo: number };
    const kept = { _id: new Types.ObjectId(two.id) };
    await rows.updateOne(kept, {
      $set: {
        decidedBefore: { kind: 'lapsed', place },
        'decision.place.insteadOf': number,
        'decision.place.passedTo': number,
      },
    });
    await world.app.get(ApplicationErasing).erase();
    expect(JSON.stringify(await rows.findOne(kept, { projection: { decision: 1, decidedBefore: 1 } }))).not.toContain(
      number,
    );
    expect((await one.client.get(one.path)).status).toBe(404);
    expect(
      await world.db
        .collection('application-acts')
        .countDocuments({ callId: new Types.ObjectId(call.id), applicationId: new Types.ObjectId(one.id) }),
    ).toBe(0);
    expect((await two.client.get(two.path)).status).toBe(200);
    world.clock.set('2027-02-08T10:00:00.000Z');
    await world.app.get(ApplicationErasing).erase();
    expect((await two.client.get(two.path)).status).toBe(404);
  });
});
