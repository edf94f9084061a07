import { type TestWorld, startWorld } from '../../support/app.js';
import { type LiveClient, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { fetchFile, filesCookieOf, photo, uploaded } from '../../support/rooms/files.js';
import { unzipped } from '../../support/rooms/zips.js';

/** The handbook that all cohorts and alumni read: who reads it, who writes it, and where it is found. */
let world: TestWorld;
let [here, there]: string[] = [];
let people: Record<string, TestPerson>;
const H = '/api/commons/handbook';

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  here = await aCohort(world);
  there = await aCohort(world);
  const over = await aCohort(world);
  people = {
    staff: await aMember(world, here, 'staff', { name: 'Aurore Staff' }),
    otherStaff: await aMember(world, there, 'staff'),
    fellow: await aMember(world, here, 'fellow'),
    neighbour: await aMember(world, there, 'fellow', { name: 'Noé Neighbour' }),
    alumna: await aMember(world, there, 'alumni'),
    pastStaff: await aMember(world, over, 'staff'),
    pastFellow: await aMember(world, over, 'fellow'),
    admin: await aPerson(world, { isAdmin: true }),
    outsider: await aPerson(world),
  };
  expect((await people.pastStaff!.client.post(`/api/cohorts/${over}/close`)).status).toBeLessThan(300);
});
afterAll(() => world.stop());

const as = (who: string) => people[who]!.client;
const words = (title: string, body = 'Text.') => ({ title, body });
const write = async (who: string, over: object = {}) => await as(who).post(H, { en: words('Keys'), ...over });
const READERS = ['staff', 'otherStaff', 'fellow', 'neighbour', 'alumna', 'pastStaff', 'pastFellow', 'admin'];
const WRITERS = ['staff', 'otherStaff', 'admin'];

describe('who reads and who writes the handbook of the commons', () => {
  it('given a page, then all cohorts and alumni read it, and nobody who is in none', async () => {
    const made = await write('staff', { en: words('Sign a licence', 'One page.'), fr: words('Signer', 'Une page.') });
    expect(made.status).toBe(201);
    const { id } = made.body as { id: string };
    for (const who of READERS) {
      const [tree, page, history] = [
        await as(who).get(H),
        await as(who).get(`${H}/${id}`),
        await as(who).get(`${H}/${id}/history`),
      ];
      expect([who, tree.status, page.status, history.status]).toEqual([who, 200, 200, 200]);
      expect(tree.body.items).toContainEqual(
        expect.objectContaining({ id, title: { en: 'Sign a licence', fr: 'Signer' } }),
      );
      expect(page.body).toMatchObject({ en: { body: 'One page.' }, owner: { name: 'Aurore Staff' }, isOld: false });
      expect([who, tree.body.abilities.write, page.body.abilities.edit]).toEqual([
        who,
        ...Array(2).fill(WRITERS.includes(who)),
      ]);
    }
    for (const path of [H, `${H}/${id}`, `${H}/${id}/history`, `${H}/deleted`, `${H}/search?q=page`]) {
      expect((await as('outsider').get(path)).body).toMatchObject({ status: 403, code: 'no_cohort' });
      expect((await world.app.inject({ url: path })).statusCode).toBe(401);
    }
    // It is of no cohort: no cohort has it.
    expect((await as('staff').get(`/api/cohorts/${here}/handbook/${id}`)).status).toBe(404);
    expect((await as('admin').get(`/api/cohorts/${'0'.repeat(24)}/handbook`)).status).toBe(404);
    expect((await as('fellow').get(`${H}/${'f'.repeat(24)}`)).status).toBe(404);
  });

  it('given a fellow, an alumna, or staff of a cohort that is over, then they do nothing to it', async () => {
    const page = (await write('staff')).body;
    const { id } = page;
    for (const who of ['fellow', 'neighbour', 'alumna', 'pastStaff', 'pastFellow']) {
      const client = as(who);
      const answers = [
        await client.post(H, { en: words('Mine') }),
        await client.patch(`${H}/${id}`, { en: words('Mine'), seen: { en: page.en, fr: null } }),
        await client.put(`${H}/${id}/place`, { parentId: null, before: null }),
        await client.put(`${H}/${id}/owner`, { userId: people[who]!.id }),
        await client.put(`${H}/${id}/checked`, { version: 1, editedAt: null }),
        await client.put(`${H}/${id}/lock`),
        await client.delete(`${H}/${id}/lock`),
        await client.delete(`${H}/${id}`),
        await client.post(`${H}/${id}/restore`),
        await client.get(`${H}/deleted`),
      ];
      expect([who, ...answers.map(({ status }) => status)]).toEqual([who, ...answers.map(() => 403)]);
    }
    expect((await as('neighbour').get(`${H}/${id}`)).body.en).toEqual(page.en);
  });

  it('given staff of another cohort, or an admin, then they edit, order, check, lock, delete and restore it, each with its history', async () => {
    const top = (await write('staff', { en: words('Agency') })).body.id;
    const page = (await write('staff', { parentId: top })).body;
    const path = `${H}/${page.id}`;
    const edited = await as('otherStaff').patch(path, {
      fr: words('Les clés'),
      seen: { en: page.en, fr: null },
      why: 'French',
    });
    expect(edited.body).toMatchObject({ en: page.en, fr: words('Les clés'), version: 2 });
    expect((await as('alumna').get(`${path}/history`)).body.items).toMatchObject([
      { number: 2, why: 'French' },
      { number: 1 },
    ]);
    const { version, editedAt } = edited.body;
    expect((await as('admin').put(`${path}/checked`, { version, editedAt })).status).toBe(200);
    expect((await as('otherStaff').put(`${path}/place`, { parentId: null, before: top })).status).toBe(200);
    expect((await as('otherStaff').put(`${path}/owner`, { userId: people.neighbour!.id })).body.owner.name).toBe(
      'Noé Neighbour',
    );
    // Who keeps a page writes it, whatever they are in their cohort; not where staff locked it.
    const mine = (await as('neighbour').get(path)).body;
    expect(mine.abilities).toMatchObject({
      edit: true,
      check: true,
      move: true,
      delete: true,
      lock: false,
      open: false,
    });
    const edit = (title: string) =>
      as('neighbour').patch(path, { en: words(title), seen: { en: mine.en, fr: mine.fr } });
    expect((await edit('The keys')).status).toBe(200);
    expect((await as('otherStaff').put(`${path}/lock`)).status).toBe(200);
    expect((await edit('All keys')).body).toMatchObject({ status: 409, code: 'page_locked' });
    expect((await as('otherStaff').put(`${path}/owner`, { userId: people.outsider!.id })).body).toMatchObject({
      ...{ status: 422, errors: [{ field: '/userId', code: 'unknown' }] },
    });
    expect((await as('admin').delete(path)).status).toBe(204);
    expect((await as('alumna').get(path)).status).toBe(404);
    expect((await as('staff').get(`${H}/deleted`)).body.items).toMatchObject([{ id: page.id }]);
    expect((await as('staff').post(`${path}/restore`)).status).toBe(200);
    expect((await as('alumna').get(path)).status).toBe(200);
  });

  it('given two who edit at once, then both stand; the same paragraph is shown to the later one', async () => {
    const page = (await write('staff', { en: words('Two', 'One.\n\nTwo.\n\nThree.') })).body;
    const edit = (who: string, body: string, node: number) =>
      people[who]!.client.on(world.nodes[node]!.url).patch(`${H}/${page.id}`, {
        en: words('Two', body),
        seen: { en: page.en, fr: null },
      });
    const done = await Promise.all([
      edit('staff', 'One!\n\nTwo.\n\nThree.', 0),
      edit('otherStaff', 'One.\n\nTwo.\n\nThree!', 1),
    ]);
    expect(done.map(({ status }) => status)).toEqual([200, 200]);
    expect((await as('fellow').get(`${H}/${page.id}`)).body.en.body).toBe('One!\n\nTwo.\n\nThree!');
    expect((await edit('admin', 'One?\n\nTwo.\n\nThree.', 0)).body).toMatchObject({
      status: 409,
      code: 'edited_meanwhile',
    });
  });

  it('given who leaves their last cohort, then they read nothing of it any more, and what they kept nobody keeps', async () => {
    const leaver = await aMember(world, there!, 'fellow');
    people.leaver = leaver;
    const page = (await write('staff')).body;
    await as('staff').put(`${H}/${page.id}/owner`, { userId: leaver.id });
    const cookie = await filesCookieOf(world.url, leaver);
    expect((await as('leaver').get(`${H}/${page.id}`)).status).toBe(200);
    expect((await as('otherStaff').delete(`/api/cohorts/${there}/members/${leaver.id}`)).status).toBeLessThan(300);
    for (const path of [H, `${H}/${page.id}`]) expect([401, 403]).toContain((await as('leaver').get(path)).status);
    const file = await fetch(`${world.url}/files/commons/handbook.html`, { headers: { cookie } });
    expect([401, 404]).toContain(file.status);
    expect((await as('fellow').get(`${H}/${page.id}`)).body.owner).toBeNull();
  });
});

describe('what a handbook of the commons has with it', () => {
  it('given a page with a picture, then all who read the page open it, and nobody else', async () => {
    const picture = (await photo(300, 200).png().toBuffer()) as Buffer;
    const send = async (who: string) => {
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(picture)]), 'plan.png');
      return await fetch(`${world.url}${H}/files`, {
        ...{ method: 'POST', body: form, headers: { authorization: `Bearer ${people[who]!.token}` } },
      });
    };
    for (const who of ['fellow', 'alumna', 'outsider']) expect([who, (await send(who)).status]).toEqual([who, 403]);
    const image = (await (await send('staff')).json()) as { id: string; url: string };
    const made = await write('staff', { attachments: [{ fileId: image.id, alt: 'The plan' }] });
    expect(made.body.attachments).toMatchObject([{ id: image.id, alt: 'The plan' }]);
    const status = async (who: string | null) =>
      (await fetchFile(world.url, image.url, who ? await filesCookieOf(world.url, people[who]!) : '')).status;
    for (const who of READERS) expect([who, await status(who)]).toEqual([who, 200]);
    for (const who of ['outsider', null]) expect([401, 404]).toContain(await status(who));
    // A file of a cohort hangs on no page of the commons.
    const other = await uploaded(world.url, people.staff!, 'some words', 'notes.txt');
    expect((await write('staff', { attachments: [{ fileId: other.id, alt: '' }] })).status).toBe(422);
  });

  it('is printed and exported for who reads it', async () => {
    await write('staff', { en: words('Exported', 'What **all** read.') });
    const get = async (path: string, who: string | null) =>
      await fetch(`${world.url}/files/commons/${path}`, {
        headers: who ? { cookie: await filesCookieOf(world.url, people[who]!) } : {},
      });
    const html = await get('handbook.html?lang=fr', 'alumna');
    expect(html.headers.get('content-disposition')).toContain('Espace commun.html');
    expect(await html.text()).toContain('What <strong>all</strong> read.');
    const zip = await get('handbook.zip', 'neighbour');
    const files = await unzipped(Buffer.from(await zip.arrayBuffer()));
    expect([...files.keys()].some((name) => name.endsWith('exported.en.md'))).toBe(true);
    expect((await get('handbook.zip', 'outsider')).status).toBe(404);
    expect((await get('handbook.zip', null)).status).toBe(401);
  });

  it('is found in its own search and in the one search, by who reads it', async () => {
    const { id } = (await write('staff', { en: words('Reimbursement', 'Trains to **Quimper** are paid.') })).body;
    const found = async (who: string, query: Record<string, string>) =>
      (
        (await as(who).get(`/api/search?${new URLSearchParams({ in: 'pages', ...query }).toString()}`)).body
          .items as any[]
      ).map(({ link, cohortId }) => ({ link, cohortId }));
    for (const who of READERS) {
      expect((await as(who).get(`${H}/search?q=quimper`)).body.items).toMatchObject([{ id, language: 'en' }]);
      expect([who, await found(who, { q: 'quimper' })]).toEqual([
        who,
        [{ link: `/commons/handbook/${id}`, cohortId: null }],
      ]);
    }
    expect(await found('staff', { q: 'quimper', cohortId: here! })).toEqual([]);
    expect(await found('outsider', { q: 'quimper' })).toEqual([]);
    expect((await as('staff').get(`/api/cohorts/${here}/handbook/search?q=quimper`)).body.items).toEqual([]);
  });

  it('tells live all who are in a cohort of a change, and nobody else, nor who left their last one', async () => {
    const leaver = await aMember(world, there!, 'fellow');
    const live = new Map<string, LiveClient>();
    const listening: Record<string, TestPerson> = { ...people, leaver };
    for (const who of ['alumna', 'neighbour', 'admin', 'outsider', 'leaver'] as const)
      live.set(who, await connect(world.nodes[1]!.url, listening[who]!.token));
    const told = (who: string, pageId: string) =>
      live.get(who)!.events.filter(({ event, payload }) => event === 'handbook.changed' && payload.pageId === pageId);
    const first = (await write('staff')).body.id;
    for (const who of ['alumna', 'neighbour', 'admin', 'leaver'])
      await eventually(() => expect(told(who, first)).toHaveLength(1));
    expect(told('outsider', first)).toEqual([]);
    await as('otherStaff').delete(`/api/cohorts/${there}/members/${leaver.id}`);
    await eventually(() => expect(live.get('leaver')!.events.some(({ event }) => event === 'cohort.left')).toBe(true));
    await eventually(async () => {
      const next = (await write('admin')).body.id;
      for (const who of ['alumna', 'admin']) await eventually(() => expect(told(who, next)).toHaveLength(1));
      expect([told('leaver', next), told('outsider', next)]).toEqual([[], []]);
    });
    for (const one of live.values()) one.close();
  });
});
