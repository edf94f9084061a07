import { Types } from 'mongoose';
import { NoticeMails } from '../../src/notifications/notice-mails.js';
import type { NotificationRow } from '../../src/notifications/notification.schema.js';
import { NOW, type TestWorld, startWorld } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../support/factories.js';
import { aRequest, requestsOf } from '../support/requests.js';

let world: TestWorld;
let cohort: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const SATURDAY = '2026-10-17T10:00:00.000Z';
const MONDAY = '2026-10-19T06:30:00.000Z';

const mailsOf = async ({ id }: TestPerson, kind: string) =>
  (
    await world.db
      .collection<NotificationRow>('notifications')
      .find({ userId: new Types.ObjectId(id), kind: kind as NotificationRow['kind'] })
      .sort({ createdAt: 1 })
      .toArray()
  ).map(({ mail }) => `${mail.state} ${mail.rule ?? ''}`.trim());
const becomes = async (person: TestPerson, kind: string, states: string[]) =>
  await eventually(async () => expect(await mailsOf(person, kind)).toEqual(states));
const sweep = async () => await world.app.get(NoticeMails).sweep();

describe('a request to a craft over the weekend', () => {
  it('given one of them took it, then on Monday nobody else gets a mail of it; one that still waits is mailed', async () => {
    world.clock.set(SATURDAY);
    const [asker, first, second] = [
      await aMember(world, cohort, 'fellow', { craft: 'data' }),
      await aMember(world, cohort, 'fellow', { craft: 'designer' }),
      await aMember(world, cohort, 'fellow', { craft: 'designer' }),
    ];
    const taken = await aRequest(cohort, asker, { craft: 'designer' });
    for (const person of [first, second, staff]) await becomes(person, 'request.asked', ['waiting quiet']);
    world.clock.set(new Date(new Date(SATURDAY).getTime() + 60_000));
    await aRequest(cohort, asker, { craft: 'designer' });
    for (const person of [first, second]) await becomes(person, 'request.asked', ['waiting quiet', 'waiting quiet']);
    const act = await first.client.post(`${requestsOf(cohort)}/${taken.id}/accept`, { revision: taken.revision });
    expect([act.status, act.body.code]).toEqual([200, undefined]);
    world.clock.set(MONDAY);
    await sweep();
    for (const person of [second, staff]) await becomes(person, 'request.asked', ['skipped gone', 'sent quiet']);
  });
});
