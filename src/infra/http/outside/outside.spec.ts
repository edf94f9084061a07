import { parseConfig } from '../../../config/config.js';
import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WAIT_MS } from '../../../../test/support/patience.js';
import { Outside, type OutsideText } from './outside.js';

const outside = (allow = '') =>
  new Outside(
    parseConfig({
      NODE_ENV: 'test',
      MONGODB_URI: 'mongodb://localhost/x',
      REDIS_URL: 'redis://localhost',
      OUTSIDE_ALLOW: allow,
    }),
  );
const SWITCHED = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n';
const post = (url: string, allow?: string) => outside(allow).post(new URL(url), {}, '{}');

describe('requests to addresses that people give', () => {
  it.each([
    'https://127.0.0.1/',
    'https://localhost/',
    'https://a.LOCALHOST./',
    'https://[::ffff:127.0.0.1]/',
    'https://[::127.0.0.1]/',
    'https://0.0.0.0/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'http://example.org/',
  ])('given %s, then nothing is asked', async (url) => {
    expect(await post(url)).toMatchObject({ status: null, problem: 'not_allowed' });
  });

  it('given an address that the installation allows, then it is tried', async () => {
    expect(await post('http://127.0.0.1:9/', '127.0.0.1')).toMatchObject({ status: null, problem: 'unreachable' });
  });

  it('given one that answers with another protocol, then that is an end as well', async () => {
    const server = createServer((from) => from.socket.write(SWITCHED));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await post(`http://127.0.0.1:${port}/`, '127.0.0.1');
    server.closeAllConnections();
    server.close();
    expect(answer).toMatchObject({ status: null, problem: 'unreachable' });
  });
});

describe('reading addresses that people give', () => {
  const reading = async (answer: RequestListener, timeoutMs: number) => {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const read = await outside('127.0.0.1').read(at, {}, { timeoutMs, mostBytes: 1000 });
    server.closeAllConnections();
    server.close();
    return read;
  };

  it.each<[string, RequestListener, Partial<OutsideText>]>([
    [
      'a text',
      (_, to) => to.setHeader('etag', '"1"').end('héllo'),
      { status: 200, text: 'héllo', etag: '"1"', problem: null },
    ],
    ['nothing new', (_, to) => to.writeHead(304).end(), { status: 304, text: '', problem: null }],
    ['nothing there', (_, to) => to.writeHead(404).end('a page'), { status: 404, text: '', problem: null }],
    [
      'too much, as it says',
      (_, to) => to.setHeader('content-length', 1001).end('x'.repeat(1001)),
      { problem: 'too_large' },
    ],
    [
      'too much, without saying',
      (_, to) => void (to.write('x'.repeat(600)), to.end('x'.repeat(600))),
      { problem: 'too_large' },
    ],
    ['silence', () => undefined, { problem: 'timeout' }],
    ['a beginning, then silence', (_, to) => void to.write('BEGIN'), { problem: 'timeout' }],
    ['a line cut', (_, to) => void to.write('BEGIN', () => to.destroy()), { problem: 'unreachable' }],
    [
      'a way elsewhere',
      (from, to) => (from.url === '/' ? to.writeHead(302, { location: '/there' }).end() : to.end('there')),
      { status: 200, text: 'there', redirected: true },
    ],
    ['a circle', (_, to) => to.writeHead(302, { location: '/' }).end(), { problem: 'too_many_redirects' }],
    [
      'a way inside',
      (_, to) => to.writeHead(301, { location: 'https://169.254.169.254/latest' }).end(),
      { problem: 'not_allowed', redirected: true },
    ],
    [
      'a way without encryption',
      (_, to) => to.writeHead(301, { location: 'http://example.org/' }).end(),
      { problem: 'not_allowed' },
    ],
    [
      'a way to a file',
      (_, to) => to.writeHead(301, { location: 'file:///etc/passwd' }).end(),
      { problem: 'not_allowed' },
    ],
    // Node tells nobody of such an answer, and a promise that never ends keeps a worker for good.
    ['another protocol from then on', (from) => from.socket.write(SWITCHED), { status: null, problem: 'unreachable' }],
    ['a way that is none', (_, to) => to.writeHead(301, { location: 'http://' }).end(), { problem: 'unreachable' }],
  ])('given %s, then %#', async (_name, answer, expected) => {
    expect(await reading(answer, expected.problem === 'timeout' ? 100 : WAIT_MS)).toMatchObject(expected);
  });
});
