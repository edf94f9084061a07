import { Types } from 'mongoose';
import { workshopChanged } from '../../../src/workshops/workshops.events.js';
import { EventBus } from '../../../src/infra/events/event-bus.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { readIcs } from '../../support/ics.js';
import { aGuest, aPublicWorkshop, mailTo } from '../../support/rooms/guests.js';
import { aSeries, aWorkshop, draftOf, seriesOf } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let list: string;
let staff: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  list = `/api/cohorts/${cohortId}/workshops`;
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow', { locale: 'fr' });
});

const levelAt = async (path: string) => (await fellow.client.get(path)).body.level;
const here = () => ({ cohortId: new Types.ObjectId(cohortId) });
const forgetLevels = () => world.db.collection('workshops').updateMany(here(), { $unset: { level: 1 } });
const entryIn = (text: string) => readIcs(text).events[0]!;

describe('the level of a workshop', () => {
  it('given it is made, edited and taken back, then it is what was said last, as an edit of its text', async () => {
    const { path } = await aWorkshop(staff, cohortId, { level: 'beginner' });
    expect(await levelAt(path)).toBe('beginner');
    const told: string[][] = [];
    world.app.get(EventBus).on(workshopChanged, ({ changed }) => void told.push(changed));
    const after = await staff.client.patch(path, { level: 'advanced' });
    expect(after.body).toMatchObject({ level: 'advanced', revision: 1, edition: 2 });
    expect((await staff.client.patch(path, { level: 'advanced' })).body.edition).toBe(2);
    expect((await staff.client.patch(path, { level: null })).body).toMatchObject({ level: null, edition: 3 });
    expect(told).toEqual([['text'], ['text']]);
    expect((await aWorkshop(staff, cohortId)).path).not.toBe(path);
    expect((await fellow.client.patch(path, { level: 'beginner' })).status).toBe(403);
    expect((await clientOf(world.url).patch(path, { level: 'beginner' })).status).toBe(401);
    const outsider = await aMember(world, await aCohort(world), 'staff');
    expect((await outsider.client.patch(path, { level: 'beginner' })).status).toBe(404);
  });

  it.each(['expert', '', 3, ['beginner']])(
    'given %j, then 422 at the field, and nothing is made or changed',
    async (level) => {
      const made = await staff.client.post(list, draftOf({ level }));
      expect([made.status, made.body.errors[0].field]).toEqual([422, '/level']);
      const { path } = await aWorkshop(staff, cohortId, { level: 'beginner' });
      expect((await staff.client.patch(path, { level })).status).toBe(422);
      expect(await levelAt(path)).toBe('beginner');
    },
  );

  it('given a row of before, then nobody said it, and a form that says so changes nothing', async () => {
    const { path } = await aWorkshop(staff, cohortId);
    await forgetLevels();
    expect(await levelAt(path)).toBeNull();
    expect((await staff.client.patch(path, { level: null })).body).toMatchObject({ level: null, edition: 1 });
  });

  it('given the list is asked for one, then those alone, with all else that is asked; a level that is none is refused', async () => {
    const at = (day: number) => ({ startsAt: `2026-10-${day}T08:00:00.000Z`, endsAt: `2026-10-${day}T09:00:00.000Z` });
    await aWorkshop(staff, cohortId, { ...at(20), title: 'First steps', level: 'beginner' });
    await aWorkshop(staff, cohortId, { ...at(21), title: 'Far', level: 'advanced' });
    await aWorkshop(staff, cohortId, { ...at(22), title: 'A first talk', level: 'beginner', kind: 'talk' });
    await aWorkshop(staff, cohortId, { ...at(23), title: 'For all' });
    const titles = async (query: string) =>
      (await fellow.client.get(`${list}?${query}`)).body.items.map(({ title }: { title: string }) => title);
    expect(await titles('level=beginner')).toEqual(['First steps', 'A first talk']);
    expect(await titles('level=beginner&kind=talk')).toEqual(['A first talk']);
    expect(await titles('level=intermediate')).toEqual([]);
    expect((await titles('')).length).toBe(4);
    for (const wrong of ['level=expert', 'level=', 'level[$ne]=beginner'])
      expect((await fellow.client.get(`${list}?${wrong}`)).status).toBe(422);
  });

  it('given a copy, a template and a programme in another cohort, then it comes along; of rows of before nothing does', async () => {
    const { path, id } = await aWorkshop(staff, cohortId, { level: 'intermediate' });
    const duplicate = () => staff.client.post(`${path}/duplicate`, { startsAt: '2026-11-05T13:00:00.000Z' });
    expect((await duplicate()).body.level).toBe('intermediate');
    const templates = `/api/cohorts/${cohortId}/workshop-templates`;
    const kept = await staff.client.post(templates, { workshopId: id, name: 'Kept' });
    expect(kept.body.level).toBe('intermediate');
    await world.db.collection('workshop-templates').updateMany(here(), { $unset: { 'fields.level': 1 } });
    expect((await staff.client.get(templates)).body.items[0].level).toBeNull();

    const to = await aCohort(world);
    await join(world, to, staff.id, 'staff');
    const next = { startsOn: '2027-09-01', endsOn: '2028-06-30' };
    await world.db.collection('cohorts').updateOne({ _id: new Types.ObjectId(to) }, { $set: next });
    const copied = await staff.client.post(`/api/cohorts/${to}/workshops/copy`, { fromCohortId: cohortId, only: [id] });
    const there = `/api/cohorts/${to}/workshops/${copied.body.items[0].workshopId}`;
    expect((await staff.client.get(there)).body.level).toBe('intermediate');

    await forgetLevels();
    expect((await duplicate()).body.level).toBeNull();
  });

  it('given a series, then all dates have it, an edit of all changes it on all, and dates that are added have it', async () => {
    const { path, dates } = await aSeries(staff, cohortId, { level: 'beginner' });
    const levels = async () =>
      (await world.db.collection('workshops').find(here()).toArray()).map(({ level }) => level);
    expect(await levels()).toEqual(dates.map(() => 'beginner'));
    const { edition } = (await staff.client.get(path)).body;
    const edit = { scope: 'all', workshopId: dates[0], edition, level: 'advanced' };
    expect((await staff.client.patch(path, edit)).status).toBe(200);
    expect(await levels()).toEqual(dates.map(() => 'advanced'));
    const now = (await staff.client.get(path)).body.edition;
    await staff.client.post(`${path}/lengthen`, { workshopId: dates[0], edition: now, count: dates.length + 1 });
    expect(await levels()).toEqual([...dates, 'one more'].map(() => 'advanced'));
    const wrong = await staff.client.post(`/api/cohorts/${cohortId}/workshop-series`, seriesOf({ level: 'expert' }));
    expect(wrong.body.errors).toMatchObject([{ field: '/level' }]);
  });

  it('given it is said, then the page for everybody, mails, files and feeds say it in the language of their reader', async () => {
    const said = { level: 'beginner', description: 'Bring a number.' };
    const { path, page, guests } = await aPublicWorkshop(staff, cohortId, said);
    expect((await clientOf(world.url).get(page)).body.level).toBe('beginner');
    await fellow.client.put(`${path}/registration`, {});
    const [mail] = await world.mail.to(fellow.email, 1);
    expect(mail!.text).toMatch(/Niveau\s: Débutant/);
    const french = 'Niveau\u00a0: Débutant\n\nBring a number.\n\n';
    const entry = mail!.attachments.find(({ contentType }) => contentType === 'text/calendar')!;
    expect(entryIn(entry.content.toString()).description).toContain(french);
    expect(entryIn((await fellow.client.get(`${path}/calendar.ics`)).text).description).toContain(french);
    const { url } = (await fellow.client.post('/api/me/calendar-feed')).body;
    const feed = await (await fetch(new URL(new URL(url as string).pathname, world.url))).text();
    expect(entryIn(feed).description).toContain(french);

    await aGuest(world, guests, 'level-guest@people.test');
    const asked = await mailTo(world, 'level-guest@people.test', 'Confirm');
    expect(asked.text).toMatch(/Level: Beginner/);

    await staff.client.patch(path, { level: null });
    expect((await clientOf(world.url).get(page)).body.level).toBeNull();
    expect(entryIn((await fellow.client.get(`${path}/calendar.ics`)).text).description).toMatch(/^Bring a number\./);
  });
});
