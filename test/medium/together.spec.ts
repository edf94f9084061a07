import { createHash } from 'node:crypto';
import { type Connection, type Model, Schema, Types } from 'mongoose';
import { askTogether, together } from '../../src/infra/mongo/together.js';
import { freshDatabase } from '../support/app.js';

interface Knot {
  _id: Types.ObjectId;
  name: string;
  tiedAt: Date;
  turns: number;
}

/** Finds of one turn go as one command, and each answers what it would by itself. */
let connection: Connection;
let drop: () => Promise<void>;
let knots: Model<Knot>;
let ropes: Model<Knot>;
const ids = [1, 2, 3].map(() => new Types.ObjectId());
const schema = new Schema<Knot>({ name: String, tiedAt: Date, turns: Number }, { versionKey: false });

beforeAll(async () => {
  ({ connection, drop } = await freshDatabase());
  knots = connection.model<Knot>('Knot', schema);
  ropes = connection.model<Knot>('Rope', schema);
  const rows = ids.map((_id, at) => ({ _id, name: `n${at}`, tiedAt: new Date(at), turns: 3 - at }));
  await knots.create(rows);
  await ropes.create(rows.slice(1));
});
afterAll(() => drop());
afterEach(() => jest.restoreAllMocks());

const commands = () => jest.spyOn(connection, 'collection');

it('given several finds in one turn, then one command answers each as by itself: filter, order, limit, projection, one or none', async () => {
  const asked = commands();
  const finds = (run: typeof together) => [
    run(
      knots
        .find({ turns: { $gt: 1 } })
        .sort({ name: -1 })
        .lean<unknown>(),
    ),
    run(
      knots
        .find({ _id: { $in: ids.map(String) } }, { name: 1 })
        .sort({ turns: 1, _id: 1 })
        .limit(2)
        .lean<unknown>(),
    ),
    run(ropes.findOne({ name: 'n1' }, { _id: 0, tiedAt: 1 }).lean<unknown>()),
    run(ropes.findOne({ name: 'n0' }).lean<unknown>()),
    run(ropes.find({ tiedAt: new Date(2) }).lean<unknown>()),
  ];
  const answers = await Promise.all(finds(together));
  expect(asked).toHaveBeenCalledTimes(1);
  expect(answers).toEqual(await Promise.all(finds((query) => query.exec())));
});

it('given more than go in one, then several commands answer all, in their order', async () => {
  const asked = commands();
  const one = async (at: number) => together(knots.findOne({ _id: ids[at % 3]! }).lean<Knot | null>());
  const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => one(at)));
  expect(answers.map((found) => found?.name)).toEqual(Array.from({ length: 30 }, (_, at) => `n${at % 3}`));
  expect(asked).toHaveBeenCalledTimes(3);
});

it('given one that fails, then the others are answered, and it alone fails', async () => {
  const bad = askTogether(connection, { collection: 'knots', filter: { $nothing: 1 } });
  const good = askTogether<Knot>(connection, { collection: 'knots', filter: { name: 'n0' } });
  const [failed, found] = await Promise.allSettled([bad, good]);
  expect(failed.status).toBe('rejected');
  expect(found).toMatchObject({ status: 'fulfilled', value: { rows: [{ name: 'n0' }] } });
});

it('given no ids, then nobody is asked', async () => {
  const asked = commands();
  expect(await together(knots.find({ _id: { $in: [] } }).lean<Knot[]>())).toEqual([]);
  expect(asked).not.toHaveBeenCalled();
});

it('given the same rows, then their hash is the same whatever else is asked in that turn, and another one once a row is', async () => {
  const hashed = async (beside: number) => {
    const others = Array.from({ length: beside }, () =>
      askTogether(connection, { collection: 'ropes', filter: { name: 'n1' } }),
    );
    const [found] = await Promise.all([
      askTogether(connection, { collection: 'knots', filter: { name: 'n2' } }),
      ...others,
    ]);
    const hash = createHash('sha256');
    found.addTo(hash);
    return hash.digest('hex');
  };
  const before = await hashed(0);
  const later = Promise.all([askTogether(connection, { collection: 'ropes', filter: { name: 'n1' } }), hashed(3)]);
  expect((await later)[1]).toBe(before);
  await knots.updateOne({ name: 'n2' }, { $set: { turns: 9 } });
  expect(await hashed(0)).not.toBe(before);
});
