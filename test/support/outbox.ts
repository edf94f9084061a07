import { Alarms } from '../../src/infra/queue/alarms.js';
import { EventBus } from '../../src/infra/events/event-bus.js';
import { Outbox } from '../../src/infra/outbox/outbox.js';
import type { TestWorld } from './app.js';
import { eventually } from './eventually.js';

/**
 * As a process acts that is killed right after its write: what must follow is in the outbox, but it follows nothing, no worker is woken and no event told. Its lease
 * is over by the end.
 */
export async function killedAfter<T>(world: TestWorld, act: () => Promise<T>): Promise<T> {
  const partsOf = <Part>(kind: new (...parts: never[]) => Part) => world.nodes.map(({ app }) => app.get<Part>(kind));
  const [outboxes, alarms, buses] = [partsOf(Outbox), partsOf(Alarms), partsOf(EventBus)];
  for (const one of outboxes) Object.assign(one, { start: () => undefined });
  for (const one of alarms) one.setAll = () => Promise.resolve();
  for (const one of buses) one.publish = () => undefined;
  try {
    return await act();
  } finally {
    for (const one of outboxes) Reflect.deleteProperty(one, 'start');
    for (const one of alarms) Reflect.deleteProperty(one, 'setAll');
    for (const one of buses) Reflect.deleteProperty(one, 'publish');
    const dueAt = world.clock.now();
    await world.db.collection('outbox').updateMany({ tries: 1, dueAt: { $gt: dueAt } }, { $set: { dueAt } });
  }
}

/**
 * As when the workers of all processes take their turn at once: what is due in the outbox is followed, also where their own turn has it already. What is to be
 * followed later is left.
 */
export async function followOutbox(world: TestWorld): Promise<void> {
  const now = world.clock.now();
  const leased = new Date(now.getTime() + 30_000);
  await eventually(async () => {
    await Promise.all(world.nodes.map(({ app }) => app.get(Outbox).turn()));
    expect(
      await world.db
        .collection('outbox')
        .find({ $or: [{ dueAt: { $lte: now } }, { tries: { $gte: 1 }, dueAt: { $lte: leased } }] })
        .toArray(),
    ).toEqual([]);
  });
}
