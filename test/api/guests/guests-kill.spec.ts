import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { moment } from '../../support/moments.js';
import { aGuest, aPublicWorkshop } from '../../support/rooms/guests.js';
import { type ChildNode, startChild } from '../../support/servers/processes.js';
import { CHILD_MS, pace } from '../../support/patience.js';

const GUESTS = 24;
const PLACES = 30;

let world: TestWorld;
let children: ChildNode[];
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  // The processes that are killed live in real time.
  world = await startWorld({ now: new Date().toISOString() });
  children = [await startChild(world), await startChild(world)];
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(async () => {
  await Promise.all(children.map((child) => child.stop()));
  await world.stop();
});

const inDays = (days: number, hour: number) =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T${hour}:00:00.000Z`;

/** What the books say, and what the rows add up to. */
async function books(id: string) {
  const workshopId = new Types.ObjectId(id);
  const workshop = (await world.db.collection('workshops').findOne({ _id: workshopId }))!;
  const rows = await world.db.collection('registrations').find({ workshopId }).toArray();
  const guests = await world.db.collection('workshop-guests').find({ workshopId }).toArray();
  const count = (status: string) => rows.filter((row) => row.status === status).length;
  const status = new Map(rows.map((row) => [String(row.userId), row.status as string]));
  return {
    said: { going: workshop.going.onsite, waitlisted: workshop.waitlisted.onsite },
    counted: { going: count('going'), waitlisted: count('waitlisted') },
    pairs: guests.map(({ _id, companionId }) => [status.get(String(_id)), status.get(String(companionId))]),
    unconfirmed: guests.filter(({ confirmedAt }) => !confirmedAt).length,
    orders: rows.map((row) => row.order as number),
  };
}

it('given a process killed -9 while guests confirm, then each pair has both places or none, the books agree, and a second press gives what is missing, once', async () => {
  const { id, guests } = await aPublicWorkshop(staff, cohortId, {
    ...{ startsAt: inDays(3, 10), endsAt: inDays(3, 12), capacity: PLACES },
  });
  const emails = Array.from({ length: GUESTS }, (_, index) => `pair-${index}@people.test`);
  const links: string[] = [];
  for (const email of emails) links.push(await aGuest(world, guests, email, { plusOne: true }));

  const pressed = links.map(async (link, index) => {
    await pace(index * 4);
    return await clientOf(children[index % 2]!.url)
      .post(`${link}/confirm`)
      .then(({ status }) => status)
      .catch(() => 0);
  });
  const someHavePlaces = async () =>
    (await world.db.collection('registrations').countDocuments({ workshopId: new Types.ObjectId(id), guest: true })) >=
    4;
  await moment(someHavePlaces);
  await children[0]!.kill();
  const answers = await Promise.all(pressed);
  expect(answers).toContain(0);

  const after = await books(id);
  expect(after.said).toEqual(after.counted);
  for (const [one, other] of after.pairs) expect(other).toBe(one);
  expect(new Set(after.orders).size).toBe(after.orders.length);

  for (const link of links) expect((await clientOf(children[1]!.url).post(`${link}/confirm`)).status).toBe(200);
  const all = await books(id);
  expect(all.counted).toEqual({ going: PLACES, waitlisted: 2 * GUESTS - PLACES });
  expect(all.said).toEqual(all.counted);
  for (const [one, other] of all.pairs) expect([other, one === undefined]).toEqual([one, false]);
  expect(all.unconfirmed).toBe(0);

  // Whatever died, each of them hears of the place, and by one letter (the same Message-ID is the same letter).
  await eventually(async () => {
    const told = await Promise.all(emails.map((email) => world.mail.to(email)));
    const letters = told.map(
      (mails) =>
        [...new Set(mails.filter(({ subject }) => !subject?.includes('Confirm')).map(({ messageId }) => messageId))]
          .length,
    );
    expect(letters).toEqual(emails.map(() => 1));
  }, CHILD_MS);
});
