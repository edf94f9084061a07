import { withApp } from './context.js';

/** Putting the app together migrates; nothing else is left to do. */
export async function migrate(): Promise<void> {
  await withApp(() => Promise.resolve());
}
