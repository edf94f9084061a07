import { Agent, request } from 'node:http';
import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { type KnownRoute, routesOf } from '../../support/walks/known-routes.js';

/** Every route that the router knows, written plainly and in odd ways: nobody comes in by how an address is written. */
let world: TestWorld;
let cohort: string;
let routes: KnownRoute[];
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const actors: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  const known = routesOf(world);
  // Of the hundreds of files of the web app a few stand for all, and a GET of the API for its HEAD, which is the same handler.
  const assets = known.filter(({ path }) => path.startsWith('/assets/'));
  const isTwin = ({ method, path }: KnownRoute) => method === 'HEAD' && path.startsWith('/api/');
  routes = [...known.filter((one) => !assets.includes(one) && !isTwin(one)), ...assets.slice(0, 4)];
  const [fellow, admin] = [await aMember(world, cohort, 'fellow'), await aPerson(world, { isAdmin: true })];
  actors['nobody'] = {};
  actors['a fellow'] = await signedIn(fellow);
  actors['an admin'] = await signedIn(admin);
  // The board is filled by the first admin who opens it: what it then holds is what others must not see.
  expect((await ask('GET', '/admin/queues', actors['an admin'])).status).toBe(200);
});
afterAll(async () => {
  agent.destroy();
  await world.stop();
});

/** By a token, and by the cookies of files sent to every address. */
async function signedIn({ email, token }: TestPerson): Promise<Record<string, string>> {
  const { headers } = await clientOf(world.url).post('/api/auth/login', { email, password: PASSWORD });
  const cookie = headers.getSetCookie().find((one) => one.startsWith('cordee_files='));
  return { authorization: `Bearer ${token}`, cookie: cookie!.split(';')[0]! };
}

interface Answered {
  status: number;
  device: boolean;
  policy: string;
  cache: string;
}

/** As it is written: no client tidies the address up. */
function ask(method: string, path: string, headers: Record<string, string> = {}): Promise<Answered> {
  const body = method === 'GET' || method === 'HEAD' ? '' : '{}';
  return new Promise((resolve, reject) => {
    const asked = request(
      world.url,
      {
        agent,
        method,
        path,
        headers: { ...headers, ...(body && { 'content-type': 'application/json', 'content-length': '2' }) },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () =>
          resolve({
            status: answer.statusCode!,
            device: String(answer.headers['permissions-policy'] ?? '').includes('camera=()'),
            policy: String(answer.headers['content-security-policy'] ?? '').replaceAll(/'nonce-[^']+'/g, 'nonce'),
            cache: answer.headers['cache-control'] ?? '',
          }),
        );
      },
    );
    asked.once('error', (error) => reject(new Error(`${method} ${path}: ${error.message}`)));
    asked.end(body);
  });
}

const hexOf = (letter: string) => letter.charCodeAt(0).toString(16);
/** The first letter of the last part that a program wrote, not a person. */
const lastLetter = (path: string) => /[a-z](?=[a-z._-]*(\/[^/a-z]*[^/]*)?$)/.exec(path) ?? /[a-z]/.exec(path);
const instead = (path: string, found: RegExpExecArray | null, text: (letter: string) => string) =>
  found ? path.slice(0, found.index) + text(found[0]) + path.slice(found.index + 1) : path;

const ODD_WAYS: Record<string, (path: string) => string> = {
  'its first letter encoded': (path) => instead(path, /[a-z]/.exec(path), (letter) => `%${hexOf(letter)}`),
  'another letter encoded': (path) => instead(path, lastLetter(path), (letter) => `%${hexOf(letter)}`),
  'a double slash before it': (path) => `/${path}`,
  'a double slash in it': (path) => path.replace(/\/(?=[^/]*$)/, '//'),
  'dot segments': (path) => `/dev/..${path}`,
  'a dot': (path) => path.replace(/\/(?=[^/]*$)/, '/./'),
  capitals: (path) =>
    path.replaceAll(/[a-z]+/g, (word, at: number) => (path[at - 1] === '/' ? word.toUpperCase() : word)),
  'a slash at its end': (path) => `${path}/`,
  'double encoding': (path) => instead(path, /[a-z]/.exec(path), (letter) => `%25${hexOf(letter)}`),
};

const written = ({ path }: KnownRoute) =>
  path
    .replaceAll(':cohortId', cohort)
    .replaceAll(/:[a-zA-Z]+/g, () => String(new Types.ObjectId()))
    .replaceAll('*', 'no-such-thing');

/** What differs from the plain answer and is not 404, a line each. A second plain answer tells what the first acts changed. */
async function walk(some: KnownRoute[], headers: Record<string, string>): Promise<string[]> {
  const found: string[] = [];
  const queue = [...some];
  const work = async () => {
    for (let route = queue.pop(); route; route = queue.pop()) {
      const { method } = route;
      const path = written(route);
      const plain = await ask(method, path, headers);
      for (const [name, way] of Object.entries(ODD_WAYS)) {
        const odd = await ask(method, way(path), headers);
        const isAs = (one: Answered) => JSON.stringify(one) === JSON.stringify(odd);
        if (odd.status === 404 || isAs(plain) || isAs(await ask(method, path, headers))) continue;
        found.push(`${method} ${way(path)} (${name}): ${JSON.stringify(odd)} for ${JSON.stringify(plain)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return found;
}

describe('every route that the router knows, in odd ways', () => {
  it('given the list, then what Nest, plugins and the description of the API declare is in it', () => {
    const paths = new Set(routes.map(({ path }) => path));
    for (const path of ['/api/me', '/metrics', '/dev/mail', '/admin/queues/api/queues', '/admin/queues/static/*'])
      expect([...paths]).toContain(path);
    expect(routes.length).toBeGreaterThan(400);
  });

  it.each(['nobody', 'a fellow'])('given %s, then the answer of the plain address, or 404', async (name) => {
    expect(await walk(routes, actors[name]!)).toEqual([]);
  });

  it('given any answer of the API, mostly that there is nothing, then no cache keeps it, and the page that got it can ask nothing of the device', async () => {
    const found: string[] = [];
    for (const route of routes.filter(
      ({ method, path }) => method === 'GET' && /^\/(api|calendar|readyz)/.test(path),
    )) {
      const { status, cache, device } = await ask('GET', written(route), actors['a fellow']);
      const isOfDocs = route.path.startsWith('/api/docs/') && cache.startsWith('public');
      if ((cache !== 'no-store' && !isOfDocs) || !device) found.push(`${route.path} ${status}: ${cache} ${device}`);
    }
    expect(found).toEqual([]);
  });

  it('given an admin on the page of the queues, then its policy and no-store go with it, however it is written', async () => {
    const board = routes.filter(({ path }) => path.startsWith('/admin/queues'));
    expect(board.length).toBeGreaterThan(5);
    expect(await walk(board, actors['an admin']!)).toEqual([]);
    expect(await ask('GET', '/admin/queues', actors['an admin'])).toMatchObject({
      policy: expect.stringContaining("script-src 'self';"),
      cache: 'no-store',
    });
  });
});
