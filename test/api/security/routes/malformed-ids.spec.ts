import type { Role } from '../../../../src/contracts/roles.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { aCohort, aMember, aPerson } from '../../../support/factories.js';
import { ask, documentRoutes, exceptions } from '../../../support/walks/document-routes.js';

const ROLES: (Role | 'admin')[] = ['fellow', 'coach', 'host', 'staff', 'alumni', 'admin'];

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it.each(ROLES)(
  'given %s and malformed ids within their own cohort, then they are unknown as random ones, and never a 500',
  async (role) => {
    const cohortId = await aCohort(world);
    const { client } =
      role === 'admin' ? await aPerson(world, { isAdmin: true }) : await aMember(world, cohortId, role);
    const routes = await documentRoutes(world);
    const withIds = routes.filter(({ access, path }) => access.kind === 'cohort' && /\{(?!cohortId)\w+\}/.test(path));
    expect(withIds.length).toBeGreaterThan(50);
    expect(
      await exceptions(withIds, async (route) => {
        const malformed = Object.fromEntries(
          [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, 'not-an-id']),
        );
        const random = await ask(client, route, { cohortId });
        const odd = await ask(client, route, { ...malformed, cohortId });
        if (random.status >= 500 || odd.status >= 500) return `${random.status} and ${odd.status}`;
        return random.status === odd.status
          ? null
          : `${random.status} for a random id, ${odd.status} for a malformed one`;
      }),
    ).toEqual([]);
  },
);
