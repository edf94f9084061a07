import { pathToFileURL } from 'node:url';
import type { MessagePort } from 'node:worker_threads';

/** What runs on a thread: a function of a module. Says through `began` that its turn has come: until then it only waited. */
export async function start(task: {
  path: string;
  name: string;
  input: unknown;
  began: MessagePort;
}): Promise<unknown> {
  const functions = (await import(pathToFileURL(task.path).href)) as Record<string, (input: unknown) => unknown>;
  task.began.postMessage(null);
  task.began.close();
  return await functions[task.name]?.(task.input);
}
