import type { TestWorld } from '../app.js';
import { clientOf } from '../client.js';
import { PASSWORD, type TestPerson } from '../factories.js';

/** Accepts an invitation as a new person. `token` is the last part of the link. */
export const acceptInvitation = (world: TestWorld, token: string, more: object = {}) =>
  clientOf(world.url).post(`/api/auth/invitations/${token}/accept`, {
    name: 'Ana Lê',
    password: PASSWORD,
    timeZone: 'America/Cayenne',
    locale: 'fr',
    ...more,
  });

/** Sends a table of people to invite. `path` is the invitations of a cohort, with its query. */
export async function sendTable(
  world: TestWorld,
  staff: TestPerson,
  path: string,
  file: Buffer | string,
  type: string,
): Promise<{ status: number; body: any }> {
  const response = await fetch(new URL(path, world.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${staff.token}`, 'content-type': type },
    body: new Uint8Array(Buffer.from(file)),
  });
  return { status: response.status, body: await response.json() };
}
