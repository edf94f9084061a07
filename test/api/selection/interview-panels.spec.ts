import { Types } from 'mongoose';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { InterviewLetters } from '../../../src/selection/interviews/interview-letters.js';
import { JurorsRepository } from '../../../src/selection/jurors/jurors.repository.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { handOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { readIcs } from '../../support/ics.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';
import { PLANNED_AT, aCallToTalkAbout, aPanel, invites, panelNow, seenBy } from '../../support/rooms/interviews.js';
import { type TestJuror, aJuror, aStep, handsInReview, juryTokenIn } from '../../support/rooms/juries.js';

let world: TestWorld;
let staff: TestPerson;
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
  const made = await aCallToTalkAbout(world, staff, ['Salomé Payet', 'Idris Bah', 'Léa Martin']);
  ({ people } = made);
  ({ path } = made.call);
  juror = await aJuror(world, staff, path, { name: 'Karim Haddad' });
  jurorId = (await juror.client.get('/api/me')).body.id;
});

const take = (one: TestApplicant, timeId: string, node = 0) =>
  one.client.on(world.nodes[node]!.url).put(`${one.path}/interview/time`, { timeId });
const change = async (panelId: string, body: Record<string, unknown>) => {
  const { revision } = await panelNow(staff, path, panelId);
  return await staff.client.patch(`${path}/interviews/panels/${panelId}`, { revision, ...body });
};
const interviewOf = async ({ id }: TestApplicant) =>
  (await world.db.collection('interviews').findOne({ applicationId: new Types.ObjectId(id) }))!;
const lettersAbout = async (interviewId: Types.ObjectId) =>
  await world.db.collection('deliveries').find({ kind: 'interview', 'about.interviewId': interviewId }).toArray();
const entryIn = (mail: any) =>
  readIcs(mail.attachments.find(({ contentType }: any) => /calendar/.test(contentType)).content.toString());
/** Staff share the files out in a step that hides the name, and open it. */
async function readsBlind() {
  const step = await aStep(staff, path);
  const assigned = await staff.client.post(`${path}/assignment`, { step: step.id, perFile: 1, perJuror: 10 });
  expect(assigned.status).toBe(200);
  expect((await staff.client.post(`${path}/steps/${step.id}/open`)).status).toBe(200);
}

describe('who sits on a panel', () => {
  it('given a juror still reads files without their names, then they talk to nobody of them until that is handed in', async () => {
    await readsBlind();
    const panel = await aPanel(staff, path, [staff.id, jurorId]);
    const refused = await invites(staff, path, panel.id, people);
    expect([refused.status, refused.body.code, refused.body.numbers.length]).toEqual([409, 'still_read', 3]);
    const without = await aPanel(staff, path, [staff.id], { name: 'B', place: 'B', times: { on: '2026-11-24' } });
    expect((await invites(staff, path, without.id, [people[2]!])).status).toBe(201);
    const joining = await change(without.id, { memberIds: [staff.id, jurorId] });
    expect([joining.status, joining.body.code]).toEqual([409, 'still_read']);
    const [reading] = (await juror.client.get('/api/me/reviews')).body.steps;
    for (const { id } of reading.items) await handsInReview(juror, id, { craft: 3, judgement: 2 });
    expect((await invites(staff, path, panel.id, people.slice(0, 2))).body).toEqual({ invited: 2 });
    expect((await change(without.id, { memberIds: [staff.id, jurorId] })).status).toBe(200);
  });

  it('given a file comes to be read without its name later, then they see nothing of its interview meanwhile', async () => {
    const panel = await aPanel(staff, path, [staff.id, jurorId]);
    await invites(staff, path, panel.id, people);
    await take(people[0]!, panel.times[0]!.id);
    const { _id } = await interviewOf(people[0]!);
    const seen = async () => [
      (await juror.client.get(`/api/me/interviews/${String(_id)}`)).status,
      (await juror.client.get('/api/me/interviews')).body.panels[0].times.length,
      (await staff.client.get(`/api/me/interviews/${String(_id)}`)).status,
    ];
    expect(await seen()).toEqual([200, 4, 200]);
    await readsBlind();
    expect(await seen()).toEqual([404, 3, 200]);
    const away = await juror.client.delete(`/api/me/interviews/times/${panel.times[0]!.id}`);
    expect(away.status).toBe(404);
    const [reading] = (await juror.client.get('/api/me/reviews')).body.steps;
    for (const { id } of reading.items) await handsInReview(juror, id, { craft: 3, judgement: 2 });
    expect(await seen()).toEqual([200, 4, 200]);
  });

  it('given a juror leaves, then their panel goes on without them, and all hear of it once', async () => {
    const panel = await aPanel(staff, path, [staff.id, jurorId]);
    await invites(staff, path, panel.id, people);
    await take(people[0]!, panel.times[0]!.id);
    await mailTo(world, juror.email, 'Interview with Salomé Payet');
    expect((await staff.client.delete(`${path}/jurors/${juror.id}`)).status).toBe(204);
    const changed = await mailTo(world, people[0]!.email, 'Your interview has changed');
    expect(changed.text).toContain('Aurore Tessier');
    expect(changed.text).not.toContain('Karim Haddad');
    // Whom they do not talk to any more they do not hear: the number says which entry it is.
    const freed = await mailTo(world, juror.email, 'No interview with 8-');
    expect(freed.text).not.toContain('Salomé');
    expect(entryIn(freed)).toMatchObject({ method: 'CANCEL', events: [{ sequence: 2, status: 'CANCELLED' }] });
    const { members } = await panelNow(staff, path, panel.id);
    expect(members.map(({ userId }) => userId)).toEqual([staff.id]);
    // It is followed once more a while later.
    world.clock.set('2026-11-03T10:05:00.000Z');
    for (const { app } of world.nodes) await app.get(Outbox).turn();
    await handOver(world, 'interview');
    const letters = await lettersAbout((await interviewOf(people[0]!))._id);
    expect(letters.filter(({ about }) => about.kind === 'changed')).toHaveLength(1);
    world.clock.set(PLANNED_AT);
  });

  it('given a juror is let go at the moment in which they come and are put on a panel, then they sit there no more', async () => {
    const email = `late-${staff.id}@jury.test`;
    await staff.client.post(`${path}/jurors`, { items: [{ email, name: 'Late', locale: 'en' }] });
    const token = juryTokenIn(await mailTo(world, email, 'invited to the jury'));
    const { id } = (await staff.client.get(`${path}/jurors`)).body.items.find((one: any) => one.email === email);
    const panel = await aPanel(staff, path, [staff.id]);
    const jurors = world.nodes[0]!.app.get(JurorsRepository);
    const inCall = jurors.inCall.bind(jurors);
    const letsGo = jest.spyOn(jurors, 'inCall').mockImplementationOnce(async (...asked) => {
      const found = await inCall(...asked);
      const { url } = world.nodes[1]!;
      const body = { password: 'a long password' };
      const { accessToken } = (await clientOf(url).post(`/api/auth/juries/${token}/accept`, body)).body;
      const late = (await clientOf(url, accessToken).get('/api/me')).body.id as string;
      expect((await change(panel.id, { memberIds: [staff.id, late] })).status).toBe(200);
      return found;
    });
    expect((await staff.client.delete(`${path}/jurors/${id}`)).status).toBe(204);
    letsGo.mockRestore();
    await world.settled();
    const { members } = await panelNow(staff, path, panel.id);
    expect(members.map(({ userId }) => userId)).toEqual([staff.id]);
  });

  it('given everybody of a panel leaves, the cohort too, then nobody takes its times', async () => {
    const helper = await aMember(world, staff.cohortId!, 'staff');
    const panel = await aPanel(staff, path, [helper.id]);
    await invites(staff, path, panel.id, people);
    await take(people[0]!, panel.times[0]!.id);
    const gone = await staff.client.delete(`/api/cohorts/${staff.cohortId!}/members/${helper.id}`);
    expect(gone.status).toBe(204);
    await eventually(async () => expect((await panelNow(staff, path, panel.id)).members).toEqual([]));
    expect(await seenBy(people[1]!)).toMatchObject({ times: [], with: [] });
    expect((await take(people[1]!, panel.times[1]!.id)).body.code).toBe('time_taken');
    expect((await change(panel.id, { memberIds: [staff.id] })).status).toBe(200);
    expect((await take(people[1]!, panel.times[1]!.id)).status).toBe(200);
  });

  it('given a juror leaves who is of the team as well, then they stay on the panel', async () => {
    const helper = await aMember(world, staff.cohortId!, 'staff');
    const items = [{ email: helper.email, name: 'Both', locale: 'en' }];
    expect((await staff.client.post(`${path}/jurors`, { items })).status).toBe(201);
    const { items: jurors } = (await staff.client.get(`${path}/jurors`)).body;
    const { id } = jurors.find(({ email }: any) => email === helper.email);
    const asJuror = { $set: { state: 'joined', userId: new Types.ObjectId(helper.id) } };
    await world.db.collection('jurors').updateOne({ _id: new Types.ObjectId(id) }, asJuror);
    const panel = await aPanel(staff, path, [helper.id]);
    expect((await staff.client.delete(`${path}/jurors/${id}`)).status).toBe(204);
    for (const { app } of world.nodes) await app.get(Outbox).settled();
    expect((await panelNow(staff, path, panel.id)).members).toMatchObject([{ userId: helper.id, isThere: true }]);
  });

  it('given a choice at the moment in which a panel changes, then each who sits there hears of it', async () => {
    const helper = await aMember(world, staff.cohortId!, 'staff');
    const panel = await aPanel(staff, path, [staff.id], { moveHours: 0 });
    await invites(staff, path, panel.id, people);
    for (let round = 0; round < 8; round += 1) {
      const memberIds = round % 2 === 0 ? [staff.id, helper.id] : [staff.id];
      const { revision } = await panelNow(staff, path, panel.id);
      const [chosen, changed] = await Promise.all([
        take(people[0]!, panel.times[round % 4]!.id, 1),
        staff.client.patch(`${path}/interviews/panels/${panel.id}`, { revision, memberIds }),
      ]);
      expect([chosen.status, changed.status]).toEqual([200, 200]);
      const { _id, turn } = await interviewOf(people[0]!);
      const told = (await lettersAbout(_id)).filter(({ about }) => about.kind === 'booked' && about.turn === turn);
      expect(told.map(({ about }) => String(about.userId)).sort()).toEqual(memberIds.toSorted());
    }
  });

  it('given who left a panel has not heard yet as the interview goes on, then they hear all the same', async () => {
    const panel = await aPanel(staff, path, [staff.id, jurorId]);
    await invites(staff, path, panel.id, people);
    await take(people[0]!, panel.times[0]!.id);
    expect((await change(panel.id, { memberIds: [staff.id] })).status).toBe(200);
    await take(people[0]!, panel.times[1]!.id);
    const { _id, turn } = await interviewOf(people[0]!);
    expect(turn).toBe(3);
    const { startsAt, endsAt } = panel.times[0]!;
    const freed = (userId: string) =>
      world.nodes[0]!.app.get(InterviewLetters).write({
        _id: new Types.ObjectId(),
        of: new Types.ObjectId(people[0]!.id),
        about: {
          kind: 'freed',
          interviewId: _id,
          turn: 2,
          userId: new Types.ObjectId(userId),
          was: { startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
        },
      });
    expect((await freed(jurorId))!.subject).toContain('No interview with Salomé Payet');
    expect(await freed(staff.id)).toBeNull();
  });
});

describe('what has been talked about', () => {
  it('given an interview has begun, then its time is not taken away, nor is it called off', async () => {
    const panel = await aPanel(staff, path, [staff.id, jurorId]);
    await invites(staff, path, panel.id, people);
    for (const at of [0, 2]) await take(people[at]!, panel.times[at]!.id);
    await handOver(world, 'interview');
    world.clock.set(panel.times[0]!.startsAt);
    const [first, third] = [await interviewOf(people[0]!), await interviewOf(people[2]!)];
    const I = `${path}/interviews`;
    const codes = [
      await juror.client.delete(`/api/me/interviews/times/${panel.times[0]!.id}`),
      await staff.client.delete(`${I}/times/${panel.times[0]!.id}`),
      await staff.client.delete(`${I}/${String(first._id)}`),
    ].map(({ status, body }) => [status, body.code]);
    expect(codes).toEqual(Array.from({ length: 3 }, () => [409, 'too_late']));
    expect((await juror.client.get(`/api/me/interviews/${String(first._id)}`)).status).toBe(200);
    // What is to come, and what nobody took, still goes.
    world.clock.set('2026-11-23T08:45:00.000Z');
    expect((await staff.client.delete(`${I}/times/${panel.times[1]!.id}`)).status).toBe(204);
    expect((await staff.client.delete(`${I}/times/${panel.times[2]!.id}`)).status).toBe(204);
    expect((await interviewOf(people[2]!)).time).toBeNull();
    expect((await staff.client.delete(`${I}/${String(third._id)}`)).status).toBe(204);
    world.clock.set(PLANNED_AT);
  });

  it('given notes, then what is handed in stays, and what is begun goes with an interview that is called off', async () => {
    const panel = await aPanel(staff, path, [staff.id, jurorId]);
    await invites(staff, path, panel.id, people);
    for (const at of [0, 1]) await take(people[at]!, panel.times[at]!.id);
    const [first, second] = [await interviewOf(people[0]!), await interviewOf(people[1]!)];
    const note = (id: Types.ObjectId, submit: boolean) =>
      juror.client.put(`/api/me/interviews/${String(id)}/note`, { revision: 0, text: 'Clear.', submit });
    expect((await note(first._id, true)).status).toBe(200);
    expect((await note(second._id, false)).status).toBe(200);
    const off = async ({ _id }: { _id: Types.ObjectId }) =>
      await staff.client.delete(`${path}/interviews/${String(_id)}`);
    expect((await off(first)).body.code).toBe('noted');
    expect((await off(second)).status).toBe(204);
    expect(await world.db.collection('interview-notes').countDocuments({ interviewId: second._id })).toBe(0);
    // Who wrote it is named, also once they have left.
    expect((await staff.client.delete(`${path}/jurors/${juror.id}`)).status).toBe(204);
    expect((await staff.client.get(`${path}/interviews/${String(first._id)}/notes`)).body.items).toMatchObject([
      { authorName: 'Karim Haddad', text: 'Clear.' },
    ]);
  });

  it('given a note is handed in as the interview is called off, then one of the two happens', async () => {
    const panel = await aPanel(staff, path, [staff.id, jurorId]);
    await invites(staff, path, panel.id, people);
    for (const [at, one] of people.entries()) {
      await take(one, panel.times[at]!.id);
      const { _id: interviewId } = await interviewOf(one);
      const id = String(interviewId);
      const [written, off] = await Promise.all([
        juror.client.put(`/api/me/interviews/${id}/note`, { revision: 0, text: 'Clear.', submit: true }),
        staff.client.on(world.nodes[1]!.url).delete(`${path}/interviews/${id}`),
      ]);
      const notes = await world.db.collection('interview-notes').countDocuments({ interviewId });
      expect([written.status, off.status, notes]).toEqual(off.status === 204 ? [404, 204, 0] : [200, 409, 1]);
    }
  });
});
