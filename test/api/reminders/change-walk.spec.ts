import type { ChangePlace } from '../../../src/infra/mongo/changes.js';
import { ChangeWalk } from '../../../src/reminders/planning/change-walk.js';
import { type TestWorld, startWorld } from '../../support/app.js';

const MINUTE = 60_000;
const A_PAGE = 200;

let world: TestWorld;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

describe('a walk along what changed', () => {
  it('given changes that fill their last page, then the next turn looks a little further back all the same', async () => {
    const changedAt = world.clock.now();
    const changes = Array.from({ length: 2 * A_PAGE }, (_, index) => ({
      id: String(index).padStart(4, '0'),
      changedAt,
    }));
    const asked: ChangePlace[] = [];
    const turn = async () => {
      asked.length = 0;
      await world.app.get(ChangeWalk).go(
        'full pages',
        (place, limit) => {
          asked.push(place);
          return Promise.resolve(changes.filter((one) => place.id === null || one.id > place.id).slice(0, limit));
        },
        () => Promise.resolve(),
      );
      return asked.map((one) => one.id);
    };
    expect(await turn()).toEqual([null, '0199', '0399']);
    expect(await turn()).toEqual([null, '0199', '0399']);
    expect(asked[0]!.changedAt).toEqual(new Date(changedAt.getTime() - 2 * MINUTE));
  });

  it('given nothing has ever changed, then nothing is kept of it', async () => {
    await world.app.get(ChangeWalk).go(
      'nothing',
      () => Promise.resolve([]),
      () => Promise.resolve(),
    );
    expect(
      await world.db.collection<{ _id: string }>('reminder_subjects').findOne({ _id: 'cursor-nothing' }),
    ).toBeNull();
  });
});
