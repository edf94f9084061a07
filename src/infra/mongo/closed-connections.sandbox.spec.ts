import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRequire } from 'node:module';
import { type DriverConnection, driverConnections, endCommandsOfClosedConnections } from './closed-connections.js';

type Line = DriverConnection & { command: (...args: unknown[]) => Promise<unknown>; onError: (error: Error) => void };

const { MongoDBNamespace } = createRequire(createRequire(import.meta.url).resolve('mongoose'))('mongodb/lib/utils.js');
/** Takes lines and never answers. */
const server = createServer();
beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => server.close());

/** What becomes of a command whose connection is closed by `close`, if anything. */
async function outcomeOf(close: (line: Line, socket: ReturnType<typeof connect>) => void): Promise<unknown> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  const Connection = driverConnections() as unknown as new (...parts: unknown[]) => Line;
  const line = new Connection(socket, { hostAddress: '127.0.0.1', id: 1, generation: 0, tls: false });
  const asked = line
    .command(new MongoDBNamespace('a', '$cmd'), { ping: 1 }, {})
    .catch((error: unknown) => (error as Error).message);
  close(line, socket);
  const outcome = await Promise.race([asked, sleep(500, 'waits')]);
  socket.destroy();
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
    expect(await outcomeOf((line) => setTimeout(gone, 20, line))).toBe('gone');
    expect(await outcomeOf((_line, socket) => socket.destroy())).toMatch(/closed/);
  });
});
