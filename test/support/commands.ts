import type { TestWorld } from './app.js';
import { followOutbox } from './outbox.js';
import { followCommands } from './queries.js';

/** Something that is done, which is asked to go well. */
export type Act = () => Promise<{ status: number }>;

const isRead = (command: string) => /^(find|aggregate) /.test(command);

/**
 * How many commands an act takes, what follows from it included; it is done once before, so that what is read once is read. What only reads is done twice, and the fewer count: what is asked for
 * in one turn of the loop goes together, and on a busy machine there are more turns. `COMMANDS=1` prints each command.
 */
export async function commandsOf(world: TestWorld, name: string, act: Act): Promise<number> {
  const once = async () => {
    await world.settled();
    await followOutbox(world);
    const commands = followCommands(world.db);
    expect((await act()).status).toBeLessThan(300);
    await world.settled();
    return commands();
  };
  await once();
  const first = await once();
  const again = first.every(isRead) ? await once() : first;
  const made = again.length < first.length ? again : first;
  if (process.env.COMMANDS) console.log([`${name}: ${made.length}`, ...made].join('\n'));
  return made.length;
}
