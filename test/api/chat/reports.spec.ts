import { randomUUID } from 'node:crypto';
import type { Message } from '../../../src/contracts/chat/chat.js';
import type { MessageEdits, Report } from '../../../src/contracts/chat/reports.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, heard, say } from '../../support/rooms/chat.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, join, type TestPerson } from '../../support/factories.js';
import { photo, uploaded } from '../../support/rooms/files.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let staff: TestPerson;
let staff2: TestPerson;
let outsider: TestPerson;
let channelId: string;
let direct: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore' });
  staff2 = await aMember(world, cohortId, 'staff', { name: 'Bruno' });
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
  channelId = (await channelOf(ines, 'cohort')).id;
  direct = (await leo.client.post('/api/direct', { userIds: [ines.id] })).body.id;
});
afterAll(() => world.stop());

const pathOf = (message: Message) => `/api/channels/${message.channelId}/messages/${message.id}`;
const report = (by: TestPerson, message: Message, body: object = { reason: 'harassment' }) =>
  by.client.post(`${pathOf(message)}/report`, body);
const reports = async (person: TestPerson, state = 'open') =>
  (await person.client.get(`/api/cohorts/${cohortId}/reports?state=${state}`)).body.items as Report[];
const about = async (message: Message, state = 'open', person = staff) =>
  (await reports(person, state)).filter((one) => one.messageId === message.id);
const close = (by: TestPerson, id: string, body: object, url = world.url) =>
  by.client.on(url).post(`/api/cohorts/${cohortId}/reports/${id}/close`, body);
const inbox = async (person: TestPerson, kind: string) =>
  ((await person.client.get('/api/me/inbox')).body.items as { kind: string; body: string; link: string }[]).filter(
    (one) => one.kind === kind,
  );

describe('reporting a message', () => {
  it('given a message of a channel, then staff see it frozen, once, and are told; again gives the same answer', async () => {
    const message = await say(leo, channelId, 'Go away');
    const [first, second] = await Promise.all(
      world.nodes.map((node) =>
        ines.client.on(node.url).post(`${pathOf(message)}/report`, { reason: 'harassment', note: 'Since Monday' }),
      ),
    );
    expect([first!.status, second!.status]).toEqual([201, 201]);
    expect(second!.body).toEqual(first!.body);
    expect((await report(ines, message, { reason: 'spam' })).body).toEqual(first!.body);
    await leo.client.patch(pathOf(message), { body: 'Sorry' });
    const [row, ...others] = await about(message);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      id: first!.body.id,
      text: 'Go away',
      reason: 'harassment',
      note: 'Since Monday',
      reporter: { name: 'Inès' },
      author: { name: 'Léo' },
      outcome: null,
      closedBy: null,
      readable: true,
      abilities: { remove: true, dismiss: true },
    });
    for (const one of [staff, staff2])
      await eventually(async () =>
        expect(await inbox(one, 'report.opened')).toEqual([
          expect.objectContaining({ link: `/c/${cohortId}/reports`, body: 'Somebody is being harassed.' }),
        ]),
      );
    expect(await inbox(leo, 'report.opened')).toEqual([]);
  });

  it('given it says something else by now, then it can be reported anew, each text once, also after staff let the first one stay', async () => {
    const noa = await aMember(world, cohortId, 'fellow');
    const message = await say(leo, channelId, 'Well well');
    const first = (await report(noa, message)).body;
    expect((await close(staff, first.id, { act: 'dismiss' })).status).toBe(200);
    expect((await report(noa, message)).body).toEqual({ ...first, outcome: 'dismissed' });
    await leo.client.put(`${pathOf(message)}/reactions/${encodeURIComponent('🎉')}`);
    expect((await report(noa, message)).body.id).toBe(first.id);
    await leo.client.patch(pathOf(message), { body: 'Get out of here' });
    const anew = await Promise.all(
      world.nodes.map((node) => noa.client.on(node.url).post(`${pathOf(message)}/report`, { reason: 'hate' })),
    );
    expect(anew.map(({ status }) => status)).toEqual([201, 201]);
    expect(anew[0]!.body).toEqual(anew[1]!.body);
    expect(anew[0]!.body).toMatchObject({ outcome: null });
    expect(anew[0]!.body.id).not.toBe(first.id);
    expect(await about(message)).toMatchObject([{ text: 'Get out of here', reason: 'hate' }]);
    expect(await about(message, 'closed')).toMatchObject([{ text: 'Well well' }]);
    await leo.client.patch(pathOf(message), { body: 'Well well' });
    expect((await report(noa, message)).body.id).toBe(first.id);
    await leo.client.patch(pathOf(message), { body: 'Get out of here, all of you' });
    await report(noa, message);
    expect((await close(staff, anew[0]!.body.id, { act: 'remove', answer: 'Gone' })).status).toBe(200);
    expect(await about(message)).toEqual([]);
    await eventually(async () => expect(await inbox(noa, 'report.closed')).toHaveLength(2));
    await world.settled();
    expect(await inbox(noa, 'report.closed')).toHaveLength(2);
  });

  it('given what an image shows is told in other words, then that is another text, and staff read it', async () => {
    const file = await uploaded(world.url, leo, await photo().png().toBuffer(), 'a.png');
    const sent = { clientId: randomUUID(), body: 'Look', attachments: [{ fileId: file.id, alt: 'A beach' }] };
    const message = (await leo.client.post(`/api/channels/${channelId}/messages`, sent)).body as Message;
    const first = (await report(ines, message)).body;
    const described = { body: 'Look', attachments: [{ fileId: file.id, alt: 'What she looks like' }] };
    expect((await leo.client.patch(pathOf(message), described)).status).toBe(200);
    expect((await report(ines, message)).body.id).not.toBe(first.id);
    expect((await about(message)).map(({ attachments, alts }) => [attachments, alts])).toEqual([
      [['a.png'], ['What she looks like']],
      [['a.png'], ['A beach']],
    ]);
  });

  it('given text after text, then one person reports it ten times and no more', async () => {
    const message = await say(leo, channelId, 'v0');
    const answers = [];
    for (let version = 1; version <= 11; version += 1) {
      answers.push(await report(ines, message));
      await leo.client.patch(pathOf(message), { body: `v${version}` });
    }
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(201), 409]);
    expect(answers.at(-1)?.body.code).toBe('too_many_reports');
    const coach = await aMember(world, cohortId, 'coach');
    expect((await report(coach, message)).status).toBe(201);
  });

  it('given one’s own, a deleted one, one of a channel one is not in, or nonsense, then refused', async () => {
    const message = await say(leo, channelId, 'mine');
    expect((await report(leo, message)).body.code).toBe('own_message');
    expect((await report(ines, message, { reason: 'because' })).status).toBe(422);
    expect((await report(ines, message, { reason: 'spam', note: 'x'.repeat(501) })).status).toBe(422);
    const room = await aPrivateChannel(leo, cohortId, []);
    const hidden = await say(leo, room, 'hidden');
    const elsewhere = { ...message, channelId: room };
    expect((await report(ines, hidden)).status).toBe(404);
    expect((await report(leo, elsewhere)).status).toBe(404);
    expect((await report(outsider, message)).status).toBe(404);
    await leo.client.delete(pathOf(message));
    expect((await report(ines, message)).status).toBe(404);
    expect((await clientOf(world.url).post(`${pathOf(message)}/report`, { reason: 'spam' })).status).toBe(401);
  });

  it('given somebody else than staff of this cohort, then they see and decide nothing', async () => {
    const message = await say(leo, channelId, 'again');
    const { id } = (await report(ines, message)).body;
    const path = `/api/cohorts/${cohortId}/reports`;
    expect((await ines.client.get(path)).status).toBe(403);
    expect((await outsider.client.get(path)).status).toBe(404);
    expect((await clientOf(world.url).get(path)).status).toBe(401);
    expect((await close(ines, id, { act: 'dismiss' })).status).toBe(403);
    expect((await close(outsider, id, { act: 'dismiss' })).status).toBe(404);
    expect((await close(staff, 'nothing', { act: 'dismiss' })).status).toBe(404);
    const theirs = `/api/cohorts/${(await outsider.client.get('/api/me')).body.memberships[0].cohortId}`;
    expect((await outsider.client.post(`${theirs}/reports/${id}/close`, { act: 'dismiss' })).status).toBe(404);
  });

  it('given a report about staff, then it is not for them to see or decide', async () => {
    const message = await say(staff, channelId, 'I decide here');
    const { id } = (await report(ines, message)).body;
    expect(await about(message, 'open', staff)).toEqual([]);
    expect(await about(message, 'open', staff2)).toHaveLength(1);
    expect((await close(staff, id, { act: 'dismiss' })).status).toBe(404);
    expect((await staff.client.get(`${pathOf(message)}/edits`)).status).toBe(200);
    expect((await close(staff2, id, { act: 'dismiss' })).status).toBe(200);
  });
});

describe('what staff decide', () => {
  it('given two of staff at once on two processes, then one decides and the other gets stale; the message follows the one', async () => {
    const noa = await aMember(world, cohortId, 'fellow');
    for (const round of [1, 2, 3]) {
      const message = await say(leo, channelId, `round ${round}`);
      const { id } = (await report(noa, message)).body;
      const answers = await Promise.all([
        close(staff, id, { act: 'remove', answer: 'Not here.' }, world.nodes[0]!.url),
        close(staff2, id, { act: 'dismiss', answer: 'It is fine.' }, world.nodes[1]!.url),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('stale');
      const won = answers.find(({ status }) => status === 200)!.body as Report;
      const now = (await ines.client.get(pathOf(message))).body as Message;
      expect(now.deletedAt !== null).toBe(won.outcome === 'removed');
      const [kept] = await about(message, 'closed');
      expect(kept).toEqual(won);
      expect(kept).toMatchObject({
        text: `round ${round}`,
        closedBy: { name: expect.any(String) },
        answer: won.answer,
      });
      expect((await close(staff, id, { act: 'dismiss' })).body.code).toBe('stale');
    }
    await eventually(async () => expect(await inbox(noa, 'report.closed')).toHaveLength(3));
  });

  it('given two reports of one message, then its removal decides both, and everybody in the channel sees the tombstone', async () => {
    const live = await connect(world.nodes[1]!.url, leo.token);
    const message = await say(leo, channelId, 'worst');
    const { id } = (await report(ines, message)).body;
    const coach = await aMember(world, cohortId, 'coach');
    await report(coach, message);
    expect((await close(staff, id, { act: 'remove', answer: 'Thank you' })).body.outcome).toBe('removed');
    expect(await heard(live, 'message.deleted', (one) => one.id === message.id)).toMatchObject({ body: '' });
    expect((await about(message, 'closed')).map(({ outcome }) => outcome)).toEqual(['removed', 'removed']);
    await eventually(async () =>
      expect(await inbox(coach, 'report.closed')).toEqual([
        expect.objectContaining({ body: 'Thank you', link: `/c/${cohortId}/chat/${channelId}` }),
      ]),
    );
    live.close();
  });

  it('given a message of a conversation, then staff have what was handed over and may remove it, and read nothing else', async () => {
    const message = await say(leo, direct, 'You are useless');
    const other = await say(leo, direct, 'And another');
    await leo.client.patch(pathOf(message), { body: 'You are the best' });
    const { id } = (await report(ines, message, { reason: 'other' })).body;
    const [row] = await about(message);
    expect(row).toMatchObject({
      text: 'You are the best',
      channel: { kind: 'direct', name: '' },
      readable: false,
      abilities: { remove: true, dismiss: true },
    });
    expect((await staff.client.get(`/api/channels/${direct}/messages`)).status).toBe(404);
    expect((await staff.client.get(pathOf(message))).status).toBe(404);
    // Its own history was handed over with it; that of another message was not.
    expect((await staff.client.get(`${pathOf(message)}/edits`)).body.items).toEqual([
      expect.objectContaining({ body: 'You are useless' }),
    ]);
    expect((await staff.client.get(`${pathOf(other)}/edits`)).status).toBe(404);
    expect((await close(staff, id, { act: 'remove' })).status).toBe(200);
    expect((await ines.client.get(pathOf(message))).body.deletedAt).not.toBeNull();
    await eventually(async () =>
      expect(await inbox(ines, 'report.closed')).toContainEqual(expect.objectContaining({ link: `/chat/${direct}` })),
    );
  });

  it('given reporters of two cohorts, then each hears of the removal, and the words of staff only from their own', async () => {
    const omar = await aMember(world, cohortId, 'fellow', { name: 'Omar' });
    const group = (await leo.client.post('/api/direct', { userIds: [ines.id, omar.id] })).body.id as string;
    const other = await aCohort(world, { name: 'Later' });
    world.clock.advance(60_000);
    await join(world, other, leo.id, 'fellow');
    await join(world, other, ines.id, 'fellow');
    const theirs = await aMember(world, other, 'staff', { name: 'Zelda' });
    const message = await say(leo, group, 'Nobody likes you');
    const { id } = (await report(ines, message)).body;
    await report(omar, message);
    const heard = async (person: TestPerson) => (await inbox(person, 'report.closed')).map(({ body }) => body);
    const before = await heard(ines);
    const path = `/api/cohorts/${other}/reports`;
    const closed = await theirs.client.post(`${path}/${id}/close`, { act: 'remove', answer: 'Call Zelda' });
    expect([closed.status, closed.body.answer]).toEqual([200, 'Call Zelda']);
    await eventually(async () => expect(await heard(ines)).toEqual(['Call Zelda', ...before]));
    await eventually(async () => expect(await heard(omar)).toHaveLength(1));
    expect(JSON.stringify(await heard(omar))).not.toContain('Zelda');
    const [seen] = await about(message, 'closed');
    expect(seen).toMatchObject({ outcome: 'removed', answer: '', closedBy: null, closedElsewhere: true });
    expect(JSON.stringify(await reports(staff, 'closed'))).not.toContain('Zelda');
    expect((await theirs.client.get(`${path}?state=closed`)).body.items).toMatchObject([
      { outcome: 'removed', answer: 'Call Zelda', closedBy: { name: 'Zelda' }, closedElsewhere: false },
    ]);
  });

  it('given its author goes on writing in a message that was handed over, then staff have what it said until then, and what is handed over anew', async () => {
    const noa = await aMember(world, cohortId, 'fellow');
    const own = (await leo.client.post('/api/direct', { userIds: [noa.id] })).body.id as string;
    const message = await say(leo, own, 'You are useless');
    const said = async () => {
      const { items } = (await staff.client.get(`${pathOf(message)}/edits`)).body as MessageEdits;
      return items.map(({ body }) => body);
    };
    const goOn = async (body: string) => {
      world.clock.advance(60_000);
      expect((await leo.client.patch(pathOf(message), { body })).status).toBe(200);
      world.clock.advance(60_000);
    };
    await goOn('You are no use');
    await report(noa, message);
    await goOn('My sister is ill, forgive me');
    await goOn('Forgive me');
    expect(await said()).toEqual(['You are no use', 'You are useless']);
    await report(noa, message);
    await goOn('Please');
    expect(await said()).toEqual(['Forgive me', 'My sister is ill, forgive me', 'You are no use', 'You are useless']);
  });

  it('given staff hand a message of their own conversation over to themselves, then it is for another of the team to look at', async () => {
    const own = (await staff.client.post('/api/direct', { userIds: [ines.id] })).body.id as string;
    const message = await say(ines, own, 'What I should not have said');
    await ines.client.patch(pathOf(message), { body: 'Hello' });
    const { id } = (await report(staff, message)).body;
    expect((await staff.client.get(`${pathOf(message)}/edits`)).status).toBe(403);
    const [row] = await about(message);
    expect(row).toMatchObject({ readable: true, abilities: { remove: false, dismiss: true } });
    expect((await close(staff, id, { act: 'remove' })).status).toBe(403);
    const [theirs] = await about(message, 'open', staff2);
    expect(theirs).toMatchObject({ abilities: { remove: true, dismiss: true } });
    expect((await close(staff2, id, { act: 'remove' })).status).toBe(200);
  });

  it('given its author deleted it meanwhile, then it can be decided all the same, with the text that was handed over', async () => {
    const message = await say(leo, channelId, 'gone soon');
    const { id } = (await report(ines, message)).body;
    await leo.client.delete(pathOf(message));
    expect((await close(staff, id, { act: 'remove' })).body).toMatchObject({ outcome: 'removed', text: 'gone soon' });
  });
});

describe('what a message said before', () => {
  const edits = async (person: TestPerson, message: Message) =>
    (await person.client.get(`${pathOf(message)}/edits`)).body as MessageEdits;

  it('given edits, then staff of the cohort read them, the latest first; nobody else does', async () => {
    const message = await say(leo, channelId, 'one');
    const written = world.clock.now().toISOString();
    world.clock.advance(60_000);
    await leo.client.patch(pathOf(message), { body: 'two' });
    const second = world.clock.now().toISOString();
    world.clock.advance(60_000);
    await leo.client.patch(pathOf(message), { body: 'three' });
    await leo.client.patch(pathOf(message), { body: 'three' });
    expect(await edits(staff, message)).toEqual({
      items: [
        { body: 'two', writtenAt: second, replacedAt: world.clock.now().toISOString() },
        { body: 'one', writtenAt: written, replacedAt: second },
      ],
    });
    const path = `${pathOf(message)}/edits`;
    expect((await ines.client.get(path)).status).toBe(403);
    expect((await leo.client.get(path)).status).toBe(403);
    expect((await outsider.client.get(path)).status).toBe(404);
    expect((await clientOf(world.url).get(path)).status).toBe(401);
    await leo.client.delete(pathOf(message));
    expect((await edits(staff, message)).items).toEqual([]);
  });

  it('given more than twenty, then the last twenty stay', async () => {
    const message = await say(leo, channelId, 'v0');
    for (let version = 1; version <= 22; version += 1) await leo.client.patch(pathOf(message), { body: `v${version}` });
    const { items } = await edits(staff, message);
    expect(items.map(({ body }) => body)).toEqual(Array.from({ length: 20 }, (_, index) => `v${21 - index}`));
  });
});
