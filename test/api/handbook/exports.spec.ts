import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Types } from 'mongoose';
import yauzl from 'yauzl';
import { parse } from 'yaml';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { filesCookieOf } from '../../support/rooms/files.js';

let world: TestWorld;
let cohortId: string;
let [zoe, outsider, gone]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world, { name: 'Cohort Sept' });
  const C = `/api/cohorts/${cohortId}/handbook`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé Writer' });
  gone = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world), 'staff');
  const write = async (page: object) => (await zoe!.client.post(C, page)).body.id as string;
  const parentId = await write({ en: { title: 'Agency', body: 'Who **decides**.' } });
  await write({
    en: { title: 'Publish code', body: '<script>alert(1)</script>\n\n## Scan' },
    fr: { title: 'Publier du code', body: 'Demander.' },
    parentId,
  });
  for (let at = 0; at < 25; at += 1) await write({ fr: { title: `Page ${at}`, body: `Texte ${at}.` } });
});
afterAll(() => world.stop());

const get = async (path: string, as: TestPerson | null = zoe!) =>
  await fetch(`${world.url}/files/cohorts/${cohortId}/${path}`, {
    headers: as ? { cookie: await filesCookieOf(world.url, as) } : {},
  });

async function unzipped(bytes: Buffer): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true });
  for await (const entry of zip.eachEntry())
    files.set(entry.fileName, (await buffer(await zip.openReadStreamPromise(entry))).toString());
  return files;
}

describe('a handbook as a file', () => {
  it('given Markdown, then each page is one with front matter for each of its languages, in its place', async () => {
    const answer = await get('handbook.zip');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="Cohort Sept.zip"');
    const files = await unzipped(await buffer(Readable.fromWeb(answer.body as never)));
    expect(files.size).toBe(28);
    expect([...files.keys()].slice(0, 4)).toEqual([
      '01-agency.en.md',
      '01-agency/01-publish-code.en.md',
      '01-agency/01-publish-code.fr.md',
      '02-page-0.fr.md',
    ]);
    const [head, body] = files.get('01-agency/01-publish-code.fr.md')!.replace('---\n', '').split('\n---\n');
    expect(parse(head!)).toMatchObject({
      ...{ title: 'Publier du code', language: 'fr', languages: 'en, fr', owner: 'Zoé Writer', version: 1 },
      ...{ checked: NOW, topic: null },
    });
    expect(body).toBe('\nDemander.\n');
    expect(files.get('26-page-24.fr.md')).toContain('Texte 24.');
  });

  it('given HTML, then it is one page with its contents, in a language, without a script', async () => {
    const answer = await get('handbook.html?lang=fr');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await answer.text();
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('Publier du code</a>');
    expect(html).toContain('<strong>decides</strong>');
    expect(html).toContain('En anglais seulement');
    expect(html).toContain('Texte 24.');
    expect(html).not.toContain('<script');
    expect(await (await get('handbook.html?lang=en')).text()).toContain('In French only');
    expect((await get('handbook.html?lang=de')).status).toBe(422);
  });

  it('given an outsider, one who left, or nobody, then nothing', async () => {
    const staff = await aMember(world, cohortId, 'staff');
    await staff.client.delete(`/api/cohorts/${cohortId}/members/${gone!.id}`);
    for (const path of ['handbook.zip', 'handbook.html']) {
      expect((await get(path, outsider)).status).toBe(404);
      expect((await get(path, gone)).status).toBe(404);
      expect((await get(path, null)).status).toBe(401);
    }
    expect(
      (
        await fetch(`${world.url}/files/cohorts/nothing/handbook.zip`, {
          headers: { cookie: await filesCookieOf(world.url, zoe!) },
        })
      ).status,
    ).toBe(404);
  });

  it('given one person asks for many at once, then they are written one after the other, and others do not wait', async () => {
    const cohortId = await aCohort(world);
    const [reader, other] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
    const [by, at] = [new Types.ObjectId(reader.id), world.clock.now()];
    const page = (order: number) => ({
      ...{ cohortId: new Types.ObjectId(cohortId), parentId: null, order, authorId: by, ownerId: by, createdAt: at },
      ...{ en: { title: `Page ${order}`, body: 'word '.repeat(6000) }, fr: null, checked: { byId: by, at } },
      ...{ deletedAt: null, editedAt: null },
    });
    await world.db.collection('handbook-pages').insertMany(Array.from({ length: 900 }, (_, order) => page(order)));
    const begin = async (as: TestPerson, file: string) =>
      await fetch(`${world.url}/files/cohorts/${cohortId}/${file}`, {
        headers: { cookie: await filesCookieOf(world.url, as), 'accept-encoding': 'identity' },
      });
    // Nobody reads it: it is far more than lies on the way.
    const first = await begin(reader, 'handbook.html');
    let isBegun = false;
    const second = begin(reader, 'handbook.zip').finally(() => (isBegun = true));
    // Who asks later is answered before the second.
    for (const file of ['handbook.html', 'handbook.zip']) {
      const theirs = await begin(other, file);
      expect(theirs.status).toBe(200);
      await theirs.body?.cancel();
    }
    expect(isBegun).toBe(false);
    await first.body?.cancel();
    const answer = await second;
    expect((await unzipped(await buffer(Readable.fromWeb(answer.body as never)))).size).toBe(900);
  });
});
