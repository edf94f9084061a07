import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

interface Job {
  path: string;
  name: string;
  input: unknown;
}

/** Where memory runs out, the machine ends this process, not the one that serves everybody (Linux; elsewhere there is no such file). */
try {
  writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {
  // Then it has no such order.
}

/** What runs in a process of its own: functions of modules, one after the other. Says when one begins: until then its module was loaded. */
process.on('message', (job: Job) => {
  void work(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});

/** Whoever started it is gone. Native code may run still, and would be waited for. */
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

async function work({ path, name, input }: Job): Promise<unknown> {
  const functions = (await import(pathToFileURL(path).href)) as Record<string, (input: unknown) => unknown>;
  process.send?.({ began: true });
  return await functions[name]?.(input);
}
