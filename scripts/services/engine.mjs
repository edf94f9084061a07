import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { betterOnes, howToMove, nothingFound, rememberedIsGone, tryOrder } from './choose.mjs';
import { writableCacheFolder } from './folders.mjs';
import { runServer } from './processes.mjs';
import { Trouble } from './say.mjs';

/**
 * Starts the first engine that can be had; the one that made the data of this folder before all others.
 *
 * @param {{kind: 'MongoDB' | 'Redis', variable: string, engines: object[], dataFolder: string, env: NodeJS.ProcessEnv,
 *   isDurable: boolean, isReady: (port: number, engine: object) => Promise<boolean>}} wanted `isDurable`: what was
 *   acknowledged outlives the server
 * @returns {Promise<{engine: string, line: string} & Awaited<ReturnType<typeof runServer>>>}
 * @throws {Trouble} when none can be had, or when the one that holds the data is gone
 */
export async function startEngine({ kind, variable, engines, dataFolder, env, isDurable, isReady }) {
  const cache = writableCacheFolder(dataFolder, env);
  const remembered = readRemembered(dataFolder)[kind];
  const tried = [];
  for (const engine of tryOrder(engines, remembered)) {
    try {
      const program = (await engine.here(env, cache)) || (await engine.fetch?.(env, cache));
      if (!program) throw new Error('not found');
      const server = await startOne({ kind, engine, program, dataFolder, env, isDurable, isReady });
      remember(dataFolder, kind, engine.name);
      const line = `${kind}: ${engine.title} (${program.command}), data in ${join(dataFolder, engine.name)}.`;
      const advice = remembered ? await adviceFor({ kind, engines, engine, env, cache }) : '';
      return { ...server, engine: engine.name, line: line + advice };
    } catch (error) {
      if (engine.name === remembered) throw new Trouble(rememberedIsGone(engine, error.message));
      tried.push({ engine, why: error.message });
    }
  }
  throw new Trouble(nothingFound(kind, variable, tried));
}

async function startOne({ kind, engine, program, dataFolder, env, isDurable, isReady }) {
  const folder = join(dataFolder, engine.name);
  mkdirSync(folder, { recursive: true });
  const what = {
    name: engine.title,
    command: program.command,
    args: (port) => engine.args(port, folder, isDurable),
    env: { ...env, ...program.env },
    cwd: folder,
    logFile: join(dataFolder, `${kind.toLowerCase()}.log`),
    isReady: (port) => isReady(port, engine),
  };
  let server = await runServer(what);
  return {
    ...server,
    hasEnded: () => server.hasEnded(),
    stop: (limitMs) => server.stop(limitMs),
    kill: () => server.kill(),
    /** After `kill`: the same server with the same data, at the same address. */
    async again() {
      server = await runServer({ ...what, port: server.port });
    },
  };
}

async function adviceFor({ kind, engines, engine, env, cache }) {
  const [better] = betterOnes(engines, engine.name, (other) => other.here(env, cache));
  return better ? ` ${howToMove(kind, engine, better)}` : '';
}

const memory = (dataFolder) => join(dataFolder, 'engines.json');

function readRemembered(dataFolder) {
  try {
    return JSON.parse(readFileSync(memory(dataFolder), 'utf8'));
  } catch {
    return {};
  }
}

function remember(dataFolder, kind, name) {
  writeFileSync(memory(dataFolder), JSON.stringify({ ...readRemembered(dataFolder), [kind]: name }));
}
