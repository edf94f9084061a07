import type { MessagePreview } from '../../../src/contracts/chat/message-previews.js';
import type { Message } from '../../../src/contracts/chat/chat.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';
import { clientOf } from '../../support/client.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { photo, uploaded } from '../../support/rooms/files.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let sam: TestPerson;
let outsider: TestPerson;
let room: string;
let message: Message;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  sam = await aMember(world, cohortId, 'staff', { name: 'Sam' });
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  room = await aPrivateChannel(ines, cohortId, [leo]);
  message = await say(ines, room, `**Look** at this, <@${leo.id}>\n\n- a list`);
});

const linkTo = ({ channelId, id }: Message) => ({ channelId, messageId: id });
const ask = (person: TestPerson, links: { channelId: string; messageId: string }[]) =>
  person.client.post('/api/link-cards', { links: links.map((link) => ({ kind: 'message', ...link })) });
const previews = async (person: TestPerson, links: { channelId: string; messageId: string }[]) =>
  ((await ask(person, links)).body.items as ({ message: MessagePreview } | null)[]).map((one) => one && one.message);

describe('what a link to a message shows', () => {
  it('given who is in its channel, then who wrote it, where, when and how it begins', async () => {
    const [preview] = await previews(leo, [linkTo(message)]);
    expect(preview).toEqual({
      messageId: message.id,
      rev: message.rev,
      channel: expect.objectContaining({ id: room, kind: 'private', cohortId, people: [] }),
      by: expect.objectContaining({ id: ines.id, name: 'Inès Carpentier' }),
      botName: null,
      excerpt: 'Look at this, @Léo Fabre a list',
      image: null,
      files: 0,
      createdAt: message.createdAt,
      deletedAt: null,
    });
  });

  it('given others, staff too, then the answer to it is byte for byte that to a message of nothing', async () => {
    const nothing = { channelId: '64b000000000000000000000', messageId: '64b000000000000000000001' };
    for (const person of [sam, outsider]) {
      const [theirs, none] = [await ask(person, [linkTo(message)]), await ask(person, [nothing])];
      expect(theirs.text).toBe('{"items":[null]}');
      expect(none.text).toBe(theirs.text);
    }
    const links = [{ kind: 'message', ...linkTo(message) }];
    expect((await clientOf(world.url).post('/api/link-cards', { links })).status).toBe(401);
  });

  it('given a link that names another channel of mine, or no id at all, then null', async () => {
    const mine = await channelOf(leo, 'cohort');
    const lies = { channelId: mine.id, messageId: message.id };
    expect(await previews(leo, [lies, { channelId: 'x', messageId: '{"$gt":""}' }])).toEqual([null, null]);
  });

  it('given many links, then they are answered in their order; more than 150 are 422', async () => {
    const second = await say(leo, room, 'second');
    const links = Array.from({ length: 150 }, (_, index) => linkTo(index % 2 ? message : second));
    const items = await previews(ines, links);
    expect(items.map((one) => one?.messageId)).toEqual(links.map((one) => one.messageId));
    expect((await ask(ines, [...links, linkTo(message)])).status).toBe(422);
    expect((await ask(ines, [])).status).toBe(422);
  });

  it('given a message that was changed, then deleted, then the latest is told, and of a deleted one no word', async () => {
    await ines.client.patch(`/api/channels/${room}/messages/${message.id}`, { body: 'Otherwise' });
    expect((await previews(leo, [linkTo(message)]))[0]).toMatchObject({ excerpt: 'Otherwise', rev: message.rev + 1 });
    await ines.client.delete(`/api/channels/${room}/messages/${message.id}`);
    expect((await previews(leo, [linkTo(message)]))[0]).toMatchObject({
      excerpt: '',
      files: 0,
      deletedAt: expect.any(String),
    });
  });

  it('given an image, then its small preview and what it shows', async () => {
    const file = await uploaded(world.url, ines, await photo().jpeg().toBuffer(), 'view.jpg');
    const answer = await ines.client.post(`/api/channels/${room}/messages`, {
      clientId: 'a-photo-of-mine',
      attachments: [{ fileId: file.id, alt: 'A view' }],
    });
    const [preview] = await previews(leo, [linkTo(answer.body as Message)]);
    expect(preview).toMatchObject({ excerpt: '', files: 1, image: { url: file.previews!.small, alt: 'A view' } });
  });

  it('given who was taken out, then nothing more', async () => {
    await ines.client.delete(`/api/channels/${room}/members/${leo.id}`);
    expect(await previews(leo, [linkTo(message)])).toEqual([null]);
  });
});
