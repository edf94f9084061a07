import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { urlHost } from '../../scripts/start/app.mjs';
import { checkInstalled, checkNode, checkPort, checkWritable, hostOf, portOf } from '../../scripts/start/checks.mjs';
import { noteOf, prepareData } from '../../scripts/start/demo-data.mjs';
import { checkAlone, forget, leaveNote, whoRuns } from '../../scripts/start/running.mjs';
import { keptSecret } from '../../scripts/start/secret.mjs';
import { welcome } from '../../scripts/start/welcome.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordee-unit-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the Node it runs on', () => {
  test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('given Node %s, then it starts', (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });

  test.each(['18.20.0', '20.18.9'])('given Node %s, then one sentence says which is needed', (version) => {
    expect(() => checkNode(version)).toThrow(`Cordée needs Node 20.19 or later; this is Node ${version}.`);
  });

  test('given a clone without packages, then it names the command that installs them', () => {
    expect(() => checkInstalled(folder)).toThrow('run `npm ci` first');
  });
});

describe('the port', () => {
  test.each([
    [{}, 3000],
    [{ PORT: '8080' }, 8080],
  ])('given %j, then it is %d', (env, port) => {
    expect(portOf(env)).toBe(port);
  });

  test.each(['abc', '0', '65536', '80.5', '-1'])('given PORT=%s, then it says what a port is', (PORT) => {
    expect(() => portOf({ PORT })).toThrow(`PORT must be a number from 1 to 65535, not "${PORT}".`);
  });

  test.each(['127.0.0.1', '0.0.0.0'])(
    'given a program that listens on %s, then it says so and what to do',
    async (host) => {
      const other = createServer();
      await new Promise<void>((ready) => other.listen(0, host, ready));
      const { port } = other.address() as AddressInfo;
      await expect(checkPort(port)).rejects.toThrow(
        `Port ${port} is taken by another program: stop it, or choose another port, as in \`PORT=${port + 1} npm start\`.`,
      );
      await new Promise((closed) => other.close(closed));
      await expect(checkPort(port)).resolves.toBeUndefined();
    },
  );
});

describe('where it listens', () => {
  test.each([
    [{}, '127.0.0.1'],
    [{ HOST: '' }, '127.0.0.1'],
    [{ HOST: '0.0.0.0' }, '0.0.0.0'],
  ])('given %j, then on %s', (env, host) => {
    expect(hostOf(env)).toBe(host);
  });

  test('given an address of another machine, then it says what HOST is', async () => {
    await expect(checkPort(0, '203.0.113.7')).rejects.toThrow(
      'HOST must be an address of this machine, or 0.0.0.0 for all of them, not "203.0.113.7".',
    );
  });

  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', '127.0.0.1'],
    ['::', '[::1]'],
    ['::1', '[::1]'],
  ])('given %s, then it is asked at %s whether it is ready', (host, asked) => {
    expect(urlHost(host)).toBe(asked);
  });

  test('given more than this machine, then the greeting warns of published passwords; given this machine, it does not', () => {
    const shown = { url: 'http://localhost:3000', who: 'demo', seconds: '1.0', logFile: 'app.log', caught: true };
    expect(welcome({ ...shown, host: '0.0.0.0' })).toContain('It listens on 0.0.0.0: whoever reaches that address can');
    expect(welcome({ ...shown, host: '127.0.0.1' })).not.toContain('It listens on');
  });
});

describe('whose data are there', () => {
  const greeting = (who: string) =>
    welcome({ url: 'http://localhost:3000', host: '127.0.0.1', who, seconds: '1.0', logFile: 'app.log', caught: true });

  /** Starts again and again in one folder; `found` is what the database holds. */
  async function starts(found: string, flags: boolean[], before?: string) {
    const note = noteOf(folder);
    if (before) note.write(before);
    const asked: string[] = [];
    const cli = (args: string[]) => {
      asked.push(args.join(' '));
      return Promise.resolve(args[1] === '--check' ? `${found}\n` : '');
    };
    const whose: string[] = [];
    for (const empty of flags) whose.push(await prepareData({ cli, empty, note }));
    return { whose, asked };
  }

  test('given what was begun empty, then the next start shows no demo account, seeds none and asks nothing', async () => {
    const { whose, asked } = await starts('own', [true, false, true]);
    expect([whose, asked]).toEqual([['nobody', 'own', 'own'], []]);
    for (const who of whose) expect(greeting(who)).not.toContain('demo.cordee.example');
  });

  test.each([
    ['nothing at all', 'empty', undefined, ['demo', 'demo'], ['seed --check', 'seed']],
    ['half a demo', 'own', 'seeding', ['demo', 'demo'], ['seed --check', 'seed --reset']],
    ['people of one’s own that no note knows', 'own', undefined, ['own', 'own'], ['seed --check']],
    ['a note of before that does not say whose', 'own', 'filled', ['own', 'own'], ['seed --check']],
    ['a demo that such a note knows', 'demo', 'filled', ['demo', 'demo'], ['seed --check']],
  ])('given %s, then it is asked once and said as it is', async (_what, found, before, whose, asked) => {
    expect(await starts(found, [false, false], before)).toEqual({ whose, asked });
  });

  test('given the demo, then its people are shown', () => {
    expect(greeting('demo')).toContain('admin@demo.cordee.example');
  });
});

describe('the data folder', () => {
  test('given a folder that is not there yet, then it is made', () => {
    expect(() => checkWritable(join(folder, 'new'))).not.toThrow();
  });

  test.each([0o755, 0o777])('given a folder of before (%o), then nobody else may look into it from now on', (mode) => {
    const path = join(folder, 'of-before');
    mkdirSync(path);
    chmodSync(path, mode);
    checkWritable(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  test('given a file in its place, then it says so', () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    expect(() => checkWritable(path)).toThrow(`${path} is a file, but must be a folder: move it away.`);
  });

  test('given a place where no folder can be made, then one sentence names it', () => {
    const path = join(folder, 'missing', 'new');
    expect(() => checkWritable(path)).toThrow(`The data folder ${path} cannot be written to`);
  });
});

describe('two starts in one folder', () => {
  const note = { url: 'http://localhost:3000', env: {}, children: [] };

  test('given nobody, then it may start', async () => {
    await expect(checkAlone(folder)).resolves.toBeUndefined();
    expect(whoRuns(folder)).toBeNull();
  });

  test('given the note of a start that was killed, then it may start and the note is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(join(folder, 'running.json'), JSON.stringify({ ...note, pid }));
    await checkAlone(folder);
    expect(whoRuns(folder)).toBeNull();
  });

  test('given a note whose number now belongs to a stranger, then it may start', () => {
    leaveNote(folder, note); // this test's own process: alive, but no start
    expect(whoRuns(folder)).toBeNull();
    forget(folder);
  });
});

test('given a second start, then the secret is the same, and another folder has another', () => {
  const secret = keptSecret(folder);
  expect(secret.length).toBeGreaterThanOrEqual(64);
  expect(keptSecret(folder)).toBe(secret);
  const other = mkdtempSync(join(tmpdir(), 'cordee-unit-'));
  expect(keptSecret(other)).not.toBe(secret);
  rmSync(other, { recursive: true });
});
