import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';

/** A line to a server that can be cut and mended: what a process sees when its database or Redis goes away. */
export interface Line {
  /** The server's address by this line. */
  url: string;
  cut: () => void;
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
    mend: () => void (isCut = false),
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

const defaultPorts: Record<string, number> = { 'mongodb:': 27_017, 'redis:': 6379 };
