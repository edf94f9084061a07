import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { Migrator } from '../../../src/infra/mongo/migrator.js';
import { untoldMigrations } from '../../../src/infra/mongo/migrations/untold.migration.js';
import { freshDatabase } from '../../support/app.js';

/** What was to be told by a field of its own, before the outbox had it. */
const OLD = new Set(untoldMigrations.map(({ name }) => name));
const HOUR_MS = 60 * 60 * 1000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
const id = () => new Types.ObjectId();

let database: { connection: Connection; drop: () => Promise<void> };

/** A database as the version before left it: with people, and everything older applied. */
beforeEach(async () => {
  database = await freshDatabase();
  const { connection } = database;
  await connection.collection('users').insertOne({ email: 'ines@example.org' });
  await connection
    .collection<{ _id: string; at: Date }>('migrations')
    .insertMany(migrations.filter(({ name }) => !OLD.has(name)).map(({ name }) => ({ _id: name, at: new Date() })));
});
afterEach(() => database.drop());

/** What is told however old it is. */
const AT_ANY_AGE = new Set(['workshop-messages untold', 'topics thread-untold', 'workshops guests']);
const cohortId = id();
const OF_A_WISH = id();

const rooms: [room: string, collection: string, index: string, row: Record<string, any>, events: unknown[]][] = [
  [
    'an open report',
    'message-reports',
    'untold',
    { open: true, untoldSince: ago(1) },
    ['message.reported', ['report notices'], ['cohortId', 'reportId']],
  ],
  [
    'a closed report',
    'message-reports',
    'untold',
    { open: false, untoldSince: ago(1) },
    ['report.closed', ['report notices'], ['cohortId', 'reportId']],
  ],
  [
    'what hosts wrote',
    'workshop-messages',
    'untold',
    { untoldSince: ago(1) },
    ['workshop.messaged', ['message notices'], ['messageId']],
  ],
  [
    'a post',
    'posts',
    'untold',
    { topicId: id(), untoldSince: ago(1) },
    ['post.created', ['forum notices'], ['postId', 'topicId']],
  ],
  [
    'an accepted answer',
    'topics',
    'answer-untold',
    { answerId: id(), answerUntoldSince: ago(1) },
    ['answer.accepted', ['forum notices'], ['postId', 'topicId']],
  ],
  [
    'a thread that goes on as a topic',
    'topics',
    'thread-untold',
    { deletedAt: null, threadUntoldAt: ago(1) },
    ['topic.created', ['threads of chat'], ['topicId']],
  ],
  [
    'a thread whose topic has ended',
    'topics',
    'thread-untold',
    { deletedAt: ago(1), threadUntoldAt: ago(1) },
    ['topic.ended', ['threads of chat'], ['topicId']],
  ],
  [
    'a planned wish',
    'workshop-wishes',
    'untold',
    { untold: true },
    ['wish.planned', ['wish notices'], ['cohortId', 'wishId']],
  ],
  [
    'a wish whose workshop may change',
    'workshop-wishes',
    'following',
    { workshopId: OF_A_WISH, following: true },
    ['workshop.published', ['wishes'], ['cohortId', 'workshopId']],
  ],
  [
    'a workshop of whose move guests had not heard',
    'workshops',
    'guests',
    { guestNewsAt: ago(1) },
    ['workshops.replanned', ['guest letters'], ['workshopIds']],
  ],
  [
    'a message that names somebody, or is written to them,',
    'messages',
    'untold',
    { channelId: id(), untoldSince: ago(1) },
    ['people.called', ['chat notices'], ['channelId', 'messageIds']],
  ],
];

it.each(rooms)(
  'given %s that nobody was told of, then it is in the outbox once, unless it is too old, and its field is gone',
  async (_room, collection, index, row, [kind, waiting, ids]) => {
    const { connection } = database;
    const rows = connection.collection(collection);
    const [field] = Object.keys(row).filter((name) => /untold|following|guestNews/i.test(name)) as [string];
    const plain = Object.fromEntries(Object.entries(row).filter(([name]) => name !== field));
    const one = { _id: id(), cohortId, ...row };
    await rows.insertMany([one, { ...one, _id: id(), [field]: ago(30) }, { ...plain, _id: id(), cohortId }]);
    await rows.createIndexes([{ key: { [field]: 1 }, sparse: true, name: index }]);
    for (let times = 0; times < 2; times += 1) await new Migrator(connection).run();
    const outbox = await connection.collection('outbox').find().toArray();
    const told = Array<unknown>(AT_ANY_AGE.has(`${collection} ${index}`) ? 2 : 1).fill([kind, waiting, 0]);
    expect(outbox.map((event) => [event['kind'], event['waiting'], event['tries']])).toEqual(told);
    const facts = outbox.map((event) => event['fact'] as Record<string, unknown>);
    for (const fact of facts) expect(Object.keys(fact).sort()).toEqual(ids);
    const named = facts.flatMap((fact) => Object.values(fact).map(String));
    expect(named.some((value) => [String(one._id), String(OF_A_WISH)].includes(value))).toBe(true);
    expect(await rows.countDocuments({ [field]: { $exists: true } })).toBe(0);
    expect((await rows.indexes()).map(({ name }) => name)).not.toContain(index);
  },
);

it('given places of which people had not heard, then those of a day are in the outbox, an act once, and since when they stand so stays', async () => {
  const { connection } = database;
  const rows = connection.collection('registrations');
  const [workshopId, userId, actId] = [id(), id(), id()];
  const place = (news?: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
    ...{ _id: id(), cohortId, workshopId, userId, status: 'going', ...more },
    ...(news && { news }),
  });
  const at = ago(1);
  const promoted = place({ what: 'promoted', at });
  const guest = place({ what: 'registered', at }, { userId: id(), guest: true });
  const ofAct = [1, 2].map((hours) => place({ what: 'registered', at: ago(hours), actId }, { workshopId: id() }));
  const grown = place({ what: 'waitlisted', at, actId: id(), grown: true }, { userId: id() });
  const left = place({ what: 'left', at, actId: id() }, { userId: id() });
  await rows.insertMany([promoted, guest, ...ofAct, grown, left, place({ what: 'left', at: ago(30) }), place()]);
  await rows.createIndexes([{ key: { 'news.at': 1 }, sparse: true, name: 'news' }]);
  for (let times = 0; times < 2; times += 1) await new Migrator(connection).run();
  const outbox = await connection.collection('outbox').find().toArray();
  const [member, visitor] = [String(userId), String(guest.userId)];
  const since = at.getTime();
  expect(outbox.map((row) => [row['kind'], row['waiting'], row['fact']])).toEqual([
    [
      'places.changed',
      ['workshop notices'],
      { workshopId: String(workshopId), at: since, people: { promoted: [member] } },
    ],
    [
      'guest-places.changed',
      ['guest letters'],
      { workshopId: String(workshopId), at: since, people: { registered: [visitor] } },
    ],
    ['series.joined', ['series notices'], { userIds: [member], actId: String(actId) }],
    [
      'series.joined',
      ['series notices'],
      { userIds: [String(grown.userId)], actId: String(grown.news!['actId']), grown: true },
    ],
    ['series.left', ['series notices'], { userIds: [String(left.userId)], actId: String(left.news!['actId']) }],
  ]);
  const kept = await rows.find({ since: { $exists: true } }).toArray();
  expect(kept.map((row) => [String(row._id), row['since'], row['actId'] ?? null])).toEqual(
    [promoted, guest, ...ofAct, grown, left].map(({ _id, news }) => [String(_id), news!['at'], news!['actId'] ?? null]),
  );
  expect(await rows.countDocuments({ news: { $exists: true } })).toBe(0);
  expect((await rows.indexes()).map(({ name }) => name)).not.toContain('news');
});

it('given series that grew, then whom that concerns is served by the outbox, and who had not heard of more dates is told by it', async () => {
  const { connection } = database;
  const rows = connection.collection('workshop-series');
  const [userId, workshopId] = [id(), id()];
  const growth = { actId: id(), before: [id()], added: [workshopId] };
  const news = [id(), id()].map((actId) => ({ actId, at: ago(30), userIds: [userId], workshopIds: [workshopId] }));
  const [grew, untold, told] = [
    { _id: id(), growth: { ...growth, at: ago(30) } },
    { _id: id(), news },
    { _id: id(), news: [] },
  ];
  await rows.insertMany([grew, untold, told]);
  await rows.createIndexes(['growth', 'news'].map((name) => ({ key: { [`${name}.at`]: 1 }, sparse: true, name })));
  for (let times = 0; times < 2; times += 1) await new Migrator(connection).run();
  const outbox = await connection.collection('outbox').find().toArray();
  expect(outbox.map((row) => [row['kind'], row['waiting'], row['fact']])).toEqual([
    ['series.extended', ['series growth'], { seriesId: String(grew._id) }],
    ...news.map(({ actId }) => [
      'series.lengthened',
      ['series notices'],
      { actId: String(actId), userIds: [String(userId)], workshopIds: [String(workshopId)] },
    ]),
  ]);
  expect(await rows.find().toArray()).toEqual([{ _id: grew._id, growth }, { _id: untold._id }, { _id: told._id }]);
  expect((await rows.indexes()).map(({ name }) => name)).toEqual(['_id_']);
});

it('given materials that wait to be told of, then each workshop is in the outbox once, due when the first has waited for long enough', async () => {
  const { connection } = database;
  const rows = connection.collection('workshop-news');
  const [workshopId, other] = [id(), id()];
  const news = [ago(1), ago(2)].map((at) => ({ _id: id(), cohortId, workshopId, what: 'material', at, batch: null }));
  const later = { ...news[0]!, _id: id(), workshopId: other, at: new Date() };
  await rows.insertMany([...news, later]);
  await rows.createIndexes([{ key: { at: 1, _id: 1 }, name: 'age' }]);
  for (let times = 0; times < 2; times += 1) await new Migrator(connection).run();
  const outbox = await connection.collection('outbox').find().sort({ dueAt: 1 }).toArray();
  expect(outbox.map((row) => [row['kind'], row['waiting'], row['fact'], row['dueAt']])).toEqual(
    [news[1]!, later].map((one) => [
      'workshop.documented',
      ['material notices'],
      { cohortId: String(cohortId), workshopId: String(one.workshopId) },
      new Date(one.at.getTime() + HOUR_MS / 6),
    ]),
  );
  expect(await rows.countDocuments()).toBe(3);
  expect((await rows.indexes()).map(({ name }) => name)).toEqual(['_id_']);
});
