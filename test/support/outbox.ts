import { Alarms } from '../../src/infra/queue/alarms.js';
import { EventBus } from '../../src/infra/events/event-bus.js';
import { Outbox } from '../../src/infra/outbox/outbox.js';
import type { TestWorld } from './app.js';
import { eventually } from './eventually.js';

/** As a process acts that is killed right after its write: what must follow is in the outbox, but no worker is woken and no event told. */
export async function killedAfter<T>(world: TestWorld, act: () => Promise<T>): Promise<T> {
  const [alarms, buses] = [Alarms, EventBus].map((kind) =>
    world.nodes.map(({ app }) => app.get<Alarms | EventBus>(kind)),
  );
  for (const one of alarms as Alarms[]) one.set = () => Promise.resolve();
  for (const one of buses as EventBus[]) one.publish = () => undefined;
  try {
    return await act();
  } finally {
    for (const one of alarms!) Reflect.deleteProperty(one, 'set');
    for (const one of buses!) Reflect.deleteProperty(one, 'publish');
  }
}

/** As when the workers of all processes take their turn at once: what is due in the outbox is followed, also where their own turn has it already. */
export async function followOutbox(world: TestWorld): Promise<void> {
  const leased = new Date(world.clock.now().getTime() + 30_000);
  await eventually(async () => {
    await Promise.all(world.nodes.map(({ app }) => app.get(Outbox).turn()));
    expect(
      await world.db
        .collection('outbox')
        .find({ dueAt: { $lte: leased } })
        .toArray(),
    ).toEqual([]);
  });
}
