import { type Connection, Types } from 'mongoose';
import { ApplicationsRepository } from '../../src/calls/applications/applications.repository.js';
import { applicationSchema } from '../../src/calls/applications/application.schema.js';
import { freshDatabase } from '../support/app.js';

const ROUNDS = 60;
const AT_ONCE = 6;

let database: { connection: Connection; drop: () => Promise<void> };
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

it('given a file that is begun by several requests at once, then each of them is told which one it is', async () => {
  const model = database.connection.model('Application', applicationSchema);
  await model.createIndexes();
  const applications = new ApplicationsRepository(model as never);
  const [callId, cohortId, now] = [new Types.ObjectId(), new Types.ObjectId(), new Date()];
  const begin = (round: number, at: number) =>
    applications.begin({
      ...{ callId, cohortId, email: `round-${round}@people.test`, locale: 'en', timeZone: 'Europe/Paris' },
      ...{ key: `key-${at}`, version: 1, createdAt: now, eraseAt: now },
    });
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => begin(round, at)));
    const ids = (begun as ({ _id: Types.ObjectId } | null)[]).map((row) => row && String(row._id));
    expect(ids).toEqual(Array(AT_ONCE).fill(ids.find(Boolean)));
  }
});
