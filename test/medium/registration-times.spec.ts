import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { migrations } from '../../src/infra/mongo/migrations.js';
import { freshDatabase } from '../support/app.js';

let database: { connection: Connection; drop: () => Promise<void> };
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const migrate = () => migrations.find(({ name }) => name.includes('registrations-say-when'))!.up(database.connection);
const workshop = (status: string, day: number) => ({
  _id: new Types.ObjectId(),
  status,
  startsAt: new Date(Date.UTC(2026, 9, day, 8)),
  endsAt: new Date(Date.UTC(2026, 9, day, 10)),
});

describe('giving old registrations the times of their workshops', () => {
  it('given published, cancelled and drafted ones, then only who goes to a published one is taken, and a second run changes nothing', async () => {
    const { connection } = database;
    const all = [workshop('published', 1), workshop('published', 2), workshop('cancelled', 3)];
    await connection.collection('workshops').insertMany(all);
    const registrations = connection.collection('registrations');
    await registrations.insertMany(
      all.flatMap(({ _id: workshopId }) =>
        ['going', 'attended', 'waitlisted', 'cancelled'].map((status) => ({
          workshopId,
          userId: new Types.ObjectId(),
          status,
        })),
      ),
    );
    await registrations.createIndexes([{ key: { userId: 1, status: 1 }, name: 'person' }]);
    await migrate();
    const rows = await registrations.find().toArray();
    const expected = ({ workshopId }: Record<string, unknown>) =>
      all.find(({ _id }) => _id.equals(workshopId as never))!;
    for (const row of rows) {
      const { status, startsAt, endsAt } = expected(row);
      const times = status === 'published' ? [startsAt, endsAt] : [undefined, undefined];
      expect([row.startsAt, row.endsAt]).toEqual(times);
    }
    expect((await registrations.indexes()).map(({ name }) => name)).not.toContain('person');
    await migrate();
    expect(await registrations.find().toArray()).toEqual(rows);
  });
});
