import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';
import { connect, type LiveClient } from '../../support/client.js';
import { aCohort, aMember, PASSWORD, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  leo = await aMember(world, cohortId, 'staff', { name: 'Léo' });
  stranger = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
});
afterAll(() => world.stop());

/** A word as a page gets it before it loads anything. */
async function wordOf({ client, email }: TestPerson): Promise<string> {
  const answer = await client.post('/api/auth/login', { email, password: PASSWORD });
  expect(answer.body.said).toEqual(expect.any(String));
  return answer.body.said as string;
}

async function hasMissed(live: LiveClient, said: string): Promise<boolean> {
  const ack = await live.ask('missed', { said });
  expect(ack.ok).toBe(true);
  return (ack.data as { missed: boolean }).missed;
}

/** What the line to the other node says to somebody who had a word before something was done, and whose socket stands only after it. */
async function missedWhile(act: () => Promise<unknown>, node = 1): Promise<boolean> {
  // What was done before is told, too.
  await world.settled();
  const said = await wordOf(ines);
  await act();
  const live = await connect(world.nodes[node]!.url, ines.token);
  const missed = await hasMissed(live, said);
  live.close();
  return missed;
}

describe('a socket that stands after its page was loaded', () => {
  it.each([0, 1])('given nothing was said, then on node %i nothing was missed', async (node) => {
    expect(await missedWhile(() => Promise.resolve(), node)).toBe(false);
  });

  it.each([0, 1])('given a message in a channel of theirs, then on node %i it was missed', async (node) => {
    const { id } = await channelOf(ines, 'cohort');
    expect(await missedWhile(() => say(leo, id, 'hello'), node)).toBe(true);
  });

  it('given news of their cohort, then they were missed', async () => {
    const topic = { title: 'Who knows a printer?', body: 'Near the station.', tags: [] };
    expect(await missedWhile(() => leo.client.post(`/api/cohorts/${cohortId}/topics`, topic))).toBe(true);
  });

  it('given they read something on another device, then that was missed', async () => {
    expect(
      await missedWhile(() => ines.client.post('/api/me/inbox/read', { before: world.clock.now().toISOString() })),
    ).toBe(true);
  });

  it('given a channel that they came into, then that was missed', async () => {
    expect(await missedWhile(() => aPrivateChannel(leo, cohortId, [ines]))).toBe(true);
  });

  it('given others among whom something was said, then nothing was missed', async () => {
    const elsewhere = await stranger.client.get('/api/channels');
    const [channel] = elsewhere.body.items as { id: string }[];
    expect(await missedWhile(() => say(stranger, channel!.id, 'hello'))).toBe(false);
  });

  it('given a word that nobody gave, then all of it may have been missed', async () => {
    const live = await connect(world.nodes[0]!.url, ines.token);
    expect(await hasMissed(live, 'no-such-word')).toBe(true);
    expect(await live.ask('missed', { said: 'x'.repeat(101) })).toMatchObject({ ok: false });
    expect(await live.ask('missed', {})).toMatchObject({ ok: false });
    live.close();
  });
});
