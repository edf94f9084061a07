import ICAL from 'ical.js';
import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { aSeries } from '../../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: NOW });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow', { timeZone: 'America/Montreal' });
});
afterAll(() => world.stop());

const hourIn = (instant: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(instant));

async function feedOf(person: TestPerson): Promise<Map<string, string>> {
  const url = new URL((await person.client.post('/api/me/calendar-feed')).body.url as string);
  const calendar = new ICAL.Component(ICAL.parse(await (await fetch(new URL(url.pathname, world.url))).text()));
  calendar.getAllSubcomponents('vtimezone').forEach((zone) => ICAL.TimezoneService.register(new ICAL.Timezone(zone)));
  return new Map(
    calendar.getAllSubcomponents('vevent').map((one) => {
      const event = new ICAL.Event(one);
      return [event.uid.split('@')[0] ?? '', event.startDate.toJSDate().toISOString()];
    }),
  );
}

it('given 09:00 in Paris over both DST nights and a fellow in Montreal, then page, calendar, reminder and mail name the same instants', async () => {
  const repeat = { unit: 'week', weekdays: [2], until: '2027-04-06' };
  const { path, dates } = await aSeries(staff, cohortId, { repeat });
  const joined = await fellow.client.put(`${path}/registration`, {});
  expect(joined.body.dates).toHaveLength(25);
  const page = (await fellow.client.get(path)).body.dates as { workshopId: string; startsAt: string }[];

  expect(new Set(page.map(({ startsAt }) => hourIn(startsAt, 'Europe/Paris')))).toEqual(new Set(['09:00']));
  // The clocks of Montreal change a week after those of Paris in autumn, two weeks before them in spring.
  const odd = page.filter(({ startsAt }) => hourIn(startsAt, 'America/Montreal') === '04:00');
  expect(odd.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual(['2026-10-27', '2027-03-16', '2027-03-23']);
  expect(page.filter(({ startsAt }) => hourIn(startsAt, 'America/Montreal') === '03:00')).toHaveLength(22);

  const feed = await feedOf(fellow);
  for (const { workshopId, startsAt } of page) expect(feed.get(`workshop-${workshopId}`)).toBe(startsAt);

  const anHour = 3_600_000;
  await eventually(async () => {
    const rows = await world.db
      .collection('reminders')
      .find({
        userId: new Types.ObjectId(fellow.id),
        'subject.id': { $in: dates.map((id) => new Types.ObjectId(id)) },
        kind: 'workshop.1h',
      })
      .toArray();
    const due = new Map(rows.map((row) => [String(row.subject.id), (row.dueAt as Date).getTime()]));
    for (const { workshopId, startsAt } of page) expect(due.get(workshopId)).toBe(Date.parse(startsAt) - anHour);
  });

  const mail = await eventually(async () => {
    const found = (await world.mail.to(fellow.email)).find(({ subject }) => subject?.includes('25 dates'));
    expect(found).toBeDefined();
    return found!;
  });
  // One heading, with a list of all of them under it.
  expect(mail.text!.match(/When:/g)).toHaveLength(1);
  expect(mail.text!.match(/^ \* /gm)).toHaveLength(page.length);
  const told = mail.text!.match(/, \d\d:\d\d–\d\d:\d\d \(Montreal\)/g);
  expect(told).toEqual(
    page.map(({ startsAt }) => {
      const hour = hourIn(startsAt, 'America/Montreal');
      return `, ${hour}–0${Number(hour.slice(1, 2)) + 1}:00 (Montreal)`;
    }),
  );
});
