import type { Message, Messages } from '../../../src/contracts/chat/chat.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let ines: TestPerson;
let leo: TestPerson;
let outsider: TestPerson;
let room: string;
const said: Record<string, Message> = {};

beforeAll(async () => {
  world = await startWorld({ now: '2026-10-24T10:00:00.000Z' });
  const cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow');
  leo = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
  room = await aPrivateChannel(ines, cohortId, [leo]);
  const at = async (instant: string, body: string, threadId?: string) => {
    world.clock.set(new Date(instant));
    said[body] = await say(ines, room, body, threadId);
  };
  await at('2026-10-24T10:00:00.000Z', 'saturday');
  // The night of the change: the Sunday of Paris has 25 hours, from 22:00 UTC to 23:00 UTC.
  await at('2026-10-24T21:59:59.999Z', 'late on saturday');
  await at('2026-10-24T22:00:00.000Z', 'reply on sunday', said.saturday!.id);
  await at('2026-10-24T22:00:00.001Z', 'first on sunday');
  await at('2026-10-25T22:59:59.999Z', 'last on sunday');
  await at('2026-10-25T23:00:00.000Z', 'first on monday');
  await at('2026-10-29T09:00:00.000Z', 'thursday');
});
afterAll(() => world.stop());

const ask = (person: TestPerson, query: string) => person.client.get(`/api/channels/${room}/messages?${query}`);
const first = async (at: string) => {
  const page = (await ask(leo, `at=${at}&limit=1`)).body as Messages;
  return page.items.map((one) => one.body);
};

describe('the first message of a day', () => {
  it.each([
    ['the day before all', '2026-01-01T00:00:00Z', 'saturday'],
    ['the 25 hours of a Sunday', '2026-10-24T22:00:00Z', 'first on sunday'],
    ['the Monday after it', '2026-10-25T23:00:00Z', 'first on monday'],
    ['a day without messages', '2026-10-26T23:00:00Z', 'thursday'],
  ])('given %s, then it is the first top-level one from then on', async (_, at, body) => {
    expect(await first(at)).toEqual([body]);
  });

  it('given a page around it, then what was before is there, too', async () => {
    const page = (await ask(leo, 'at=2026-10-24T22:00:00Z&limit=4')).body as Messages;
    expect(page.items.map((one) => one.body)).toEqual([
      'saturday',
      'late on saturday',
      'first on sunday',
      'last on sunday',
    ]);
    expect(page).toMatchObject({ hasBefore: false, hasAfter: true });
  });

  it('given a day after all, then it is the last page', async () => {
    const page = (await ask(leo, 'at=2027-01-01T00:00:00Z&limit=2')).body as Messages;
    expect(page.items.map((one) => one.body)).toEqual(['first on monday', 'thursday']);
    expect(page.hasAfter).toBe(false);
  });

  it('given a first one that was deleted, then it is the next that has words', async () => {
    await ines.client.delete(`/api/channels/${room}/messages/${said['first on monday']!.id}`);
    expect(await first('2026-10-25T23:00:00Z')).toEqual(['thursday']);
  });

  it('answers 404 to who is not in the channel, 422 to what is no instant', async () => {
    expect((await ask(outsider, 'at=2026-10-24T22:00:00Z')).status).toBe(404);
    expect((await ask(leo, 'at=2026-10-24')).status).toBe(422);
  });
});
