import type { ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { ChannelMembershipSync } from '../../../src/chat/channels/channel-membership-sync.js';
import { ChatKeeping } from '../../../src/chat/chat.keeping.js';
import { CohortsRepository } from '../../../src/cohorts/cohorts.repository.js';
import { cohortClosed, memberChanged } from '../../../src/cohorts/cohorts.events.js';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { ProjectsRepository } from '../../../src/cohorts/projects/projects.repository.js';
import { EventBus } from '../../../src/infra/events/event-bus.js';
import { idOf, newId } from '../../../src/infra/mongo/ids.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';
import { aCohort, aMember, join, type TestPerson } from '../../support/factories.js';

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
    await world.app.get(MembershipsRepository).update(idOf(cohortId), idOf(fellow.id), { projectId: idOf(second) });
    world.app.get(EventBus).publish(memberChanged, { cohortId, userId: fellow.id, role: 'fellow', projectId: second });
    await world.settled();
    expect(await names(fellow)).toEqual(['cohort-7', 'general-help', 'équipe-second']);
  });

  it('given a person who changes their craft, then they are in the other craft’s channel', async () => {
    const fellow = await aMember(world, cohortId, 'fellow', { craft: 'data' });
    await fellow.client.patch('/api/me', { craft: 'designer' });
    await world.settled();
    expect(await names(fellow)).toEqual(['cohort-7', 'general-help', 'craft-designer']);
  });

  it('given no event told of who left, came or took another craft (the process died), then the next look heals it', async () => {
    const [leaver, painter] = [
      await aMember(world, cohortId, 'fellow'),
      await aMember(world, cohortId, 'fellow', { craft: 'data' }),
    ];
    const { id: everybody } = await channelOf(leaver, 'cohort');
    // Many cohorts after it: its turn in the round is far away.
    for (let index = 0; index < 12; index += 1) await aCohort(world);
    world.clock.set(new Date());
    const bus = world.app.get(EventBus);
    const publish = bus.publish.bind(bus);
    bus.publish = () => undefined;
    const newcomer = await aMember(world, cohortId, 'fellow');
    await world.app.get(MembershipsRepository).end(idOf(cohortId), idOf(leaver.id), new Date());
    await painter.client.patch('/api/me', { craft: 'designer' });
    bus.publish = publish;
    expect(await names(newcomer)).toEqual([]);
    // Who left is in the channel still, and reads nothing of it all the same.
    for (const more of ['', '/messages', '/pins'])
      expect((await leaver.client.get(`/api/channels/${everybody}${more}`)).status).toBe(404);
    await world.app.get(ChatKeeping).heal();
    expect(await names(newcomer)).toEqual(['cohort-7', 'general-help']);
    expect(await names(leaver)).toEqual([]);
    expect(await names(painter)).toEqual(['cohort-7', 'general-help', 'craft-designer']);
  });

  it('given no event told of a new project, another coach, a new name or the end of a cohort, then the next look heals it', async () => {
    const [first, second] = [await aMember(world, cohortId, 'coach'), await aMember(world, cohortId, 'coach')];
    const ended = await aCohort(world);
    const alumnus = await aMember(world, ended, 'fellow');
    const empty = await aCohort(world);
    for (let index = 0; index < 12; index += 1) await aCohort(world);
    world.clock.set(new Date());
    await world.app.get(ChatKeeping).heal();
    const quiet = async (write: () => Promise<unknown>) => {
      const bus = world.app.get(EventBus);
      const publish = bus.publish.bind(bus);
      bus.publish = () => undefined;
      await write();
      bus.publish = publish;
    };
    let projectId = '';
    await quiet(async () => (projectId = await aProject('Clear Permits', first.id)));
    await quiet(() => world.app.get(CohortsRepository).update(idOf(empty), { name: 'Renamed' }));
    await quiet(() => world.app.get(CohortsRepository).close(idOf(ended), new Date()));
    await world.app.get(ChatKeeping).heal();
    expect(await names(first)).toContain('équipe-clear-permits');
    expect((await channelOf(alumnus, 'cohort')).archived).toBe(true);
    const row = await world.db.collection('channels').findOne({ cohortId: idOf(empty), kind: 'cohort' });
    expect(row?.name).toBe('renamed');

    await quiet(() =>
      world.app.get(ProjectsRepository).update(idOf(cohortId), idOf(projectId), { coachId: idOf(second.id) }),
    );
    await world.app.get(ChatKeeping).heal();
    expect(await names(second)).toContain('équipe-clear-permits');
    expect(await names(first)).not.toContain('équipe-clear-permits');
  });

  it('given a cohort that is closed, then its channels are read only, and alumni keep all but the team room', async () => {
    const coach = await aMember(world, cohortId, 'coach');
    const projectId = await aProject('Ends', coach.id);
    const fellow = await aMember(world, cohortId, 'fellow', { projectId });
    const byHand = await aPrivateChannel(fellow, cohortId, [coach]);
    const { id: directId } = (await fellow.client.post('/api/direct', { userIds: [coach.id] })).body;
    await world.app.get(CohortsRepository).close(idOf(cohortId), world.clock.now());
    await world.app.get(MembershipsRepository).graduate(idOf(cohortId));
    world.app.get(EventBus).publish(cohortClosed, { cohortId });
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
