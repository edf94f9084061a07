import { Types } from 'mongoose';
import { ChannelCopies } from '../../../src/chat/channels/channel-copies.js';
import { Members } from '../../../src/cohorts/members/members.service.js';
import { MINUTE } from '../../../src/common/times/clock.js';
import { MAX_COPIED } from '../../../src/contracts/workshops/workshop-copies.js';
import { LadderService } from '../../../src/reminders/schedule/ladder.service.js';
import { ProgrammeCopies } from '../../../src/workshops/programme/programme-copies.service.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { say } from '../../support/rooms/chat.js';
import { aSeries, aWorkshop, draftOf } from '../../support/rooms/workshops.js';

/** A cohort that begins with what an earlier one has. */
let world: TestWorld;
let from: string;
let C: string;
let lead: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());

beforeEach(async () => {
  world.clock.set(NOW);
  from = await aCohort(world, { name: 'Cohort 7' });
  C = `/api/cohorts/${from}`;
  lead = await aPerson(world, { isAdmin: true, name: 'Aurore Tessier' });
  await join(world, from, lead.id, 'staff');
  fellow = await aMember(world, from, 'fellow');
});

let acts = 0;
const ALL = ['phases', 'milestones', 'rules', 'workshops', 'channels', 'handbook'];
const body = (more: object = {}) => ({
  ...{ name: 'Cohort 8', startsOn: '2027-09-01', timeZone: 'Europe/Paris', kinds: ALL },
  ...{ clientId: `copy-of-tests-${(acts += 1)}`, ...more },
});
const asked = (more: object = {}) => ({ startsOn: '2027-09-01', ...more });
const preview = (more: object = {}, by = lead) => by.client.post(`${C}/copies/preview`, asked(more));
const copy = (more: object = {}, by = lead, node = 0) =>
  by.client.on(world.nodes[node]!.url).post(`${C}/copies`, body(more));
const done = async (answer: Promise<{ status: number; text: string; body: any }>) => {
  const { status, text, body: made } = await answer;
  if (status >= 300) throw new Error(text);
  return made;
};
const rowsIn = (collection: string, cohortId: string) =>
  world.db
    .collection(collection)
    .find({ cohortId: new Types.ObjectId(cohortId) })
    .toArray();
const named = async (name: string) =>
  (await world.db.collection('cohorts').find({ state: 'running' }).toArray()).filter((row) => row.name === name);
const itemsOf = async (cohortId: string, what: string) =>
  (await done(lead.client.get(`/api/cohorts/${cohortId}/${what}`))).items;

/** One of everything, and what never comes along. */
async function fill() {
  const at = (startsAt: string, hours = 2) => ({
    ...{ startsAt, endsAt: new Date(Date.parse(startsAt) + hours * 3_600_000).toISOString() },
  });
  await done(lead.client.post(`${C}/milestones`, { title: 'Demo day', on: '2026-11-11' }));
  await done(lead.client.post(`${C}/milestones`, { title: 'Closing', on: '2027-06-30' }));
  const rung = { kind: 'workshop.7d', on: true, count: 10, channels: ['mail'], text: null };
  await done(lead.client.put(`${C}/reminders/ladder`, { revision: 0, rungs: [rung] }));
  const autumn = await aWorkshop(lead, from, { title: 'Autumn', ...at('2026-11-12T09:00:00.000Z') });
  await fellow.client.put(`${autumn.path}/registration`, {});
  await aWorkshop(lead, from, { title: 'Spring', ...at('2027-03-30T08:00:00.000Z') });
  await done(fellow.client.post(`${C}/workshops`, draftOf({ title: 'Proposed' })));
  const open = await done(lead.client.post(`${C}/channels`, { name: 'books', topic: 'What we read', open: true }));
  await say(lead, open.id, 'Never comes along');
  await done(lead.client.post(`${C}/channels`, { name: 'secret', memberIds: [fellow.id] }));
  const old = await done(lead.client.post(`${C}/channels`, { name: 'closed', open: true }));
  await done(lead.client.patch(`/api/channels/${old.id}`, { archived: true }));
  const { id } = await done(lead.client.post(`${C}/handbook`, { en: { title: 'Agency', body: 'Where.' } }));
  await done(lead.client.post(`${C}/handbook`, { en: { title: 'Desk', body: 'Which.' }, parentId: id }));
  await done(fellow.client.post(`${C}/topics`, { title: 'A question of then', body: 'Why?' }));
}

describe('what would come along', () => {
  it('given a cohort, then counts and the first of each kind, on the days that they would have, and nothing is kept', async () => {
    await fill();
    const before = (await world.db.collection('cohorts').find({ state: 'running' }).toArray()).length;
    const { status, body: shown } = await preview({ withPhases: true });
    expect(status).toBe(200);
    expect(shown).toMatchObject({
      endsOn: '2028-06-30',
      // The 11th of November is a holiday.
      milestones: { count: 2, first: [{ title: 'Demo day', on: '2027-11-12' }, { on: '2028-06-30' }] },
      rules: { count: 1, first: ['workshop'] },
      // A Thursday again, which is that holiday: a week later.
      workshops: {
        count: 2,
        outside: 0,
        left: 0,
        first: [{ title: 'Autumn', startsAt: '2027-11-18T09:00:00.000Z' }, { title: 'Spring' }],
      },
      channels: { count: 1, first: ['books'] },
      handbook: { count: 2, first: ['Agency', 'Desk'] },
    });
    expect(shown.phases.map((one: any) => one.startsOn)).toEqual([
      '2027-09-01',
      '2027-11-01',
      '2028-02-01',
      '2028-05-01',
    ]);
    expect(await world.db.collection('cohorts').find({ state: 'running' }).toArray()).toHaveLength(before);
  });

  it('given the phases are those of the template, then milestones have their place in those; given another country, its holidays', async () => {
    await fill();
    const short = await preview({ withPhases: false, months: 5, country: 'CA' });
    expect(short.body).toMatchObject({
      endsOn: '2028-01-31',
      milestones: { first: [{ on: '2027-10-06' }, { on: '2028-01-31' }] },
      // Spring is in March.
      workshops: { count: 2, outside: 1, left: 0 },
    });
    expect((await preview({ country: 'CA' })).body.workshops.first[0].startsAt).toBe('2027-11-11T09:00:00.000Z');
  });

  it('given a first day of the past, then workshops whose new date is past are counted as left', async () => {
    await fill();
    expect((await preview({ startsOn: '2025-09-01' })).body.workshops).toEqual({
      count: 0,
      outside: 0,
      left: 2,
      first: [],
    });
  });

  it('given a workshop on the first day, then it is told that 52 weeks later it lies before the new one', async () => {
    const { id } = await aWorkshop(lead, from);
    const [startsAt, endsAt] = ['2026-09-01T08:00:00.000Z', '2026-09-01T10:00:00.000Z'].map((at) => new Date(at));
    await world.db.collection('workshops').updateOne({ _id: new Types.ObjectId(id) }, { $set: { startsAt, endsAt } });
    expect((await preview()).body.workshops).toMatchObject({
      ...{ count: 1, outside: 1, left: 0 },
      first: [{ startsAt: '2027-08-31T08:00:00.000Z' }],
    });
  });

  it('given an empty cohort, then there is nothing', async () => {
    const nothing = { count: 0, first: [] };
    expect((await preview()).body).toMatchObject({
      ...{ milestones: nothing, rules: nothing, channels: nothing, handbook: nothing },
      workshops: { ...nothing, outside: 0, left: 0 },
    });
  });
});

describe('a copy of a cohort', () => {
  it('given all of it, then each kind is there, and nobody and nothing that was said', async () => {
    await fill();
    const made = await done(copy());
    expect(made).toMatchObject({
      ...{
        name: 'Cohort 8',
        startsOn: '2027-09-01',
        endsOn: '2028-06-30',
        state: 'running',
        country: 'FR',
        locale: 'fr',
      },
      ...{ counts: { fellows: 0, staff: 1 }, meeting: { kind: 'none' } },
    });
    await world.settled();
    expect((await itemsOf(made.id, 'milestones')).map(({ title, on }: any) => `${title} ${on}`)).toEqual([
      'Demo day 2027-11-12',
      'Closing 2028-06-30',
    ]);
    const ladder = await done(lead.client.get(`/api/cohorts/${made.id}/reminders/ladder`));
    expect(ladder).toMatchObject({ revision: 1, changedBy: { name: 'Aurore Tessier' } });
    expect(ladder.rungs[0]).toMatchObject({ kind: 'workshop.7d', count: 10, channels: ['mail'], isChanged: true });
    const drafts = await rowsIn('workshops', made.id);
    expect(drafts.map(({ title, status, startsAt }) => `${title} ${status} ${startsAt.toISOString()}`).sort()).toEqual([
      'Autumn draft 2027-11-18T09:00:00.000Z',
      'Spring draft 2028-03-28T08:00:00.000Z',
    ]);
    expect(
      await world.db.collection('registrations').countDocuments({ workshopId: { $in: drafts.map(({ _id }) => _id) } }),
    ).toBe(0);
    const channels = (await rowsIn('channels', made.id)).filter(({ kind }) => kind !== 'cohort' && kind !== 'help');
    expect(channels).toMatchObject([{ kind: 'open', name: 'books', topic: 'What we read', headSeq: 0, last: null }]);
    const pages = await itemsOf(made.id, 'handbook');
    expect(pages.map(({ title }: any) => title.en)).toEqual(['Agency', 'Desk']);
    expect(await rowsIn('topics', made.id)).toEqual([]);
    // Who comes finds the channel, and may join it.
    const newcomer = await aMember(world, made.id, 'fellow');
    const [entry] = (await newcomer.client.get(`/api/cohorts/${made.id}/channels/browse?q=books`)).body.items;
    expect(entry).toMatchObject({ name: 'books', people: 0, mayJoin: true });
    expect((await newcomer.client.put(`/api/channels/${entry.id}/members/me`)).status).toBeLessThan(300);
    expect(await itemsOf(from, 'milestones')).toHaveLength(2);
  });

  it('given some of it, then no other kind comes, and phases and milestones are those of the template', async () => {
    await fill();
    const made = await done(copy({ kinds: ['channels'], months: 5 }));
    await world.settled();
    expect(made.endsOn).toBe('2028-01-31');
    expect((await itemsOf(made.id, 'milestones')).map(({ titleKey }: any) => titleKey)).toContain('welcome');
    expect((await rowsIn('channels', made.id)).map(({ name }) => name)).toContain('books');
    expect([await rowsIn('workshops', made.id), await itemsOf(made.id, 'handbook')]).toEqual([[], []]);
    expect((await done(lead.client.get(`/api/cohorts/${made.id}/reminders/ladder`))).revision).toBe(0);
  });

  it('given the phases alone, then the milestones of the template lie in them', async () => {
    const phases = (await done(lead.client.get(C))).phases;
    phases[0].name = 'Explore';
    await done(lead.client.patch(C, { phases }));
    const made = await done(copy({ kinds: ['phases'] }));
    expect([made.phases[0].name, made.endsOn]).toEqual(['Explore', '2028-06-30']);
    const milestones = await itemsOf(made.id, 'milestones');
    expect([milestones.length, milestones[0].on, milestones.at(-1).on]).toEqual([12, '2027-09-01', '2028-06-30']);
  });

  it('given it is sent twice, one after the other and at once on two processes, then there is one cohort, with all of it once', async () => {
    await fill();
    const clientId = 'the-same-copy-twice';
    const answers = await Promise.all([0, 1, 0, 1].map((node) => copy({ clientId, name: 'Once' }, lead, node)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const again = await copy({ clientId, name: 'Once' });
    expect(new Set([...answers, again].map(({ body: { id } }) => id)).size).toBe(1);
    await world.settled();
    expect(await named('Once')).toHaveLength(1);
    const { id } = again.body;
    const open = (await rowsIn('channels', id)).filter(({ kind }) => kind === 'open');
    expect([open.length, (await rowsIn('workshops', id)).length, (await itemsOf(id, 'handbook')).length]).toEqual([
      1, 2, 2,
    ]);
    expect(await itemsOf(id, 'milestones')).toHaveLength(2);
    // Another act of the same person is another cohort.
    expect((await done(copy({ name: 'Once' }))).id).not.toBe(id);
  });

  it('given the process dies right after it, then another one brings what is to come along', async () => {
    await fill();
    const made = await killedAfter(world, () => done(copy()));
    expect(await rowsIn('workshops', made.id)).toEqual([]);
    await followOutbox(world);
    const open = (await rowsIn('channels', made.id)).filter(({ kind }) => kind === 'open');
    expect([
      open.length,
      (await rowsIn('workshops', made.id)).length,
      (await itemsOf(made.id, 'handbook')).length,
    ]).toEqual([1, 2, 2]);
    expect((await done(lead.client.get(`/api/cohorts/${made.id}/reminders/ladder`))).revision).toBe(1);
  });

  it('given one kind fails, then the others are there, and it follows later', async () => {
    await fill();
    jest.spyOn(ProgrammeCopies.prototype, 'copy').mockRejectedValueOnce(new Error('the database is away'));
    const made = await done(copy());
    await world.settled();
    expect([(await rowsIn('workshops', made.id)).length, (await itemsOf(made.id, 'handbook')).length]).toEqual([0, 2]);
    world.clock.advance(MINUTE);
    await followOutbox(world);
    expect(await rowsIn('workshops', made.id)).toHaveLength(2);
    expect(await itemsOf(made.id, 'handbook')).toHaveLength(2);
  });

  it('given who made it leaves the old team before it came along, then nothing more of it is read', async () => {
    await fill();
    await aMember(world, from, 'staff');
    const made = await killedAfter(world, () => done(copy()));
    await done(lead.client.delete(`${C}/members/${lead.id}`).then((answer) => ({ ...answer, text: answer.text })));
    await followOutbox(world);
    expect([await rowsIn('workshops', made.id), await itemsOf(made.id, 'handbook')]).toEqual([[], []]);
    expect((await rowsIn('channels', made.id)).filter(({ kind }) => kind === 'open')).toEqual([]);
    expect((await done(lead.client.get(`/api/cohorts/${made.id}/reminders/ladder`))).revision).toBe(0);
  });

  it('given the new cohort is closed as its rules and channels are about to be written, then neither is, and nothing waits any more', async () => {
    await fill();
    const made = await killedAfter(world, () => done(copy()));
    const actor = await world.app
      .get(Members)
      .actorIn({ userId: lead.id, loginId: '', isAdmin: false }, made.id as string);
    await done(lead.client.post(`/api/cohorts/${made.id}/close`));
    // Both were seen to run.
    const [rules, channels] = [world.app.get(LadderService), world.app.get(ChannelCopies)];
    await expect(rules.copy(actor!, from)).rejects.toMatchObject({ code: 'cohort_closed' });
    await expect(channels.copy(from, { cohortId: made.id, byId: lead.id })).rejects.toMatchObject({
      code: 'cohort_closed',
    });
    await followOutbox(world);
    expect((await rowsIn('channels', made.id)).filter(({ kind }) => kind === 'open')).toEqual([]);
    expect((await done(lead.client.get(`/api/cohorts/${made.id}/reminders/ladder`))).revision).toBe(0);
  });

  it('given a fellow is the first who comes into a channel that was copied, then it is not theirs, but for staff to change', async () => {
    await fill();
    const made = await done(copy({ kinds: ['channels'] }));
    await world.settled();
    const channel = (await rowsIn('channels', made.id)).find(({ kind }) => kind === 'open');
    const path = `/api/channels/${String(channel!._id)}`;
    const [first, second] = [await aMember(world, made.id, 'fellow'), await aMember(world, made.id, 'fellow')];
    for (const one of [first, second, lead])
      expect((await one.client.put(`${path}/members/me`)).status).toBeLessThan(300);
    const may = async (one: TestPerson) => (await done(one.client.get(path))).abilities;
    const all = { send: true, addMembers: true, leave: true };
    for (const one of [first, second])
      expect(await may(one)).toMatchObject({ ...all, edit: false, archive: false, export: false });
    expect(await may(lead)).toMatchObject({ ...all, edit: true, archive: true, export: true });
    for (const change of [{ name: 'mine' }, { topic: 'Mine' }, { archived: true }])
      expect((await first.client.patch(path, change)).status).toBe(403);
    expect((await first.client.delete(`${path}/members/${second.id}`)).status).toBe(403);
    // Also once who copied it is out again.
    expect((await lead.client.delete(`${path}/members/me`)).status).toBeLessThan(300);
    expect(await may(first)).toMatchObject({ edit: false, archive: false, export: false });
  });

  it('given no zone, language or country, then they are those of the cohort that it is like', async () => {
    from = await aCohort(world, { timeZone: 'America/Toronto', country: 'CA' });
    C = `/api/cohorts/${from}`;
    await join(world, from, lead.id, 'staff');
    expect(await done(copy({ timeZone: undefined }))).toMatchObject({
      ...{ timeZone: 'America/Toronto', locale: 'fr', country: 'CA' },
    });
    expect(await done(copy({ locale: 'en', country: 'FR' }))).toMatchObject({
      ...{ timeZone: 'Europe/Paris', locale: 'en', country: 'FR' },
    });
  });

  it('given it was made, then it is answered again also when by now there are more workshops than can be copied', async () => {
    await fill();
    const clientId = 'too-many-meanwhile';
    const made = await done(copy({ clientId }));
    await world.settled();
    const workshops = world.db.collection('workshops');
    const cohortId = new Types.ObjectId(from);
    const { _id, ...autumn } = (await workshops.findOne({ cohortId, title: 'Autumn' }))!;
    await workshops.insertMany(Array.from({ length: MAX_COPIED }, () => ({ ...autumn, _id: new Types.ObjectId() })));
    expect((await done(copy({ clientId }))).id).toBe(made.id);
    expect((await copy()).body).toMatchObject({ status: 409, code: 'too_many_workshops', most: MAX_COPIED });
    expect((await copy({ kinds: ['handbook'] })).status).toBe(201);
    await workshops.deleteMany({ cohortId, title: 'Autumn', _id: { $ne: _id } });
  });

  it('given a kind is named twice, then it comes along once', async () => {
    await fill();
    const made = await killedAfter(world, () => done(copy({ kinds: ['channels', 'handbook', 'channels'] })));
    const waiting = await world.db.collection('outbox').find().toArray();
    expect(waiting.find(({ kind, fact }) => kind === 'cohort.copied' && fact.cohortId === made.id)?.fact.kinds).toEqual(
      ['channels', 'handbook'],
    );
    await followOutbox(world);
    expect(await itemsOf(made.id, 'handbook')).toHaveLength(2);
  });

  it('given a series and a cohort that is closed, then it comes as a series', async () => {
    await aSeries(lead, from);
    await done(lead.client.post(`${C}/close`));
    const made = await done(copy({ kinds: ['workshops'] }));
    await world.settled();
    const drafts = await rowsIn('workshops', made.id);
    expect(drafts.length).toBeGreaterThan(8);
    expect(new Set(drafts.map(({ seriesId }) => String(seriesId))).size).toBe(1);
  });

  it.each([
    [{ kinds: [] }, '/kinds', 'too_small'],
    [{ kinds: ['messages'] }, '/kinds/0', 'not_allowed'],
    [{ kinds: [...ALL, 'phases'] }, '/kinds', 'too_big'],
    [{ startsOn: '2027-02-30' }, '/startsOn', 'wrong_format'],
    [{ startsOn: '9999-01-01' }, '/startsOn', 'out_of_range'],
    // It would end after the last day that a cohort can have.
    [{ startsOn: '2099-09-01' }, '/startsOn', 'out_of_range'],
    [{ name: ' ' }, '/name', 'too_small'],
    [{ clientId: 'x' }, '/clientId', 'wrong_format'],
    [{ asTeam: false }, '/asTeam', 'unknown_field'],
  ])('given %j, then 422 names %s', async (wrong, field, code) => {
    const answer = await copy(wrong);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field, code })]));
  });

  it('is for admins who are of the team of that cohort, and for nobody else', async () => {
    await fill();
    const tries = async (by: TestPerson) => [
      (await preview({}, by)).status,
      (await copy({ name: 'Refused' }, by)).status,
    ];
    // Of its team, but makes no cohorts.
    expect(await tries(await aMember(world, from, 'staff'))).toEqual([403, 403]);
    for (const role of ['fellow', 'coach', 'host'] as const)
      expect(await tries(await aMember(world, from, role, { isAdmin: true }))).toEqual([403, 403]);
    // Makes cohorts, but is not of its team: what is in it is not theirs to read.
    expect(await tries(await aPerson(world, { isAdmin: true }))).toEqual([404, 404]);
    const elsewhere = await aPerson(world, { isAdmin: true });
    await join(world, await aCohort(world), elsewhere.id, 'staff');
    expect(await tries(elsewhere)).toEqual([404, 404]);
    const nobody = clientOf(world.url);
    expect((await nobody.post(`${C}/copies/preview`, asked())).status).toBe(401);
    expect((await nobody.post(`${C}/copies`, body())).status).toBe(401);
    // Whose right was taken a moment ago.
    await world.db.collection('users').updateOne({ _id: new Types.ObjectId(lead.id) }, { $unset: { isAdmin: 1 } });
    expect((await copy({ name: 'Refused' })).status).toBe(403);
    expect(await named('Refused')).toEqual([]);
  });
});
