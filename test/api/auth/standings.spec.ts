import { Types } from 'mongoose';
import { HOUR, MINUTE } from '../../../src/common/times/clock.js';
import type { Standing } from '../../../src/contracts/auth/standing.js';
import { PresenceChoice } from '../../../src/chat/presence/presence-choice.js';
import { PresenceRegistry } from '../../../src/chat/presence/presence-registry.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { Notifier } from '../../../src/notifications/notifier.js';
import { channelOf, heard, say } from '../../support/rooms/chat.js';
import { type LiveClient, clientOf, connect } from '../../support/client.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, aPerson, join, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let outsider: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès', timeZone: 'America/Cayenne' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo' });
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
});
afterAll(() => world.stop());

const standings = async (person: TestPerson) => (await person.client.get('/api/standings')).body.items as Standing[];

describe('a status', () => {
  it('given one with an end, then who shares a cohort sees it, live on every process, and nobody else', async () => {
    const [near, far] = [
      await connect(world.nodes[1]!.url, leo.token),
      await connect(world.nodes[1]!.url, outsider.token),
    ];
    const status = { emoji: '🌴', text: 'At the sea', away: true, clears: 'today' };
    const answer = await ines.client.put('/api/me/status', status);
    expect(answer.status).toBe(200);
    const shown = { emoji: '🌴', text: 'At the sea', away: true, until: '2026-10-14T03:00:00.000Z' };
    expect(answer.body.status).toEqual(shown);
    expect((await ines.client.get('/api/me')).body.status).toEqual(shown);
    expect(await heard(near, 'standing.changed')).toEqual({ userId: ines.id, status: shown, quietUntil: null });
    expect(await standings(leo)).toEqual([{ userId: ines.id, status: shown, quietUntil: null }]);
    expect(await standings(outsider)).toEqual([]);

    await ines.client.delete('/api/me/status');
    await heard(near, 'standing.changed', (one) => one.status === null);
    expect(await standings(leo)).toEqual([]);
    expect(far.events.filter(({ event }) => event === 'standing.changed')).toEqual([]);
    near.close();
    far.close();
  });

  it('given a conversation whose people belong together by another of them, then all of it see it, live', async () => {
    const [between, far] = [await aMember(world, cohortId, 'fellow'), await aPerson(world)];
    const other = await aCohort(world, { name: 'Third' });
    for (const one of [between, far]) await join(world, other, one.id, 'fellow');
    const opened = await between.client.post('/api/direct', { userIds: [leo.id, far.id] });
    await say(between, opened.body.id as string, 'Meet each other');
    const live = await connect(world.nodes[1]!.url, far.token);
    await leo.client.put('/api/me/status', { text: 'Back on Monday', clears: 'week' });
    await heard(live, 'standing.changed', ({ userId }) => userId === leo.id);
    expect(await standings(far)).toEqual([expect.objectContaining({ userId: leo.id })]);
    await leo.client.delete('/api/me/status');
    live.close();
  });

  it('given who was excluded from all they had in common, then an old conversation tells neither anything', async () => {
    const met = await aMember(world, cohortId, 'fellow');
    const opened = await met.client.post('/api/direct', { userIds: [leo.id] });
    await say(met, opened.body.id as string, 'Good to have met you');
    const staff = await aMember(world, cohortId, 'staff');
    await staff.client.delete(`/api/cohorts/${cohortId}/members/${met.id}`);
    await world.settled();
    const [gone, near] = [
      await connect(world.nodes[1]!.url, met.token),
      await connect(world.nodes[1]!.url, ines.token),
    ];
    await leo.client.put('/api/me/status', { text: 'Back on Monday', clears: 'week' });
    await met.client.put('/api/me/status', { text: 'Elsewhere', clears: 'week' });
    await heard(near, 'standing.changed', ({ userId }) => userId === leo.id);
    await heard(gone, 'standing.changed', ({ userId }) => userId === met.id);
    expect((await standings(met)).map(({ userId }) => userId)).toEqual([met.id]);
    expect((await standings(leo)).map(({ userId }) => userId)).toEqual([leo.id]);
    expect(
      gone.events.filter(({ event, payload }) => event === 'standing.changed' && payload.userId === leo.id),
    ).toEqual([]);
    await leo.client.delete('/api/me/status');
    for (const live of [gone, near]) live.close();
  });

  it('given its end has passed, then it is told nowhere, without anybody taking it back', async () => {
    await ines.client.put('/api/me/status', { emoji: '☕', clears: '30m' });
    world.clock.advance(30 * MINUTE - 1);
    expect(await standings(leo)).toHaveLength(1);
    world.clock.advance(1);
    expect(await standings(leo)).toEqual([]);
    expect((await ines.client.get('/api/me')).body.status).toBeNull();
    world.clock.advance(-30 * MINUTE);
    await ines.client.delete('/api/me/status');
  });

  it.each([
    [{}, '/text', 'required'],
    [{ emoji: 'no' }, '/emoji', 'not_an_emoji'],
    [{ text: 'x'.repeat(81) }, '/text', 'too_big'],
    [{ text: 'x', clears: 'soon' }, '/clears', 'not_allowed'],
    [{ text: 'x', until: '2026-10-14T03:00:00.000Z' }, '/until', 'unknown_field'],
  ])('given %j, then 422 at %s', async (body, field, code) => {
    const answer = await ines.client.put('/api/me/status', body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ field, code })]);
  });

  it('given nobody is signed in, then 401', async () => {
    const nobody = clientOf(world.url);
    const refused = [
      await nobody.put('/api/me/status', { text: 'x' }),
      await nobody.delete('/api/me/status'),
      await nobody.put('/api/me/quiet', { until: null }),
      await nobody.get('/api/standings'),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });
});

describe('not to be disturbed', () => {
  it('given an end, then those near see it until then; taken back, then at once', async () => {
    const until = new Date(world.clock.now().getTime() + HOUR).toISOString();
    const near = await connect(world.nodes[1]!.url, leo.token);
    expect((await ines.client.put('/api/me/quiet', { until })).body.quietUntil).toBe(until);
    expect(await heard(near, 'standing.changed')).toEqual({ userId: ines.id, status: null, quietUntil: until });
    world.clock.advance(HOUR);
    expect(await standings(leo)).toEqual([]);
    expect((await ines.client.get('/api/me')).body.quietUntil).toBeNull();
    world.clock.advance(-HOUR);
    expect(await standings(leo)).toHaveLength(1);
    await ines.client.put('/api/me/quiet', { until: null });
    expect(await standings(leo)).toEqual([]);
    near.close();
  });

  it.each([
    [-1, 'past'],
    [7 * 24 * HOUR + 1, 'too_far'],
  ])('given an end %d ms from now, then 422 %s', async (away, code) => {
    const until = new Date(world.clock.now().getTime() + away).toISOString();
    const answer = await ines.client.put('/api/me/quiet', { until });
    expect(answer.body.errors).toEqual([{ field: '/until', code }]);
  });
});

describe('quiet, and what is told meanwhile', () => {
  const mailOf = async (person: TestPerson, key: string) =>
    (await world.db.collection('notifications').findOne({ userId: new Types.ObjectId(person.id), key }))?.mail as {
      state: string;
      dueAt: Date;
    };
  const notify = (person: TestPerson, key: string, kind: 'topic.replied' | 'account.security' = 'topic.replied') =>
    world.app.get(Notifier).notify({
      userIds: [person.id],
      cohortId,
      kind,
      params: { by: 'Claire', title: 'Codes', excerpt: '' },
      link: '/x',
      why: 'watching',
      key,
    });
  const soon = (ms: number) => new Date(world.clock.now().getTime() + ms);

  it('given quiet, then the inbox is exact and the mail waits for its end; ended before, then it leaves', async () => {
    const sam = await aMember(world, cohortId, 'fellow');
    const live = await connect(world.nodes[1]!.url, sam.token);
    const until = soon(HOUR);
    await sam.client.put('/api/me/quiet', { until: until.toISOString() });
    await notify(sam, 'later');
    await notify(sam, 'urgent', 'account.security');
    await heard(live, 'notification.created');
    expect((await sam.client.get('/api/me/inbox')).body.unread).toBe(2);
    expect(await mailOf(sam, 'later')).toMatchObject({ state: 'waiting', dueAt: until });
    expect((await world.mail.to(sam.email)).map(({ subject }) => subject)).toEqual(['Your account: Codes']);
    await sam.client.put('/api/me/quiet', { until: null });
    await world.settled();
    await deliver(world);
    await eventually(async () => expect(await mailOf(sam, 'later')).toMatchObject({ state: 'sent' }));
    live.close();
  });

  it('given quiet that begins while a mail waits, then it waits on; two processes that look send one', async () => {
    const sam = await aMember(world, cohortId, 'fellow');
    const deliveries = world.db.collection('deliveries');
    await sam.client.put('/api/me/quiet', { until: soon(30 * MINUTE).toISOString() });
    await notify(sam, 'waits');
    // As if nobody had heard of it: the person's own row alone says that they want quiet.
    await deliveries.updateOne({ of: new Types.ObjectId(sam.id) }, { $set: { dueAt: world.clock.now() } });
    await deliver(world);
    expect(await mailOf(sam, 'waits')).toMatchObject({ state: 'waiting', dueAt: soon(30 * MINUTE) });
    world.clock.advance(30 * MINUTE);
    await deliver(world);
    expect(await world.mail.to(sam.email)).toHaveLength(1);
    world.clock.advance(-30 * MINUTE);
  });
});

describe('who is here', () => {
  it('given people who come on two processes at the same moment, then they are told to be here all the same', async () => {
    const watching = await connect(world.nodes[0]!.url, leo.token);
    const boards = world.nodes.map((node) => node.app.get<unknown, { look: () => Promise<void> }>(PresenceRegistry));
    const twins = await Promise.all(Array.from({ length: 6 }, () => aMember(world, cohortId, 'fellow')));
    for (const twin of twins) {
      const devices = await Promise.all(world.nodes.map((node) => connect(node.url, twin.token)));
      await Promise.all(boards.map((board) => board.look()));
      await heard(watching, 'presence', ({ online }) => online.includes(twin.id));
      for (const device of devices) device.close();
    }
    watching.close();
  });
});

describe('who comes while it is looked who is here', () => {
  it('given somebody hides at that moment, then who comes is not told of them', async () => {
    const hider = await aMember(world, cohortId, 'fellow');
    const [app, url] = [world.nodes[0]!.app, world.nodes[0]!.url];
    const board = app.get<unknown, { look: () => Promise<void> }>(PresenceRegistry);
    const devices = [await connect(url, hider.token)];
    await board.look();
    const choice = app.get(PresenceChoice);
    const asked = choice.hiddenAmong.bind(choice);
    const late = await new Promise<LiveClient>((resolve, reject) => {
      const spy = jest.spyOn(choice, 'hiddenAmong').mockImplementation(async (userIds) => {
        // Who connects is asked about, too.
        if (userIds.length < 2) return await asked(userIds);
        spy.mockRestore();
        const hidden = await asked(userIds);
        await hider.client.patch('/api/me', { showsPresence: false });
        await connect(url, leo.token).then(resolve, reject);
        return hidden;
      });
      void connect(url, ines.token).then((device) => devices.push(device));
    });
    await heard(late, 'presence', ({ online }) => online.includes(ines.id));
    const told = late.events.filter(({ event }) => event === 'presence').flatMap(({ payload }) => payload.online);
    expect(told).not.toContain(hider.id);
    for (const device of [...devices, late]) device.close();
  });
});

describe('who leaves a cohort while they are here', () => {
  it('given a page that opens on another process afterwards, then it is not told of them', async () => {
    const staff = await aMember(world, cohortId, 'staff');
    const elsewhere = await aCohort(world, { name: 'Elsewhere' });
    const leaver = await aMember(world, cohortId, 'fellow');
    await join(world, elsewhere, leaver.id, 'fellow');
    const here = await connect(world.nodes[0]!.url, leaver.token);
    const boards = world.nodes.map((node) => node.app.get<unknown, { look: () => Promise<void> }>(PresenceRegistry));
    await Promise.all(boards.map((board) => board.look()));
    expect((await staff.client.delete(`/api/cohorts/${cohortId}/members/${leaver.id}`)).status).toBe(204);
    await eventually(async () => {
      await boards[0]!.look();
      const watching = await connect(world.nodes[1]!.url, leo.token);
      await heard(watching, 'presence', () => true);
      const told = watching.events.filter(({ event }) => event === 'presence').flatMap(({ payload }) => payload.online);
      watching.close();
      expect(told).not.toContain(leaver.id);
    });
    here.close();
  });
});

describe('who does not show that they are here', () => {
  it('given they hide, then they are gone at once on every process, also for who comes, and their typing with them', async () => {
    const hider = await aMember(world, cohortId, 'fellow');
    const devices = await Promise.all(world.nodes.map((node) => connect(node.url, hider.token)));
    const watching = await Promise.all(world.nodes.map((node) => connect(node.url, leo.token)));
    for (const live of watching) await heard(live, 'presence', ({ online }) => online.includes(hider.id));
    const answer = await hider.client.patch('/api/me', { showsPresence: false });
    expect(answer.body.showsPresence).toBe(false);
    for (const live of watching) await heard(live, 'presence', ({ offline }) => offline.includes(hider.id));
    const told = watching.map((live) => live.events.length);

    const channel = await channelOf(hider, 'cohort');
    for (const device of devices) await device.ask('channel:typing', { channelId: channel.id });
    const again = await connect(world.nodes[1]!.url, hider.token);
    const fresh = await Promise.all(world.nodes.map((node) => connect(node.url, ines.token)));
    // Somebody who shows themselves comes after: what was to be told before is told by then.
    await leo.client.patch('/api/me', { showsPresence: true });
    const late = await aMember(world, cohortId, 'fellow');
    const lateDevice = await connect(world.nodes[0]!.url, late.token);
    await lateDevice.ask('channel:typing', { channelId: channel.id });
    for (const live of [...watching, ...fresh]) {
      await heard(live, 'presence', ({ online }) => online.includes(late.id));
      await heard(live, 'typing', ({ userIds }) => userIds.includes(late.id));
    }
    const after = [
      ...watching.flatMap((live, at) => live.events.slice(told[at])),
      ...fresh.flatMap((one) => one.events),
    ];
    expect(after.filter(({ event, payload }) => event === 'presence' && payload.online.includes(hider.id))).toEqual([]);
    expect(after.filter(({ event, payload }) => event === 'typing' && payload.userIds.includes(hider.id))).toEqual([]);

    await hider.client.patch('/api/me', { showsPresence: true });
    for (const live of watching)
      await eventually(() =>
        expect(
          live.events.findLast(
            ({ event, payload }) => event === 'presence' && JSON.stringify(payload).includes(hider.id),
          )?.payload.online,
        ).toContain(hider.id),
      );
    for (const live of [...devices, ...watching, ...fresh, again, lateDevice]) live.close();
  });

  it('given they hide and show themselves again before anybody looked, then they are here for everybody', async () => {
    const hider = await aMember(world, cohortId, 'fellow');
    const device = await connect(world.nodes[0]!.url, hider.token);
    const watching = await Promise.all(world.nodes.map((node) => connect(node.url, leo.token)));
    for (const live of watching) await heard(live, 'presence', ({ online }) => online.includes(hider.id));
    await hider.client.patch('/api/me', { showsPresence: false });
    await hider.client.patch('/api/me', { showsPresence: true });
    for (const live of watching) await heard(live, 'presence', ({ offline }) => offline.includes(hider.id));
    for (const live of watching)
      await eventually(() =>
        expect(
          live.events.findLast(
            ({ event, payload }) => event === 'presence' && JSON.stringify(payload).includes(hider.id),
          )?.payload.online,
        ).toContain(hider.id),
      );
    for (const live of [device, ...watching]) live.close();
  });
});
