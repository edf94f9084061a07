import { startWorld, type TestWorld } from '../../support/app.js';
import { aPrivateChannel } from '../../support/rooms/chat.js';
import { Device } from '../../support/rooms/device.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { type ChildNode, startChild } from '../../support/servers/processes.js';
import { pace } from '../../support/patience.js';

const MESSAGES = 500;

let world: TestWorld;
let children: ChildNode[];
/** Where devices knock; a process that comes back has another address. */
let urls: string[];
let ines: TestPerson;
let leo: TestPerson;
let room: string;

beforeAll(async () => {
  world = await startWorld();
  children = [await startChild(world), await startChild(world)];
  urls = children.map((child) => child.url);
  const cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo' });
  room = await aPrivateChannel(ines, cohortId, [leo]);
});
afterAll(async () => {
  await Promise.all(children.map((child) => child.stop()));
  await world.stop();
});

it('given two devices cut in the middle of 500 messages, and a process that dies and comes back, then both hold all, once, in order, and count alike', async () => {
  const writer = new Device(leo, urls);
  const phone = new Device(ines, urls, 0);
  const laptop = new Device(ines, urls, 1);
  try {
    await Promise.all([phone.open(room), laptop.open(room), writer.open(room)]);
    const at = (share: number) => Math.floor(MESSAGES * share);
    const sent = new Map<string, number>();
    const meanwhile: Promise<void>[] = [];
    for (let index = 0; index < MESSAGES; index += 1) {
      if (index === at(0.2)) meanwhile.push(phone.cut(400));
      if (index === at(0.4)) meanwhile.push(laptop.cut(50), writer.cut(10));
      if (index === at(0.6)) meanwhile.push(restarted());
      if (index === at(0.8)) meanwhile.push(phone.cut(100), laptop.cut(100));
      const message = await writer.send(room, `message ${index}`);
      sent.set(message.id, message.seq);
    }
    await Promise.all(meanwhile);

    const truth = await writer.fetchAll(room);
    expect(truth.map((one) => one.body)).toEqual(Array.from({ length: MESSAGES }, (_, index) => `message ${index}`));
    expect(truth.map((one) => [one.id, one.seq])).toEqual([...sent]);
    expect(truth.map((one) => one.rev)).toEqual(Array.from({ length: MESSAGES }, (_, index) => index + 1));
    await eventually(() => {
      for (const device of [phone, laptop]) {
        const held = device.shown(room);
        expect(held).toEqual(truth.slice(truth.length - held.length));
        expect(device.states.get(room)!.rev).toBe(MESSAGES);
      }
    });
    const counts = await Promise.all([phone, laptop].map((device) => device.channel(room)));
    for (const { unread, mentions, rev, readSeq } of counts)
      expect({ unread, mentions, rev, readSeq }).toEqual({ unread: MESSAGES, mentions: 0, rev: MESSAGES, readSeq: 0 });
  } finally {
    for (const device of [writer, phone, laptop]) device.close();
  }
});

/** A process dies without last words, and another takes its place. */
async function restarted(): Promise<void> {
  await children[0]!.kill();
  await pace(200);
  children[0] = await startChild(world);
  urls[0] = children[0].url;
}
