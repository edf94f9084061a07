import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { aCoach, aSession } from '../../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';

let world: TestWorld;
let cohort: string;
let base: string;
let coach: TestPerson;
let fellow: TestPerson;
let teammate: TestPerson;
let staff: TestPerson;
const project = String(new Types.ObjectId());

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}/sessions`;
  coach = await aCoach(world, cohort);
  staff = await aMember(world, cohort, 'staff');
});
beforeEach(async () => {
  world.clock.set('2026-10-13T09:45:00.000Z');
  // Each with nothing booked: a fellow books so many sessions ahead and no more.
  fellow = await aMember(world, cohort, 'fellow', { projectId: project });
  teammate = await aMember(world, cohort, 'fellow', { projectId: project });
});
afterAll(() => world.stop());

const wanted = (startsAt: string, more: Record<string, unknown> = {}) => ({
  coachId: coach.id,
  startsAt,
  minutes: 45,
  need: 'How do we say it?',
  ...more,
});

describe('booking', () => {
  it.each<[string, () => Record<string, unknown>, string, string]>([
    ['a past start', () => wanted('2026-10-13T07:00:00Z'), '/startsAt', 'in_the_past'],
    ['a time outside the hours', () => wanted('2026-10-14T10:30:00Z'), '/startsAt', 'outside_hours'],
    ['a start beyond the horizon', () => wanted('2027-03-01T08:00:00Z'), '/startsAt', 'horizon'],
    ['a start in the year 9999', () => wanted('9999-12-31T08:00:00Z'), '/startsAt', 'horizon'],
    ['a start in the year 1', () => wanted('0001-01-01T08:00:00Z'), '/startsAt', 'in_the_past'],
    ['a start off the grid', () => wanted('2026-10-14T08:01:00Z'), '/startsAt', 'off_grid'],
    ['a start that is none', () => wanted('soon'), '/startsAt', 'wrong_format'],
    [
      'a fellow as the coach',
      () => wanted('2026-10-14T08:00:00Z', { coachId: teammate.id }),
      '/coachId',
      'not_a_coach',
    ],
    ['an unknown coach', () => wanted('2026-10-14T08:00:00Z', { coachId: 'nobody' }), '/coachId', 'not_a_coach'],
    ['no need', () => wanted('2026-10-14T08:00:00Z', { need: ' ' }), '/need', 'too_small'],
    ['100 kB of need', () => wanted('2026-10-14T08:00:00Z', { need: 'x'.repeat(100_000) }), '/need', 'too_big'],
    ['no length', () => wanted('2026-10-14T08:00:00Z', { minutes: 0 }), '/minutes', 'too_small'],
    ['a stranger', () => wanted('2026-10-14T08:00:00Z', { participants: ['abc'] }), '/participants/0', 'not_a_member'],
    [
      'staff coming',
      () => wanted('2026-10-14T08:00:00Z', { participants: [staff.id] }),
      '/participants/0',
      'not_a_fellow',
    ],
    ['an unknown field', () => wanted('2026-10-14T08:00:00Z', { status: 'held' }), '/status', 'unknown_field'],
  ])('given %s, then 422 names the field and nothing is booked', async (_name, body, field, code) => {
    const before = await world.db.collection('sessions').estimatedDocumentCount();
    const answer = await fellow.client.post(base, body());
    expect([answer.status, answer.body.errors?.[0].field, answer.body.errors?.[0].code]).toEqual([422, field, code]);
    expect(await world.db.collection('sessions').estimatedDocumentCount()).toBe(before);
  });

  it('given emoji and letters from right to left, then they come back as they went', async () => {
    const need = 'كيف نقولها؟ 🧗‍♀️ נכון';
    expect((await aSession(cohort, fellow, coach.id, '2026-12-02T08:00:00Z', { need })).need).toBe(need);
  });
});
