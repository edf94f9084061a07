import type { ParsedMail } from 'mailparser';
import { Types } from 'mongoose';
import type { NotificationRow } from '../../../src/notifications/inbox/notification.schema.js';
import { Reach } from '../../../src/notifications/inbox/reach.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { readIcs } from '../../support/ics.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { MEETING, aSeries, aWorkshop, draftOf, seriesOf } from '../../support/rooms/workshops.js';

/** A published workshop takes the hours of its hosts: who is named by somebody else is told, and may take themselves out. */
let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let claire: TestPerson;
let karim: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set('2026-10-13T08:00:00.000Z');
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff', { name: 'Sam Staff' });
  claire = await aMember(world, cohortId, 'coach', { name: 'Claire' });
  karim = await aMember(world, cohortId, 'coach', { name: 'Karim' });
});

const base = () => `/api/cohorts/${cohortId}/workshops`;
const told = async (person: TestPerson, kind = 'workshop.hosting') =>
  ((await person.client.get('/api/me/inbox')).body.items as any[])
    .filter((notice) => notice.kind === kind)
    .map(({ title, link }) => [title, link]);
const toldOfTheEnd = (person: TestPerson) => told(person, 'workshop.hosting_ended');
const entryOf = (mail: ParsedMail | undefined) =>
  readIcs(mail!.attachments.find(({ contentType }) => contentType === 'text/calendar')!.content.toString());
const settled = () => followOutbox(world);
const draft = async (by: TestPerson, more: Record<string, unknown> = {}) => {
  const made = await by.client.post(base(), draftOf({ title: 'By hand', ...more }));
  expect(made.status).toBe(201);
  return `${base()}/${made.body.id as string}`;
};
const act = async (answer: Promise<{ status: number; body: any }>) => {
  const { status, body } = await answer;
  expect([status, body.code]).toEqual([200, undefined]);
  return body;
};

describe('who is named host by somebody else', () => {
  it('given a draft that is published, then they hear it by then and once, with its entry; who made it does not', async () => {
    const path = await draft(claire, { hosts: [karim.id], link: MEETING });
    await settled();
    expect(await told(karim)).toEqual([]);
    await act(claire.client.post(`${path}/publish`));
    await eventually(async () => expect(await told(karim)).toHaveLength(1));
    await settled();
    expect(await told(karim)).toEqual([
      ['Claire made you a host of “By hand”', path.slice('/api'.length).replace('/cohorts/', '/c/')],
    ]);
    expect(await told(claire)).toEqual([]);
    const mail = (await world.mail.to(karim.email, 1)).at(-1)!;
    expect(mail.text).toContain('Room Vercors');
    expect(entryOf(mail)).toMatchObject({
      method: 'REQUEST',
      events: [{ title: 'By hand', startsAt: '2026-10-15T08:00:00.000Z' }],
    });
    expect(entryOf(mail).events[0]!.property('url')).toBe(MEETING);
  });

  it('given a proposal that staff publish, then its other hosts hear of it, not the fellow who made it', async () => {
    const fellow = await aMember(world, cohortId, 'fellow');
    const path = await draft(fellow, { hosts: [karim.id] });
    await act(staff.client.post(`${path}/publish`));
    await eventually(async () => expect(await told(karim)).toHaveLength(1));
    await settled();
    expect((await told(karim))[0]![0]).toBe('Sam Staff made you a host of “By hand”');
    expect(await told(fellow)).toEqual([]);
  });

  it('given one is added to a published one, then they hear it once; who adds themselves and who hosts it already hear nothing', async () => {
    const { path } = await aWorkshop(staff, cohortId, { title: 'By hand', hosts: [claire.id] });
    await settled();
    expect((await told(claire)).map(([title]) => title)).toEqual(['Sam Staff made you a host of “By hand”']);
    await act(claire.client.patch(path, { hosts: [claire.id, karim.id] }));
    await act(staff.client.patch(path, { hosts: [claire.id, karim.id, staff.id], title: 'By hand, again' }));
    await settled();
    expect((await told(karim)).map(([title]) => title)).toEqual(['Claire made you a host of “By hand”']);
    expect([(await told(claire)).length, await told(staff)]).toEqual([1, []]);
  });

  it('given they were taken out again by then, or it was called off, then they hear nothing; who still hosts it does', async () => {
    const zoe = await aMember(world, cohortId, 'coach');
    const later = { startsAt: '2026-10-16T08:00:00.000Z', endsAt: '2026-10-16T09:00:00.000Z' };
    const [path, other] = [
      await draft(claire, { hosts: [karim.id, zoe.id] }),
      await draft(claire, { ...later, hosts: [karim.id] }),
    ];
    await killedAfter(world, async () => {
      await act(claire.client.post(`${path}/publish`));
      await act(claire.client.patch(path, { hosts: [claire.id, zoe.id] }));
      await act(claire.client.post(`${other}/publish`));
      await act(claire.client.post(`${other}/cancel`, { reason: 'Nobody has time' }));
    });
    await settled();
    expect([await told(karim), (await told(zoe)).length]).toEqual([[], 1]);
  });

  it('given they were taken out after they were told, then what has not left of it does not leave', async () => {
    const { path } = await aWorkshop(staff, cohortId, { hosts: [karim.id, claire.id] });
    const { dates, path: series } = await aSeries(staff, cohortId, { hosts: [karim.id, claire.id] });
    await settled();
    await act(karim.client.patch(path, { hosts: [claire.id] }));
    const { edition } = (await staff.client.get(series)).body;
    await act(karim.client.patch(series, { scope: 'all', workshopId: dates[0], edition, hosts: [claire.id] }));
    const gone = async ({ id }: TestPerson) => {
      const rows = await world.db
        .collection<NotificationRow>('notifications')
        .find({ userId: new Types.ObjectId(id), kind: 'workshop.hosting' })
        .toArray();
      return await Promise.all(rows.map(async (row) => (await world.app.get(Reach).standingOf(row)).isGone));
    };
    expect([await gone(karim), await gone(claire)]).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it('given they were invited to host it, then they hear it as they join', async () => {
    const people = [{ email: 'ana@people.test', name: 'Ana', role: 'coach' }];
    await staff.client.post(`/api/cohorts/${cohortId}/invitations`, { people });
    const [row] = (await staff.client.get(`/api/cohorts/${cohortId}/invitations`)).body.items;
    await aWorkshop(staff, cohortId, { title: 'By hand', invitedHosts: [row.id] });
    const later = { startsAt: '2026-10-16T08:00:00.000Z', endsAt: '2026-10-16T09:00:00.000Z' };
    await aWorkshop(staff, cohortId, { title: 'By heart', ...later, invitedHosts: [row.id] });
    await draft(staff, { title: 'A draft', invitedHosts: [row.id] });
    const accepted = `/api/auth/invitations/${(row.url as string).split('/').at(-1)!}/accept`;
    const joined = await clientOf(world.nodes[1]!.url).post(accepted, { password: PASSWORD });
    expect(joined.status).toBe(200);
    await settled();
    const ana = clientOf(world.url, joined.body.accessToken);
    const { items } = (await ana.get('/api/me/inbox')).body;
    expect(items.map(({ title }: any) => title).sort()).toEqual([
      'Vous animez désormais «\u00a0By hand\u00a0»',
      'Vous animez désormais «\u00a0By heart\u00a0»',
    ]);
  });
});

describe('hosts of a series', () => {
  const three = { repeat: { unit: 'week', weekdays: [2], count: 3 } };
  const titles = async (person: TestPerson) => (await told(person)).map(([title]) => title);

  it('given it is published, then one notice for all its dates; given it goes on, then one for what was added', async () => {
    const { path, dates } = await aSeries(staff, cohortId, { ...three, hosts: [karim.id] });
    await settled();
    expect(await titles(karim)).toEqual(['Sam Staff made you a host of “Morning round”, 3 dates']);
    const mail = (await world.mail.to(karim.email, 1)).at(-1)!;
    const entry = mail.attachments.find(({ contentType }) => contentType === 'text/calendar')!;
    expect(readIcs(entry.content.toString()).events).toHaveLength(3);
    const { edition } = (await staff.client.get(path)).body;
    await act(staff.client.post(`${path}/lengthen`, { workshopId: dates[0], edition, until: null, count: 5 }));
    await settled();
    expect(await titles(karim)).toEqual([
      'Sam Staff made you a host of “Morning round”, 2 dates',
      'Sam Staff made you a host of “Morning round”, 3 dates',
    ]);
  });

  it('given one is added to some dates, then one notice for these; of drafts nobody hears', async () => {
    const { path, dates } = await aSeries(staff, cohortId, three);
    await act(staff.client.patch(`${base()}/${dates[0]!}`, { hosts: [karim.id] }));
    const { edition } = (await staff.client.get(path)).body;
    await act(staff.client.patch(path, { scope: 'all', workshopId: dates[1], edition, hosts: [karim.id, claire.id] }));
    await settled();
    expect((await titles(karim)).sort()).toEqual([
      'Sam Staff made you a host of “Morning round”',
      'Sam Staff made you a host of “Morning round”, 2 dates',
    ]);
    expect(await titles(claire)).toEqual(['Sam Staff made you a host of “Morning round”, 3 dates']);

    const made = await staff.client.post(`/api/cohorts/${cohortId}/workshop-series`, seriesOf(three));
    const drafts = `/api/cohorts/${cohortId}/workshop-series/${made.body.id as string}`;
    const change = { scope: 'all', workshopId: made.body.dates[0].workshopId, edition: made.body.edition };
    await act(staff.client.patch(drafts, { ...change, hosts: [claire.id] }));
    await settled();
    expect(await titles(claire)).toHaveLength(1);
  });
});

describe('a host who cannot', () => {
  it('given they take themselves out, then they host it no more and their hours are free; nobody else may take them out', async () => {
    const { path } = await aWorkshop(staff, cohortId, { hosts: [claire.id, karim.id] });
    const stranger = await aMember(world, cohortId, 'fellow');
    expect((await stranger.client.patch(path, { hosts: [claire.id] })).status).toBe(403);
    expect((await act(karim.client.patch(path, { hosts: [claire.id] }))).hosts).toEqual([claire.id]);
    const other = await draft(karim);
    await act(karim.client.post(`${other}/publish`));
  });
});

describe('who is taken out of the hosts of what is published', () => {
  const others = () => [claire.id, staff.id];

  it('given somebody else did it, or they themselves, then they hear it, and their calendar loses the entry', async () => {
    const { path } = await aWorkshop(staff, cohortId, {
      title: 'By hand',
      hosts: [...others(), karim.id],
      link: MEETING,
    });
    await settled();
    await act(staff.client.patch(path, { hosts: others() }));
    await settled();
    const link = path.slice('/api'.length).replace('/cohorts/', '/c/');
    expect(await toldOfTheEnd(karim)).toEqual([['You do not host “By hand” any more', link]]);
    const entry = entryOf((await world.mail.to(karim.email, 2)).at(-1));
    expect(entry).toMatchObject({ method: 'CANCEL', events: [{ title: 'By hand', status: 'CANCELLED' }] });
    expect(entry.events[0]!.property('url')).not.toBe(MEETING);
    await act(claire.client.patch(path, { hosts: [staff.id] }));
    await settled();
    expect([(await toldOfTheEnd(claire)).length, await toldOfTheEnd(staff)]).toEqual([1, []]);
    expect(entryOf((await world.mail.to(claire.email, 2)).at(-1)).method).toBe('CANCEL');
  });

  it('given they are named again, then they hear that, too, with the entry; nothing of what was so for a moment', async () => {
    const { path } = await aWorkshop(staff, cohortId, { hosts: [...others(), karim.id] });
    const nextEntry = async (mails: number) => entryOf((await world.mail.to(karim.email, mails)).at(-1)).method;
    expect(await nextEntry(1)).toBe('REQUEST');
    await act(staff.client.patch(path, { hosts: others() }));
    expect(await nextEntry(2)).toBe('CANCEL');
    await act(staff.client.patch(path, { hosts: [...others(), karim.id] }));
    expect(await nextEntry(3)).toBe('REQUEST');
    expect([(await told(karim)).length, (await toldOfTheEnd(karim)).length]).toEqual([2, 1]);
    await killedAfter(world, async () => {
      await act(staff.client.patch(path, { hosts: others() }));
      await act(staff.client.patch(path, { hosts: [...others(), karim.id] }));
    });
    await settled();
    expect((await toldOfTheEnd(karim)).length).toBe(1);
  });

  it('given dates of a series, then they hear it once; of drafts and of what is over nothing', async () => {
    const { dates, path } = await aSeries(staff, cohortId, { title: 'Rounds', hosts: [...others(), karim.id] });
    const proposed = await draft(claire, { hosts: [claire.id, karim.id] });
    const over = await aWorkshop(staff, cohortId, { hosts: [...others(), karim.id] });
    await settled();
    await act(claire.client.patch(proposed, { hosts: [claire.id] }));
    const { edition } = (await staff.client.get(path)).body;
    await act(staff.client.patch(path, { scope: 'all', workshopId: dates[0], edition, hosts: others() }));
    await killedAfter(world, () => act(staff.client.patch(over.path, { hosts: others() })));
    world.clock.set('2026-10-16T08:00:00.000Z');
    await settled();
    expect((await toldOfTheEnd(karim)).map(([title]) => title)).toEqual([
      `You do not host “Rounds” any more, ${dates.length} dates`,
    ]);
  });
});

describe('who takes themselves out of a draft', () => {
  it('is shown it as they left it, and not again', async () => {
    const path = await draft(claire, { hosts: [claire.id, karim.id] });
    const left = await act(claire.client.patch(path, { hosts: [karim.id] }));
    expect(left).toMatchObject({ hosts: [karim.id], abilities: { edit: false } });
    expect((await claire.client.get(path)).status).toBe(404);
    const all = `/api/cohorts/${cohortId}/workshop-series`;
    const { status, body: series } = await claire.client.post(all, seriesOf({ hosts: [claire.id, karim.id] }));
    expect(status).toBe(201);
    const dates = (series.dates as any[]).map(({ workshopId }) => ({ workshopId }));
    const scope = { scope: 'all', workshopId: dates[0]!.workshopId, edition: series.edition };
    const gone = await act(claire.client.patch(`${all}/${series.id}`, { ...scope, hosts: [karim.id] }));
    expect(gone).toMatchObject({ dates, abilities: { edit: false } });
    expect((await claire.client.get(`${all}/${series.id}`)).status).toBe(404);
  });
});
