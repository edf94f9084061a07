import type { ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { ChannelMembershipSync } from '../../../src/chat/channels/channel-membership-sync.js';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { Nights } from '../../../src/cohorts/nights/nights.js';
import { ProjectsRepository } from '../../../src/cohorts/projects/projects.repository.js';
import { MINUTE } from '../../../src/common/times/clock.js';
import { idOf, newId } from '../../../src/infra/mongo/ids.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';
import { aCohort, aMember, aPerson, join, type TestPerson } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';

let world: TestWorld;
let cohortId: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
});

async function aProject(name: string, coachId: string | null): Promise<string> {
  const _id = newId();
  await world.app.get(ProjectsRepository).insert({
    _id,
    cohortId: idOf(cohortId),
    name,
    agency: 'Agency',
    summary: '',
    hostIds: [],
    coachId: coachId ? idOf(coachId) : null,
    createdAt: world.clock.now(),
  });
  return String(_id);
}

const names = async (person: TestPerson) =>
  ((await person.client.get('/api/channels')).body.items as ChannelSummary[]).map((one) => one.name);

describe('channels kept by membership', () => {
  it('given a team with a coach, then the fellows and the coach have its room, and the host has not', async () => {
    const coach = await aMember(world, cohortId, 'coach');
    const projectId = await aProject('Permis Clair', coach.id);
    const fellow = await aMember(world, cohortId, 'fellow', { projectId });
    const host = await aMember(world, cohortId, 'host', { projectId });
    expect(await names(fellow)).toContain('équipe-permis-clair');
    expect(await names(coach)).toContain('équipe-permis-clair');
    expect(await names(host)).toEqual(['cohort-7', 'general-help']);
    expect((await channelOf(fellow, 'team')).isPrivate).toBe(true);
  });

  it('given a fellow who changes the team, then the rooms follow', async () => {
    const [first, second] = [await aProject('First', null), await aProject('Second', null)];
    const fellow = await aMember(world, cohortId, 'fellow', { projectId: first });
    const staff = await aMember(world, cohortId, 'staff');
    await staff.client.patch(`/api/cohorts/${cohortId}/members/${fellow.id}`, { projectId: second });
    await world.settled();
    expect(await names(fellow)).toEqual(['cohort-7', 'general-help', 'équipe-second']);
  });

  it('given a person who changes their craft, then they are in the other craft’s channel', async () => {
    const fellow = await aMember(world, cohortId, 'fellow', { craft: 'data' });
    await fellow.client.patch('/api/me', { craft: 'designer' });
    await world.settled();
    expect(await names(fellow)).toEqual(['cohort-7', 'general-help', 'craft-designer']);
  });

  it('given the process dies right after who left, came or took another craft, then another one follows', async () => {
    const [staff, leaver, painter] = [
      await aMember(world, cohortId, 'staff'),
      await aMember(world, cohortId, 'fellow'),
      await aMember(world, cohortId, 'fellow', { craft: 'data' }),
    ];
    const { id: everybody } = await channelOf(leaver, 'cohort');
    const byHand = await aPrivateChannel(leaver, cohortId, [painter]);
    const newcomer = await killedAfter(world, async () => {
      await staff.client.delete(`/api/cohorts/${cohortId}/members/${leaver.id}`);
      await painter.client.patch('/api/me', { craft: 'designer' });
      return await aMember(world, cohortId, 'fellow');
    });
    expect(await names(newcomer)).toEqual([]);
    // Who left is in the channel still, and reads nothing of it all the same.
    for (const more of ['', '/messages', '/pins'])
      expect((await leaver.client.get(`/api/channels/${everybody}${more}`)).status).toBe(404);
    await followOutbox(world);
    expect(await names(newcomer)).toEqual(['cohort-7', 'general-help']);
    expect(await names(leaver)).toEqual([]);
    expect(await world.db.collection('channel-members').countDocuments({ userId: idOf(leaver.id) })).toBe(0);
    expect((await names(painter)).filter((name) => name !== 'a-private-channel')).toContain('craft-designer');
    expect((await painter.client.get(`/api/channels/${byHand}`)).body.members).toHaveLength(1);
  });

  it('given who left is back before that is followed once more, then they keep what they were let into meanwhile', async () => {
    const [staff, back] = [await aMember(world, cohortId, 'staff'), await aMember(world, cohortId, 'fellow')];
    await staff.client.delete(`/api/cohorts/${cohortId}/members/${back.id}`);
    await world.settled();
    await join(world, cohortId, back.id, 'fellow');
    const byHand = await aPrivateChannel(staff, cohortId, [back]);
    world.clock.advance(MINUTE);
    await followOutbox(world);
    expect((await back.client.get(`/api/channels/${byHand}`)).status).toBe(200);
  });

  it('given the process dies right after a new project, another coach, a new name or the end of a cohort, then another one follows', async () => {
    const [first, second] = [await aMember(world, cohortId, 'coach'), await aMember(world, cohortId, 'coach')];
    const staff = await aMember(world, cohortId, 'staff');
    const ended = await aCohort(world);
    const alumnus = await aMember(world, ended, 'fellow');
    const theirs = await aMember(world, ended, 'staff');
    const projects = `/api/cohorts/${cohortId}/projects`;
    const { id } = await killedAfter(world, async () => {
      expect((await theirs.client.post(`/api/cohorts/${ended}/close`)).status).toBeLessThan(300);
      expect((await staff.client.patch(`/api/cohorts/${cohortId}`, { name: 'Renamed' })).status).toBe(200);
      return (await staff.client.post(projects, { name: 'Clear Permits', agency: 'A', coachId: first.id })).body;
    });
    await followOutbox(world);
    expect(await names(first)).toEqual(expect.arrayContaining(['équipe-clear-permits', 'renamed']));
    expect((await channelOf(alumnus, 'cohort')).archived).toBe(true);

    await killedAfter(world, () => staff.client.patch(`${projects}/${id}`, { coachId: second.id }));
    await followOutbox(world);
    expect(await names(second)).toContain('équipe-clear-permits');
    expect(await names(first)).not.toContain('équipe-clear-permits');
  });

  it('given a cohort that is made, and the process dies, then another one makes its channels', async () => {
    const admin = await aPerson(world, { isAdmin: true });
    const made = { name: 'Made', startsOn: '2026-09-01', timeZone: 'Europe/Paris', asTeam: true };
    const { body } = await killedAfter(world, () => admin.client.post('/api/cohorts', made));
    await followOutbox(world);
    const kinds = await world.db
      .collection('channels')
      .find({ cohortId: idOf(body.id) })
      .toArray();
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(['cohort', 'help']);
  });

  it('given what an older version left, which no fact says, then the night finds it', async () => {
    const coach = await aMember(world, cohortId, 'coach');
    await aProject('Of Before', coach.id);
    world.clock.advance(MINUTE);
    for (const { app } of world.nodes) app.get(Nights).onApplicationBootstrap();
    await Promise.all(world.nodes.map(({ app }) => app.get(Nights).turn()));
    expect(await names(coach)).toContain('équipe-of-before');
  });

  it('given a cohort that is closed, then its channels are read only, and alumni keep all but the team room', async () => {
    const coach = await aMember(world, cohortId, 'coach');
    const projectId = await aProject('Ends', coach.id);
    const fellow = await aMember(world, cohortId, 'fellow', { projectId });
    const byHand = await aPrivateChannel(fellow, cohortId, [coach]);
    const { id: directId } = (await fellow.client.post('/api/direct', { userIds: [coach.id] })).body;
    const staff = await aMember(world, cohortId, 'staff');
    expect((await staff.client.post(`/api/cohorts/${cohortId}/close`)).status).toBeLessThan(300);
    await world.settled();
    const kinds = ((await fellow.client.get('/api/channels')).body.items as ChannelSummary[]).map((one) => [
      one.kind,
      one.archived,
    ]);
    expect(kinds).toEqual([
      ['cohort', true],
      ['help', true],
      ['private', true],
      ['direct', false],
    ]);
    const refused = await fellow.client.post(`/api/channels/${byHand}/messages`, {
      clientId: 'after-the-end',
      body: 'x',
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'channel_archived']);
    await say(fellow, directId, 'still here');
  });

  it('given an event that died with its process, then a later look finds what is missing and who is too many', async () => {
    const fellow = await aMember(world, cohortId, 'fellow');
    const { id } = await channelOf(fellow, 'cohort');
    const silent = await aMember(world, cohortId, 'fellow');
    await world.db.collection('channel-members').deleteMany({ userId: idOf(silent.id) });
    await world.db
      .collection('channel-members')
      .insertOne({ channelId: idOf(id), cohortId: idOf(cohortId), userId: newId(), readSeq: 0, joinedAt: new Date() });
    await world.app.get(ChannelMembershipSync).reconcile(cohortId);
    expect(await names(silent)).toEqual(['cohort-7', 'general-help']);
    expect((await fellow.client.get(`/api/channels/${id}`)).body.members).toHaveLength(2);
    expect(await world.db.collection('channel-members').countDocuments({ channelId: idOf(id) })).toBe(2);
  });

  it('given both processes that look at once, with people coming, then each channel is there once with everybody', async () => {
    const people: TestPerson[] = [];
    for (let index = 0; index < 10; index += 1)
      people.push(await aMember(world, cohortId, 'fellow', { craft: 'product' }));
    const rows = await world.db
      .collection('channels')
      .find({ cohortId: idOf(cohortId) })
      .toArray();
    const ids = rows.map((row) => row._id);
    await world.db.collection('channels').deleteMany({ _id: { $in: ids } });
    await world.db.collection('channel-members').deleteMany({ channelId: { $in: ids } });
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        world.nodes[index % 2]!.app.get(ChannelMembershipSync).reconcile(cohortId),
      ),
    );
    for (const person of people) expect(await names(person)).toEqual(['cohort-7', 'general-help', 'craft-product']);
    expect(await world.db.collection('channels').countDocuments({ cohortId: idOf(cohortId) })).toBe(3);
  });

  it('given somebody who comes back, then they are in again with nothing unread', async () => {
    const [stays, back] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
    const { id } = await channelOf(stays, 'cohort');
    await world.app.get(MembershipsRepository).end(idOf(cohortId), idOf(back.id), world.clock.now());
    await world.app.get(ChannelMembershipSync).reconcile(cohortId);
    expect(await names(back)).toEqual([]);
    await say(stays, id, 'missed');
    await join(world, cohortId, back.id, 'fellow');
    expect(await channelOf(back, 'cohort')).toMatchObject({ unread: 0, readSeq: 1 });
  });

  it('keeps a workshop’s channel to who is planned in it', async () => {
    const [one, other] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
    const keeper = world.app.get(ChannelMembershipSync);
    const key = `workshop:${String(newId())}`;
    const keep = (name: string, userIds: string[]) =>
      keeper.keep(key, () =>
        Promise.resolve({ key, kind: 'workshop', cohortId, name, nameKey: null, archived: false, userIds }),
      );
    expect(await keep('figma-101', [])).toBeNull();
    expect(await names(one)).not.toContain('figma-101');
    const channelId = await keep('figma-101', [one.id, other.id, String(newId())]);
    expect(await keep('figma-102', [one.id])).toBe(channelId);
    expect(await names(one)).toContain('figma-102');
    expect(await names(other)).not.toContain('figma-101');
    expect(await names(other)).not.toContain('figma-102');
  });
});
