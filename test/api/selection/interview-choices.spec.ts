import { Types } from 'mongoose';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { handOver } from '../../support/deliveries-turn.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { readIcs } from '../../support/ics.js';
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
  helper = await aMember(world, cohortId, 'staff', { name: 'Karim Haddad' });
  const made = await aCallToTalkAbout(world, staff, ['Salomé Payet', 'Idris Bah']);
  ({ people } = made);
  ({ path } = made.call);
});

const take = (one: TestApplicant, timeId: string, node = 0) =>
  one.client.on(world.nodes[node]!.url).put(`${one.path}/interview/time`, { timeId });
const giveBack = (one: TestApplicant) => one.client.delete(`${one.path}/interview/time`);
const calendarIn = (mail: any): string =>
  mail.attachments.find(({ contentType }: any) => /calendar/.test(contentType)).content.toString();
const after = (minutes: number) => new Date(Date.parse(PLANNED_AT) + minutes * 60_000).toISOString();
const words = { en: 'Dear {name}.', fr: 'Bonjour {name}.' };
const declines = (who: TestPerson, call: string, { id }: TestApplicant) =>
  who.client.post(`${call}/decisions`, { applicationIds: [id], decision: 'declined', words });
/** What is due by an instant is done. */
async function at(instant: string): Promise<void> {
  await handOver(world, 'interview');
  world.clock.set(instant);
  for (const { app } of world.nodes) await app.get(Outbox).turn();
  await handOver(world, 'interview');
}
/** A call whose only file is that of a person, who may be of the team. */
async function aCallOf(email: string): Promise<{ own: string; mine: TestApplicant }> {
  const { slug, path: own } = (await aCallToTalkAbout(world, staff!, [])).call;
  world.clock.set(WHILE_OPEN);
  // In French: the mails before are not.
  const mine = await anApplicant(world, slug, email, 'fr');
  await handsIn(mine, { ...ANSWERS, name: 'Salomé Payet' });
  world.clock.set(PLANNED_AT);
  return { own, mine };
}

describe('who is declined', () => {
  it('given a decline is told, then the time is free, and both calendars hear it; before that nobody does', async () => {
    const panel = await aPanel(staff!, path, [helper!.id]);
    await invites(staff!, path, panel.id, people);
    await take(people[0]!, panel.times[0]!.id);
    expect((await declines(staff!, path, people[0]!)).body).toMatchObject({ decided: 1 });
    const taken = async () => (await panelNow(staff!, path, panel.id)).times.filter(({ interviewId }) => interviewId);
    await at(after(59));
    expect(await taken()).toHaveLength(1);
    expect(await seenBy(people[0]!)).toMatchObject({ startsAt: panel.times[0]!.startsAt });
    await at(after(61));
    await eventually(async () => expect(await taken()).toEqual([]));
    const off = await mailTo(world, people[0]!.email, 'Your interview does not take place');
    expect(readIcs(calendarIn(off)).method).toBe('CANCEL');
    const freed = await mailTo(world, helper!.email, 'No interview with Salomé Payet');
    expect(readIcs(calendarIn(freed)).method).toBe('CANCEL');
    expect(await seenBy(people[0]!)).toBeNull();
    expect((await panelNow(staff!, path, panel.id)).interviews.map(({ state }) => state)).toContain('ended');
    // The time is for others.
    expect((await take(people[1]!, panel.times[0]!.id)).status).toBe(200);
    // Nobody asks who is declined to choose another one.
    await at('2026-11-06T10:00:00.000Z');
    const asked = { kind: 'interview', of: new Types.ObjectId(people[0]!.id), 'about.kind': 'to-choose' };
    const letters = await world.db.collection('deliveries').find(asked).toArray();
    expect(letters.map(({ state }) => state)).toEqual(['skipped', 'skipped']);
    world.clock.set(PLANNED_AT);
  });

  it('given they choose at the instant at which the decline is told, then the time stays free', async () => {
    const panel = await aPanel(staff!, path, [helper!.id]);
    await invites(staff!, path, panel.id, people);
    await declines(staff!, path, people[0]!);
    const taken = async () => (await panelNow(staff!, path, panel.id)).times.filter(({ interviewId }) => interviewId);
    await at(after(59));
    const told = beforeItIsWritten(world, () => at(after(61)));
    expect((await take(people[0]!, panel.times[0]!.id)).status).toBe(404);
    expect([told(), await taken()]).toEqual([true, []]);
    world.clock.set(PLANNED_AT);
  });

  it('given they choose on one process as it is told on another, again and again, then the time is free in the end', async () => {
    const panel = await aPanel(staff!, path, [helper!.id]);
    await invites(staff!, path, panel.id, people);
    const taken = async () => (await panelNow(staff!, path, panel.id)).times.filter(({ interviewId }) => interviewId);
    for (const [round, one] of people.entries()) {
      await declines(staff!, path, one);
      await at(after(59));
      const told = [take(one, panel.times[round]!.id), at(after(61))];
      await Promise.all(told);
      await at(after(62));
      await eventually(async () => expect(await taken()).toEqual([]));
      world.clock.set(PLANNED_AT);
    }
  });

  it('given they have not chosen, then the panel counts them until the decline is told', async () => {
    const panel = await aPanel(staff!, path, [helper!.id]);
    await invites(staff!, path, panel.id, people);
    const waiting = async () => {
      const { panels } = (await helper!.client.get('/api/me/interviews')).body;
      return panels.find(({ id }: { id: string }) => id === panel.id).waiting;
    };
    await declines(staff!, path, people[0]!);
    expect(await waiting()).toBe(2);
    await at(after(61));
    expect(await waiting()).toBe(1);
    world.clock.set(PLANNED_AT);
  });

  it('given a decline is undone within the hour, then nothing follows', async () => {
    const panel = await aPanel(staff!, path, [helper!.id]);
    await invites(staff!, path, panel.id, people);
    await take(people[0]!, panel.times[0]!.id);
    await declines(staff!, path, people[0]!);
    const undone = await staff!.client.delete(`${path}/decisions`, { applicationIds: [people[0]!.id] });
    expect(undone.body).toEqual({ undone: 1 });
    await at(after(61));
    for (const { app } of world.nodes) await app.get(Outbox).settled();
    expect(await seenBy(people[0]!)).toMatchObject({ startsAt: panel.times[0]!.startsAt });
    world.clock.set(PLANNED_AT);
  });
});

describe('somebody of the team who applied', () => {
  it('given they are declined, then they see nothing of it before it is told', async () => {
    const { own, mine } = await aCallOf(staff!.email);
    const files = async (who: TestPerson) => (await who.client.get(`${own}/interviews/files`)).body.items;
    await declines(helper!, own, mine);
    expect([await files(helper!), (await files(staff!)).length]).toEqual([[], 1]);
    await helper!.client.delete(`${own}/decisions`, { applicationIds: [mine.id] });
    const panel = await aPanel(helper!, own, [helper!.id], { place: 'C' });
    await invites(helper!, own, panel.id, [mine]);
    await take(mine, panel.times[0]!.id);
    const [row] = (await panelNow(helper!, own, panel.id)).interviews;
    const note = { revision: 0, text: 'Clear.', verdict: 'yes', submit: true };
    expect((await helper!.client.put(`/api/me/interviews/${row!.id}/note`, note)).status).toBe(200);
    await declines(helper!, own, mine);
    const states = async () =>
      await Promise.all(
        [helper!, staff!].map(async (who) =>
          (await panelNow(who, own, panel.id)).interviews.map(({ state, handedIn, verdicts: { yes } }) => [
            state,
            handedIn,
            yes,
          ]),
        ),
      );
    expect(await states()).toEqual([[['ended', 1, 1]], [['chosen', 0, 0]]]);
    await at(after(61));
    expect(await states()).toEqual([[['ended', 1, 1]], [['ended', 0, 0]]]);
    world.clock.set(PLANNED_AT);
  });

  it('given they applied, then others choose who talks to them, and remind them', async () => {
    const { own, mine } = await aCallOf(staff!.email);
    const panel = await aPanel(helper!, own, [helper!.id], { place: 'C' });
    await invites(helper!, own, panel.id, [mine]);
    const third = await aMember(world, staff!.cohortId!, 'staff');
    const put = (who: TestPerson, body: Record<string, unknown>) =>
      who.client.patch(`${own}/interviews/panels/${panel.id}`, { revision: panel.revision, ...body });
    const refused = await put(staff!, { memberIds: [third.id] });
    expect([refused.status, refused.body.code]).toEqual([409, 'own_file']);
    expect((await put(helper!, { memberIds: [third.id] })).status).toBe(200);
    world.clock.set(after(120));
    const remind = async (who: TestPerson) =>
      (await who.client.post(`${own}/interviews/panels/${panel.id}/remind`)).body.reminded;
    expect([await remind(staff!), await remind(helper!)]).toEqual([0, 1]);
    world.clock.set(PLANNED_AT);
  });
});

describe('who chooses', () => {
  it('given they applied to two calls, then they do not talk to two panels at once', async () => {
    const { own, mine } = await aCallOf(people[0]!.email);
    const [one, other] = [
      await aPanel(staff!, path, [staff!.id]),
      await aPanel(staff!, own, [helper!.id], { place: 'C', times: { from: '09:10' } }),
    ];
    await invites(staff!, path, one.id, people);
    await invites(staff!, own, other.id, [mine]);
    // At once, on two processes: 09:00 to 09:30 with one, 09:10 to 09:40 with the other.
    const answers = await Promise.all([take(people[0]!, one.times[0]!.id, 0), take(mine, other.times[0]!.id, 1)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('you_are_busy');
    const times = [...(await panelNow(staff!, path, one.id)).times, ...(await panelNow(staff!, own, other.id)).times];
    expect(times.filter(({ interviewId }) => interviewId)).toHaveLength(1);
    const [late, panel] = answers[0].status === 409 ? [people[0]!, one] : [mine, other];
    expect((await take(late, panel.times[3]!.id)).status).toBe(200);
    // Whoever else has the time of the first.
    expect((await take(people[1]!, one.times[1]!.id)).status).toBe(200);
  });

  it('given a time that cannot be moved any more, then its letter says so', async () => {
    const panel = await aPanel(staff!, path, [staff!.id]);
    await invites(staff!, path, panel.id, people);
    await take(people[0]!, panel.times[0]!.id);
    expect((await mailTo(world, people[0]!.email, 'Your interview: ')).text).toContain('or give it back, until');
    await at('2026-11-22T19:00:00.000Z');
    expect((await take(people[1]!, panel.times[1]!.id)).status).toBe(200);
    const { text } = await mailTo(world, people[1]!.email, 'Votre entretien\u00a0: ');
    expect(text).toContain('Il ne peut plus être déplacé');
    expect(text).not.toContain('jusqu’au');
    world.clock.set(PLANNED_AT);
  });

  it('given they move it again and again, then it stays after ten times', async () => {
    const panel = await aPanel(staff!, path, [staff!.id]);
    await invites(staff!, path, panel.id, people);
    await take(people[0]!, panel.times[0]!.id);
    // Who gives it back and chooses again has moved it.
    expect((await giveBack(people[0]!)).status).toBe(200);
    for (let move = 1; move <= 10; move += 1) {
      const moved = await take(people[0]!, panel.times[move % 4]!.id);
      expect([moved.status, moved.body.interview.abilities.choose]).toEqual([200, move < 10]);
    }
    const more = [await take(people[0]!, panel.times[0]!.id), await giveBack(people[0]!)];
    expect(more.map(({ body }) => body.code)).toEqual(['too_many_moves', 'too_many_moves']);
    expect((await panelNow(staff!, path, panel.id)).interviews[0]).toMatchObject({ moves: 10, state: 'chosen' });
  });

  it('given they lost their time, or gave it back, then they are reminded to choose another', async () => {
    const panel = await aPanel(staff!, path, [staff!.id]);
    await invites(staff!, path, panel.id, people);
    for (const [index, one] of people.entries()) await take(one, panel.times[index]!.id);
    expect((await giveBack(people[0]!)).status).toBe(200);
    expect((await staff!.client.delete(`${path}/interviews/times/${panel.times[1]!.id}`)).status).toBe(204);
    const remind = async () => (await staff!.client.post(`${path}/interviews/panels/${panel.id}/remind`)).body.reminded;
    expect(await remind()).toBe(0);
    await at('2026-11-05T10:00:01.000Z');
    await mailTo(world, people[0]!.email, 'Your interview has no time yet');
    await mailTo(world, people[1]!.email, 'n’a pas encore d’horaire');
    // Staff need not, for an hour.
    expect(await remind()).toBe(0);
    await at('2026-11-05T11:30:00.000Z');
    expect(await remind()).toBe(2);
    world.clock.set(PLANNED_AT);
  });

  it('given no time is free, then nobody is invited', async () => {
    const panel = await aPanel(staff!, path, [staff!.id], { times: null });
    const refused = await invites(staff!, path, panel.id, people);
    expect([refused.status, refused.body.code]).toEqual([409, 'no_times']);
  });

  it('given an entry for their calendar, then it does not open their file', async () => {
    const panel = await aPanel(staff!, path, [staff!.id]);
    await invites(staff!, path, panel.id, people);
    await take(people[0]!, panel.times[0]!.id);
    const mail = await mailTo(world, people[0]!.email, 'Your interview: ');
    expect(mail.text).toContain('/application/');
    const [entry] = readIcs(calendarIn(mail)).events;
    expect(calendarIn(mail).replace(/\r\n /g, '')).not.toContain('/application/');
    expect(entry!.property('url')).toMatch(/\/calls\/[^/]+$/);
  });

  it('given staff and panels act on an interview, then the file says who did what', async () => {
    const panel = await aPanel(staff!, path, [helper!.id]);
    await invites(staff!, path, panel.id, people);
    await take(people[0]!, panel.times[0]!.id);
    expect((await helper!.client.delete(`/api/me/interviews/times/${panel.times[0]!.id}`)).status).toBe(204);
    const [row] = (await panelNow(staff!, path, panel.id)).interviews;
    expect((await staff!.client.delete(`${path}/interviews/${row!.id}`)).status).toBe(204);
    const { acts } = (await staff!.client.get(`${path}/applications/${people[0]!.id}`)).body;
    expect(acts.map(({ act, by }: any) => [act, by.name])).toEqual([
      ['interview-invited', 'Aurore Tessier'],
      ['interview-freed', 'Karim Haddad'],
      ['interview-off', 'Aurore Tessier'],
    ]);
  });
});
