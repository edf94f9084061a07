import { type RequestListener, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { OutsidePages } from './outside-pages.js';

const HTML = 'text/html; charset=utf-8';
const asked: string[] = [];
let answer: RequestListener;
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked.splice(0);
  answer = (_request, response) => response.writeHead(200, { 'content-type': HTML }).end('<title>Hello</title>');
});

/** As in an installation, or as if this machine were outside. */
const inside = () => new OutsidePages();
const outside = () => {
  const pages = new OutsidePages();
  pages.allowed.push('127.0.0.1');
  return pages;
};
const read = (pages: OutsidePages, url: string) => pages.read(new URL(url), () => true);

describe('pages at addresses that anybody names', () => {
  it.each([
    'http://127.0.0.1/',
    'https://127.0.0.1/',
    'http://localhost/',
    'https://localhost/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://0.0.0.0/',
    'http://0/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://①②⑦.0.0.1/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://168.63.129.16/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://me:secret@127.0.0.1/',
    'http://93.184.215.14:22/',
    'https://93.184.215.14:8443/',
    'ftp://93.184.215.14/',
    'file:///etc/passwd',
  ])('given %s, then nothing is asked', async (url) => {
    expect(await read(inside(), url)).toEqual({ problem: 'not_allowed' });
  });

  it('given our own machine by its port, then nothing is asked', async () => {
    expect(await read(inside(), base)).toEqual({ problem: 'not_allowed' });
    expect(asked).toEqual([]);
  });

  it('given one that may not be read, then nothing is asked', async () => {
    expect(await outside().read(new URL(base), () => false)).toEqual({ problem: 'not_allowed' });
    expect(asked).toEqual([]);
  });

  it('given one that answers with another protocol, then it is no page, and nobody waits for it', async () => {
    answer = (request) =>
      request.socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    expect(await read(outside(), base)).toEqual({ problem: 'unreachable' });
  });

  it('given a page, then its bytes, asked without a cookie or anything packed', async () => {
    let headers: Record<string, unknown> = {};
    answer = (request, response) => {
      headers = request.headers;
      response.writeHead(200, { 'content-type': HTML, 'set-cookie': 'a=b' }).end('<title>Hello</title>');
    };
    expect(await read(outside(), `${base}/a?b=c`)).toEqual({
      problem: null,
      type: HTML,
      body: Buffer.from('<title>Hello</title>'),
    });
    expect(asked).toEqual(['/a?b=c']);
    expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
  });

  it.each([
    ['a picture', { 'content-type': 'image/png' }, 200],
    ['no type', {}, 200],
    ['JSON', { 'content-type': 'application/json' }, 200],
    ['a type that begins so', { 'content-type': 'text/html-sandboxed' }, 200],
    ['what is not there', { 'content-type': HTML }, 404],
    ['a failure', { 'content-type': HTML }, 500],
    ['a redirect to nowhere', { 'content-type': HTML }, 302],
  ])('given %s, then no page', async (_, headers, status) => {
    answer = (_request, response) => response.writeHead(status, headers).end('<title>Hello</title>');
    expect(await read(outside(), base)).toEqual({ problem: 'not_a_page' });
  });

  it('given a small packed answer that would grow to a huge one, then it is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    answer = (_request, response) =>
      response.writeHead(200, { 'content-type': HTML, 'content-encoding': 'gzip' }).end(bomb);
    expect(await read(outside(), base)).toEqual({ problem: 'not_a_page' });
  });

  it('given a page without end, then its beginning, and the connection is cut', async () => {
    let sent = 0;
    const cut = new Promise<void>((resolve) => {
      answer = (_request, response) => {
        response.on('close', resolve).writeHead(200, { 'content-type': HTML });
        const more = (): void => {
          while (!response.destroyed && sent < 200 * 1024 * 1024) {
            sent += 64 * 1024;
            if (!response.write('x'.repeat(64 * 1024))) {
              response.once('drain', more);
              return;
            }
          }
        };
        more();
      };
    });
    const page = await read(outside(), base);
    await cut;
    expect(page.problem === null && page.body.length).toBe(512 * 1024);
    expect(sent).toBeLessThan(50 * 1024 * 1024);
  });

  it('given a page that comes drop by drop, then it is left after a while', async () => {
    const drops: NodeJS.Timeout[] = [];
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': HTML });
      drops.push(setInterval(() => response.write('x'), 100));
    };
    try {
      const pages = outside();
      pages.timeoutMs = 500;
      expect(await read(pages, base)).toEqual({ problem: 'timeout' });
    } finally {
      drops.forEach(clearInterval);
    }
  });

  it('given that nobody answers, then unreachable', async () => {
    answer = (request) => request.socket.destroy();
    expect(await read(outside(), base)).toEqual({ problem: 'unreachable' });
  });
});

describe('redirects', () => {
  const sendTo = (...places: string[]) => {
    answer = (_request, response) => {
      const place = places.shift();
      if (place === undefined) response.writeHead(200, { 'content-type': HTML }).end('<title>There</title>');
      else response.writeHead(302, { location: place }).end();
    };
  };

  it('given some, then they are followed, each asked for', async () => {
    sendTo('/b', '/c?d', `${base}/e`);
    const looked: string[] = [];
    const page = await outside().read(new URL(`${base}/a`), (url) => looked.push(url.pathname) > 0);
    expect(page.problem).toBeNull();
    expect([asked, looked]).toEqual([
      ['/a', '/b', '/c?d', '/e'],
      ['/a', '/b', '/c', '/e'],
    ]);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://[::1]/',
    '//10.0.0.1/',
    'http://2130706434/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'https://me:secret@news.example/',
  ])('given one to %s, then it is not followed', async (place) => {
    sendTo(place);
    expect(await read(outside(), base)).toEqual({ problem: 'not_allowed' });
    expect(asked).toEqual(['/']);
  });

  it('given one to where may not be read, then it is not followed', async () => {
    sendTo('/ours');
    const page = await outside().read(new URL(base), (url) => url.pathname !== '/ours');
    expect([page, asked]).toEqual([{ problem: 'not_allowed' }, ['/']]);
  });

  it('given too many, or one to no address, then nothing', async () => {
    sendTo(...Array.from({ length: 9 }, () => '/again'));
    expect(await read(outside(), base)).toEqual({ problem: 'too_many_redirects' });
    expect(asked).toHaveLength(5);
    sendTo('http://');
    expect(await read(outside(), base)).toEqual({ problem: 'unreachable' });
  });
});
