import { randomUUID } from 'node:crypto';
import type { Message } from '../../../src/contracts/chat/chat.js';
import { ChannelsRepository } from '../../../src/chat/channels/channels.repository.js';
import { BlocksRepository } from '../../../src/chat/moderation/blocks.repository.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { say } from '../../support/rooms/chat.js';

/** Who is blocked between the look at that and the write says nothing more in a conversation of two, and changes nothing there. */
let world: TestWorld;
let [ines, leo, maud]: TestPerson[] = [];
let cohortId: string;
let direct: string;
let own: Message;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(async () => {
  ines = await aMember(world, cohortId, 'fellow');
  leo = await aMember(world, cohortId, 'fellow');
  maud = await aMember(world, cohortId, 'fellow');
  direct = (await leo.client.post('/api/direct', { userIds: [ines.id] })).body.id;
  own = await say(leo, direct, 'Mine');
  await say(ines, direct, 'A reply', own.id);
});

const shown = async () => (await ines!.client.get(`/api/channels/${direct}/messages`)).body.items as Message[];
const message = () => `/api/channels/${direct}/messages/${own.id}`;
const ACTS: [string, () => PromiseLike<{ status: number; body: any }>][] = [
  ['writes', () => leo!.client.post(`/api/channels/${direct}/messages`, { clientId: randomUUID(), body: 'One more' })],
  [
    'replies',
    () =>
      leo!.client.post(`/api/channels/${direct}/messages`, { clientId: randomUUID(), body: 'More', threadId: own.id }),
  ],
  ['edits', () => leo!.client.patch(message(), { body: 'Other words' })],
  ['reacts', () => leo!.client.put(`${message()}/reactions/${encodeURIComponent('👍')}`)],
  ['pins', () => leo!.client.put(`${message()}/pinned`, { pinned: true })],
  ['resolves', () => leo!.client.put(`${message()}/resolved`, { resolved: true })],
];
const block = (by: TestPerson, whom: TestPerson) => by.client.put(`/api/me/blocked/${whom.id}`);

describe.each(ACTS)('as one of two %s', (_what, act) => {
  it('given the other blocks them, then 403 and nothing has changed', async () => {
    const before = await shown();
    const happened = beforeItIsWritten(world, () => block(ines!, leo!));
    const { status, body } = await act();
    expect([happened(), status, body.code]).toEqual([true, 403, 'blocked']);
    expect(await shown()).toEqual(before);
  });

  it('given they block the other, then 409 and nothing has changed', async () => {
    const before = await shown();
    const happened = beforeItIsWritten(world, () => block(leo!, ines!));
    const { status, body } = await act();
    expect([happened(), status, body.code]).toEqual([true, 409, 'you_blocked']);
    expect(await shown()).toEqual(before);
  });

  it('given somebody else blocks them, then it is done', async () => {
    const before = await shown();
    const happened = beforeItIsWritten(world, () => block(maud!, leo!));
    const { status } = await act();
    expect([happened(), status < 300]).toEqual([true, true]);
    expect(await shown()).not.toEqual(before);
  });
});

it('given the other blocks them as they delete their own words, then these are gone', async () => {
  const happened = beforeItIsWritten(world, () => block(ines!, leo!));
  const { status } = await leo!.client.delete(message());
  expect([happened(), status]).toEqual([true, 204]);
  expect((await shown()).find(({ id }) => id === own.id)!.body).toBe('');
});

describe('a conversation that is opened and spoken in while one of its people blocks the other', () => {
  const opensAndSpeaks = async () => {
    const { id } = (await maud!.client.post('/api/direct', { userIds: [ines!.id] })).body;
    await say(maud!, id, 'Hello');
    return id as string;
  };
  const expectRefused = async (opened: string) => {
    const next = await maud!.client.post(`/api/channels/${opened}/messages`, { clientId: randomUUID(), body: 'More' });
    expect([next.status, next.body.code]).toEqual([403, 'blocked']);
  };

  it('given it is so before the block is written, then the next message is refused', async () => {
    let opened = '';
    const happened = beforeItIsWritten(world, async () => (opened = await opensAndSpeaks()));
    expect([(await block(ines!, maud!)).status < 300, happened()]).toEqual([true, true]);
    await expectRefused(opened);
  });

  it('given it is so while the block is written, then the next message is refused', async () => {
    let opened = '';
    const blocks = world.app.get(BlocksRepository);
    const add = blocks.add.bind(blocks);
    const adds = jest.spyOn(blocks, 'add').mockImplementationOnce(async (...given) => {
      await add(...given);
      opened = await opensAndSpeaks();
    });
    expect((await block(ines!, maud!)).status).toBeLessThan(300);
    adds.mockRestore();
    await expectRefused(opened);
  });
});

it('given a block of which the conversation cannot be told, then nobody is blocked', async () => {
  const channels = world.app.get(ChannelsRepository);
  const fails = jest.spyOn(channels, 'keyMembersChanged').mockRejectedValueOnce(new Error('the database is away'));
  expect((await block(ines!, leo!)).status).toBe(500);
  fails.mockRestore();
  expect((await ines!.client.get('/api/me/blocked')).body.items).toEqual([]);
  expect((await ACTS[0]![1]()).status).toBeLessThan(300);
});
