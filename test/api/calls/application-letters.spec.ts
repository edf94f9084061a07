import type { ParsedMail } from 'mailparser';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { handOverAt } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { CLOSES, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { hoursAfter } from '../../support/rooms/workshops.js';

let world: TestWorld;
let staff: TestPerson;
let call: Awaited<ReturnType<typeof aCall>>;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  staff = await aMember(world, await aCohort(world, { name: 'Cohort 8' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  call = await aCall(staff, staff.cohortId!);
});

const toWhom = ({ to }: ParsedMail) => [to].flat().map((one) => one?.text ?? '');
const lettersTo = (email: string) =>
  world.mail.mails
    .filter((mail) => toWhom(mail).some((text) => text.includes(email)))
    .map(({ subject }) => subject ?? '');

/** The sink reads what it was given in its own time, and two mails in any order. */
const heard = (email: string, subjects: readonly string[]) =>
  eventually(() => expect(lettersTo(email).toSorted()).toEqual(subjects.toSorted()));

/** The workers of all processes hand over what is due by an instant. */
const at = (instant: string) => handOverAt(world, 'application', instant);

const LEFT = [
  [168, 'Not handed in yet, 7 days left: Fellows, cohort 8'],
  [48, 'Not handed in yet, 2 days left: Fellows, cohort 8'],
  [3, 'Not handed in yet, 3 hours left: Fellows, cohort 8'],
] as const;
const BEGUN = 'Your application: Fellows, cohort 8';
const CLOSED = 'Closed without your application: Fellows, cohort 8';

describe('letters to who applies', () => {
  it('given a draft, then it is reminded thrice before the closing and told once that it closed; who handed in is not', async () => {
    const [draft, handed] = [await anApplicant(world, call.slug), await anApplicant(world, call.slug)];
    await handsIn(handed);
    const expected = lettersTo(draft.email);
    for (const [hours, subject] of LEFT) {
      await at(hoursAfter(CLOSES, -hours - 1));
      await heard(draft.email, expected);
      await at(hoursAfter(CLOSES, -hours));
      expected.push(subject);
      await heard(draft.email, expected);
    }
    // A worker's turn that comes a second early finds that it is not closed yet.
    await at(new Date(Date.parse(CLOSES) - 1000).toISOString());
    for (const hours of [0, 1, 48]) await at(hoursAfter(CLOSES, hours));
    await heard(draft.email, [...expected, CLOSED]);
    expect(lettersTo(handed.email).filter((subject) => /Not handed|Closed/.test(subject))).toEqual([]);
  });

  it('given who begins late, then only what is ahead comes', async () => {
    world.clock.set(hoursAfter(CLOSES, -4));
    const { email } = await anApplicant(world, call.slug);
    await at(hoursAfter(CLOSES, -3));
    await heard(email, [BEGUN, LEFT[2][1]]);
  });

  it('given the call closes later, then drafts hear of it, though the process dies, and are reminded of that closing instead', async () => {
    const [draft, handed] = [await anApplicant(world, call.slug), await anApplicant(world, call.slug)];
    await handsIn(handed);
    const later = hoursAfter(CLOSES, 24);
    await killedAfter(world, async () => {
      expect((await staff.client.post(`${call.path}/extend`, { closesAt: later })).status).toBe(200);
    });
    await followOutbox(world);
    await at(NOW);
    const before = [BEGUN, 'Not handed in yet, and more time: Fellows, cohort 8'];
    await heard(draft.email, before);
    for (const [hours] of LEFT.slice(0, 2)) await at(hoursAfter(later, -hours));
    await at(CLOSES);
    await heard(draft.email, [...before, LEFT[0][1], LEFT[1][1]]);
    await at(hoursAfter(later, -3));
    await at(later);
    await heard(draft.email, [...before, ...LEFT.map(([, subject]) => subject), CLOSED]);
    expect(lettersTo(handed.email).some((subject) => /more time|left|Closed/.test(subject))).toBe(false);
  });

  it('given staff close the call, then drafts are told once, and reminded of nothing', async () => {
    const draft = await anApplicant(world, call.slug);
    expect((await staff.client.post(`${call.path}/close`)).status).toBe(200);
    await world.settled();
    await at(NOW);
    await heard(draft.email, [BEGUN, CLOSED]);
    for (const hours of [-168, -48, -3, 0]) await at(hoursAfter(CLOSES, hours));
    await heard(draft.email, [BEGUN, CLOSED]);
  });

  it('given the cohort is closed, then its calls close with it: drafts are told once, and reminded of nothing', async () => {
    const cohortId = await aCohort(world, { name: 'Cohort 9' });
    const host = await aMember(world, cohortId, 'staff');
    call = await aCall(host, cohortId);
    const draft = await anApplicant(world, call.slug);
    expect((await host.client.post(`/api/cohorts/${cohortId}/close`)).status).toBe(200);
    await followOutbox(world);
    await world.settled();
    await at(NOW);
    await heard(draft.email, [BEGUN, CLOSED]);
    for (const hours of [-168, -48, -3, 0]) await at(hoursAfter(CLOSES, hours));
    await heard(draft.email, [BEGUN, CLOSED]);
  });
});
