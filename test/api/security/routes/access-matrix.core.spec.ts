import type { Access } from '../../../../src/infra/http/access.js';
import type { Role } from '../../../../src/contracts/roles.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { type Client, clientOf } from '../../../support/client.js';
import { aCohort, aMember, aPerson } from '../../../support/factories.js';
import {
  type DocumentRoute,
  ask,
  documentRoutes,
  exceptions,
  randomId,
} from '../../../support/walks/document-routes.js';

const ROLES: (Role | 'admin')[] = ['fellow', 'coach', 'host', 'staff', 'alumni', 'admin'];

let world: TestWorld;
let routes: DocumentRoute[];
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
  routes = await documentRoutes(world);
});
afterAll(() => world.stop());

const ofKind = (kind: Access['kind']) => routes.filter(({ access }) => access.kind === kind);

describe('the access matrix over the OpenAPI file', () => {
  it('given any route, then it says who may call it', () => {
    expect(routes.length).toBeGreaterThan(10);
    expect(routes.filter((route) => !(route.access as Access | undefined)).map((route) => route.path)).toEqual([]);
  });

  it('given no login, then every route that is not public answers 401', async () => {
    const nobody = clientOf(world.url);
    const closed = routes.filter((route) => route.access.kind !== 'public');
    expect(
      await exceptions(closed, async (route) => {
        const { status } = await ask(nobody, route);
        return status === 401 ? null : `${status} without a login`;
      }),
    ).toEqual([]);
  });

  it('given a member of another cohort, then 404 before anything else, byte for byte as for a random id', async () => {
    expect(
      await exceptions(ofKind('cohort'), async (route) => {
        const foreign = await ask(outsider, route, { cohortId: cohort });
        const random = await ask(outsider, route, { cohortId: randomId() });
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
          const { status } = await ask(inRole.get(role)!, route, { cohortId: cohort });
          if (status !== (role === 'admin' ? 404 : 403)) return `${status} for ${role}`;
        }
        return null;
      }),
    ).toEqual([]);
  });

  it('given a person who is no admin, then admin routes answer 403', async () => {
    expect(
      await exceptions(ofKind('admin'), async (route) => {
        const { status } = await ask(inRole.get('staff')!, route);
        return status === 403 ? null : `${status} for staff`;
      }),
    ).toEqual([]);
  });
});
