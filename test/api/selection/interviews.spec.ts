import { Types } from 'mongoose';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { handOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { readIcs } from '../../support/ics.js';
import { type TestApplicant, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';
import {
  DAY_OF_TALKS,
  PLANNED_AT,
  aCallToTalkAbout,
  aPanel,
  invites,
  panelNow,
  seenBy,
} from '../../support/rooms/interviews.js';
import { type TestJuror, aJuror } from '../../support/rooms/juries.js';

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
let juror: TestJuror;
let jurorId: string;
let people: TestApplicant[];
let path: string;
let callId: string;

const NAMES = ['Salomé Payet', 'Idris Bah', 'Léa Martin'];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, await aCohort(world), 'staff');
  const made = await aCallToTalkAbout(world, staff, NAMES);
  ({ people } = made);
  ({ path, id: callId } = made.call);
  juror = await aJuror(world, staff, path, { name: 'Karim Haddad' });
  jurorId = (await juror.client.get('/api/me')).body.id;
});

const take = (one: TestApplicant, timeId: string, node = 0) =>
  one.client.on(world.nodes[node]!.url).put(`${one.path}/interview/time`, { timeId });
const giveBack = (one: TestApplicant) => one.client.delete(`${one.path}/interview/time`);
const entryIn = (mail: any) =>
  readIcs(mail.attachments.find(({ contentType }: any) => /calendar/.test(contentType)).content.toString());
/** A panel of Aurore and Karim with four times, which invited everybody. */
async function invited() {
  const panel = await aPanel(staff!, path, [staff!.id, jurorId]);
  expect((await invites(staff!, path, panel.id, people)).body).toEqual({ invited: people.length });
  return panel;
}

describe('interviews', () => {
  it('given a panel invites, then who applies chooses a time, and both sides have it in their calendar', async () => {
    const panel = await invited();
    expect(panel.times.map(({ startsAt }) => startsAt)).toEqual([
      ...['2026-11-23T08:00:00.000Z', '2026-11-23T08:40:00.000Z'],
      ...['2026-11-23T09:20:00.000Z', '2026-11-23T10:00:00.000Z'],
    ]);
    const [salome] = people;
    const letter = await mailTo(world, salome!.email, 'An interview with you');
    expect(letter.text).toContain('talk with you for 30 minutes');
    await mailTo(world, people[1]!.email, 'Un entretien avec vous');
    const seen = await seenBy(salome!);
    expect(seen).toEqual({
      ...{ minutes: 30, place: '', phone: '', timeZone: 'Europe/Paris', with: ['Aurore Tessier', 'Karim Haddad'] },
      ...{ startsAt: null, endsAt: null, until: null, abilities: { choose: true, giveBack: false } },
      times: panel.times.map(({ id, startsAt, endsAt }) => ({ id, startsAt, endsAt })),
    });
    const chosen = await take(salome!, panel.times[1]!.id);
    expect([chosen.status, chosen.body.interview]).toEqual([
      200,
      {
        ...{ ...seen, place: 'Room Écrins', phone: '04 00 00 00 00' },
        ...{ startsAt: '2026-11-23T08:40:00.000Z', endsAt: '2026-11-23T09:10:00.000Z' },
        ...{ until: '2026-11-22T17:40:00.000Z', abilities: { choose: true, giveBack: true } },
        times: seen!.times.filter(({ id }) => id !== panel.times[1]!.id),
      },
    ]);
    const mine = await mailTo(world, salome!.email, 'Your interview: ');
    expect(mine.text).toContain('09:40–10:10');
    const theirs = await mailTo(world, juror.email, 'Interview with Salomé Payet');
    const [own, panels] = [entryIn(mine), entryIn(theirs)];
    expect(own.method).toBe('REQUEST');
    const uid = `interview-${(await panelNow(staff!, path, panel.id)).interviews[0]!.id}@cordee.test`;
    for (const [entry, title, email] of [
      [own, 'Interview: Fellows, cohort 8', salome!.email],
      [panels, 'Interview: Salomé Payet', juror.email],
    ] as const)
      expect(entry.events).toMatchObject([
        {
          ...{ uid, title, sequence: 1, status: 'CONFIRMED', attendees: [`mailto:${email}`] },
          ...{ startsAt: '2026-11-23T08:40:00.000Z', endsAt: '2026-11-23T09:10:00.000Z', zone: 'Europe/Paris' },
        },
      ]);
    const now = await panelNow(staff!, path, panel.id);
    expect(now.interviews.map(({ name, state, moves }) => [name, state, moves])).toEqual([
      ...[
        ['Salomé Payet', 'chosen', 0],
        ['Idris Bah', 'to-choose', 0],
      ],
      ['Léa Martin', 'to-choose', 0],
    ]);
    expect(now.times.filter(({ interviewId }) => interviewId !== null)).toHaveLength(1);
    // Who comes next sees what is left.
    expect((await seenBy(people[1]!))!.times).toHaveLength(3);
  });

  it('given they move it and give it back, then each time the others hear, by one entry', async () => {
    const panel = await invited();
    const [salome, idris] = people;
    await take(salome!, panel.times[0]!.id);
    await mailTo(world, juror.email, 'Interview with Salomé Payet');
    await take(salome!, panel.times[2]!.id);
    await take(salome!, panel.times[2]!.id);
    await handOver(world, 'interview');
    expect((await panelNow(staff!, path, panel.id)).interviews[0]).toMatchObject({
      moves: 1,
      startsAt: panel.times[2]!.startsAt,
    });
    expect((await seenBy(idris!))!.times.map(({ id }) => id)).toContain(panel.times[0]!.id);
    const back = await giveBack(salome!);
    expect([back.status, back.body.interview.startsAt, back.body.interview.place]).toEqual([200, null, '']);
    expect((await giveBack(salome!)).status).toBe(200);
    const freed = await mailTo(world, juror.email, 'No interview with Salomé Payet');
    const cancelled = entryIn(freed);
    expect(cancelled.method).toBe('CANCEL');
    const gone = await mailTo(world, salome!.email, 'You gave your interview time back');
    expect(entryIn(gone).method).toBe('CANCEL');
    expect(cancelled.events).toMatchObject([{ sequence: 3, status: 'CANCELLED', startsAt: panel.times[2]!.startsAt }]);
    // 1, 2 and 3 are the turns of one interview.
    const letters = await world.db
      .collection('deliveries')
      .find({ kind: 'interview', 'about.userId': new Types.ObjectId(jurorId) })
      .toArray();
    expect(letters.map(({ about }) => [about.kind, about.turn])).toEqual([
      ['booked', 1],
      ['booked', 2],
      ['freed', 3],
    ]);
  });

  it('given many take one time at once on two processes, then one of them has it', async () => {
    const panel = await invited();
    const answers = await Promise.all(
      people.flatMap((one) => [0, 1, 0, 1].map((node) => take(one, panel.times[0]!.id, node))),
    );
    const won = new Set(answers.flatMap(({ status }, at) => (status === 200 ? [Math.floor(at / 4)] : [])));
    expect(won.size).toBe(1);
    expect(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code)).toEqual(
      Array.from({ length: 8 }, () => 'time_taken'),
    );
    const now = await panelNow(staff!, path, panel.id);
    expect(now.interviews.filter(({ state }) => state === 'chosen')).toHaveLength(1);
    expect(now.times.filter(({ interviewId }) => interviewId)).toHaveLength(1);
  });

  it('given it is too late, then the time stays as it is', async () => {
    const panel = await invited();
    await take(people[0]!, panel.times[3]!.id);
    // 15 hours before 10:00 UTC.
    world.clock.set('2026-11-22T19:00:00.000Z');
    expect((await take(people[0]!, panel.times[2]!.id)).body.code).toBe('too_late');
    expect((await giveBack(people[0]!)).body.code).toBe('too_late');
    expect(await seenBy(people[0]!)).toMatchObject({ times: [], abilities: { choose: false, giveBack: false } });
    // Who has none yet may still take one, until it begins.
    world.clock.set('2026-11-23T08:40:00.000Z');
    expect((await take(people[1]!, panel.times[1]!.id)).body.code).toBe('too_late');
    expect((await take(people[1]!, panel.times[2]!.id)).status).toBe(200);
    expect((await take(people[2]!, String(new Types.ObjectId()))).body.code).toBe('time_taken');
  });

  it('given the panel takes a time away, or is another, then who had chosen hears and chooses anew', async () => {
    const panel = await invited();
    const [salome, idris] = people;
    await take(salome!, panel.times[0]!.id);
    await take(idris!, panel.times[1]!.id);
    expect((await juror.client.delete(`/api/me/interviews/times/${panel.times[0]!.id}`)).status).toBe(204);
    const letter = await mailTo(world, salome!.email, 'Please choose another time');
    expect(entryIn(letter).method).toBe('CANCEL');
    expect((await seenBy(salome!))!.times).toHaveLength(2);
    const { revision } = await panelNow(staff!, path, panel.id);
    const change = { revision, place: 'https://meet.example.org/design', memberIds: [staff!.id] };
    expect((await staff!.client.patch(`${path}/interviews/panels/${panel.id}`, change)).status).toBe(200);
    const changed = await mailTo(world, idris!.email, 'Votre entretien a changé');
    expect(changed.text).toContain('https://meet.example.org/design');
    // Karim sits there no more, and their calendar is told so.
    expect(entryIn(await mailTo(world, juror.email, 'No interview with Idris Bah')).method).toBe('CANCEL');
    expect((await juror.client.get('/api/me/interviews')).body.panels).toEqual([]);
    const again = await staff!.client.patch(`${path}/interviews/panels/${panel.id}`, change);
    expect([again.status, again.body.code]).toEqual([409, 'edited_meanwhile']);
  });

  it('given staff call one off, or the file is taken back or erased, then its time is free and nothing is left', async () => {
    const panel = await invited();
    for (const [at, one] of people.entries()) await take(one, panel.times[at]!.id);
    const [first] = (await panelNow(staff!, path, panel.id)).interviews;
    expect((await staff!.client.delete(`${path}/interviews/${first!.id}`)).status).toBe(204);
    expect(entryIn(await mailTo(world, people[0]!.email, 'Your interview does not take place')).method).toBe('CANCEL');
    expect(await seenBy(people[0]!)).toBeNull();
    expect((await people[1]!.client.post(`${people[1]!.path}/withdraw`)).status).toBe(200);
    await eventually(async () => expect((await panelNow(staff!, path, panel.id)).interviews).toHaveLength(1));
    await mailTo(world, juror.email, 'No interview with 8-');
    expect((await panelNow(staff!, path, panel.id)).times.filter(({ interviewId }) => interviewId)).toHaveLength(1);
    const [third] = (await panelNow(staff!, path, panel.id)).interviews;
    await juror.client.put(`/api/me/interviews/${third!.id}/note`, { revision: 0, text: 'Clear.', submit: true });
    const _id = new Types.ObjectId(people[2]!.id);
    await world.db.collection('applications').updateOne({ _id }, { $set: { eraseAt: new Date(0) } });
    world.clock.set('2029-01-01T00:00:00.000Z');
    await world.nodes[0]!.app.get(ApplicationErasing).erase();
    await world.nodes[0]!.app.get(Outbox).turn();
    await eventually(async () => {
      for (const name of ['interviews', 'interview-notes'])
        expect(await world.db.collection(name).countDocuments({ applicationId: _id })).toBe(0);
      expect(await world.db.collection('deliveries').countDocuments({ kind: 'interview', of: _id })).toBe(0);
    });
    world.clock.set(PLANNED_AT);
  });
});

describe('the panel', () => {
  it('given times are offered, then nobody and no room is asked for twice', async () => {
    const first = await aPanel(staff!, path, [staff!.id, jurorId]);
    const offer = { on: DAY_OF_TALKS, from: '09:10', until: '10:00', pauseMinutes: 0 };
    const second = await aPanel(staff!, path, [jurorId], { name: 'Design B', place: 'Video', times: null });
    const busy = await juror.client.post(`/api/me/interviews/panels/${second.id}/times`, offer);
    expect([busy.status, busy.body.code, busy.body.names]).toEqual([409, 'interviewer_busy', ['Karim Haddad']]);
    const free = await juror.client.post(`/api/me/interviews/panels/${second.id}/times`, {
      ...offer,
      on: '2026-11-24',
    });
    expect([free.status, free.body]).toEqual([201, { offered: 1 }]);
    const helper = await aMember(world, staff!.cohortId!, 'staff', { name: 'Claire Montferrand' });
    const third = await aPanel(staff!, path, [helper.id], { name: 'Data', place: 'room  ÉCRINS', times: null });
    const room = await helper.client.post(`/api/me/interviews/panels/${third.id}/times`, offer);
    expect([room.status, room.body.code]).toEqual([409, 'room_taken']);
    // Offered again, what is there stays.
    const same = { on: DAY_OF_TALKS, from: '09:00', until: '12:00', pauseMinutes: 10 };
    expect((await staff!.client.post(`${path}/interviews/panels/${first.id}/times`, same)).body).toEqual({
      offered: 0,
    });
    // Karim cannot be put where they are busy either.
    const more = await aPanel(staff!, path, [helper.id], {
      name: 'Late',
      place: 'Room Garonne',
      times: { on: '2026-11-24' },
    });
    const put = { revision: more.revision, memberIds: [helper.id, jurorId] };
    const refused = await staff!.client.patch(`${path}/interviews/panels/${more.id}`, put);
    expect([refused.status, refused.body.code]).toEqual([409, 'interviewer_busy']);
    const longer = await staff!.client.patch(`${path}/interviews/panels/${more.id}`, {
      revision: more.revision,
      minutes: 45,
    });
    expect(longer.body.code).toBe('times_offered');
  });

  it('given two panels offer one person at once on two processes, then one of them does', async () => {
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C', 'D'])
      ids.push((await aPanel(staff!, path, [jurorId], { name, place: name, times: null })).id);
    const offer = { on: DAY_OF_TALKS, from: '09:00', until: '12:00', pauseMinutes: 0 };
    const answers = await Promise.all(
      ids.map((id, at) =>
        juror.client.on(world.nodes[at % 2]!.url).post(`/api/me/interviews/panels/${id}/times`, offer),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('given who must not judge a file, then it is not invited by their panel, and they see nothing of it', async () => {
    const agent = await aJuror(world, staff!, path, { name: 'Rosalie Brémond', email: 'rosalie@people.test' });
    const agentId = (await agent.client.get('/api/me')).body.id;
    const panel = await aPanel(staff!, path, [agentId]);
    // Their mail goes to the domain of the applicants.
    const refused = await invites(staff!, path, panel.id, people);
    expect([refused.status, refused.body.code, refused.body.numbers.length]).toEqual([409, 'interest', 3]);
    const fine = await aPanel(staff!, path, [jurorId], { name: 'B', place: 'B', times: { on: '2026-11-25' } });
    await invites(staff!, path, fine.id, people);
    const join = { revision: fine.revision, memberIds: [jurorId, agentId] };
    const joining = await staff!.client.patch(`${path}/interviews/panels/${fine.id}`, join);
    expect([joining.status, joining.body.code]).toEqual([409, 'interest']);
    await take(people[0]!, fine.times[0]!.id);
    // It comes to be known later.
    const [row] = (await panelNow(staff!, path, fine.id)).interviews;
    expect((await juror.client.get(`/api/me/interviews/${row!.id}`)).status).toBe(200);
    await world.db
      .collection('jurors')
      .updateOne({ _id: new Types.ObjectId(juror.id) }, { $set: { email: 'karim@people.test' } });
    expect((await juror.client.get(`/api/me/interviews/${row!.id}`)).status).toBe(404);
    const { panels } = (await juror.client.get('/api/me/interviews')).body;
    expect(panels[0].times).toHaveLength(3);
    expect((await juror.client.delete(`/api/me/interviews/times/${fine.times[0]!.id}`)).status).toBe(404);
  });

  it('given notes, then each has their own until theirs is handed in, and what is handed in stays', async () => {
    const panel = await invited();
    await take(people[0]!, panel.times[0]!.id);
    const { id } = (await panelNow(staff!, path, panel.id)).interviews[0]!;
    const noteOf = (who: { client: TestJuror['client'] }, body: Record<string, unknown>) =>
      who.client.put(`/api/me/interviews/${id}/note`, body);
    const seen = (await juror.client.get(`/api/me/interviews/${id}`)).body;
    expect(seen).toMatchObject({
      ...{ name: 'Salomé Payet', startsAt: '2026-11-23T08:00:00.000Z', timeZone: 'Europe/Paris', others: null },
      ...{ note: { text: '', revision: 0, submittedAt: null }, panel: { place: 'Room Écrins' } },
    });
    expect(seen.file.answers.town).toBe('Saint-Denis');
    expect((await noteOf(juror, { revision: 0, text: '', submit: true })).body.errors[0].code).toBe('required');
    expect((await noteOf(juror, { revision: 0, text: 'Begun', submit: false })).body.note.revision).toBe(1);
    // Sent again after a lost answer, and from a tab that is behind.
    expect((await noteOf(juror, { revision: 0, text: 'Begun', submit: false })).status).toBe(200);
    expect((await noteOf(juror, { revision: 0, text: 'Behind', submit: false })).body.code).toBe('edited_meanwhile');
    const notes = async () => (await staff!.client.get(`${path}/interviews/${id}/notes`)).body.items;
    expect(await notes()).toEqual([]);
    expect((await noteOf(staff!, { revision: 0, text: 'Yes.', submit: true })).body.others).toEqual([]);
    expect((await juror.client.get(`/api/me/interviews/${id}`)).body.others).toBeNull();
    const done = (await noteOf(juror, { revision: 1, text: 'Asked well.', submit: true })).body;
    expect(done.others).toEqual([
      {
        ...{ authorName: 'Aurore Tessier', text: 'Yes.', submittedAt: PLANNED_AT },
        ...{ scores: {}, verdict: null, mean: null },
      },
    ]);
    expect((await noteOf(juror, { revision: 2, text: 'Else', submit: false })).body.code).toBe('note_submitted');
    expect((await notes()).map(({ text }: any) => text).sort()).toEqual(['Asked well.', 'Yes.']);
    expect((await juror.client.get('/api/me/interviews')).body.panels[0].times[0].interview).toMatchObject({
      ...{ id, name: 'Salomé Payet', note: 'submitted' },
    });
  });

  it('given scores and verdicts, then staff read their means and counts once they are handed in, and what the call does not ask is refused', async () => {
    const words = { name: { en: 'Craft', fr: 'Métier' }, help: { en: '', fr: '' } };
    const criteria = [
      { key: 'craft', ...words, weight: 75 },
      { key: 'public', ...words, weight: 25 },
    ];
    await world.db.collection('calls').updateOne({ _id: new Types.ObjectId(callId) }, { $set: { criteria } });
    const panel = await invited();
    await take(people[0]!, panel.times[0]!.id);
    const { id } = (await panelNow(staff!, path, panel.id)).interviews[0]!;
    const noteOf = (who: { client: TestJuror['client'] }, body: Record<string, unknown>) =>
      who.client.put(`/api/me/interviews/${id}/note`, { revision: 0, text: 'Clear.', submit: false, ...body });
    const seen = (await juror.client.get(`/api/me/interviews/${id}`)).body;
    expect([seen.criteria, seen.scale.length, seen.note.scores]).toEqual([criteria, 4, {}]);
    const wrong = await noteOf(juror, { scores: { craft: 5, gone: 1 } });
    expect([wrong.status, wrong.body.errors.map(({ field, code }: any) => [field, code])]).toEqual([
      422,
      [
        ['/scores/craft', 'out_of_range'],
        ['/scores/gone', 'unknown'],
      ],
    ]);
    const begun = { scores: { craft: 4, public: 2 }, verdict: 'yes' };
    expect((await noteOf(juror, begun)).body.note).toMatchObject(begun);
    // The same again after a lost answer, and another score from a tab that is behind.
    expect((await noteOf(juror, begun)).status).toBe(200);
    expect((await noteOf(juror, { ...begun, scores: { craft: 1 } })).body.code).toBe('edited_meanwhile');
    const told = async () => (await panelNow(staff!, path, panel.id)).interviews[0]!;
    expect(await told()).toMatchObject({ handedIn: 0, mean: null, verdicts: { yes: 0, maybe: 0, no: 0 } });
    expect((await noteOf(juror, { ...begun, revision: 1, submit: true })).status).toBe(200);
    expect(await told()).toMatchObject({ handedIn: 1, mean: 3.5, verdicts: { yes: 1, maybe: 0, no: 0 } });
    await noteOf(staff!, { text: 'No.', scores: { craft: 2 }, verdict: 'no', submit: true });
    expect(await told()).toMatchObject({ handedIn: 2, mean: 2.75, verdicts: { yes: 1, maybe: 0, no: 1 } });
    const notes = (await staff!.client.get(`${path}/interviews/${id}/notes`)).body;
    expect(notes.items.map(({ mean, verdict }: any) => [mean, verdict])).toEqual([
      [3.5, 'yes'],
      [2, 'no'],
    ]);
    expect(notes.criteria).toEqual(criteria);
  });

  it('given staff take a criterion out of the call, then a note that was begun says nothing of it, and is kept on', async () => {
    const words = { name: { en: 'Craft', fr: 'Métier' }, help: { en: '', fr: '' } };
    const set = async (...keys: string[]) => {
      const criteria = keys.map((key) => ({ key, ...words, weight: 100 / keys.length }));
      await world.db.collection('calls').updateOne({ _id: new Types.ObjectId(callId) }, { $set: { criteria } });
    };
    await set('craft', 'public');
    const panel = await invited();
    await take(people[0]!, panel.times[0]!.id);
    const { id } = (await panelNow(staff!, path, panel.id)).interviews[0]!;
    const note = `/api/me/interviews/${id}/note`;
    const begun = { revision: 0, text: 'Clear.', scores: { craft: 4, public: 2 }, submit: false };
    expect((await juror.client.put(note, begun)).status).toBe(200);
    await set('public');
    const { text, scores, revision } = (await juror.client.get(`/api/me/interviews/${id}`)).body.note;
    expect(scores).toEqual({ public: 2 });
    const on = await juror.client.put(note, { text, scores, revision, submit: true });
    expect([on.status, on.body.note.scores]).toEqual([200, { public: 2 }]);
  });

  it('given they do not choose, then they are reminded once by themselves, and by staff once an hour', async () => {
    const panel = await invited();
    await take(people[0]!, panel.times[0]!.id);
    const remind = async () => (await staff!.client.post(`${path}/interviews/panels/${panel.id}/remind`)).body;
    expect(await remind()).toEqual({ reminded: 0 });
    world.clock.set('2026-11-03T12:00:00.000Z');
    expect(await remind()).toEqual({ reminded: 2 });
    expect(await remind()).toEqual({ reminded: 0 });
    await mailTo(world, people[2]!.email, 'Your interview has no time yet');
    await handOver(world, 'interview');
    const states = async () =>
      (
        await world.db
          .collection('deliveries')
          .find({ kind: 'interview', 'about.kind': 'to-choose', key: /-0$/ })
          .toArray()
      )
        .filter(({ of }) => people.some(({ id }) => id === String(of)))
        .map(({ state }) => state);
    world.clock.set('2026-11-05T10:00:01.000Z');
    await handOver(world, 'interview');
    expect((await states()).sort()).toEqual(['sent', 'sent', 'skipped']);
    // The day before.
    world.clock.set('2026-11-22T08:00:01.000Z');
    await handOver(world, 'interview');
    await mailTo(world, people[0]!.email, 'Your interview is near');
    world.clock.set(PLANNED_AT);
  });
});

describe('who sees interviews', () => {
  it('given somebody else, then there is nothing', async () => {
    const panel = await invited();
    await take(people[0]!, panel.times[0]!.id);
    const { id } = (await panelNow(staff!, path, panel.id)).interviews[0]!;
    const offer = { on: DAY_OF_TALKS, from: '14:00', until: '16:00', pauseMinutes: 0 };
    const stranger = await aJuror(world, staff!, path, { name: 'Not on it' });
    for (const who of [stranger, fellow!, other!]) {
      expect((await who.client.get('/api/me/interviews')).body).toEqual({ panels: [] });
      const answers = await Promise.all([
        who.client.get(`/api/me/interviews/${id}`),
        who.client.put(`/api/me/interviews/${id}/note`, { revision: 0, text: 'x', submit: false }),
        who.client.post(`/api/me/interviews/panels/${panel.id}/times`, offer),
        who.client.delete(`/api/me/interviews/times/${panel.times[0]!.id}`),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    }
    const I = `${path}/interviews`;
    const ofStaff = (who: TestPerson, base: string) => [
      who.client.get(base),
      who.client.get(`${base}/files`),
      who.client.post(`${base}/panels`, {
        name: 'X',
        minutes: 30,
        place: 'x',
        phone: '',
        moveHours: 1,
        memberIds: [staff!.id],
      }),
      who.client.patch(`${base}/panels/${panel.id}`, { revision: 0 }),
      who.client.delete(`${base}/panels/${panel.id}`),
      who.client.post(`${base}/panels/${panel.id}/times`, offer),
      who.client.delete(`${base}/times/${panel.times[0]!.id}`),
      who.client.post(`${base}/panels/${panel.id}/invitations`, { applicationIds: [people[0]!.id] }),
      who.client.post(`${base}/panels/${panel.id}/remind`),
      who.client.get(`${base}/${id}/notes`),
      who.client.delete(`${base}/${id}`),
    ];
    const statuses = async (who: TestPerson, base: string) =>
      (await Promise.all(ofStaff(who, base))).map(({ status }) => status);
    expect(await statuses(fellow!, I)).toEqual(Array.from({ length: 11 }, () => 403));
    expect(await statuses(other!, I)).toEqual(Array.from({ length: 11 }, () => 404));
    const elsewhere = `/api/cohorts/${other!.cohortId!}/calls/${callId}/interviews`;
    expect(await statuses(other!, elsewhere)).toEqual(Array.from({ length: 11 }, () => 404));
    const nobody = clientOf(world.url);
    expect((await nobody.get(I)).status).toBe(401);
    expect((await nobody.get('/api/me/interviews')).status).toBe(401);
    const [salome, idris] = people;
    for (const client of [nobody, staff!.client, idris!.client]) {
      const status = client === idris!.client ? 404 : 401;
      const answers = await Promise.all([
        client.get(`${salome!.path}/interview`),
        client.put(`${salome!.path}/interview/time`, { timeId: panel.times[1]!.id }),
        client.delete(`${salome!.path}/interview/time`),
      ]);
      expect(answers.map((one) => one.status)).toEqual([status, status, status]);
    }
    // A time of another panel is none of theirs, and who is not invited has nothing to choose.
    const beside = await aPanel(staff!, path, [staff!.id], { name: 'B', place: 'B', times: { on: '2026-11-26' } });
    expect((await take(idris!, beside.times[0]!.id)).body.code).toBe('time_taken');
    expect((await panelNow(staff!, path, beside.id)).times.every(({ interviewId }) => interviewId === null)).toBe(true);
  });

  it('given a juror leaves, or the cohort is over, then they see nothing from then on', async () => {
    const panel = await invited();
    await take(people[0]!, panel.times[0]!.id);
    const { id } = (await panelNow(staff!, path, panel.id)).interviews[0]!;
    expect((await juror.client.get(`/api/me/interviews/${id}`)).status).toBe(200);
    expect((await staff!.client.delete(`${path}/jurors/${juror.id}`)).status).toBe(204);
    expect((await juror.client.get(`/api/me/interviews/${id}`)).status).toBe(404);
    expect((await juror.client.get('/api/me/interviews')).body.panels).toEqual([]);
    expect((await seenBy(people[0]!))!.with).toEqual(['Aurore Tessier']);
    await eventually(async () => {
      const { members } = await panelNow(staff!, path, panel.id);
      expect(members.map(({ userId }) => userId)).toEqual([staff!.id]);
    });
    const cohort = { _id: new Types.ObjectId(staff!.cohortId!) };
    await world.db.collection('cohorts').updateOne(cohort, { $set: { state: 'closed' } });
    expect((await take(people[0]!, panel.times[1]!.id)).body.code).toBe('cohort_closed');
    expect(await seenBy(people[0]!)).toMatchObject({ times: [], abilities: { choose: false, giveBack: false } });
    expect((await staff!.client.get('/api/me/interviews')).body.panels).toEqual([]);
  });

  it('given somebody of the team applied, then others invite them and read what is noted', async () => {
    world.clock.set('2026-10-20T10:00:00.000Z');
    const { slug, path: own } = (await aCallToTalkAbout(world, staff!, [])).call;
    world.clock.set('2026-10-20T10:00:00.000Z');
    const mine = await anApplicant(world, slug, staff!.email);
    await handsIn(mine);
    world.clock.set(PLANNED_AT);
    const helper = await aMember(world, staff!.cohortId!, 'staff');
    const panel = await aPanel(staff!, own, [helper.id], { place: 'C' });
    expect((await staff!.client.get(`${own}/interviews/files`)).body.items).toMatchObject([{ isOwn: true }]);
    expect((await invites(staff!, own, panel.id, [mine])).body.code).toBe('own_file');
    expect((await invites(helper, own, panel.id, [mine])).body).toEqual({ invited: 1 });
    const [row] = (await panelNow(staff!, own, panel.id)).interviews;
    expect((await staff!.client.get(`${own}/interviews/${row!.id}/notes`)).body.code).toBe('own_file');
    expect((await staff!.client.delete(`${own}/interviews/${row!.id}`)).body.code).toBe('own_file');
    expect((await helper.client.get(`${own}/interviews/${row!.id}/notes`)).body.items).toEqual([]);
  });

  it('given what cannot be, then it says why', async () => {
    const panel = await invited();
    const I = `${path}/interviews`;
    const body = { name: 'X', minutes: 30, place: 'x', phone: '', moveHours: 1, memberIds: [fellow!.id] };
    expect((await staff!.client.post(`${I}/panels`, body)).body.errors).toEqual([
      { field: '/memberIds', code: 'unknown' },
    ]);
    expect((await staff!.client.post(`${I}/panels`, { ...body, minutes: 7 })).status).toBe(422);
    const used = await staff!.client.delete(`${I}/panels/${panel.id}`);
    expect([used.status, used.body.code]).toEqual([409, 'panel_in_use']);
    const unused = await aPanel(staff!, path, [staff!.id], { name: 'Y', place: 'Y', times: { on: '2026-11-27' } });
    expect((await staff!.client.delete(`${I}/panels/${unused.id}`)).status).toBe(204);
    expect(
      await world.db.collection('interview-times').countDocuments({ panelId: new Types.ObjectId(unused.id) }),
    ).toBe(0);
    expect((await staff!.client.get(`${I}/files`)).body.items).toEqual([]);
    const unknown = await staff!.client.post(`${I}/panels/${panel.id}/invitations`, { applicationIds: ['nobody'] });
    expect(unknown.body.errors).toEqual([{ field: '/applicationIds', code: 'unknown' }]);
    expect((await invites(staff!, path, panel.id, people)).body).toEqual({ invited: 0 });
    const past = { on: '2026-11-01', from: '09:00', until: '10:00', pauseMinutes: 0 };
    expect((await staff!.client.post(`${I}/panels/${panel.id}/times`, past)).body.errors).toEqual([
      { field: '/on', code: 'in_the_past' },
    ]);
  });
});
