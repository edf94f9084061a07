import { createReadStream, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import Fastify from 'fastify';
import { eventually } from '../../../../test/support/eventually.js';
import { endFloodedLines } from './exchanges.js';

/** A server whose every answer opens a file, with as many requests as a line takes; how often it was opened, and how many are open. */
async function aServer() {
  const app = Fastify();
  endFloodedLines(app);
  let opened = 0;
  app.get('/', (_request, reply) => {
    opened += 1;
    return reply.send(createReadStream('package.json'));
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const line = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(line, 'connect');
  const ask = (times: number) => line.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(times));
  return { app, line, ask, opened: () => opened };
}

const openFiles = () => readdirSync('/proc/self/fd').length;

it('given a line with request after request whose answers nobody takes, then it is ended, and no file stays open', async () => {
  const { app, line, ask, opened } = await aServer();
  const before = openFiles();
  line.pause();
  ask(1000);
  await once(line.resume(), 'close');
  expect(opened()).toBeLessThan(20);
  await eventually(() => expect(openFiles()).toBeLessThanOrEqual(before));
  await app.close();
});

it('given some requests at once, then all are answered, and the line is kept', async () => {
  const { app, line, ask, opened } = await aServer();
  let text = '';
  line.setEncoding('latin1').on('data', (piece: string) => (text += piece));
  ask(5);
  await eventually(() => expect(text.split('HTTP/1.1 200').length - 1).toBe(5));
  ask(3);
  await eventually(() => expect(text.split('HTTP/1.1 200').length - 1).toBe(8));
  expect(opened()).toBe(8);
  line.destroy();
  await app.close();
});
