import { Types } from 'mongoose';
import type { Message } from '../../../src/contracts/chat/chat.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let ines: TestPerson;
let leo: TestPerson;
let room: string;

const QUESTION = 'Does anybody know which font we use for printed letters?';

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow');
  leo = await aMember(world, cohortId, 'fellow');
  room = (await channelOf(ines, 'cohort')).id;
});

const solved = async (title: string): Promise<string> => {
  const { id } = (await leo.client.post(`${C}/topics`, { title, body: 'Who knows?' })).body;
  const { id: postId } = (await ines.client.post(`${C}/topics/${id}/posts`, { body: 'Marianne.' })).body;
  expect((await leo.client.put(`${C}/topics/${id}/answer`, { postId })).status).toBeLessThan(300);
  return id;
};
const pathOf = ({ channelId, id }: Message) => `/api/channels/${channelId}/messages/${id}/answered`;
const offered = async (person: TestPerson, message: Message) => {
  const { status, body } = await person.client.post(pathOf(message));
  expect(status).toBe(200);
  return body.topic;
};

describe('a question of chat that the forum has the answer to', () => {
  it('given a solved topic that it resembles, then it is offered to its author, once a message and once a topic', async () => {
    const id = await solved('Which font for printed letters?');
    const message = await say(ines, room, QUESTION);
    expect(await offered(ines, message)).toEqual({ id, cohortId, title: 'Which font for printed letters?' });
    expect(await offered(ines, message)).toBeNull();
    expect(await offered(ines, await say(ines, room, QUESTION))).toBeNull();
    expect(await offered(leo, await say(leo, room, QUESTION))).toMatchObject({ id });
  });

  it('given another topic that it resembles, too, then that one the next time', async () => {
    await solved('Which font for printed letters?');
    const first = await offered(ines, await say(ines, room, QUESTION));
    await solved('The font of our printed letters');
    const second = await offered(ines, await say(ines, room, QUESTION));
    expect([first.title, second.title]).toEqual(['Which font for printed letters?', 'The font of our printed letters']);
  });

  it('given one message is asked about many times at once, then one offer', async () => {
    await solved('Which font for printed letters?');
    const message = await say(ines, room, QUESTION);
    const answers = await Promise.all(Array.from({ length: 8 }, () => offered(ines, message)));
    expect(answers.filter((topic) => topic !== null)).toHaveLength(1);
  });

  it('given no question, none that is solved, or none alike, then nothing is offered', async () => {
    await leo.client.post(`${C}/topics`, { title: 'Which font for printed letters?', body: 'Who knows?' });
    expect(await offered(ines, await say(ines, room, QUESTION))).toBeNull();
    await solved('Which font for printed letters?');
    expect(await offered(ines, await say(ines, room, 'We use this font for printed letters.'))).toBeNull();
    expect(await offered(ines, await say(ines, room, 'Who comes to the museum tomorrow?'))).toBeNull();
  });

  it('given a deleted topic, or one of another cohort, then it is not offered', async () => {
    const id = await solved('Which font for printed letters?');
    const gone = { $set: { deletedAt: world.clock.now() } };
    await world.db.collection('topics').updateOne({ _id: new Types.ObjectId(id) }, gone);
    expect(await offered(ines, await say(ines, room, QUESTION))).toBeNull();
    const elsewhere = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
    const theirs = await say(elsewhere, (await channelOf(elsewhere, 'cohort')).id, QUESTION);
    expect(await offered(elsewhere, theirs)).toBeNull();
  });

  it('given somebody else, another cohort, who was taken out, or no login, then there is no such message', async () => {
    await solved('Which font for printed letters?');
    const privately = await aPrivateChannel(ines, cohortId, [leo]);
    const message = await say(leo, privately, QUESTION);
    const outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
    for (const one of [ines, outsider]) expect((await one.client.post(pathOf(message))).status).toBe(404);
    expect((await leo.client.post(pathOf({ ...message, id: 'f'.repeat(24) }))).status).toBe(404);
    expect((await clientOf(world.url).post(pathOf(message))).status).toBe(401);
    await ines.client.delete(`/api/channels/${privately}/members/${leo.id}`);
    expect((await leo.client.post(pathOf(message))).status).toBe(404);
  });
});
