import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { createRequire } from 'node:module';
import { type DriverConnection, driverConnections, endCommandsOfClosedConnections } from './closed-connections.js';

type Line = DriverConnection & { command: (...args: unknown[]) => Promise<unknown>; onError: (error: Error) => void };

const { MongoDBNamespace } = createRequire(createRequire(import.meta.url).resolve('mongoose'))('mongodb/lib/utils.js');
/** Takes lines and never answers. */
const server = createServer();
beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => server.close());

/** More than any error takes from the end of a socket to whom it is told. */
const TURNS = 100;

/** What becomes of a command whose connection is closed by `close`: `waits` where nothing is told of it once the socket has closed. */
async function outcomeOf(close: (line: Line, socket: Socket, written: Promise<unknown>) => unknown): Promise<unknown> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [[peer]] = await Promise.all([once(server, 'connection') as Promise<Socket[]>, once(socket, 'connect')]);
  const [closed, written] = [once(socket, 'close'), once(peer!, 'data')];
  const Connection = driverConnections() as unknown as new (...parts: unknown[]) => Line;
  const line = new Connection(socket, { hostAddress: '127.0.0.1', id: 1, generation: 0, tls: false });
  const asked = line
    .command(new MongoDBNamespace('a', '$cmd'), { ping: 1 }, {})
    .catch((error: unknown) => (error as Error).message);
  await close(line, socket, written);
  await closed;
  let outcome: unknown = 'waits';
  void asked.then((said) => (outcome = said));
  for (let turns = 0; turns < TURNS; turns += 1) await turn();
  peer!.destroy();
  return outcome;
}

const gone = (line: Line) => line.onError(new Error('gone'));

describe('a connection that closes as a command is about to be written', () => {
  it('given the driver by itself, then who asked waits for ever (when that is no more so, delete closed-connections.ts)', async () => {
    expect(await outcomeOf(gone)).toBe('waits');
  });

  it('given ours, then the command fails with the error of the connection, at once or a moment later', async () => {
    endCommandsOfClosedConnections();
    endCommandsOfClosedConnections();
    expect(await outcomeOf(gone)).toBe('gone');
    expect(await outcomeOf((line, _socket, written) => written.then(() => gone(line)))).toBe('gone');
    expect(await outcomeOf((_line, socket) => socket.destroy())).toMatch(/closed/);
  });
});
