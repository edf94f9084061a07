import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ScheduledSender } from '../../../src/bridges/scheduled-messages/scheduled-sender.js';
import { HOUR } from '../../../src/common/times/clock.js';
import type { Message } from '../../../src/contracts/chat/chat.js';
import type { Notification } from '../../../src/contracts/notifications/notifications.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

/**
 * `<@id>` in a text is shown as a name in lists, notices and mails. Whoever writes the id of somebody of another cohort learns no name by
 * it; who was in the channel, and who is or was of the cohort, is called by name.
 */
let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let karim: TestPerson;
let gone: TestPerson;
let staff: TestPerson;
let stranger: TestPerson;
let room: string;

beforeAll(async () => {
  world = await startWorld({ env: { OUTSIDE_ALLOW: '127.0.0.1' } });
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Ines Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Leo Fabre' });
  karim = await aMember(world, cohortId, 'fellow', { name: 'Karim Haddad' });
  gone = await aMember(world, cohortId, 'fellow', { name: 'Maud Perrin' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  stranger = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow', { name: 'Zephyrine Lointaine' });
  expect((await staff.client.delete(`/api/cohorts/${cohortId}/members/${gone.id}`)).status).toBe(204);
  room = await aPrivateChannel(ines, cohortId, [leo]);
});
afterAll(() => world.stop());

const naming = (...people: TestPerson[]) => people.map(({ id }) => `<@${id}>`).join(' ');

/** Names those who may be named, and nobody else. */
function tells(answer: unknown, ...named: TestPerson[]): void {
  const text = JSON.stringify(answer);
  for (const { name } of named) expect(text).toContain(`@${name}`);
  expect(text).toContain('@…');
  expect(text).not.toContain(stranger.name);
}

const inboxOf = async ({ client }: TestPerson, kind: string) =>
  await eventually(async () => {
    const { items } = (await client.get('/api/me/inbox')).body as { items: Notification[] };
    const found = items.find((one) => one.kind === kind);
    if (!found) throw new Error(`no ${kind} yet`);
    return found;
  });

describe('the id of a stranger in a text', () => {
  it('given a message, then what a link to it shows, its place in the search and its notice tell no name of theirs', async () => {
    const { id } = await say(ines, room, `sesame ${naming(stranger, leo, karim, gone)}`);
    const links = [{ kind: 'message', channelId: room, messageId: id }];
    tells((await ines.client.post('/api/link-cards', { links })).body, leo, karim, gone);
    tells((await ines.client.get('/api/search?q=sesame&in=messages')).body, leo, karim, gone);
    tells(await inboxOf(leo, 'chat.mentioned'), leo, karim, gone);
  });

  it('given a conversation between two, then only they are called by name', async () => {
    const { id: channelId } = (await ines.client.post('/api/direct', { userIds: [leo.id] })).body as { id: string };
    const { id } = await say(ines, channelId, naming(stranger, leo));
    tells(
      (await leo.client.post('/api/link-cards', { links: [{ kind: 'message', channelId, messageId: id }] })).body,
      leo,
    );
  });

  it('given a webhook that messages go out by, then it tells no name of theirs', async () => {
    const received: string[] = [];
    const receiver = createServer((request, response) => {
      response.writeHead(204).end();
      void text(request).then((body) => received.push(body));
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const hook = { direction: 'out', name: 'CI', url };
    expect((await ines.client.post(`/api/channels/${room}/webhooks`, hook)).status).toBe(201);
    await say(ines, room, naming(stranger, leo, karim));
    await eventually(() => expect(received).toHaveLength(1));
    receiver.close();
    tells(received[0], leo, karim);
  });

  it('given what comes in by a webhook, even in marks that Slack does not read, then it tells no name of theirs', async () => {
    const made = await ines.client.post(`/api/channels/${room}/webhooks`, { direction: 'in', name: 'CI' });
    const hidden = naming(stranger, leo, karim).replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const comeIn = { text: `open ${hidden} ${naming(stranger)}` };
    expect((await clientOf(world.url).post(new URL(made.body.secret).pathname, comeIn)).status).toBe(200);
    const { items } = (await leo.client.get(`/api/channels/${room}/messages`)).body as { items: Message[] };
    const { id, bot, mentions } = items.at(-1)!;
    expect([bot, mentions]).toEqual([{ name: 'CI' }, []]);
    const links = [{ kind: 'message', channelId: room, messageId: id }];
    tells((await leo.client.post('/api/link-cards', { links })).body, leo, karim);
    tells((await leo.client.get('/api/search?q=open&in=messages')).body, leo, karim);
  });

  it('given it is handed over to staff or was changed, then staff read no name of theirs', async () => {
    const everybody = (await channelOf(ines, 'cohort')).id;
    const { id } = await say(ines, everybody, `before ${naming(stranger, karim, gone)}`);
    const path = `/api/channels/${everybody}/messages/${id}`;
    expect((await leo.client.post(`${path}/report`, { reason: 'other', note: 'Look' })).status).toBeLessThan(300);
    expect((await ines.client.patch(path, { body: 'after' })).status).toBe(200);
    tells((await staff.client.get(`/api/cohorts/${cohortId}/reports`)).body, karim, gone);
    tells((await staff.client.get(`${path}/edits`)).body, karim, gone);
  });

  it('given a question of the forum, then its notice tells no name of theirs', async () => {
    const body = `Who knows? ${naming(stranger, leo, karim)}`;
    expect(
      (await ines.client.post(`/api/cohorts/${cohortId}/topics`, { title: 'Where is it kept?', body })).status,
    ).toBe(201);
    tells(await inboxOf(leo, 'forum.mentioned'), leo, karim);
  });

  it('given a note to oneself, then it tells no name of theirs', async () => {
    const note = {
      clientId: randomUUID(),
      body: naming(stranger, karim),
      dueAt: new Date(world.clock.now().getTime() + HOUR).toISOString(),
    };
    expect((await ines.client.post('/api/scheduled/notes', note)).status).toBe(201);
    world.clock.advance(HOUR);
    await world.app.get(ScheduledSender).turn();
    tells(await inboxOf(ines, 'note.self'), karim);
  });
});

it('given a note about a channel that one was taken out of since, then it says neither its name nor the way there', async () => {
  const path = `/api/channels/${room}`;
  const dueAt = new Date(world.clock.now().getTime() + HOUR).toISOString();
  const note = { clientId: randomUUID(), body: 'Ask again', dueAt, channelId: room };
  expect((await leo.client.post('/api/scheduled/notes', note)).status).toBe(201);
  expect((await ines.client.delete(`${path}/members/${leo.id}`)).status).toBe(204);
  expect((await ines.client.patch(path, { name: 'severance' })).status).toBe(200);
  world.clock.advance(HOUR);
  await world.app.get(ScheduledSender).turn();
  const told = await inboxOf(leo, 'note.self');
  expect(told).toMatchObject({ title: 'Your reminder: Ask again', link: '/catch-up?tab=later' });
  expect(JSON.stringify(told)).not.toContain('severance');
});
