import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The load generator, a process of its own (fanout-load.mjs): `ask` gives it a task and waits for its answer. */
export function startLoad() {
  const load = fork(join(import.meta.dirname, 'fanout-load.mjs'));
  return {
    ask: async (task, what) => {
      load.send({ task, ...what });
      const [{ answer, error }] = await once(load, 'message');
      if (error) throw new Error(`${task}: ${error}`);
      return answer;
    },
    end: () => load.disconnect(),
  };
}
