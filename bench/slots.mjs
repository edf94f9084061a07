import { Types } from 'mongoose';
import { built, insideApp, makeHouse } from './support/house.mjs';
import { aCohort, members } from './support/people.mjs';
import { alternate } from './support/slices.mjs';
import { median } from './support/statistics.mjs';

const MINUTE = 60_000;
const DAY = 86_400_000;
const HOURS = {
  timeZone: 'Europe/Paris',
  weekly: [1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, start: '09:00', end: '12:00' },
    { weekday, start: '14:00', end: '17:00' },
  ]),
  exceptions: [],
  slotMinutes: 45,
  bufferMinutes: 15,
  minNoticeHours: 0,
  horizonDays: 365,
  maxPerDay: 20,
  maxPerWeek: 60,
};

/** Free slots from hours with a zone, beside a two-pointer over integers that were prepared before. */
export default async function slots({ services, pairs, ms }) {
  const { slotsOf } = await built('mentoring/scheduling/slots.js');
  const { openHours, timetableOf } = await built('mentoring/availability/hours.js');
  const now = Date.parse('2026-09-01T00:00:00Z');
  const cases = [
    { name: 'one coach, 10 months, no booking', coaches: 1, days: 303, bookings: 0 },
    { name: 'one coach, 10 months, 3,000 bookings', coaches: 1, days: 303, bookings: 3000 },
    { name: '20 coaches, 4 weeks, 60 bookings each', coaches: 20, days: 28, bookings: 60 },
  ];
  const rows = [];
  for (const { name, coaches, days, bookings } of cases) {
    const to = now + days * DAY;
    const timetable = timetableOf(HOURS);
    const open = Array.from({ length: days + 1 }, (_, index) =>
      openHours(timetable, timetable.zone.dayAt(now) + index),
    ).flat();
    const calendars = Array.from({ length: coaches }, (_, index) => ({
      coachId: String(index),
      availability: HOURS,
      busy: bookingsIn(now, to, bookings),
      elsewhere: [],
      perDay: new Map(),
      perWeek: new Map(),
    }));
    const ours = () => slotsOf(calendars, { now, from: now, to, mine: [] }).free.length;
    const theirs = () => calendars.reduce((sum, coach) => sum + twoPointers(open, coach.busy, now, to).length, 0);
    if (ours() !== theirs()) throw new Error(`${name}: ${ours()} slots, and ${theirs()} by the reference`);
    const side = (work) => ({ run: (length) => repeat(work, length) });
    rows.push({ name, unit: 'times/s', ...(await alternate({ app: side(ours), bare: side(theirs), pairs, ms })) });
  }
  const figures = [
    ...rows.map((row) => ({
      name: `time beside two pointers: ${row.name}`,
      unit: 'x',
      mid: 1 / row.ratio.mid,
      atMost: 3,
    })),
    { name: 'time with 3,000 bookings beside none', unit: 'x', mid: rows[0].appRate / rows[1].appRate, atMost: 1.2 },
    ...(await queries(services)),
  ];
  return { rows, figures };
}

/** Short stretches on the grid of slots, spread over all the time. */
function bookingsIn(from, to, count) {
  return Array.from({ length: count }, (_, index) => {
    const start = from + Math.floor(((to - from) / count / (5 * MINUTE)) * index) * 5 * MINUTE;
    return { from: start, to: start + 30 * MINUTE };
  });
}

/** What the computation is at least: hours and bookings are sorted integers already, one walk over both. */
function twoPointers(open, busy, from, to) {
  const [length, buffer] = [HOURS.slotMinutes * MINUTE, HOURS.bufferMinutes * MINUTE];
  const free = [];
  let at = 0;
  for (const hours of open) {
    for (let start = hours.from; start + length <= hours.to && start < to; start += length + buffer) {
      if (start < from) continue;
      while (at < busy.length && busy[at].to + buffer <= start) at += 1;
      if (at === busy.length || busy[at].from - buffer >= start + length)
        free.push({ from: start, to: start + length });
    }
  }
  return free;
}

function repeat(work, ms) {
  const since = performance.now();
  let operations = 0;
  do {
    work();
    operations += 1;
  } while (performance.now() - since < ms);
  return Promise.resolve({ operations, seconds: (performance.now() - since) / 1000 });
}

/** How many questions the list of slots of 20 coaches asks of the database, and how long it takes with them. */
async function queries(services) {
  const house = makeHouse(services, { NODE_ENV: 'test' });
  const app = await insideApp(house);
  try {
    const [{ SlotsService }, { AvailabilitiesRepository }] = [
      await built('mentoring/scheduling/slots.service.js'),
      await built('mentoring/availability/availabilities.repository.js'),
    ];
    const { getConnectionToken } = await import('@nestjs/mongoose');
    const cohortId = await aCohort(app);
    const [fellow] = await members(app, cohortId, 'fellow', 1);
    for (const coach of await members(app, cohortId, 'coach', 20)) {
      const ids = [new Types.ObjectId(cohortId), new Types.ObjectId(coach)];
      await app.get(AvailabilitiesRepository).save(...ids, HOURS, new Date());
    }
    const actor = { userId: fellow, role: 'fellow', cohortId, projectId: null, cohortTimeZone: 'Europe/Paris' };
    const range = { from: new Date().toISOString(), to: new Date(Date.now() + 28 * DAY).toISOString() };
    const asked = [];
    const client = app.get(getConnectionToken()).getClient();
    client.on('commandStarted', ({ command }) => {
      const collection = command.find ?? command.aggregate;
      if (collection) asked.push(collection);
    });
    const list = () => app.get(SlotsService).list(actor, range);
    await list();
    const people = ['sessions', 'workshops', 'registrations', 'outside-busy'];
    const busy = asked.filter((collection) => people.includes(collection)).length;
    const all = asked.length;
    const times = [];
    for (let turn = 0; turn < 20; turn += 1) {
      const since = performance.now();
      await list();
      times.push(performance.now() - since);
    }
    return [
      { name: 'queries for who is taken, 20 coaches, 4 weeks', unit: '', mid: busy, atMost: 2 },
      { name: 'queries in all (members, hours, faces and who is taken)', unit: '', mid: all },
      { name: 'the list with its queries, 20 coaches, 4 weeks', unit: 'ms', mid: median(times) },
    ];
  } finally {
    await app.close();
    await house.close();
  }
}
