import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let base: string;
let H: string;
let [zoe, ali, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  outsider = await aMember(world, await aCohort(world), 'staff');
  cohortId = await aCohort(world);
  base = `/api/cohorts/${cohortId}`;
  H = `${base}/handbook`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  ali = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Sam Staff' });
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const write = (over: object, as = zoe!, node = 0) =>
  as.client.on(world.nodes[node]!.url).post(H, { en: { title: 'Who signs', body: 'The host.' }, ...over });

describe('a page that is made from a thread', () => {
  const aThread = async (channelId: string) => {
    const root = await say(zoe!, channelId, 'Who may sign a **licence**?\nIt is urgent.');
    await say(ali!, channelId, 'The host signs.', root.id);
    return { channelId, messageId: root.id };
  };
  const path = ({ channelId, messageId }: { channelId: string; messageId: string }) =>
    `threads/${channelId}/${messageId}`;
  const begin = (thread: { channelId: string; messageId: string }, as = zoe!) =>
    as.client.get(`${H}/beginnings/${path(thread)}`);
  const made = async (thread: { channelId: string; messageId: string }, as = zoe!) =>
    await as.client.get(`${H}/made-from/${path(thread)}`);

  it('begins with all of a channel that is open to the cohort, by names', async () => {
    const thread = await aThread((await channelOf(zoe!, 'cohort')).id);
    for (const person of [zoe!, ali!, staff!])
      expect((await begin(thread, person)).body).toEqual({
        ...{ title: 'Who may sign a licence?', staying: 0, pageId: null },
        body: '> @Zoé Asker\n>\n> Who may sign a **licence**?\n> It is urgent.\n\n> @Ali Helper\n>\n> The host signs.',
      });
    expect((await begin(thread, outsider)).status).toBe(404);
    expect((await begin({ ...thread, messageId: '0'.repeat(24) })).status).toBe(404);
    expect((await begin({ channelId: 'x', messageId: 'y' })).status).toBe(404);
    const { channelId } = thread;
    for (const messageId of ['xyz', '0'.repeat(24)]) expect((await made({ channelId, messageId })).status).toBe(404);
    // A message of another channel is none of this one.
    const secret = await aThread(await aPrivateChannel(ali!, cohortId, [zoe!]));
    expect((await made({ channelId, messageId: secret.messageId }, staff)).status).toBe(404);
  });

  it('begins with one’s own words alone where the channel is private, and is made by who reads it', async () => {
    const thread = await aThread(await aPrivateChannel(zoe!, cohortId, [ali!]));
    const { body } = await begin(thread);
    expect(body).toMatchObject({ staying: 1 });
    expect(body.body).not.toContain('The host signs');
    expect((await begin(thread, ali)).body.body).toBe('> @Ali Helper\n>\n> The host signs.');
    for (const stranger of [staff!, outsider!]) {
      expect((await begin(thread, stranger)).status).toBe(404);
      expect((await made(thread, stranger)).status).toBe(404);
    }
    expect((await write({ fromThread: thread }, staff)).status).toBe(404);
    const page = (await write({ fromThread: thread })).body;
    expect(page.thread).toEqual(thread);
    // Who may not read the thread reads the page, and nothing of where it came from.
    expect((await staff!.client.get(`${H}/${page.id}`)).body).toMatchObject({
      thread: null,
      en: { title: 'Who signs' },
    });
  });

  it('leads there and back, while both are there', async () => {
    const thread = await aThread((await channelOf(zoe!, 'cohort')).id);
    expect((await made(thread)).body).toEqual({ page: null, make: true });
    const page = (await write({ fromThread: thread })).body;
    const there = { page: { id: page.id, title: { en: 'Who signs', fr: null } }, make: false };
    expect((await made(thread, ali)).body).toEqual(there);
    expect((await begin(thread)).body.pageId).toBe(page.id);
    expect((await write({ fromThread: thread }, ali)).body).toMatchObject({ code: 'already_page', pageId: page.id });
    await zoe!.client.delete(`${H}/${page.id}`);
    expect((await made(thread)).body).toEqual({ page: null, make: true });
    await staff!.client.post(`${H}/${page.id}/restore`);
    expect((await made(thread)).body).toEqual(there);
    // Another one is made of it meanwhile: the restored page is a page of its own.
    await zoe!.client.delete(`${H}/${page.id}`);
    const other = (await write({ fromThread: thread }, ali)).body;
    expect((await staff!.client.post(`${H}/${page.id}/restore`)).body.thread).toBeNull();
    expect((await made(thread)).body.page.id).toBe(other.id);
    const { channelId, messageId } = thread;
    await zoe!.client.delete(`/api/channels/${channelId}/messages/${messageId}`);
    expect((await zoe!.client.get(`${H}/${other.id}`)).body.thread).toBeNull();
  });

  it('given two who make it at once on two processes, then it is one page; the same wish again answers it', async () => {
    const fromThread = await aThread((await channelOf(zoe!, 'cohort')).id);
    const [one, other] = await Promise.all([write({ fromThread }), write({ fromThread }, ali, 1)]);
    expect([one.status, other.status].sort()).toEqual([201, 409]);
    const again = await aThread((await channelOf(zoe!, 'cohort')).id);
    const wish = { fromThread: again, clientId: '0b0e7a0c-4a3f-4d6e-9a64-1f1f3c6d2a10' };
    expect((await write(wish)).body.id).toBe((await write(wish)).body.id);
  });
});

describe('a page that is made from minutes', () => {
  const aWorkshopWith = async (body: string) => {
    const { id } = await aWorkshop(staff!, cohortId, { title: 'Plain language' });
    if (body !== '') await staff!.client.put(`${base}/workshops/${id}/minutes`, { body, revision: 0 });
    return id;
  };
  const made = async (id: string, as = zoe!) => await as.client.get(`${H}/made-from/workshops/${id}`);

  it('begins with them, for who sees the workshop, and leads there and back', async () => {
    const id = await aWorkshopWith('We agreed on **short words**.');
    expect((await zoe!.client.get(`${H}/beginnings/workshops/${id}`)).body).toEqual({
      ...{ title: 'Plain language', body: 'We agreed on **short words**.', staying: 0, pageId: null },
    });
    expect((await made(id)).body).toEqual({ page: null, make: true });
    const page = (await write({ fromWorkshop: id })).body;
    expect(page.workshop).toEqual({ id, title: 'Plain language' });
    expect((await made(id, ali)).body).toEqual({
      page: { id: page.id, title: { en: 'Who signs', fr: null } },
      make: false,
    });
    expect((await write({ fromWorkshop: id }, ali)).body.code).toBe('already_page');
    for (const path of [`beginnings/workshops/${id}`, `made-from/workshops/${id}`]) {
      expect((await outsider!.client.get(`${H}/${path}`)).status).toBe(404);
      expect((await world.app.inject({ url: `${H}/${path}` })).statusCode).toBe(401);
    }
  });

  it('given minutes that are longer than a page, then it begins with their first paragraphs', async () => {
    const id = await aWorkshopWith(`${'a'.repeat(20_000)}\n\n${'b'.repeat(20_000)}`);
    expect((await zoe!.client.get(`${H}/beginnings/workshops/${id}`)).body.body).toBe('a'.repeat(20_000));
  });

  it('given no minutes, an unknown workshop, a draft of others, or two beginnings at once, then nothing is made', async () => {
    const id = await aWorkshopWith('');
    expect((await made(id)).body).toEqual({ page: null, make: false });
    expect((await write({ fromWorkshop: id })).status).toBe(404);
    expect((await write({ fromWorkshop: '0'.repeat(24) })).status).toBe(404);
    const times = {
      startsAt: '2027-01-12T09:00:00.000Z',
      endsAt: '2027-01-12T10:00:00.000Z',
      timeZone: 'Europe/Paris',
    };
    const draft = await staff!.client.post(`${base}/workshops`, {
      ...{ title: 'Draft', description: '', kind: 'workshop', capacity: 10, ...times },
    });
    expect(draft.status).toBe(201);
    expect((await made(draft.body.id)).status).toBe(404);
    const both = await write({ fromWorkshop: id, fromTopic: id });
    expect([both.status, both.body.errors]).toEqual([422, [{ field: '/fromTopic', code: 'one_origin' }]]);
  });
});
