import { Types } from 'mongoose';
import type { Access } from '../../../src/infra/http/access.js';
import type { Role } from '../../../src/contracts/roles.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type Answer, type Client, clientOf } from '../../support/client.js';
import { aCohort, aMember, aPerson } from '../../support/factories.js';

interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  access: Access | undefined;
}

const ROLES: (Role | 'admin')[] = ['fellow', 'coach', 'host', 'staff', 'alumni', 'admin'];
const randomId = () => String(new Types.ObjectId());

let world: TestWorld;
let routes: Route[];
let cohort: string;
let otherCohort: string;
let outsider: Client;
const inRole = new Map<Role | 'admin', Client>();

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  otherCohort = await aCohort(world);
  outsider = (await aMember(world, otherCohort, 'staff')).client;
  for (const role of ROLES) {
    const person = role === 'admin' ? await aPerson(world, { isAdmin: true }) : await aMember(world, cohort, role);
    inRole.set(role, person.client);
  }
  const document = (await clientOf(world.url).get('/api/openapi.json')).body;
  routes = Object.entries(document.paths as Record<string, Record<string, any>>).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method as Route['method'],
      path,
      access: operation['x-access'] as Access,
    })),
  );
});
afterAll(() => world.stop());

const ofKind = (kind: Access['kind']) => routes.filter((route) => route.access?.kind === kind);

/** The route's address; parameters without a value get a random id. */
const address = (route: Route, values: Record<string, string> = {}) =>
  route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? randomId());

const call = (client: Client, route: Route, values?: Record<string, string>): Promise<Answer> =>
  route.method === 'get' ? client.get(address(route, values)) : client[route.method](address(route, values), {});

/** Calls all routes and names those whose answer is not as expected, so that one run shows all of them. */
async function exceptions(some: Route[], check: (route: Route) => Promise<string | null>): Promise<string[]> {
  const found: string[] = [];
  for (const route of some) {
    const problem = await check(route);
    if (problem) found.push(`${route.method.toUpperCase()} ${route.path}: ${problem}`);
  }
  return found;
}

describe('the access matrix over the OpenAPI file', () => {
  it('given any route, then it says who may call it', () => {
    expect(routes.length).toBeGreaterThan(10);
    expect(routes.filter((route) => !route.access).map((route) => route.path)).toEqual([]);
  });

  it('given no login, then every route that is not public answers 401', async () => {
    const nobody = clientOf(world.url);
    const closed = routes.filter((route) => route.access?.kind !== 'public');
    expect(
      await exceptions(closed, async (route) => {
        const { status } = await call(nobody, route);
        return status === 401 ? null : `${status} without a login`;
      }),
    ).toEqual([]);
  });

  it('given a member of another cohort, then 404 before anything else, byte for byte as for a random id', async () => {
    expect(
      await exceptions(ofKind('cohort'), async (route) => {
        const foreign = await call(outsider, route, { cohortId: cohort });
        const random = await call(outsider, route, { cohortId: randomId() });
        if (foreign.status !== 404) return `${foreign.status} for another cohort`;
        return foreign.text === random.text ? null : 'differs from the answer to a random id';
      }),
    ).toEqual([]);
  });

  it('given a role that may not, then 403 (an admin who is no member: 404)', async () => {
    expect(
      await exceptions(ofKind('cohort'), async (route) => {
        const { roles } = route.access as Extract<Access, { kind: 'cohort' }>;
        for (const role of ROLES.filter((one) => !roles.includes(one))) {
          const { status } = await call(inRole.get(role)!, route, { cohortId: cohort });
          if (status !== (role === 'admin' ? 404 : 403)) return `${status} for ${role}`;
        }
        return null;
      }),
    ).toEqual([]);
  });

  it('given a person who is no admin, then admin routes answer 403', async () => {
    expect(
      await exceptions(ofKind('admin'), async (route) => {
        const { status } = await call(inRole.get('staff')!, route);
        return status === 403 ? null : `${status} for staff`;
      }),
    ).toEqual([]);
  });

  it('given malformed and random ids within my own cohort, then both are unknown, and never a 500', async () => {
    const withIds = ofKind('cohort').filter((route) => /\{(?!cohortId)\w+\}/.test(route.path));
    expect(
      await exceptions(withIds, async (route) => {
        const malformed = Object.fromEntries(
          [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, 'not-an-id']),
        );
        for (const role of ROLES) {
          const random = await call(inRole.get(role)!, route, { cohortId: cohort });
          const odd = await call(inRole.get(role)!, route, { ...malformed, cohortId: cohort });
          if (random.status >= 500 || odd.status >= 500) return `${random.status} and ${odd.status} for ${role}`;
          if (random.status !== odd.status)
            return `${random.status} for a random id, ${odd.status} for a malformed one, for ${role}`;
        }
        return null;
      }),
    ).toEqual([]);
  });
});
