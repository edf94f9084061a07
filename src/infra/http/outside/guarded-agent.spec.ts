import { jest } from '@jest/globals';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';

type Found = { address: string; family: number }[];

/** What the next questions about a name are answered; each is asked by the agent alone. */
const answers: Found[] = [];
const asked: string[] = [];
const lookup = (host: string, { all }: { all?: boolean }, done: (...found: unknown[]) => void) => {
  asked.push(host);
  const found = answers.shift() ?? [];
  if (all) done(null, found);
  else done(null, found[0]?.address, found[0]?.family);
};
jest.unstable_mockModule('node:dns', () => ({ lookup, default: { lookup } }));
const { guardedAgent, wasRefused } = await import('./guarded-agent.js');

const [outside, inside] = [
  { address: '127.0.0.1', family: 4 },
  { address: '10.0.0.1', family: 4 },
];
const server = createServer((_request, response) => response.end('outside'));
let url: URL;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = new URL(`http://turns.example:${(server.address() as AddressInfo).port}/`);
});
afterAll(() => server.close());
beforeEach(() => {
  asked.splice(0);
  answers.splice(0);
});

/** As if this machine were outside. */
const ask = async () => {
  const agent = await guardedAgent(url, ['127.0.0.1']);
  return await new Promise<string>((resolve) =>
    get(url, { agent }, (response) => response.on('data', String).on('end', () => resolve('answered'))).on(
      'error',
      (error) => resolve(wasRefused(error) ? 'refused' : error.message),
    ),
  );
};

describe('a name that points elsewhere a moment later', () => {
  it('given that it was looked at, then the connection goes to that address, and it is not asked again', async () => {
    answers.push([outside], [inside]);
    expect(await ask()).toBe('answered');
    expect(asked).toEqual(['turns.example']);
    expect(await ask()).toBe('refused');
  });

  it.each([
    ['inside', [inside]],
    ['outside and inside', [outside, inside]],
    ['our own machine by IPv6', [{ address: '::1', family: 6 }]],
    ['inside, written the old way', [{ address: '::a00:1', family: 6 }]],
  ])('given one that points %s, then it is refused', async (_, found: Found) => {
    answers.push(found, found);
    expect(await ask()).toBe('refused');
  });
});
