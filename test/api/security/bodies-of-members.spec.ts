import { WRITES } from '../../../src/infra/http/write-limit.guard.js';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aPerson } from '../../support/factories.js';
import { holdBody } from '../../support/servers/held-bodies.js';

/** Bodies that are refused, or counted, before they have come. */
let world: TestWorld;
beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
});
afterAll(() => world.stop());

/** Begins a body of which nothing comes: the answer, or null once it is waited for. */
async function hold(path: string, headers: Record<string, string | number>, method = 'POST') {
  const { status, end } = await holdBody(world, [method, path], headers);
  return { status: status(), end };
}
const JSON_TYPE = { 'content-type': 'application/json', 'content-length': 900_000 };
const FILE = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': 20_000_000 };
const of = ({ token }: TestPerson) => ({ authorization: `Bearer ${token}` });

describe('a large body', () => {
  it('given who has written as much as one may, then it is refused before it has come, wherever its answer would be', async () => {
    const [person, other] = await Promise.all([aPerson(world), aPerson(world)]);
    await world.app.get(RateLimits).take(WRITES, person.id, WRITES.points);
    const begin = async (who: TestPerson, bytes: number) => {
      const { status, end } = await hold('/api/me', { ...JSON_TYPE, 'content-length': bytes, ...of(who) }, 'PATCH');
      end();
      return status;
    };
    expect([await begin(person, 900_000), await begin(person, 20_000)]).toEqual([429, 429]);
    expect(await begin(other, 900_000)).toBeNull();
  });

  it('given one, then it counts once, as any other', async () => {
    const person = await aPerson(world);
    await world.app.get(RateLimits).take(WRITES, person.id, WRITES.points - 3);
    const statuses: number[] = [];
    for (const name of ['x'.repeat(100_000), 'x'.repeat(20_000), 'x', 'x', 'x'.repeat(100_000)])
      statuses.push((await person.client.patch('/api/me', { name })).status);
    expect(statuses).toEqual([422, 422, 200, 429, 429]);
  });
});

describe('many bodies at once', () => {
  it.each([
    ['bodies', '/api/me', 'PATCH', JSON_TYPE, 10],
    ['uploads', '/api/files', 'POST', FILE, 4],
  ] as const)(
    'given %s of one person, then so many are waited for, more are refused before they have come, and others have their own',
    async (_what, path, method, headers, most) => {
      const [one, other] = await Promise.all([aPerson(world), aPerson(world)]);
      const mine = { ...headers, ...of(one) };
      const held = await Promise.all(Array.from({ length: most }, () => hold(path, mine, method)));
      expect(held.map(({ status }) => status)).toEqual(Array.from({ length: most }, () => null));
      const beyond = await hold(path, mine, method);
      const ofOther = await hold(path, { ...headers, ...of(other) }, method);
      expect([beyond.status, ofOther.status]).toEqual([429, null]);
      expect((await one.client.patch('/api/me', { name: 'Short' })).status).toBe(200);
      const kind =
        path === '/api/me' ? (['/api/files', FILE, 'POST'] as const) : (['/api/me', JSON_TYPE, 'PATCH'] as const);
      const ofOtherKind = await hold(kind[0], { ...kind[1], ...of(one) }, kind[2]);
      expect(ofOtherKind.status).toBeNull();
      held[0]!.end();
      await eventually(async () => {
        const again = await hold(path, mine, method);
        again.end();
        expect(again.status).toBeNull();
      });
      for (const { end } of [...held, beyond, ofOther, ofOtherKind]) end();
    },
  );

  it('given forms of strangers at one place, then so many long ones are waited for, and short ones are read', async () => {
    const headers = { ...JSON_TYPE, 'content-length': 60_000, 'x-forwarded-for': '203.0.113.77' };
    const held = await Promise.all(Array.from({ length: 33 }, () => hold('/api/auth/login', headers)));
    expect(held.filter(({ status }) => status === 429)).toHaveLength(1);
    expect(held.filter(({ status }) => status === null)).toHaveLength(32);
    const elsewhere = await hold('/api/auth/login', { ...headers, 'x-forwarded-for': '203.0.113.78' });
    expect(elsewhere.status).toBeNull();
    const answer = await fetch(new URL('/api/auth/login', world.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': headers['x-forwarded-for'] },
      body: '{}',
    });
    expect(answer.status).toBe(422);
    for (const { end } of [...held, elsewhere]) end();
  });
});
