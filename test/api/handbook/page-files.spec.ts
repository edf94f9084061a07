import { Types } from 'mongoose';
import { DAY, MINUTE } from '../../../src/common/times/clock.js';
import { FilesSweep } from '../../../src/files/files.sweep.js';
import { PageDeleting } from '../../../src/handbook/deleting/page-deleting.service.js';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { fetchFile, filesCookieOf, photo, uploaded } from '../../support/rooms/files.js';
import { unzipped } from '../../support/rooms/zips.js';

const MB = 1_000_000;
let world: TestWorld;
let [before, next]: string[] = [];
let C: string;
let [zoe, ali, staff, outsider]: TestPerson[] = [];
const cookies = new Map<TestPerson, string>();

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { STORAGE_COHORT_MB: '3' } });
  for (const { app } of world.nodes) await app.get(Intervals).stop();
  before = await aCohort(world, { name: 'Cohort 6' });
  next = await aCohort(world, { name: 'Cohort 7' });
  C = `/api/cohorts/${before}/handbook`;
  zoe = await aMember(world, before, 'fellow');
  ali = await aMember(world, before, 'coach');
  staff = await aMember(world, before, 'staff');
  outsider = await aMember(world, await aCohort(world), 'staff');
  await join(world, next, staff.id, 'staff');
  for (const one of [zoe, ali, staff, outsider]) cookies.set(one, await filesCookieOf(world.url, one));
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const picture = async () => (await photo(300, 200).png().toBuffer()) as Buffer;
const file = async (owner = zoe!, content: Buffer | string = 'some words', name = 'notes.txt') =>
  await uploaded(world.url, owner, content, name);
const attach = ({ id }: { id: string }, alt = '') => ({ fileId: id, alt });
const words = (title: string, body = 'Text.') => ({ title, body });
const write = async (over: object, as = zoe!) => await as.client.post(C, { en: words('Where the keys are'), ...over });
const edit = async (page: any, over: object, as = zoe!, node = 0) =>
  await as.client.on(world.nodes[node]!.url).patch(`${C}/${page.id}`, { seen: { en: page.en, fr: page.fr }, ...over });
const status = async (url: string, as: TestPerson | null) =>
  (await fetchFile(world.url, url, as ? cookies.get(as)! : '')).status;
const stateOf = async (id: string) =>
  (await world.db.collection('files').findOne({ _id: new Types.ObjectId(id) }))?.['state'] ?? 'none';
const used = async (person: TestPerson, cohortId = before) =>
  (await person.client.get('/api/me/storage')).body.items.find((one: any) => one.cohortId === cohortId).used;

describe('files of a page', () => {
  it('given a picture and a text, then who reads the page opens them, and nobody else; what it takes is counted', async () => {
    const [image, text] = [await file(zoe, await picture(), 'plan.png'), await file()];
    const taken = await used(zoe!);
    expect(taken).toBeGreaterThan(0);
    const made = await write({ attachments: [attach(image, 'The plan'), attach(text)] });
    expect(made.status).toBe(201);
    expect(made.body.attachments).toMatchObject([
      { id: image.id, alt: 'The plan', kind: 'image' },
      { id: text.id, name: 'notes.txt' },
    ]);
    for (const url of [image.url, image.previews!.small, text.url]) {
      const seen = [];
      for (const who of [zoe!, ali!, staff!, outsider!, null]) seen.push(await status(url, who));
      expect(seen).toEqual([200, 200, 200, 404, 401]);
    }
    expect(await used(zoe!)).toBe(taken);
  });

  it('given who left the cohort, then they open none of its files any more, their own included', async () => {
    const leaver = await aMember(world, before!, 'fellow');
    cookies.set(leaver, await filesCookieOf(world.url, leaver));
    const one = await file(leaver);
    await write({ attachments: [attach(one)] }, leaver);
    expect(await status(one.url, leaver)).toBe(200);
    await staff!.client.delete(`/api/cohorts/${before}/members/${leaver.id}`);
    expect([await status(one.url, leaver), await status(one.url, zoe!)]).toEqual([404, 200]);
  });

  it('given a file of another, of another place, sent already, wanted twice, or too many, then nothing is written', async () => {
    const [theirs, elsewhere, sent, twice] = [await file(ali), await file(outsider), await file(), await file()];
    const { body: page } = await write({ attachments: [attach(sent)] });
    for (const wanted of [[theirs], [elsewhere], [sent], [twice, twice], [{ id: 'x' }]]) {
      const attachments = wanted.map((one) => attach(one));
      const refused = await write({ attachments });
      expect([refused.status, refused.body.errors]).toEqual([
        422,
        [{ field: `/attachments/${wanted.length - 1}/fileId`, code: 'unknown' }],
      ]);
      if (wanted[0] !== sent) expect((await edit(page, { attachments })).status).toBe(422);
    }
    expect((await write({ attachments: Array.from({ length: 11 }, () => attach(twice)) })).status).toBe(422);
    expect([await stateOf(theirs.id), await stateOf(twice.id)]).toEqual(['waiting', 'waiting']);
  });

  it('given two who change its files at once on two processes, then what each added is there, and what one took out is not', async () => {
    const [first, second] = [await file(), await file()];
    const seenAttachments = [attach(first), attach(second)];
    const { body: page } = await write({ attachments: seenAttachments });
    const [mine, theirs] = [await file(), await file(ali)];
    const both = await Promise.all([
      edit(page, { attachments: [attach(first), attach(mine)], seenAttachments }),
      edit(page, { attachments: [...seenAttachments, attach(theirs)], seenAttachments }, ali, 1),
    ]);
    expect(both.map((one) => one.status)).toEqual([200, 200]);
    const now = (await zoe!.client.get(`${C}/${page.id}`)).body;
    expect(now.attachments.map(({ id }: any) => id).sort()).toEqual([first.id, mine.id, theirs.id].sort());
    const { items } = (await ali!.client.get(`${C}/${page.id}/history`)).body;
    expect(items.at(-1).attachments.map(({ id }: any) => id)).toEqual([first.id, second.id]);
    // It stays with the version that showed it.
    expect(await status(second.url, ali!)).toBe(200);
    expect(await status(second.url, outsider!)).toBe(404);
  });

  it('given one that is put in and taken out within one edit, then its room is free at once', async () => {
    const taken = await used(zoe!);
    const { body: page } = await write({});
    const one = await file();
    const put = await edit(page, { attachments: [attach(one)] });
    world.clock.advance(MINUTE);
    expect((await edit(put.body, { attachments: [] })).body.attachments).toEqual([]);
    expect([await stateOf(one.id), await used(zoe!)]).toEqual(['gone', taken]);
  });

  it('given a deleted page, then nobody opens its files; restored, all again; at its end, they end with what it showed before', async () => {
    const [one, earlier] = [await file(), await file()];
    const taken = await used(zoe!);
    const { body: page } = await write({ attachments: [attach(earlier)] });
    world.clock.advance(5 * MINUTE);
    await edit(page, { attachments: [attach(one)], seenAttachments: [attach(earlier)] });
    expect((await zoe!.client.delete(`${C}/${page.id}`)).status).toBe(204);
    expect([await status(one.url, zoe!), await status(one.url, staff!)]).toEqual([404, 404]);
    await staff!.client.post(`${C}/${page.id}/restore`);
    expect([await status(one.url, ali!), await status(earlier.url, ali!)]).toEqual([200, 200]);
    await zoe!.client.delete(`${C}/${page.id}`);
    world.clock.advance(31 * DAY);
    await world.app.get(PageDeleting).turn();
    expect([await stateOf(one.id), await stateOf(earlier.id)]).toEqual(['gone', 'gone']);
    expect(await used(zoe!)).toBeLessThan(taken);
    await world.app.get(FilesSweep).sweep();
    expect([await stateOf(one.id), await stateOf(earlier.id)]).toEqual(['none', 'none']);
  });
});

describe('files that go along', () => {
  it('given an export, then Markdown leads to files beside it, and HTML holds the pictures', async () => {
    const [image, other] = [await file(zoe, await picture(), 'plan.png'), await file(zoe, 'a,b', 'list.csv')];
    const en = words('Keys', `Here: ![The plan](${image.url}/large) it is.`);
    const { id } = (await write({ en, attachments: [attach(image, 'The plan'), attach(other)] })).body;
    const zip = await fetchFile(world.url, `/files/cohorts/${before}/handbook.zip`, cookies.get(ali!)!);
    const files = await unzipped(zip.body);
    const name = [...files.keys()].find((one) => one.endsWith('-keys.en.md'))!;
    expect(files.get(name)!.toString()).toContain(`Here: ![The plan](files/${image.id}/plan.png) it is.`);
    expect(files.get(name)!.toString()).toContain(`- [list.csv](files/${other.id}/list.csv)`);
    expect(files.get(`files/${other.id}/list.csv`)!.toString()).toBe('a,b');
    expect(files.get(`files/${image.id}/plan.png`)!.subarray(1, 4).toString()).toBe('PNG');
    const html = (await fetchFile(world.url, `/files/cohorts/${before}/handbook.html`, cookies.get(ali!)!)).body;
    const section = html.toString().split(`id="page-${id}"`)[1]!.split('</section>')[0]!;
    expect(section).toMatch(/<img src="data:image\/webp;base64,[^"]+" alt="The plan">/);
    expect(section.match(/<img/g)).toHaveLength(1);
    expect(section).toContain(`/files/uploads/${other.id}">list.csv</a>`);
    expect((await fetchFile(world.url, `/files/cohorts/${before}/handbook.zip`, cookies.get(outsider!)!)).status).toBe(
      404,
    );
  });

  it('given a copy for the next cohort, then its members open copies, which count there; what finds no room is left and said', async () => {
    const [image, big] = [await file(zoe, await picture(), 'plan.png'), await file(ali, 'x'.repeat(MB))];
    const en = words('For next year', `![The plan](${image.url}) stays.`);
    const { id } = (await write({ en, attachments: [attach(image, 'The plan')] })).body;
    await write({ en: words('With much'), attachments: [attach(big)] }, ali);
    const fellow = await aMember(world, next!, 'fellow');
    cookies.set(fellow, await filesCookieOf(world.url, fellow));
    const filling = { ...fellow, cohortId: next! };
    await uploaded(world.url, filling, 'y'.repeat(2.2 * MB));
    const N = `/api/cohorts/${next}/handbook`;
    const done = await staff!.client.post(`${N}/copies`, { fromCohortId: before });
    expect(done.status).toBe(201);
    expect(done.body.left).toBe(1);
    const tree = (await fellow.client.get(N)).body.items;
    const pageOf = async (title: string) => {
      const entry = tree.find((one: any) => one.title.en === title);
      return (await fellow.client.get(`${N}/${entry.id}`)).body;
    };
    const copied = await pageOf('For next year');
    const [own] = copied.attachments;
    expect(own).toMatchObject({ name: 'plan.png', alt: 'The plan', kind: 'image' });
    expect(own.id).not.toBe(image.id);
    expect(copied.en.body).toBe(`![The plan](${own.url}) stays.`);
    expect((await pageOf('With much')).attachments).toEqual([]);
    expect([await status(own.url, fellow), await status(own.previews.small, fellow)]).toEqual([200, 200]);
    expect([await status(own.url, zoe!), await status(image.url, fellow)]).toEqual([404, 404]);
    const { status: again, body } = await staff!.client.post(`${N}/copies`, { fromCohortId: before });
    expect([again, body.copied, body.left]).toEqual([201, 0, 0]);
    // The first goes, and the copy stays.
    await zoe!.client.delete(`${C}/${id}`);
    expect(await status(own.url, fellow)).toBe(200);
    const rows = await world.db
      .collection('files')
      .countDocuments({ ownerId: new Types.ObjectId(staff!.id), state: 'waiting' });
    expect(rows).toBe(0);
  });
});
