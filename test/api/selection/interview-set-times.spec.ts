import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { readIcs } from '../../support/ics.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { ANSWERS, type TestApplicant, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';
import { PLANNED_AT, aCallToTalkAbout, aPanel, invites, panelNow, seenBy } from '../../support/rooms/interviews.js';
import { WHILE_OPEN } from '../../support/rooms/teams.js';

let world: TestWorld;
let [staff, helper]: TestPerson[] = [];
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
});
afterEach(() => {
  world.clock.set(PLANNED_AT);
});

const take = (one: TestApplicant, timeId: string, node = 0) =>
  one.client.on(world.nodes[node]!.url).put(`${one.path}/interview/time`, { timeId });
const sets = ({ client }: Pick<TestPerson, 'client'>, interviewPath: string, timeId: string, node = 0) =>
  client.on(world.nodes[node]!.url).put(`${interviewPath}/time`, { timeId });
const entryIn = (mail: any) =>
  readIcs(mail.attachments.find(({ contentType }: any) => /calendar/.test(contentType)).content.toString());
/** A panel of the helper, which invited everybody; the interviews of Salomé and Idris. */
async function invited() {
  const panel = await aPanel(staff!, path, [helper!.id]);
  await invites(staff!, path, panel.id, people);
  const rows = (await panelNow(staff!, path, panel.id)).interviews;
  const of = (one: TestApplicant) => rows.find(({ applicationId }) => applicationId === one.id)!.id;
  return { panel, ids: people.map(of), paths: people.map((one) => `${path}/interviews/${of(one)}`) };
}
const takenOf = async (panelId: string) =>
  (await panelNow(staff!, path, panelId)).times.flatMap(({ interviewId }) => interviewId ?? []);

describe('staff set a time', () => {
  it('given somebody asks by phone, then they have it by the letter and the entry of their own choice', async () => {
    const { panel, paths } = await invited();
    expect((await sets(staff!, paths[0]!, panel.times[1]!.id)).status).toBe(204);
    expect(await seenBy(people[0]!)).toMatchObject({ startsAt: panel.times[1]!.startsAt, place: 'Room Écrins' });
    const mine = entryIn(await mailTo(world, people[0]!.email, 'Your interview: '));
    expect([mine.method, mine.events[0]!.startsAt]).toEqual(['REQUEST', panel.times[1]!.startsAt]);
    await mailTo(world, helper!.email, 'Interview with Salomé Payet');
    const written = () => world.db.collection('deliveries').countDocuments({ kind: 'interview' });
    const before = await written();
    // The same, sent twice.
    expect((await sets(staff!, paths[0]!, panel.times[1]!.id)).status).toBe(204);
    expect(await written()).toBe(before);
    // They move it, and the old one is free again.
    expect((await sets(helper!, paths[0]!, panel.times[2]!.id)).status).toBe(204);
    const now = await panelNow(staff!, path, panel.id);
    expect(now.interviews[0]).toMatchObject({ startsAt: panel.times[2]!.startsAt, moves: 0 });
    expect((await take(people[1]!, panel.times[1]!.id)).status).toBe(200);
    const { acts } = (await staff!.client.get(`${path}/applications/${people[0]!.id}`)).body;
    expect(acts.map(({ act, by }: any) => [act, by.name])).toEqual([
      ['interview-invited', 'Aurore Tessier'],
      ['interview-set', 'Aurore Tessier'],
      ['interview-set', 'Claire Montferrand'],
    ]);
  });

  it('given staff move it again and again, then who applies has all moves of their own left', async () => {
    const { panel, paths } = await invited();
    for (let time = 0; time <= 10; time += 1)
      expect((await sets(staff!, paths[0]!, panel.times[time % 3]!.id)).status).toBe(204);
    const moved = await take(people[0]!, panel.times[3]!.id);
    expect([moved.status, moved.body.interview.abilities.choose]).toEqual([200, true]);
    expect((await panelNow(staff!, path, panel.id)).interviews[0]).toMatchObject({ moves: 1 });
  });

  it('given the cohort is closed as an interview is changed, then it is not', async () => {
    const { panel, paths } = await invited();
    const [salome, idris] = people;
    await take(idris!, panel.times[3]!.id);
    const cohort = { _id: new Types.ObjectId(staff!.cohortId!) };
    const is = (state: string) => world.db.collection('cohorts').updateOne(cohort, { $set: { state } });
    const before = await panelNow(staff!, path, panel.id);
    for (const act of [
      () => sets(staff!, paths[0]!, panel.times[0]!.id),
      () => staff!.client.delete(paths[0]!),
      () => staff!.client.post(`${path}/interviews/panels/${panel.id}/remind`),
      () => take(salome!, panel.times[0]!.id),
      () => idris!.client.delete(`${idris!.path}/interview/time`),
    ]) {
      const happened = beforeItIsWritten(world, () => is('closed'));
      expect([(await act()).body?.code, happened()]).toEqual(['cohort_closed', true]);
      await is('running');
    }
    expect(await panelNow(staff!, path, panel.id)).toEqual(before);
  });

  it('given the limit of who applies is over, then staff move it still, until it begins', async () => {
    const { panel, paths } = await invited();
    await take(people[0]!, panel.times[1]!.id);
    world.clock.set('2026-11-23T08:00:00.000Z');
    expect((await take(people[0]!, panel.times[3]!.id)).body.code).toBe('too_late');
    // The first one has begun.
    expect((await sets(staff!, paths[1]!, panel.times[0]!.id)).body.code).toBe('too_late');
    expect((await sets(staff!, paths[0]!, panel.times[3]!.id)).status).toBe(204);
    world.clock.set(panel.times[3]!.startsAt);
    expect((await sets(staff!, paths[0]!, panel.times[2]!.id)).body.code).toBe('too_late');
  });

  it('given staff and who applies want one time at once on two processes, then one has it', async () => {
    const { panel, ids, paths } = await invited();
    const { id } = panel.times[0]!;
    const answers = await Promise.all([
      ...[0, 1].map((node) => sets(staff!, paths[0]!, id, node)),
      ...[0, 1].map((node) => take(people[1]!, id, node)),
    ]);
    const [first, second] = [answers.slice(0, 2), answers.slice(2)];
    const won = first.every(({ status }) => status === 204) ? 0 : 1;
    expect((won === 0 ? first : second).every(({ status }) => status < 300)).toBe(true);
    expect((won === 0 ? second : first).map(({ body }) => body.code)).toEqual(['time_taken', 'time_taken']);
    expect(await takenOf(panel.id)).toEqual([ids[won]]);
  });

  it('given staff set a time as who applies chooses another one, then they have one, and the other is free', async () => {
    const { panel, ids, paths } = await invited();
    const answers = await Promise.all([
      sets(staff!, paths[0]!, panel.times[0]!.id, 0),
      take(people[0]!, panel.times[1]!.id, 1),
      sets(helper!, paths[0]!, panel.times[2]!.id, 1),
    ]);
    expect(answers.some(({ status }) => status < 300)).toBe(true);
    for (const { status, body } of answers) if (status >= 300) expect(body.code).toBe('edited_meanwhile');
    expect(await takenOf(panel.id)).toEqual([ids[0]]);
    const now = await panelNow(staff!, path, panel.id);
    const own = now.times.find(({ interviewId }) => interviewId === ids[0])!;
    expect(now.interviews.find(({ id }) => id === ids[0])!.startsAt).toBe(own.startsAt);
  });

  it('given a time of another panel, a taken one, or one at which they talk to others, then it says why', async () => {
    const { panel, paths } = await invited();
    await take(people[1]!, panel.times[0]!.id);
    expect((await sets(staff!, paths[0]!, panel.times[0]!.id)).body.code).toBe('time_taken');
    const beside = await aPanel(staff!, path, [staff!.id], { name: 'B', place: 'B', times: { on: '2026-11-26' } });
    for (const id of [beside.times[0]!.id, String(new Types.ObjectId())])
      expect((await sets(staff!, paths[0]!, id)).body.code).toBe('time_taken');
    expect((await sets(staff!, paths[0]!, 'nothing')).body.code).toBe('time_taken');
    expect((await staff!.client.put(`${paths[0]!}/time`, {})).status).toBe(422);
    const { slug, path: own } = (await aCallToTalkAbout(world, staff!, [])).call;
    world.clock.set(WHILE_OPEN);
    // In French: the mails before are not.
    const again = await anApplicant(world, slug, people[0]!.email, 'fr');
    await handsIn(again, { ...ANSWERS, name: 'Salomé Payet' });
    world.clock.set(PLANNED_AT);
    const other = await aPanel(staff!, own, [staff!.id], { place: 'C', times: { from: '09:50' } });
    await invites(staff!, own, other.id, [again]);
    expect((await take(again, other.times[0]!.id)).status).toBe(200);
    const busy = await sets(staff!, paths[0]!, panel.times[1]!.id);
    expect([busy.status, busy.body.code]).toEqual([409, 'applicant_busy']);
    expect(await seenBy(people[0]!)).toMatchObject({ startsAt: null });
  });

  it('given they talk to a panel of another cohort then, then staff hear that the time is not to be had, and nothing of that talk', async () => {
    const { panel, paths } = await invited();
    const other = await aMember(world, await aCohort(world), 'staff');
    const { slug, path: own } = (await aCallToTalkAbout(world, other, [])).call;
    world.clock.set(WHILE_OPEN);
    const again = await anApplicant(world, slug, people[0]!.email, 'fr');
    await handsIn(again, { ...ANSWERS, name: 'Salomé Payet' });
    world.clock.set(PLANNED_AT);
    const theirs = await aPanel(other, own, [other.id], { times: { from: '09:50' } });
    await invites(other, own, theirs.id, [again]);
    expect((await take(again, theirs.times[0]!.id)).status).toBe(200);
    const [busy, gone] = [
      await sets(staff!, paths[0]!, panel.times[1]!.id),
      await sets(staff!, paths[0]!, String(new Types.ObjectId())),
    ];
    // As of any time that is not to be had.
    const { instance: _, ...said } = busy.body;
    const { instance: __, ...ofAny } = gone.body;
    expect([busy.status, said]).toEqual([409, ofAny]);
    // Who applies knows both.
    expect((await take(people[0]!, panel.times[1]!.id)).body.code).toBe('you_are_busy');
    expect((await sets(staff!, paths[0]!, panel.times[3]!.id)).status).toBe(204);
  });

  it('given somebody else, their own file, or a cohort that is over, then they set none', async () => {
    const { panel, paths } = await invited();
    const { id } = panel.times[0]!;
    const cohortId = staff!.cohortId!;
    const other = await aMember(world, await aCohort(world), 'staff');
    const fellow = await aMember(world, cohortId, 'fellow');
    expect((await sets(fellow, paths[0]!, id)).status).toBe(403);
    for (const one of [paths[0]!, paths[0]!.replace(cohortId, other.cohortId!)])
      expect((await sets(other, one, id)).status).toBe(404);
    expect((await sets({ client: clientOf(world.url) }, paths[0]!, id)).status).toBe(401);
    expect((await sets(staff!, `${path}/interviews/${String(new Types.ObjectId())}`, id)).status).toBe(404);
    const { slug, path: own } = (await aCallToTalkAbout(world, staff!, [])).call;
    world.clock.set(WHILE_OPEN);
    const mine = await anApplicant(world, slug, staff!.email);
    await handsIn(mine);
    world.clock.set(PLANNED_AT);
    const theirs = await aPanel(helper!, own, [helper!.id], { place: 'C', times: { on: '2026-11-24' } });
    await invites(helper!, own, theirs.id, [mine]);
    const [row] = (await panelNow(helper!, own, theirs.id)).interviews;
    const at = `${own}/interviews/${row!.id}`;
    expect((await sets(staff!, at, theirs.times[0]!.id)).body.code).toBe('own_file');
    expect((await sets(helper!, at, theirs.times[0]!.id)).status).toBe(204);
    // Who took their file back talks to nobody.
    await people[1]!.client.post(`${people[1]!.path}/withdraw`);
    expect((await sets(staff!, paths[1]!, id)).status).toBe(404);
    const cohort = { _id: new Types.ObjectId(cohortId) };
    await world.db.collection('cohorts').updateOne(cohort, { $set: { state: 'closed' } });
    expect((await sets(staff!, paths[0]!, id)).body.code).toBe('cohort_closed');
    expect(await takenOf(panel.id)).toEqual([]);
  });
});
