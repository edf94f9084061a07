import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { handOver } from '../../support/deliveries-turn.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { type TestApplicant, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { PLANNED_AT, aCallToTalkAbout, aPanel, invites, panelNow, seenBy } from '../../support/rooms/interviews.js';
import { type TestJuror, aJuror } from '../../support/rooms/juries.js';
import { WHILE_OPEN } from '../../support/rooms/teams.js';

let world: TestWorld;
let [staff, helper]: TestPerson[] = [];
let juror: TestJuror;
let jurorId: string;
let people: TestApplicant[];
let path: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  helper = await aMember(world, cohortId, 'staff', { name: 'Claire Montferrand' });
  const made = await aCallToTalkAbout(world, staff, ['Salomé Payet', 'Idris Bah']);
  ({ people } = made);
  ({ path } = made.call);
  juror = await aJuror(world, staff, path, { name: 'Karim Haddad' });
  jurorId = (await juror.client.get('/api/me')).body.id;
});
afterEach(() => {
  world.clock.set(PLANNED_AT);
});

/** Half an hour after the first talks began, and after their end. */
const AFTER = '2026-11-23T08:30:00.000Z';

const take = (one: TestApplicant, timeId: string) => one.client.put(`${one.path}/interview/time`, { timeId });
const marks = ({ client }: { client: TestJuror['client'] }, interviewPath: string, missed: boolean, node = 0) =>
  client.on(world.nodes[node]!.url).put(`${interviewPath}/attendance`, { missed });
/** A panel of Aurore and Karim at whose first time Salomé does not come; it is over. */
async function awaited() {
  const panel = await aPanel(staff!, path, [staff!.id, jurorId]);
  await invites(staff!, path, panel.id, people);
  await take(people[0]!, panel.times[0]!.id);
  const { id } = (await panelNow(staff!, path, panel.id)).interviews.find(({ startsAt }) => startsAt)!;
  world.clock.set(AFTER);
  return { panel, id, ofStaff: `${path}/interviews/${id}`, mine: `/api/me/interviews/${id}` };
}
const abilities = (now: { abilities: Record<string, boolean> }) =>
  Object.entries(now.abilities).flatMap(([name, may]) => (may ? [name] : []));
const rowOf = async (panelId: string, id: string) =>
  (await panelNow(staff!, path, panelId)).interviews.find((one) => one.id === id)!;
/** The letters by which somebody was invited, anew ones among them, as they stand. */
async function invitationsOf({ id }: TestApplicant): Promise<string[]> {
  await handOver(world, 'interview');
  const those = { kind: 'interview', 'about.kind': 'invited', of: new Types.ObjectId(id) };
  return (await world.db.collection('deliveries').find(those).toArray()).map(({ state }) => state);
}
const isMissed = async (id: string) =>
  Boolean((await world.db.collection('interviews').findOne({ _id: new Types.ObjectId(id) }))!['missedAt']);
const notesOf = (id: string) =>
  world.db.collection('interview-notes').countDocuments({ interviewId: new Types.ObjectId(id) });
const actsOf = async ({ id }: TestApplicant) =>
  (await staff!.client.get(`${path}/applications/${id}`)).body.acts.map(({ act, by }: any) => [act, by?.name ?? null]);

describe('who did not come', () => {
  it('given the panel says so, then staff and panel see it, the file says who said it, and who applies hears nothing', async () => {
    const { panel, id, mine } = await awaited();
    await handOver(world, 'interview');
    const before = await seenBy(people[0]!);
    const letters = () => world.db.collection('deliveries').countDocuments({ kind: 'interview' });
    const written = await letters();
    const said = await marks(juror, mine, true);
    expect([said.status, said.body.missedAt]).toEqual([200, AFTER]);
    expect(await rowOf(panel.id, id)).toMatchObject({ state: 'chosen', missedAt: AFTER, missed: [] });
    const { panels } = (await staff!.client.get('/api/me/interviews')).body;
    expect(panels[0].times[0].interview).toMatchObject({ id, hasMissed: true });
    expect(await seenBy(people[0]!)).toEqual(before);
    // Said again, nothing happens; staff take it back.
    expect((await marks(juror, mine, true)).body.missedAt).toBe(AFTER);
    expect((await marks(helper!, `${path}/interviews/${id}`, false)).status).toBe(204);
    expect((await juror.client.get(mine)).body.missedAt).toBeNull();
    expect(await letters()).toBe(written);
    expect(await actsOf(people[0]!)).toEqual([
      ['interview-invited', 'Aurore Tessier'],
      ['interview-missed', 'Karim Haddad'],
      ['interview-came', 'Claire Montferrand'],
    ]);
  });

  it('given somebody says it and takes it back without end, then the file keeps the last of each, and what was decided', async () => {
    const { mine, ofStaff } = await awaited();
    for (let time = 0; time < 4; time += 1)
      for (const missed of [true, false]) expect((await marks(juror, mine, missed)).status).toBe(200);
    expect(await actsOf(people[0]!)).toEqual([
      ['interview-invited', 'Aurore Tessier'],
      ['interview-missed', 'Karim Haddad'],
      ['interview-came', 'Karim Haddad'],
    ]);
    // The last word stands last; what another one said is theirs.
    await marks(helper!, ofStaff, true);
    await marks(helper!, ofStaff, false);
    await marks(juror, mine, true);
    expect(await actsOf(people[0]!)).toEqual([
      ['interview-invited', 'Aurore Tessier'],
      ['interview-came', 'Karim Haddad'],
      ['interview-missed', 'Claire Montferrand'],
      ['interview-came', 'Claire Montferrand'],
      ['interview-missed', 'Karim Haddad'],
    ]);
  });

  it('given it has not begun, or has no time, then nobody is said to have missed it', async () => {
    const { panel, ofStaff, mine } = await awaited();
    world.clock.set('2026-11-23T07:59:59.999Z');
    const early = [await marks(staff!, ofStaff, true), await marks(juror, mine, true)];
    expect(early.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'too_early'],
      [409, 'too_early'],
    ]);
    const waiting = (await panelNow(staff!, path, panel.id)).interviews.find(({ state }) => state === 'to-choose')!;
    expect((await marks(staff!, `${path}/interviews/${waiting.id}`, true)).status).toBe(404);
    expect((await marks(juror, `/api/me/interviews/${waiting.id}`, true)).status).toBe(404);
    world.clock.set('2026-11-23T08:00:00.000Z');
    expect((await marks(staff!, ofStaff, true)).status).toBe(204);
    expect((await staff!.client.put(`${ofStaff}/attendance`, {})).status).toBe(422);
  });

  it('given an interview, then what can be done with it is said to who asks, as it stands', async () => {
    const { panel, id, mine } = await awaited();
    const seen = async () => [
      abilities(await rowOf(panel.id, id)),
      abilities((await juror.client.get(mine)).body),
      abilities((await panelNow(staff!, path, panel.id)).interviews.find(({ state }) => state === 'to-choose')!),
    ];
    const waiting = ['callOff', 'set'];
    world.clock.set('2026-11-23T07:59:59.999Z');
    expect(await seen()).toEqual([waiting, [], waiting]);
    world.clock.set('2026-11-23T08:00:00.000Z');
    expect(await seen()).toEqual([['mark'], ['mark'], waiting]);
    await marks(juror, mine, true);
    expect(await seen()).toEqual([['mark'], ['mark'], waiting]);
    await marks(juror, mine, false);
    // Another one of the panel handed in a note: it took place, for all.
    const note = { revision: 0, text: 'Clear.', submit: true };
    expect((await staff!.client.put(`${mine}/note`, note)).status).toBe(200);
    expect(await seen()).toEqual([[], [], waiting]);
    const cohort = { _id: new Types.ObjectId(staff!.cohortId!) };
    await world.db.collection('cohorts').updateOne(cohort, { $set: { state: 'closed' } });
    for (const one of (await panelNow(staff!, path, panel.id)).interviews) expect(abilities(one)).toEqual([]);
  });

  it('given many say it at once on two processes, then it is said once', async () => {
    const { id, ofStaff, mine } = await awaited();
    const answers = await Promise.all(
      [0, 1, 0, 1].flatMap((node) => [marks(staff!, ofStaff, true, node), marks(juror, mine, true, node)]),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 204, 204, 204, 204]);
    expect((await actsOf(people[0]!)).filter(([act]: string[]) => act === 'interview-missed')).toHaveLength(1);
    expect((await world.db.collection('interviews').findOne({ _id: new Types.ObjectId(id) }))!['missedAt']).toEqual(
      new Date(AFTER),
    );
  });

  it('given a note is handed in, then it took place; given nobody came, then none is handed in; at once, one of both', async () => {
    const { id, ofStaff, mine } = await awaited();
    const note = (submit: boolean, revision = 0) =>
      juror.client.put(`${mine}/note`, { revision, text: 'We waited.', submit });
    expect((await marks(staff!, ofStaff, true)).status).toBe(204);
    // What is begun is theirs alone.
    expect((await note(false)).status).toBe(200);
    const refused = await note(true, 1);
    expect([refused.status, refused.body.code]).toEqual([409, 'missed']);
    expect((await marks(staff!, ofStaff, false)).status).toBe(204);
    const [marked, noted] = await Promise.all([marks(staff!, ofStaff, true, 1), note(true, 1)]);
    expect([
      [204, 409],
      [409, 200],
    ]).toContainEqual([marked.status, noted.status]);
    const row = await world.db.collection('interviews').findOne({ _id: new Types.ObjectId(id) });
    const handedIn = { interviewId: new Types.ObjectId(id), submittedAt: { $ne: null } };
    const count = await world.db.collection('interview-notes').countDocuments(handedIn);
    expect([row!['missedAt'] !== null, count]).toEqual([noted.status === 409, noted.status === 409 ? 0 : 1]);
    if (noted.status === 409) {
      await marks(staff!, ofStaff, false);
      await note(true, 1);
    }
    const late = await marks(juror, mine, true);
    expect([late.status, late.body.code]).toEqual([409, 'noted']);
  });

  it('given staff invite them anew, by whichever panel, then they choose another time, and the missed one is kept', async () => {
    const { panel, id, ofStaff } = await awaited();
    const second = await aPanel(staff!, path, [jurorId], { name: 'B', place: 'B', times: { on: '2026-11-26' } });
    const files = async () => (await staff!.client.get(`${path}/interviews/files`)).body.items;
    expect(await files()).toEqual([]);
    // Who has a time that nobody says was missed is not invited anew.
    expect((await invites(staff!, path, second.id, people)).body).toEqual({ invited: 0 });
    await marks(staff!, ofStaff, true);
    expect(await files()).toMatchObject([{ applicationId: people[0]!.id, hasMissed: true }]);
    const answers = await Promise.all(
      [0, 1].map((node) =>
        staff!.client
          .on(world.nodes[node]!.url)
          .post(`${path}/interviews/panels/${second.id}/invitations`, { applicationIds: [people[0]!.id] }),
      ),
    );
    expect(answers.map(({ status, body }) => [status, body.invited]).sort()).toEqual([
      [201, 0],
      [201, 1],
    ]);
    const now = await rowOf(second.id, id);
    expect(now).toMatchObject({
      state: 'to-choose',
      startsAt: null,
      missedAt: null,
      missed: [panel.times[0]!.startsAt],
    });
    // Nobody offers what is over.
    expect((await panelNow(staff!, path, panel.id)).times.map((time) => time.id)).not.toContain(panel.times[0]!.id);
    expect(await invitationsOf(people[0]!)).toEqual(['sent', 'sent']);
    expect((await seenBy(people[0]!))!.times).toHaveLength(4);
    expect((await take(people[0]!, second.times[0]!.id)).status).toBe(200);
    expect(await rowOf(second.id, id)).toMatchObject({ startsAt: second.times[0]!.startsAt, moves: 0 });
    expect((await actsOf(people[0]!)).map(([act]: string[]) => act)).toEqual([
      ...['interview-invited', 'interview-missed', 'interview-invited'],
    ]);
  });

  it('given a note was begun of the talk that was missed, then the one to which they are invited anew begins without it', async () => {
    const { id, ofStaff, mine } = await awaited();
    const second = await aPanel(staff!, path, [jurorId], { name: 'B', place: 'B', times: { on: '2026-11-26' } });
    const note = (text: string, node = 0) =>
      juror.client.on(world.nodes[node]!.url).put(`${mine}/note`, { revision: 0, text, submit: false });
    expect((await note('We waited.')).status).toBe(200);
    await marks(staff!, ofStaff, true);
    expect((await invites(staff!, path, second.id, [people[0]!])).body).toEqual({ invited: 1 });
    expect(await notesOf(id)).toBe(0);
    expect((await take(people[0]!, second.times[0]!.id)).status).toBe(200);
    expect((await juror.client.get(mine)).body.note).toMatchObject({ text: '', revision: 0 });
    // Begun at the moment at which they are invited anew, by another panel: before, and it is gone, or after, and there is no talk to note.
    world.clock.set('2026-11-26T08:30:00.000Z');
    await marks(staff!, ofStaff, true);
    const third = await aPanel(staff!, path, [jurorId], { name: 'C', place: 'C', times: { on: '2026-11-27' } });
    const [written, anew] = await Promise.all([
      note('We waited again.', 1),
      invites(staff!, path, third.id, [people[0]!]),
    ]);
    expect([200, 404]).toContain(written.status);
    expect([anew.body, await notesOf(id)]).toEqual([{ invited: 1 }, 0]);
  });

  it('given they are taken off the panel as they say it, note something, offer times or take one away, then nothing of that is done', async () => {
    const { panel, id, mine } = await awaited();
    const off = async (memberIds: string[]) => {
      const { revision } = await panelNow(staff!, path, panel.id);
      const now = await staff!.client.patch(`${path}/interviews/panels/${panel.id}`, { revision, memberIds });
      expect(now.status).toBe(200);
    };
    const of = '/api/me/interviews';
    const more = { on: '2026-11-24', from: '09:00', until: '12:00', pauseMinutes: 10 };
    const timesNow = async () => (await panelNow(staff!, path, panel.id)).times.length;
    const offered = await timesNow();
    for (const act of [
      () => marks(juror, mine, true),
      () => juror.client.put(`${mine}/note`, { revision: 0, text: 'We waited.', submit: false }),
      () => juror.client.post(`${of}/panels/${panel.id}/times`, more),
      () => juror.client.delete(`${of}/times/${panel.times.at(-1)!.id}`),
    ]) {
      const happened = beforeItIsWritten(world, () => off([staff!.id]));
      expect([(await act()).status, happened()]).toEqual([404, true]);
      expect([await isMissed(id), await notesOf(id), await timesNow()]).toEqual([false, 0, offered]);
      await off([staff!.id, jurorId]);
    }
  });

  it('given the cohort is closed as somebody says it, or notes something, then nobody did', async () => {
    const { id, ofStaff, mine } = await awaited();
    const cohort = { _id: new Types.ObjectId(staff!.cohortId!) };
    const is = (state: string) => world.db.collection('cohorts').updateOne(cohort, { $set: { state } });
    const note = { revision: 0, text: 'We waited.', submit: true };
    for (const act of [
      () => marks(staff!, ofStaff, true),
      () => marks(juror, mine, true),
      () => juror.client.put(`${mine}/note`, note),
    ]) {
      const happened = beforeItIsWritten(world, () => is('closed'));
      expect([(await act()).body?.code, happened()]).toEqual(['cohort_closed', true]);
      expect([await isMissed(id), await notesOf(id)]).toEqual([false, 0]);
      await is('running');
    }
  });

  it('given they say it and invite anew at once, then they agree in the end', async () => {
    const { panel, id, ofStaff } = await awaited();
    await marks(staff!, ofStaff, true);
    const [back, anew] = await Promise.all([
      marks(staff!, ofStaff, false, 1),
      invites(staff!, path, panel.id, [people[0]!]),
    ]);
    const row = await rowOf(panel.id, id);
    // Taken back first: nobody is invited. Invited first: there is no time of which to say it.
    expect([back.status, anew.body.invited, row.missedAt, row.missed.length, row.state]).toEqual(
      anew.body.invited === 0 ? [204, 0, null, 0, 'chosen'] : [404, 1, null, 1, 'to-choose'],
    );
  });

  it('given somebody else, then there is nothing to say it of', async () => {
    const { id, ofStaff, mine } = await awaited();
    const cohortId = staff!.cohortId!;
    const other = await aMember(world, await aCohort(world), 'staff');
    const fellow = await aMember(world, cohortId, 'fellow');
    const beside = await aJuror(world, staff!, path, { name: 'Not on it' });
    const ofOther = ofStaff.replace(cohortId, other.cohortId!);
    expect((await marks(fellow, ofStaff, true)).status).toBe(403);
    for (const one of [ofStaff, ofOther]) expect((await marks(other, one, true)).status).toBe(404);
    for (const one of [fellow, other, beside, helper!]) expect((await marks(one, mine, true)).status).toBe(404);
    const nobody = { client: clientOf(world.url) };
    for (const one of [ofStaff, mine]) expect((await marks(nobody, one, true)).status).toBe(401);
    expect((await marks(staff!, `${path}/interviews/${String(new Types.ObjectId())}`, true)).status).toBe(404);
    // Of whom they must not judge, they say nothing.
    const _id = new Types.ObjectId(juror.id);
    await world.db.collection('jurors').updateOne({ _id }, { $set: { email: 'karim@people.test' } });
    expect((await marks(juror, mine, true)).status).toBe(404);
    await world.db
      .collection('cohorts')
      .updateOne({ _id: new Types.ObjectId(cohortId) }, { $set: { state: 'closed' } });
    expect((await marks(staff!, ofStaff, true)).body.code).toBe('cohort_closed');
    expect((await marks(staff!, mine, true)).status).toBe(404);
    const row = await world.db.collection('interviews').findOne({ _id: new Types.ObjectId(id) });
    expect(row!['missedAt']).toBeNull();
  });

  it('given somebody of the team applied, then they learn nothing of theirs, and do not say it', async () => {
    const { slug, path: own } = (await aCallToTalkAbout(world, staff!, [])).call;
    world.clock.set(WHILE_OPEN);
    const mine = await anApplicant(world, slug, staff!.email);
    await handsIn(mine);
    world.clock.set(PLANNED_AT);
    const panel = await aPanel(helper!, own, [helper!.id], { place: 'C' });
    await invites(helper!, own, panel.id, [mine]);
    await take(mine, panel.times[0]!.id);
    const { id } = (await panelNow(helper!, own, panel.id)).interviews[0]!;
    world.clock.set(AFTER);
    expect((await marks(staff!, `${own}/interviews/${id}`, true)).body.code).toBe('own_file');
    expect((await marks(helper!, `/api/me/interviews/${id}`, true)).status).toBe(200);
    const seen = async (who: TestPerson) => (await panelNow(who, own, panel.id)).interviews[0]!.missedAt;
    expect([await seen(helper!), await seen(staff!)]).toEqual([AFTER, null]);
    const can = async (who: TestPerson) => abilities((await panelNow(who, own, panel.id)).interviews[0]!);
    expect([await can(helper!), await can(staff!)]).toEqual([['mark'], []]);
    const files = async (who: TestPerson) => (await who.client.get(`${own}/interviews/files`)).body.items.length;
    expect([await files(helper!), await files(staff!)]).toEqual([1, 0]);
    const { acts } = (await staff!.client.get(`${own}/applications/${mine.id}`)).body;
    expect(acts).toEqual([]);
    await invites(helper!, own, panel.id, [mine]);
    expect((await panelNow(staff!, own, panel.id)).interviews[0]!.missed).toEqual([]);
    expect((await panelNow(helper!, own, panel.id)).interviews[0]!.missed).toEqual([panel.times[0]!.startsAt]);
  });

  it('given interviews of before this could be said, then nobody missed them', async () => {
    const { panel, id, ofStaff } = await awaited();
    const _id = new Types.ObjectId(id);
    await world.db.collection('interviews').updateOne({ _id }, { $unset: { missedAt: '', missed: '' } });
    expect(await rowOf(panel.id, id)).toMatchObject({ missedAt: null, missed: [] });
    expect((await marks(staff!, ofStaff, true)).status).toBe(204);
    expect((await invites(staff!, path, panel.id, [people[0]!])).body).toEqual({ invited: 1 });
    expect((await rowOf(panel.id, id)).missed).toEqual([panel.times[0]!.startsAt]);
    expect(await invitationsOf(people[0]!)).toEqual(['sent', 'sent']);
  });
});
