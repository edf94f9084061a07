import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aCohort, aMember } from '../../support/factories.js';

/** Without workers: 5,000 letters are another matter. */
let world: TestWorld;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { ROLES: 'web' } });
});
afterAll(() => world.stop());

describe('5,000 people in one file', () => {
  it('given the same file on both nodes at once, then all come, whole, and once', async () => {
    const cohortId = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    const lines = Array.from({ length: 5000 }, (_, index) => `mass${index}@people.test;Zoë 🧗 ${index};fellow`);
    const both = await Promise.all(
      world.nodes.map(async ({ url }) => {
        const response = await fetch(`${url}/api/cohorts/${cohortId}/invitations`, {
          method: 'POST',
          headers: { authorization: `Bearer ${staff.token}`, 'content-type': 'text/csv' },
          body: `email;nom;rôle\n${lines.join('\n')}`,
        });
        return (await response.json()) as { created: number; unchanged: number; errors: unknown[] };
      }),
    );
    expect(both.map(({ created }) => created).sort()).toEqual([0, 5000]);
    expect(both.map(({ unchanged }) => unchanged).sort()).toEqual([0, 5000]);
    const rows = world.db.collection('invitations');
    const mine = { cohortId: new Types.ObjectId(cohortId), open: true };
    expect(await rows.countDocuments(mine)).toBe(5000);
    expect(await rows.findOne(mine)).toMatchObject({ attempt: 1, acceptedBy: null, revokedAt: null, locale: 'fr' });
  });
});
