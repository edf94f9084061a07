import { PlacesService } from '../../../src/workshops/registrations/places.service.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aGuest, aPublicWorkshop, guestLinkIn, guestOf } from '../../support/rooms/guests.js';

/** Hosts who switch off what guests asked for before they opened the link of their mail. */
let world: TestWorld;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());

const nobody = (index: number) => clientOf(world.nodes[index % 2]!.url);
const registrations = async (path: string) => (await staff.client.get(`${path}/registrations?limit=200`)).body.items;
const page = { on: true, guests: true, plusOne: true, guestPercent: 100, shownHosts: [], questions: [] };
const linkOf = (guests: string, email: string) => aGuest(world, guests, email, { plusOne: true });

it('given nobody is to be brought along any more, then two places are refused, the page says so, and one alone is given', async () => {
  const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Alone from now on' });
  const link = await linkOf(guests, 'two@guests.test');
  expect((await staff.client.put(`${path}/public-page`, { ...page, plusOne: false })).status).toBe(200);
  const refused = await nobody(0).post(`${link}/confirm`);
  expect([refused.status, refused.body.code]).toEqual([409, 'no_plus_one']);
  const shown = (await nobody(1).get(link)).body;
  expect(shown).toMatchObject({ mine: null, because: 'no_plus_one', abilities: { confirm: false } });
  expect(guests).toContain(`/${shown.again}/`);
  expect(await registrations(path)).toEqual([]);
  const alone = guestOf('two@guests.test', { plusOne: false });
  expect((await nobody(0).post(guests, alone)).status).toBe(202);
  const links = async () => (await world.mail.to('two@guests.test')).map(guestLinkIn);
  await eventually(async () => expect(await links()).toHaveLength(2));
  const own = (await links()).find((one) => one !== link);
  expect((await nobody(1).post(`${own}/confirm`)).body).toMatchObject({ mine: { status: 'going' }, companion: null });
});

it.each([
  ['nobody is to be brought along', { ...page, plusOne: false }, 'no_plus_one'],
  ['no guests come', { ...page, guests: false }, 'no_guests'],
  ['there is no page', { ...page, on: false }, 'no_guests'],
])('given %s from the very moment on at which the link is opened, then nobody comes in', async (_, next, code) => {
  const { path, id, guests } = await aPublicWorkshop(staff, cohortId, { title: `At once ${code}` });
  const link = await linkOf(guests, `at-once-${id}@guests.test`);
  // Once all was looked at, and before the places are taken.
  const places = world.app.get(PlacesService);
  const asked = places.ask.bind(places);
  const late = jest.spyOn(places, 'ask').mockImplementationOnce(async (...ask) => {
    expect((await staff.client.put(`${path}/public-page`, next)).status).toBe(200);
    return await asked(...ask);
  });
  const refused = await nobody(0).post(`${link}/confirm`);
  late.mockRestore();
  expect([refused.status, refused.body.code]).toEqual([409, code]);
  expect(await registrations(path)).toEqual([]);
});
