import { Deliveries } from '../../src/infra/deliveries/deliveries.js';
import { DELIVERY_WAYS } from '../../src/infra/deliveries/delivery.schema.js';
import type { TestWorld } from './app.js';
import { eventually } from './eventually.js';

/**
 * The workers of all processes hand over what is due by now. What an alarm, or a turn that came by itself, has taken meanwhile is done then, too: a test that looks at once finds all of it, and its
 * clock may jump, which would else end a lease and have the same sent by another process.
 */
export async function deliver(world: TestWorld): Promise<void> {
  await Promise.all(world.nodes.map(({ app }) => app.get(Deliveries).turn()));
  await eventually(async () => {
    const taken = { way: { $in: DELIVERY_WAYS }, dueAt: { $gt: new Date(0) }, lease: { $ne: null } };
    expect(await world.db.collection('deliveries').countDocuments(taken as object)).toBe(0);
  });
}

/** The same until nothing of a kind is due any more: what stood in line, or was written as the turn came, is handed over as well. */
export async function handOver(world: TestWorld, kind: string): Promise<void> {
  await Promise.all(world.nodes.map(({ app }) => app.get(Deliveries).turn()));
  await eventually(async () => {
    const due = { state: 'waiting', dueAt: { $lte: world.clock.now() } };
    const taken = { state: { $in: ['waiting', 'handing'] }, lease: { $ne: null } };
    const left = { kind, $or: [due, taken] };
    expect(await world.db.collection('deliveries').countDocuments(left)).toBe(0);
  });
}

/** Waits until nothing of a kind is in anybody's hands: a mail is seen before its delivery says that it went. */
export async function handedOver(world: TestWorld, kind: string): Promise<void> {
  await eventually(async () => {
    const taken = { kind, state: { $in: ['waiting', 'handing'] }, lease: { $ne: null } };
    expect(await world.db.collection('deliveries').countDocuments(taken)).toBe(0);
  });
}

/** Lets time pass until an instant: what leaves by now is handed over before the clock jumps, then what is due by then. */
export async function handOverAt(world: TestWorld, kind: string, instant: string | Date): Promise<void> {
  await handOver(world, kind);
  world.clock.set(instant);
  await handOver(world, kind);
}
