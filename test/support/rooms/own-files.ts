import type { TestWorld } from '../app.js';
import { eventually } from '../eventually.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aPerson, join } from '../factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from './calls.js';

/** While calls of tests are open, and a noon after they closed. */
export const BEFORE = '2026-10-20T10:00:00.000Z';
export const NOON = '2026-11-03T10:00:00.000Z';

/** Of an answer: what is refused about one's own file is `REFUSED`. */
export const said = ({ status, body }: { status: number; body: any }) => [status, body.code];
export const REFUSED = [409, 'own_file'];

/** A call that is closed, to which one of the programme team (`self`) applied and somebody else did. */
export interface OwnFileCall {
  staff: TestPerson;
  self: TestPerson;
  call: Awaited<ReturnType<typeof aCall>>;
  own: TestApplicant;
  other: TestApplicant;
}

/** See {@link OwnFileCall}. */
export async function aCallWithOwnFile(world: TestWorld): Promise<OwnFileCall> {
  world.clock.set(BEFORE);
  const cohortId = await aCohort(world);
  const staff = await aMember(world, cohortId, 'staff');
  const person = await aPerson(world);
  await join(world, cohortId, person.id, 'staff');
  const call = await aCall(staff, cohortId);
  // Another spelling of the same mailbox.
  const own = await anApplicant(world, call.slug, person.email.replace('@', '+call@'));
  const other = await anApplicant(world, call.slug);
  await handsIn(own, { ...ANSWERS, name: 'Own' });
  await handsIn(other, { ...ANSWERS, name: 'Other' });
  world.clock.set(NOON);
  return { staff, self: { ...person, cohortId }, call, own, other };
}

/** Gives an account another address, by the letter that confirms it. */
export async function changesAddress(world: TestWorld, { client }: TestPerson, email: string): Promise<void> {
  expect((await client.post('/api/me/email', { email, password: PASSWORD })).status).toBe(202);
  const token = await eventually(async () => {
    const found = (await world.mail.to(email)).flatMap(
      ({ text }) => /\/confirm-address\/(\S+)/.exec(text ?? '')?.[1] ?? [],
    );
    expect(found).toHaveLength(1);
    return found[0];
  });
  expect((await client.post('/api/auth/email/confirm', { token })).status).toBe(204);
}
