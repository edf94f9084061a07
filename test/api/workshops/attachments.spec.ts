import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Types } from 'mongoose';
import type { ChannelSummary, Message } from '../../../src/contracts/chat/chat.js';
import type { UploadedFile } from '../../../src/contracts/files.js';
import { FilesSweep } from '../../../src/files/files.sweep.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, heard, say } from '../../support/rooms/chat.js';
import { connect } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { fetchFile, filesCookieOf, photo, uploaded } from '../../support/rooms/files.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let staff: TestPerson;
let room: ChannelSummary;
const cookies = new Map<string, string>();

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { craft: 'data' });
  leo = await aMember(world, cohortId, 'fellow', { craft: 'data' });
  staff = await aMember(world, cohortId, 'staff');
  for (const person of [ines, leo, staff]) cookies.set(person.id, await filesCookieOf(world.url, person));
  room = await channelOf(ines, 'craft');
});
afterAll(() => world.stop());

const open = (person: TestPerson, path: string) => fetchFile(world.url, path, cookies.get(person.id)!);
const aFile = (person = ines, name?: string) => uploaded(world.url, person, randomUUID(), name);
const aPhoto = async () => uploaded(world.url, ines, await photo().png().toBuffer(), 'plan.png');

function send(person: TestPerson, files: readonly (string | UploadedFile)[], more: object = {}, channelId = room.id) {
  const attachments = files.map((file) => ({ fileId: typeof file === 'string' ? file : file.id }));
  return person.client.post(`/api/channels/${channelId}/messages`, { clientId: randomUUID(), attachments, ...more });
}

describe('files on a message', () => {
  it('given uploads, then they go with the message, over the socket and without a word, and all of the channel open them', async () => {
    const [image, file] = [await aPhoto(), await aFile(ines, '🎬 "plan".txt')];
    const [mine, theirs] = await Promise.all([connect(world.url, ines.token), connect(world.nodes[1]!.url, leo.token)]);
    const ack = await mine.ask('channel:send', {
      channelId: room.id,
      clientId: randomUUID(),
      attachments: [{ fileId: image.id, alt: 'The plan of the garden' }, { fileId: file.id }],
    });
    const { message } = ack.data as { message: Message };
    expect(message).toMatchObject({
      body: '',
      attachments: [
        { ...image, alt: 'The plan of the garden' },
        { ...file, alt: '' },
      ],
    });
    expect(await heard(theirs, 'message.created', ({ id }) => id === message.id)).toEqual(message);
    expect((await open(leo, image.previews!.small)).headers['content-type']).toBe('image/webp');
    expect((await open(leo, file.url)).headers['content-disposition']).toContain("filename*=UTF-8''%F0%9F%8E%AC");
    expect((await channelOf(leo, 'craft')).last?.excerpt).toBe('plan.png, 🎬 "plan".txt');
    mine.close();
    theirs.close();
  });

  it('given a message whose ack was lost, then the same again answers the first one, with its files', async () => {
    const file = await aFile();
    const clientId = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => send(ines, [file], { clientId })));
    const later = await send(ines, [file], { clientId });
    for (const { status, body } of [...answers, later]) expect([status, body.id]).toEqual([201, answers[0]!.body.id]);
  });

  it('given one file and many messages at once on two processes, then one of them has it and the others say so', async () => {
    const file = await aFile();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        ines.client.on(world.nodes[at % 2]!.url).post(`/api/channels/${room.id}/messages`, {
          clientId: randomUUID(),
          body: `try ${at}`,
          attachments: [{ fileId: file.id }],
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 201);
    for (const { status, body } of refused)
      expect([status, body.errors]).toEqual([422, [{ field: '/attachments/0/fileId', code: 'unknown' }]]);
  });

  it('given a file of somebody else, sent before, thrown away, unknown or malformed, then the message is refused and nothing is written', async () => {
    const before = (await channelOf(ines, 'craft')).rev;
    const thrown = await aFile();
    await ines.client.delete(`/api/files/${thrown.id}`);
    const foreign = await aFile(leo);
    const sent = await aFile();
    expect((await send(ines, [sent])).status).toBe(201);
    for (const file of [foreign, sent, thrown, String(new Types.ObjectId()), 'x']) {
      const { status, body } = await send(ines, [file], { body: 'with words' });
      expect([status, body.errors]).toEqual([422, [{ field: '/attachments/0/fileId', code: 'unknown' }]]);
    }
    expect((await channelOf(ines, 'craft')).rev).toBe(before + 1);
    expect((await open(leo, foreign.url)).status).toBe(200);
  });

  it('given neither words nor files, eleven files, or another field, then the message is refused', async () => {
    const empty = await send(ines, []);
    expect([empty.status, empty.body.errors]).toEqual([422, [{ field: '/body', code: 'required' }]]);
    expect((await send(ines, [], { attachments: undefined, body: ' ' })).status).toBe(422);
    const many = await send(
      ines,
      Array.from({ length: 11 }, () => 'x'),
    );
    expect(many.body.errors).toMatchObject([{ field: '/attachments', code: 'too_big' }]);
    expect((await send(ines, [], { attachments: [{ fileId: 'x', url: 'https://elsewhere.example' }] })).status).toBe(
      422,
    );
  });
});

describe('who opens the files of a channel', () => {
  it('given somebody who is not in it, or not any more, then 404 as for a random id; the sender, too', async () => {
    const channelId = await aPrivateChannel(staff, cohortId, [ines, leo]);
    const file = await aFile();
    expect((await send(ines, [file], {}, channelId)).status).toBe(201);
    const outsider = await aMember(world, await aCohort(world), 'staff');
    cookies.set(outsider.id, await filesCookieOf(world.url, outsider));
    const nothing = await open(outsider, `/files/uploads/${String(new Types.ObjectId())}`);
    const foreign = await open(outsider, file.url);
    expect([foreign.status, foreign.body]).toEqual([404, nothing.body]);
    expect((await open(leo, file.url)).status).toBe(200);
    await staff.client.delete(`/api/channels/${channelId}/members/${leo.id}`);
    const removed = await open(leo, file.url);
    expect([removed.status, removed.body]).toEqual([404, nothing.body]);
    await staff.client.delete(`/api/channels/${channelId}/members/${ines.id}`);
    expect((await open(ines, file.url)).status).toBe(404);
    expect((await open(staff, file.url)).status).toBe(200);
  });

  it('given a sent file, then its owner cannot throw it away behind the message', async () => {
    const file = await aFile();
    await send(ines, [file]);
    expect((await ines.client.delete(`/api/files/${file.id}`)).status).toBe(404);
    expect((await open(leo, file.url)).status).toBe(200);
  });
});

describe('changing a message with files', () => {
  it('given new words for an image, then all hear them and nothing else changes; the text may become empty', async () => {
    const image = await aPhoto();
    const { body: message } = await send(ines, [image], { body: 'Look' });
    const path = `/api/channels/${room.id}/messages/${message.id}`;
    const attachments = [{ fileId: image.id, alt: 'Three beds of roses' }];
    const changed = await ines.client.patch(path, { body: 'Look', attachments });
    expect(changed.body).toMatchObject({
      body: 'Look',
      attachments: [{ ...image, alt: 'Three beds of roses' }],
      editedAt: null,
    });
    expect(changed.body.rev).toBeGreaterThan(message.rev);
    expect((await ines.client.patch(path, { body: 'Look', attachments })).body.rev).toBe(changed.body.rev);
    const emptied = await ines.client.patch(path, { body: '' });
    expect(emptied.body).toMatchObject({ body: '', attachments: [{ alt: 'Three beds of roses' }] });
    expect((await leo.client.patch(path, { body: '', attachments })).status).toBe(403);
    const unknown = await ines.client.patch(path, {
      body: '',
      attachments: [{ fileId: (await aFile()).id, alt: 'x' }],
    });
    expect([unknown.status, unknown.body.errors]).toEqual([422, [{ field: '/attachments', code: 'unknown' }]]);
    const plain = await say(ines, room.id, 'no files');
    const empty = await ines.client.patch(`/api/channels/${room.id}/messages/${plain.id}`, { body: '' });
    expect([empty.status, empty.body.errors]).toEqual([422, [{ field: '/body', code: 'required' }]]);
  });

  it('given a deleted message, then its files are closed at once and their bytes follow', async () => {
    const [image, other] = [await aPhoto(), await aFile()];
    const { body: message } = await send(ines, [image]);
    await send(ines, [other]);
    expect((await ines.client.delete(`/api/channels/${room.id}/messages/${message.id}`)).status).toBe(204);
    for (const url of [image.url, image.previews!.small]) expect((await open(ines, url)).status).toBe(404);
    const tombstone = (await ines.client.get(`/api/channels/${room.id}/messages/${message.id}`)).body as Message;
    expect(tombstone).toMatchObject({ body: '', attachments: [] });
    await world.app.get(FilesSweep).sweep();
    const names = await readdir(join(world.config.FILES_PATH, 'uploads'));
    expect(names.filter((name) => name.startsWith(image.id))).toEqual([]);
    expect(names).toContain(other.id);
  });
});
