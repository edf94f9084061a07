import { Types } from 'mongoose';
import { HOUR, MINUTE } from '../../../src/common/times/clock.js';
import { Offers } from '../../../src/workshops/registrations/offers.js';
import { RegistrationsRepository } from '../../../src/workshops/registrations/registrations.repository.js';
import { WorkshopsRepository } from '../../../src/workshops/workshops.repository.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const OTHERS = 250;
const A_PAGE = 100;

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;

const inHours = (hours: number) => new Date(Date.parse(NOW) + hours * HOUR);

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  const { id } = await aWorkshop(staff, cohortId);
  const workshops = world.db.collection('workshops');
  const one = (await workshops.findOne({ _id: new Types.ObjectId(id) }))!;
  // Ten of each instant, and not in the order of their ids.
  const startsAt = (index: number) => new Date(inHours(20).getTime() - (index % 25) * MINUTE);
  await workshops.insertMany(
    Array.from({ length: OTHERS }, (_, index) => ({ ...one, _id: new Types.ObjectId(), startsAt: startsAt(index) })),
  );
});
afterAll(() => world.stop());
afterEach(() => jest.restoreAllMocks());

/** With how many workshops at a time something was asked, and of how many in all. */
function asked(method: 'withTeamsInLine') {
  const spy = jest.spyOn(world.app.get(RegistrationsRepository), method);
  return () => {
    const calls = spy.mock.calls.map(([ids]) => ids);
    return { most: Math.max(...calls.map((ids) => ids.length)), all: new Set(calls.flat().map(String)).size };
  };
}

describe('given many workshops that start soon', () => {
  it.each([1, 7, A_PAGE, OTHERS + 1, 1000])(
    'when they are read %i at a time, then each comes once, in order, and without its text',
    async (limit) => {
      const read: { _id: Types.ObjectId; startsAt: Date }[] = [];
      for await (const page of world.app.get(WorkshopsRepository).startsBetween(inHours(0), inHours(48), limit)) {
        expect(page.length).toBeLessThanOrEqual(limit);
        read.push(...page);
      }
      expect(new Set(read.map(({ _id }) => String(_id))).size).toBe(read.length);
      expect(read).toHaveLength(OTHERS + 1);
      const instants = read.map(({ startsAt }) => startsAt.getTime());
      expect(instants).toEqual([...instants].sort((a, b) => a - b));
      expect(Object.keys(read[0]!).sort()).toEqual(['_id', 'cohortId', 'startsAt']);
    },
  );

  it('when teams in line are looked for, then a page at a time', async () => {
    const seen = asked('withTeamsInLine');
    await world.app.get(Offers).turn();
    expect(seen()).toEqual({ most: A_PAGE, all: OTHERS });
  });
});
