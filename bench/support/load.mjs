import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A load generator, a process of its own: `ask` gives it a task and waits for its answer. */
export function startLoad(file = 'fanout-load.mjs') {
  const load = fork(join(import.meta.dirname, file));
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
