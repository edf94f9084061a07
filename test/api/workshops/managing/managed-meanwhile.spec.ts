import { randomUUID } from 'node:crypto';
import { idOf } from '../../../../src/infra/mongo/ids.js';
import { NOW, startWorld, type TestWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';
import { beforeItIsWritten } from '../../../support/meanwhile.js';
import { aGuest, aPublicWorkshop } from '../../../support/rooms/guests.js';

/** Who looks after a workshop no more, between the look at that and the write, says nothing of its people any more. */
let world: TestWorld;
let cohortId: string;
let [staff, other, claire, ines]: TestPerson[] = [];
let [path, id] = ['', ''];
let guestId = '';
let materialId = '';

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  other = await aMember(world, cohortId, 'staff');
  claire = await aMember(world, cohortId, 'coach');
  ines = await aMember(world, cohortId, 'fellow');
  const made = await aPublicWorkshop(staff, cohortId, { hosts: [claire.id], reserved: 2 });
  ({ path, id } = made);
  expect((await ines.client.put(`${path}/registration`, {})).status).toBe(200);
  const link = await aGuest(world, made.guests, `${randomUUID()}@guests.test`);
  expect((await clientOf(world.url).post(`${link}/confirm`)).status).toBe(200);
  guestId = (await staff.client.get(`${path}/guests`)).body.items[0].id;
  const material = { title: 'Slides', url: 'https://slides.example/', phase: 'before', isRecording: false };
  materialId = (await staff.client.post(`${path}/materials`, material)).body.items[0].id;
  await world.settled();
});

type Act = (person: TestPerson) => PromiseLike<{ status: number; body: any }>;
const sentAt = () => world.clock.now().toISOString();
const runs = () => world.clock.set('2026-10-15T08:00:00.000Z');
const AHEAD: [string, Act][] = [
  ['let somebody in from the line', ({ client }) => client.put(`${path}/registrations/${other!.id}`)],
  [
    'write to those who come',
    ({ client }) => client.post(`${path}/messages`, { to: 'coming', body: 'Bring a laptop', key: randomUUID() }),
  ],
  ['take the place of a guest', ({ client }) => client.delete(`${path}/guests/${guestId}`)],
  [
    'add a link',
    ({ client }) =>
      client.post(`${path}/materials`, {
        title: 'More',
        url: 'https://more.example/',
        phase: 'after',
        isRecording: false,
      }),
  ],
  ['take a link away', ({ client }) => client.delete(`${path}/materials/${materialId}`)],
  ['write the minutes', ({ client }) => client.put(`${path}/minutes`, { body: 'What was said', revision: 0 })],
];
const DURING: [string, Act][] = [
  ['mark who is there', ({ client }) => client.post(`${path}/attendance`, { userId: ines!.id, status: 'attended' })],
  [
    'send marks of a device',
    ({ client }) =>
      client.post(`${path}/attendance/marks`, {
        marks: [{ userId: ines!.id, status: 'attended', at: sentAt() }],
        sentAt: sentAt(),
      }),
  ],
  ['let a guest in', ({ client }) => client.post(`${path}/guests`, { name: 'Ada', key: randomUUID() })],
];
const ACTS: [string, Act, () => void][] = [
  ...AHEAD.map(([what, act]): [string, Act, () => void] => [what, act, () => undefined]),
  ...DURING.map(([what, act]): [string, Act, () => void] => [what, act, runs]),
];

const KEPT = ['registrations', 'workshop-guests', 'workshop-messages', 'workshop-materials'];

/** All that these acts could change, as it stands. */
const standing = async () => {
  const rows = KEPT.map((name) =>
    world.db
      .collection(name)
      .find({ workshopId: idOf(id) })
      .sort({ _id: 1 })
      .toArray(),
  );
  const minutes = world.db.collection('workshop-minutes').findOne({ _id: idOf(id) });
  return JSON.stringify(await Promise.all([...rows, minutes]));
};

/** Does the act while something else happens, and says what came of it. */
async function meanwhile(happens: () => PromiseLike<{ status: number }>, act: () => ReturnType<Act>) {
  let before = '';
  const happened = beforeItIsWritten(world, async () => {
    expect((await happens()).status).toBeLessThan(300);
    before = await standing();
  });
  const { status, body } = await act();
  expect([happened(), before !== '']).toEqual([true, true]);
  return { status, code: body?.code as string | undefined, isAsBefore: (await standing()) === before };
}
const member = (person: TestPerson) => `/api/cohorts/${cohortId}/members/${person.id}`;

describe.each(ACTS)('of those who look after a workshop, as one of them comes to %s', (_what, act, begins) => {
  it('given they are taken off it, then 403 and nothing has changed', async () => {
    begins();
    const off = () => staff!.client.patch(path, { hosts: [] });
    expect(await meanwhile(off, () => act(claire!))).toEqual({ status: 403, code: 'forbidden', isAsBefore: true });
  });

  it('given they are of the programme team no more, then 403 and nothing has changed', async () => {
    begins();
    const demoted = () => staff!.client.patch(member(other!), { role: 'coach' });
    expect(await meanwhile(demoted, () => act(other!))).toEqual({ status: 403, code: 'forbidden', isAsBefore: true });
  });

  it('given they are taken out of the cohort, then 404 and nothing has changed', async () => {
    begins();
    const out = () => staff!.client.delete(member(other!));
    expect(await meanwhile(out, () => act(other!))).toEqual({ status: 404, code: 'not_found', isAsBefore: true });
  });

  it('given the cohort is closed, then 409 and nothing has changed', async () => {
    begins();
    const closed = () => staff!.client.post(`/api/cohorts/${cohortId}/close`);
    expect(await meanwhile(closed, () => act(claire!))).toEqual({
      status: 409,
      code: 'cohort_closed',
      isAsBefore: true,
    });
  });

  it('given another becomes host too, then it is done', async () => {
    begins();
    const comesIn = () => staff!.client.patch(member(other!), { role: 'coach' });
    const { status, isAsBefore } = await meanwhile(comesIn, () => act(claire!));
    expect([status < 300, isAsBefore]).toEqual([true, false]);
  });
});

it('given marks of a host who is taken off and the code of who is there in one turn, then what is said by the code counts', async () => {
  runs();
  const { code } = (await staff!.client.get(`${path}/attendance`)).body;
  const off = () => staff!.client.patch(path, { hosts: [] });
  const happened = beforeItIsWritten(world, off);
  const marked = DURING[1]![1](claire!);
  const came = ines!.client.post(`${path}/attendance`, { code });
  expect([(await marked).status, (await came).status, happened()]).toEqual([403, 200, true]);
  expect((await ines!.client.get(path)).body.mine.status).toBe('attended');
});
