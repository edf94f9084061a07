import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The folder for what is fetched or built once per machine; `CORDEE_CACHE` moves it. */
export function cacheFolder(env = process.env) {
  return env.CORDEE_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cordee');
}

/** The cache folder, or where it cannot be written to (no home, a read-only one) a folder of the data folder. */
export function writableCacheFolder(dataFolder, env = process.env) {
  const usual = cacheFolder(env);
  if (env.CORDEE_CACHE) return usual; // named by a person: never another one in silence
  try {
    mkdirSync(usual, { recursive: true });
    accessSync(usual, constants.W_OK);
    return usual;
  } catch {
    return join(dataFolder, 'cache');
  }
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
