import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';

/** A line to a server that can be cut and mended: what a process sees when its database or Redis goes away. */
export interface Line {
  /** The server's address by this line. */
  url: string;
  cut: () => void;
  /** Nothing goes either way, and nobody is told: what was asked just before a server went away. */
  hush: () => void;
  mend: () => void;
  close: () => Promise<void>;
}

/** @param url the address of a server (`mongodb://...`, `redis://...`) */
export async function lineTo(url: string): Promise<Line> {
  const target = new URL(url);
  const [port, host] = [Number(target.port || defaultPorts[target.protocol]), target.hostname];
  const sockets = new Set<Socket>();
  let isCut = false;
  const hold = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  const hush = () => {
    for (const socket of sockets) socket.unpipe().pause();
  };
  const server = createServer((near) => {
    hold(near);
    if (isCut) return void near.destroy();
    const far = connect(port, host);
    hold(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  target.hostname = '127.0.0.1';
  target.port = String((server.address() as AddressInfo).port);
  return {
    url: target.href,
    cut,
    hush,
    mend: () => {
      isCut = false;
      // What was hushed has to begin anew.
      for (const socket of sockets) if (socket.isPaused()) socket.destroy();
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

const defaultPorts: Record<string, number> = { 'mongodb:': 27_017, 'redis:': 6379 };
