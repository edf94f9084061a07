import type { Message } from '../../../src/contracts/chat/chat.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { connect, type LiveClient } from '../../support/client.js';
import { aPrivateChannel } from '../../support/rooms/chat.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { moment } from '../../support/moments.js';
import { type ChildNode, startChild } from '../../support/servers/processes.js';
import { sized } from '../../support/size.js';

const SENDERS = 20;
const EACH = sized(15, 50);

let world: TestWorld;
let children: ChildNode[];

beforeAll(async () => {
  world = await startWorld();
  children = [await startChild(world), await startChild(world)];
});
afterAll(async () => {
  await Promise.all(children.map((child) => child.stop()));
  await world.stop();
});

/** Sends one message after the other, and again on the other process what has no ack when its own is gone. */
async function sendAll(
  person: TestPerson,
  sender: number,
  channelId: string,
  acked: Map<string, Message>,
): Promise<void> {
  let at = sender % 2;
  let live: LiveClient | undefined;
  for (let index = 0; index < EACH; index += 1) {
    const clientId = `sender-${sender}-${index}`;
    for (;;) {
      try {
        live ??= await connect(children[at]!.url, person.token);
        const ack = await untilGone(live, live.ask('channel:send', { channelId, clientId, body: clientId }));
        expect(ack.ok).toBe(true);
        acked.set(clientId, ack.data.message);
        break;
      } catch (error) {
        if (!(error instanceof Error) || error.message.includes('expect(')) throw error;
        live?.close();
        live = undefined;
        at = 1 - at;
      }
    }
  }
  live?.close();
}

/** An ack, or an error as soon as the line is gone. */
function untilGone(live: LiveClient, ack: Promise<any>): Promise<any> {
  return Promise.race([
    ack,
    new Promise((_, reject) => live.socket.once('disconnect', () => reject(new Error('the line is gone')))),
  ]);
}

describe(`one of two processes killed -9 in the middle of ${SENDERS * EACH} messages`, () => {
  it('loses nothing that was acked, doubles nothing, and leaves no hole in the revs', async () => {
    const cohortId = await aCohort(world);
    const people = await Promise.all(Array.from({ length: SENDERS }, () => aMember(world, cohortId, 'fellow')));
    const channelId = await aPrivateChannel(people[0]!, cohortId, people.slice(1));
    const acked = new Map<string, Message>();
    const sending = people.map((person, sender) => sendAll(person, sender, channelId, acked));
    await moment(() => acked.size >= (SENDERS * EACH) / 3);
    await children[0]!.kill();
    await Promise.all(sending);

    const rows: Message[] = [];
    for (let after = 0, hasAfter = true; hasAfter;) {
      const page = (await people[0]!.client.get(`/api/channels/${channelId}/messages?after=${after}&limit=200`)).body;
      rows.push(...page.items);
      after = rows.at(-1)!.seq;
      ({ hasAfter } = page);
    }
    expect(rows.map((row) => row.rev)).toEqual(Array.from({ length: SENDERS * EACH }, (_, index) => index + 1));
    expect(new Set(rows.map((row) => row.clientId)).size).toBe(SENDERS * EACH);
    const byClientId = new Map(rows.map((row) => [row.clientId, row]));
    expect([...acked].filter(([clientId, message]) => byClientId.get(clientId)?.id !== message.id)).toEqual([]);
    for (let sender = 0; sender < SENDERS; sender += 1) {
      const own = rows.filter((row) => row.senderId === people[sender]!.id).map((row) => row.body);
      expect(own).toEqual(Array.from({ length: EACH }, (_, index) => `sender-${sender}-${index}`));
    }
  });
});
