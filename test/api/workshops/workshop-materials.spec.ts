import { Types } from 'mongoose';
import { NewsRepository } from '../../../src/workshops/materials/news.repository.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { fetchFile, filesCookieOf, uploaded } from '../../support/rooms/files.js';
import { MaterialNotices } from '../../../src/notifications/notices/material.notices.js';
import { MAX_ADDED_MATERIALS } from '../../../src/contracts/limits.js';
import { FilesSweep } from '../../../src/files/files.sweep.js';
import { followOutbox } from '../../support/outbox.js';
import { aWorkshop, draftOf } from '../../support/rooms/workshops.js';

const OVER = '2026-10-15T10:30:00.000Z';
const LINK = { title: 'The slides', url: 'https://files.example/slides', phase: 'after' };

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let missed: TestPerson;
let other: TestPerson;
let outsider: TestPerson;
let path: string;
let id: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  coach = await aMember(world, cohortId, 'coach', { name: 'Tomasz Wilk' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  missed = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  ({ path, id } = await aWorkshop(staff, cohortId, { title: 'Reading code', hosts: [coach.id] }));
  for (const one of [fellow, missed]) await one.client.put(`${path}/registration`, {});
});

const add = (person: TestPerson, body: object = LINK, node = 0) =>
  person.client.on(world.nodes[node]!.url).post(`${path}/materials`, body);
const list = async (person: TestPerson) => (await person.client.get(`${path}/materials`)).body;
const titles = async (person: TestPerson) => (await list(person)).items.map((one: any) => one.title) as string[];
const open = async (person: TestPerson, url: string) =>
  (await fetchFile(world.url, url, await filesCookieOf(world.url, person))).status;
const held = async () => {
  world.clock.set('2026-10-15T08:00:00.000Z');
  await coach.client.post(`${path}/attendance`, { userId: fellow.id, status: 'attended' });
  await coach.client.post(`${path}/attendance`, { userId: missed.id, status: 'absent' });
  world.clock.set(OVER);
};

describe('materials', () => {
  it('given a host adds a link and a file, then members see both, the count and how it changed, live', async () => {
    const live = await connect(world.nodes[1]!.url, other.token);
    expect((await add(coach)).status).toBe(201);
    const { id: fileId } = await uploaded(world.url, coach, '%PDF-1.4 handout', 'handout.pdf');
    const added = await add(coach, { fileId, phase: 'before' });
    expect([added.status, added.body.errors]).toEqual([201, undefined]);
    const seen = await list(other);
    expect(seen).toMatchObject({
      items: [
        { title: 'The slides', url: LINK.url, phase: 'after', file: null, addedBy: { name: 'Tomasz Wilk' } },
        { title: 'handout.pdf', url: `/files/uploads/${fileId}`, phase: 'before', file: { kind: 'file' } },
      ],
      abilities: { add: false },
    });
    expect((await list(coach)).abilities).toEqual({ add: true });
    expect((await other.client.get(path)).body.addedMaterials).toBe(2);
    await eventually(() => expect(live.events).toContainEqual(expect.objectContaining({ event: 'workshop.changed' })));
    live.close();
  });

  it('given a file, then whoever sees the workshop opens it, asked each time, and nobody else does', async () => {
    const late = await aMember(world, cohortId, 'fellow');
    const file = await uploaded(world.url, coach, 'words', 'words.txt');
    expect(await open(fellow, file.url)).toBe(404);
    await add(coach, { fileId: file.id, phase: 'after', title: 'Words' });
    expect(await Promise.all([coach, fellow, other, late].map((one) => open(one, file.url)))).toEqual(
      Array(4).fill(200),
    );
    expect(await open(outsider, file.url)).toBe(404);
    expect((await fetchFile(world.url, file.url, '')).status).toBe(401);
    await staff.client.delete(`/api/cohorts/${cohortId}/members/${late.id}`);
    expect(await open(late, file.url)).toBe(404);
  });

  it('given it is removed, then its file is gone for good, and so is the count', async () => {
    const file = await uploaded(world.url, coach);
    const { body } = await add(coach, { fileId: file.id, phase: 'after' });
    const [material] = body.items;
    expect(await open(fellow, file.url)).toBe(200);
    const both = await Promise.all(
      [0, 1].map((node) => staff.client.on(world.nodes[node]!.url).delete(`${path}/materials/${material.id}`)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(await open(fellow, file.url)).toBe(404);
    await world.app.get(FilesSweep).sweep();
    expect(await open(coach, file.url)).toBe(404);
    expect((await fellow.client.get(path)).body.addedMaterials).toBe(0);
  });

  it('given an upload of somebody else, one that is taken or none at all, then 422, and nothing is counted', async () => {
    const theirs = await uploaded(world.url, fellow);
    const mine = await uploaded(world.url, coach);
    expect((await add(coach, { fileId: mine.id, phase: 'after' })).status).toBe(201);
    for (const fileId of [theirs.id, mine.id, '64b000000000000000000000', 'nothing']) {
      const answer = await add(coach, { fileId, phase: 'after' });
      expect([answer.status, answer.body.errors[0]]).toMatchObject([422, { field: '/fileId', code: 'unknown' }]);
    }
    expect((await coach.client.get(path)).body.addedMaterials).toBe(1);
    // It is still theirs, to be sent elsewhere.
    expect((await fellow.client.delete(`/api/files/${theirs.id}`)).status).toBe(204);
  });

  it.each<[string, object, string, string]>([
    ['neither', { title: 'x', phase: 'after' }, '/url', 'link_or_file'],
    ['both', { ...LINK, fileId: '64b000000000000000000000' }, '/url', 'link_or_file'],
    ['a link without a title', { url: LINK.url, phase: 'after' }, '/title', 'required'],
    ['a script', { ...LINK, url: 'javascript:alert(1)' }, '/url', 'wrong_format'],
    ['no phase', { title: 'x', url: LINK.url }, '/phase', 'not_allowed'],
  ])('given %s, then 422', async (_name, body, field, code) => {
    const answer = await add(coach, body);
    expect([answer.status, answer.body.errors?.[0]]).toMatchObject([422, { field, code }]);
  });

  it('given the last room is asked for on two processes at once, then one has it, and the other is told why', async () => {
    await world.db
      .collection('workshops')
      .updateOne({ _id: new Types.ObjectId(id) }, { $set: { addedMaterials: MAX_ADDED_MATERIALS - 1 } });
    const answers = await Promise.all([add(coach), add(staff, LINK, 1), add(coach, LINK, 1)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'too_many_materials',
      maximum: MAX_ADDED_MATERIALS,
    });
    expect(await titles(fellow)).toHaveLength(1);
  });

  it('given a draft, or one that was cancelled, then nothing is added', async () => {
    const draft = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, draftOf());
    const there = `/api/cohorts/${cohortId}/workshops/${draft.body.id as string}/materials`;
    expect((await staff.client.post(there, LINK)).body.code).toBe('not_published');
    await staff.client.post(`${path}/cancel`, { reason: 'Closed' });
    expect((await add(staff)).body.code).toBe('cancelled');
  });
});

describe('minutes', () => {
  const write = (person: TestPerson, body: string, revision: number, node = 0) =>
    person.client.on(world.nodes[node]!.url).put(`${path}/minutes`, { body, revision });
  const read = async (person: TestPerson) => (await person.client.get(`${path}/minutes`)).body;

  it('given two write the first at once, then one does, and the other is shown it', async () => {
    expect(await read(other)).toEqual({
      ...{ body: '', revision: 0, editedBy: null, editedAt: null },
      abilities: { write: false },
    });
    const answers = await Promise.all([write(coach, 'One', 0), write(staff, 'Two', 0, 1)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers.find(({ status }) => status === 200)!.body;
    const lost = answers.find(({ status }) => status === 409)!.body;
    expect(lost).toMatchObject({ code: 'stale', now: { body: won.body, revision: 1 } });
    expect(await read(fellow)).toMatchObject({ body: won.body, revision: 1, abilities: { write: false } });
    const [second, third] = await Promise.all([write(coach, 'Three', 1), write(coach, 'Four', 1, 1)]);
    expect([second.status, third.status].sort()).toEqual([200, 409]);
  });
});

describe('what those who come or came are told', () => {
  const GATHERED = 11 * 60_000;
  const heard = async (person: TestPerson) =>
    ((await person.client.get('/api/me/inbox?limit=200')).body.items as any[]).filter(
      ({ kind, params }) => kind === 'workshop.materials' && params.workshopId === id,
    );
  const look = () => followOutbox(world);

  it('given three are added and the minutes written, then who was there is told once of all, in some minutes', async () => {
    await held();
    await add(coach);
    await look();
    expect(await heard(fellow)).toEqual([]);
    await add(coach, { ...LINK, title: 'The recording', isRecording: true });
    const wrong = (await add(coach, { ...LINK, title: 'Wrong' })).body.items.at(-1);
    await coach.client.delete(`${path}/materials/${wrong.id as string}`);
    await coach.client.put(`${path}/minutes`, { body: '- decided', revision: 0 });
    world.clock.advance(GATHERED);
    await look();
    await look();
    const [notice, ...more] = await heard(fellow);
    expect(more).toEqual([]);
    expect(notice).toMatchObject({
      title: '“Reading code”: 2 new materials',
      body: 'Added by Tomasz Wilk. The minutes are available, too.',
      why: 'attended',
      link: `/c/${cohortId}/workshops/${id}`,
    });
    for (const person of [coach, missed, other, staff]) expect(await heard(person)).toEqual([]);
    // What comes later is told by itself; a change of the minutes is not.
    await coach.client.put(`${path}/minutes`, { body: '- decided, all', revision: 1 });
    await add(staff, { ...LINK, title: 'A photo of the board' });
    world.clock.advance(GATHERED);
    await look();
    expect((await heard(fellow)).map(({ title }) => title)).toContain('“Reading code”: A photo of the board');
    expect(await heard(fellow)).toHaveLength(2);
    expect(await world.db.collection('workshop-news').estimatedDocumentCount()).toBe(0);
  });

  it('given minutes that are emptied and written again, and materials added on and on, then minutes are told once, all of it six times a day', async () => {
    await held();
    const later = async () => {
      world.clock.advance(GATHERED);
      await look();
    };
    // Emptied before anybody was told: they are news still.
    await coach.client.put(`${path}/minutes`, { body: '- decided', revision: 0 });
    await coach.client.put(`${path}/minutes`, { body: '', revision: 1 });
    await later();
    expect(await heard(fellow)).toEqual([]);
    await coach.client.put(`${path}/minutes`, { body: '- decided', revision: 2 });
    await later();
    expect(await heard(fellow)).toHaveLength(1);
    await coach.client.put(`${path}/minutes`, { body: '', revision: 3 });
    await coach.client.put(`${path}/minutes`, { body: '- decided again', revision: 4 });
    await later();
    expect(await heard(fellow)).toHaveLength(1);
    for (let index = 0; index < 7; index += 1) {
      await add(coach, { ...LINK, title: `Page ${index}` });
      await later();
    }
    expect(await heard(fellow)).toHaveLength(6);
    expect(await world.db.collection('workshop-news').estimatedDocumentCount()).toBe(0);
  });

  it('given something to read before, then who comes is told, in their language and by email', async () => {
    await fellow.client.patch('/api/me', { locale: 'fr' });
    await add(coach, { ...LINK, phase: 'before', title: 'Deux pages' });
    world.clock.advance(GATHERED);
    await look();
    const [notice] = await heard(fellow);
    expect(notice).toMatchObject({ title: '«\u00a0Reading code\u00a0»\u00a0: Deux pages', why: 'registered' });
    await eventually(() =>
      expect(world.mail.mails.some((mail) => mail.subject === '«\u00a0Reading code\u00a0»\u00a0: Deux pages')).toBe(
        true,
      ),
    );
    await fellow.client.patch('/api/me', { locale: 'en' });
  });

  it('given one is added while a process looks, and another process looks with it in sight, then all three are told of', async () => {
    await held();
    await add(coach);
    await add(coach, { ...LINK, title: 'The recording' });
    world.clock.advance(GATHERED);
    // Nobody else looks meanwhile.
    const outbox = world.db.collection('outbox');
    await outbox.deleteMany({ _id: { $in: (await outbox.find().toArray()).map(({ _id }) => _id) } });
    const [one, two] = world.nodes.map((node) => ({
      news: node.app.get(NewsRepository),
      notices: node.app.get(MaterialNotices),
    })) as [Looker, Looker];
    const [oneIsDone, twoHasRead] = [aGate(), aGate()];
    let beside: Promise<void> | undefined;
    holdAfterReading(one.news, async () => {
      await add(staff, { ...LINK, title: 'A photo of the board' });
      beside = two.notices.tell(id);
      await twoHasRead.opened;
    });
    holdAfterReading(two.news, async () => {
      twoHasRead.open();
      await oneIsDone.opened;
    });
    await one.notices.tell(id);
    oneIsDone.open();
    await beside;
    world.clock.advance(GATHERED);
    await look();
    expect((await heard(fellow)).map(({ title }) => title).sort()).toEqual([
      '“Reading code”: 2 new materials',
      '“Reading code”: A photo of the board',
    ]);
  });

  it('given a process died after it took some, then the next tells of them once, and of what came later by itself', async () => {
    await held();
    await add(coach);
    const news = world.db.collection('workshop-news');
    const [first] = await news.find({}).toArray();
    await news.updateOne({ _id: first!._id }, { $set: { batch: first!._id } });
    await add(coach, { ...LINK, title: 'Later' });
    world.clock.advance(GATHERED);
    await look();
    await look();
    expect((await heard(fellow)).map(({ title }) => title).sort()).toEqual([
      '“Reading code”: Later',
      '“Reading code”: The slides',
    ]);
  });
});

describe('a follow-up question', () => {
  it('given a member asks, then the topic leads to the workshop, and the workshop lists it', async () => {
    const asked = await fellow.client.post(`/api/cohorts/${cohortId}/topics`, {
      ...{ title: 'What about the third form?', body: 'Nobody said.', aboutWorkshop: id },
    });
    expect(asked.status).toBe(201);
    expect(asked.body.workshop).toEqual({ id, title: 'Reading code' });
    await other.client.post(`/api/cohorts/${cohortId}/topics`, { title: 'Another matter', body: 'Quite.' });
    const about = await other.client.get(`/api/cohorts/${cohortId}/topics?workshop=${id}`);
    expect(about.body.items.map((one: any) => one.title)).toEqual(['What about the third form?']);
    const elsewhere = await outsider.client.get(`/api/cohorts/${cohortId}/topics?workshop=${id}`);
    expect(elsewhere.status).toBe(404);
  });

  it('given a workshop that one does not see, a draft or of another cohort, then 422 as for none', async () => {
    const draft = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, draftOf());
    const ask = async (aboutWorkshop: string) => {
      const answer = await fellow.client.post(`/api/cohorts/${cohortId}/topics`, {
        ...{ title: 'What about it?', body: 'Say.', aboutWorkshop },
      });
      return [answer.status, answer.body.errors];
    };
    const none = await ask('64b000000000000000000000');
    expect(none).toMatchObject([422, [{ field: '/aboutWorkshop', code: 'unknown' }]]);
    expect(await ask(draft.body.id as string)).toEqual(none);
    const theirs = await aWorkshop(outsider, await cohortOf(outsider), {});
    expect(await ask(theirs.id)).toEqual(none);
  });
});

interface Looker {
  news: NewsRepository;
  notices: MaterialNotices;
}

function aGate(): { open: () => void; opened: Promise<void> } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

/** Another process does something between the next reading of what waits and what follows from it. */
function holdAfterReading(news: NewsRepository, meanwhile: () => Promise<void>) {
  const ofWorkshop = news.ofWorkshop.bind(news);
  jest.spyOn(news, 'ofWorkshop').mockImplementationOnce(async (...asked) => {
    const rows = await ofWorkshop(...asked);
    await meanwhile();
    return rows;
  });
}

const cohortOf = async (person: TestPerson) => (await person.client.get('/api/me')).body.memberships[0].cohortId;

it('given others, then they read as members, change nothing, and from outside see nothing', async () => {
  const material = (await add(coach)).body.items[0];
  const acts: [string, string, object?][] = [
    ['post', '/materials', LINK],
    ['delete', `/materials/${material.id as string}`],
    ['put', '/minutes', { body: 'Mine', revision: 0 }],
  ];
  const send = (person: Pick<TestPerson, 'client'>, [method, end, body]: (typeof acts)[number]) =>
    method === 'delete'
      ? person.client.delete(`${path}${end}`)
      : method === 'put'
        ? person.client.put(`${path}${end}`, body ?? {})
        : person.client.post(`${path}${end}`, body ?? {});
  for (const act of acts) {
    expect([act[1], (await send(fellow, act)).status]).toEqual([act[1], 403]);
    expect([act[1], (await send(outsider, act)).status]).toEqual([act[1], 404]);
    expect([act[1], (await send({ client: clientOf(world.url) }, act)).status]).toEqual([act[1], 401]);
  }
  for (const end of ['/materials', '/minutes']) {
    expect((await outsider.client.get(`${path}${end}`)).status).toBe(404);
    expect((await clientOf(world.url).get(`${path}${end}`)).status).toBe(401);
    expect((await other.client.get(`${path}${end}`)).status).toBe(200);
  }
});
