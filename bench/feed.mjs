import { Types } from 'mongoose';
import { built, insideApp, makeHouse } from './support/house.mjs';
import { aCohort, members } from './support/people.mjs';
import { alternate } from './support/slices.mjs';
import { spread } from './support/statistics.mjs';
import { timed } from './support/timed.mjs';

const EVENTS = 300;
const MINE = 40;
const HOUR = 3_600_000;

/** The calendar feed of a cohort with 300 events, written out, and told to be as it was (304); beside a bare find of what is in it. */
export default async function feed({ services, pairs, ms }) {
  const house = makeHouse(services, { NODE_ENV: 'test' });
  const app = await insideApp(house);
  try {
    const [{ CalendarFeedsService }, { Migrator }, { getConnectionToken }] = [
      await built('agenda/calendar-feeds.service.js'),
      await built('infra/mongo/migrator.js'),
      await import('@nestjs/mongoose'),
    ];
    await app.get(Migrator).run();
    const db = app.get(getConnectionToken());
    const cohortId = await aCohort(app);
    const [me, host] = await members(app, cohortId, 'fellow', 2);
    await workshopsOf(db, { cohortId, me, host });
    const { url } = await app.get(CalendarFeedsService).make(me, { cohortId, tag: null });
    const path = new URL(url).pathname;
    const ask = (headers = {}) => app.getHttpAdapter().getInstance().inject({ url: path, headers });
    const first = await ask();
    const events = first.body.split('BEGIN:VEVENT').length - 1;
    const again = { 'if-none-match': first.headers.etag };
    if (first.statusCode !== 200 || events !== EVENTS) throw new Error(`${first.statusCode}, ${events} events`);
    if ((await ask(again)).statusCode !== 304) throw new Error('an unchanged feed was written out again');

    const whole = () =>
      db
        .collection('workshops')
        .find({ cohortId: new Types.ObjectId(cohortId) })
        .toArray();
    const side = (work) => ({ run: (length) => repeat(work, length) });
    const written = await alternate({ app: side(() => ask()), bare: side(whole), pairs, ms });
    const same = await alternate({ app: side(() => ask(again)), bare: side(whole), pairs, ms });
    return {
      rows: [
        { name: `${EVENTS} events written out, beside a find of as many documents`, unit: 'times/s', ...written },
        { name: '304, beside the same find', unit: 'times/s', ...same },
      ],
      figures: [
        { name: `${EVENTS} events written out`, unit: 'ms', ...spread(await timed(() => ask())), atMost: 20 },
        { name: '304', unit: 'ms', ...spread(await timed(() => ask(again))) },
        { name: '304, processor time', unit: 'ms', mid: same.appCpuMs, atMost: 2 },
        { name: `bytes of ${EVENTS} events`, unit: '', mid: Buffer.byteLength(first.body) },
      ],
      notes: [
        `A member who goes to ${MINE} of the ${EVENTS}; asked of the whole application, without a line in between.`,
      ],
    };
  } finally {
    await app.close();
    await house.close();
  }
}

async function repeat(work, ms) {
  const since = performance.now();
  let operations = 0;
  do {
    await work();
    operations += 1;
  } while (performance.now() - since < ms);
  return { operations, seconds: (performance.now() - since) / 1000 };
}

/** Published workshops as the product has them, one every day of a year, and the places of one person in some of them. */
async function workshopsOf(db, { cohortId, me, host }) {
  const cohort = new Types.ObjectId(cohortId);
  const [createdAt, none] = [new Date(), { onsite: 0, online: 0 }];
  const ids = Array.from({ length: EVENTS }, () => new Types.ObjectId());
  const first = Math.floor(createdAt.getTime() / HOUR) * HOUR;
  await db.collection('workshops').insertMany(
    ids.map((_id, index) => {
      const startsAt = new Date(first + (index + 1) * 24 * HOUR);
      return {
        ...{ _id, cohortId: cohort, title: `Workshop ${index}, with a title of ordinary length`, kind: 'workshop' },
        ...{ description: 'What one learns, for whom it is, and what to bring along. '.repeat(8), tags: ['design'] },
        ...{
          startsAt,
          endsAt: new Date(startsAt.getTime() + 2 * HOUR),
          timeZone: 'Europe/Paris',
          place: 'Room 4, Paris',
        },
        ...{
          link: 'https://meet.example/bench',
          capacity: 20,
          onlineCapacity: null,
          offerMinutes: null,
          opensAt: null,
        },
        ...{ closesAt: null, requires: null, hosts: [new Types.ObjectId(host)], materials: [], status: 'published' },
        ...{ cancelReason: null, going: none, waitlisted: none, offered: none, lastOrder: 0, version: 1, revision: 1 },
        ...{ attendanceCode: null, channelId: null, words: ['workshop'], createdBy: new Types.ObjectId(host) },
        ...{ createdAt, changedAt: createdAt },
      };
    }),
  );
  await db.collection('registrations').insertMany(
    ids.slice(0, MINE).map((workshopId, index) => ({
      ...{ cohortId: cohort, workshopId, userId: new Types.ObjectId(me), status: 'going', mode: 'onsite' },
      ...{ order: index + 1, offeredUntil: null, registeredAt: createdAt, changedAt: createdAt },
    })),
  );
}
