import { jest } from '@jest/globals';
import dns from 'node:dns';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';

type Found = { address: string; family: number }[];

/** What the next questions about a name are answered; each is asked by the agent alone. */
const answers: Found[] = [];
const asked: string[] = [];
const of = (family: number) => (found: Found) =>
  found.filter((one) => one.family === family).map(({ address }) => address);
/** Asks for both families at once: an answer is for both. */
class Resolver {
  resolve4(name: string): Promise<string[]> {
    asked.push(name);
    return Promise.resolve(of(4)(answers[0] ?? []));
  }

  resolve6(): Promise<string[]> {
    return Promise.resolve(of(6)(answers.shift() ?? []));
  }
}
jest.unstable_mockModule('node:dns/promises', () => ({ Resolver, default: { Resolver } }));
/** What all others in the process ask by; it has two places. */
const lookup = jest.spyOn(dns, 'lookup');
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

  it('given a name that nobody knows, then it says so; nothing is asked where the database is asked for', async () => {
    answers.push([]);
    expect(await ask()).toBe('no address of turns.example');
    expect(lookup.mock.calls.map(([name]) => name)).not.toContain('turns.example');
  });
});
