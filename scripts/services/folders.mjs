import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The folder for what is fetched or built once per machine; `CORDEE_CACHE` moves it. */
export function cacheFolder(env = process.env) {
  return env.CORDEE_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cordee');
}

/** Is there a program at this path that we may run? */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The full path of the first of `names` found on PATH, or null. */
export function onPath(names, env = process.env) {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names) for (const folder of folders) if (isProgram(join(folder, name))) return join(folder, name);
  return null;
}
