import sharp from 'sharp';
import { Types } from 'mongoose';
import { READS, READS_OF_PLACE } from '../../../src/infra/http/write-limit.guard.js';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { type TestWorld, NOW, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { fetchFile, filesCookieOf, photo } from '../../support/rooms/files.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const RUNS = '2026-10-15T08:00:00.000Z';
const OVER = '2026-10-15T10:30:00.000Z';

let world: TestWorld;
let cohortId: string;
let [staff, ines, outsider]: TestPerson[] = [];
let path: string;
let id: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world, { name: 'Promotion 7' });
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Łukasz' });
  ({ path, id } = await aWorkshop(staff!, cohortId, { title: 'Opening a repository' }));
  expect((await ines.client.put(`${path}/registration`, {})).status).toBe(200);
  world.clock.set(RUNS);
  await mark('attended');
  world.clock.set(OVER);
});

const mark = async (status: string) =>
  expect((await staff!.client.post(`${path}/attendance`, { userId: ines!.id, status })).status).toBe(200);
const download = async (url = world.url) => {
  const cookie = await filesCookieOf(world.url, ines!);
  return await fetchFile(url, `/files/cohorts/${cohortId}/workshops/${id}/certificate.pdf`, cookie);
};
const rows = () => world.db.collection('workshop-certificates');
const mine = () => ({ workshopId: new Types.ObjectId(id), userId: new Types.ObjectId(ines!.id) });
const rowOf = async () => (await rows().findOne(mine()))!;
const written = (code: string) => code.match(/.{4}/g)!.join('-');
const codeOf = async () => written((await rowOf()).code as string);
const check = (code: string) => clientOf(world.url).get(`/api/public/certificates/${encodeURIComponent(code)}`);

describe('the code of a certificate', () => {
  it('given downloads at once in two processes and later ones, then one code for all, and the paper leads to its page', async () => {
    const all = await Promise.all([0, 1, 0, 1].map((node) => download(world.nodes[node]!.url)));
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const code = await codeOf();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    const again = await download();
    expect(await codeOf()).toBe(code);
    expect(again.body.includes(Buffer.from(`/certificates/${code}`))).toBe(true);
    expect(await rows().countDocuments(mine())).toBe(1);
  });

  it('given nobody signed in, then it says whose, what, when and for whom, and nothing else', async () => {
    await download();
    const { status, body, headers } = await check(await codeOf());
    expect(status).toBe(200);
    expect(body).toEqual({
      code: await codeOf(),
      says: {
        name: 'Inès Łukasz',
        title: 'Opening a repository',
        kind: 'workshop',
        startsAt: RUNS,
        endsAt: OVER,
        timeZone: 'Europe/Paris',
        cohort: 'Promotion 7',
        madeAt: OVER,
      },
    });
    expect([headers.get('x-robots-tag'), headers.get('cache-control')]).toEqual(['noindex', 'no-store']);
    const typed = (await codeOf()).toLowerCase().replaceAll('-', ' ');
    expect((await check(typed)).body).toEqual(body);
  });

  it('given the name was put right and it is downloaded anew, then the same code says the new one', async () => {
    await download();
    const code = await codeOf();
    expect((await ines!.client.patch('/api/me', { name: 'Inès Roulle' })).status).toBe(200);
    expect((await check(code)).body.says.name).toBe('Inès Łukasz');
    await download();
    expect((await check(code)).body.says.name).toBe('Inès Roulle');
  });

  it('given the attendance is corrected, then it is no longer valid and says nothing else; put back, it is valid again', async () => {
    await download();
    const code = await codeOf();
    await mark('absent');
    expect((await check(code)).body).toEqual({ code, says: null });
    expect((await download()).status).toBe(409);
    await mark('attended');
    expect((await check(code)).body.says).toMatchObject({ name: 'Inès Łukasz' });
  });

  it('given the workshop is called off or gone, then it is no longer valid', async () => {
    await download();
    const code = await codeOf();
    const workshop = { _id: new Types.ObjectId(id) };
    await world.db.collection('workshops').updateOne(workshop, { $set: { status: 'cancelled' } });
    expect((await check(code)).body).toEqual({ code, says: null });
    await world.db.collection('workshops').deleteOne(workshop);
    expect((await check(code)).body).toEqual({ code, says: null });
  });

  it('given they left the cohort, then it holds: they were there; erased, then nothing is known of it, nor kept', async () => {
    await download();
    const code = await codeOf();
    expect((await staff!.client.delete(`/api/cohorts/${cohortId}/members/${ines!.id}`)).status).toBeLessThan(300);
    expect((await check(code)).body.says).toMatchObject({ name: 'Inès Łukasz' });
    await world.db.collection('users').deleteOne({ _id: new Types.ObjectId(ines!.id) });
    const [erased, unknown] = [await check(code), await check('0000-0000-0000-0000')];
    expect([erased.status, erased.text]).toEqual([404, unknown.text]);
    expect(await rows().countDocuments(mine())).toBe(0);
  });

  it('given an admin closed their account, then it holds still, and they download nothing more, by the cookie of before or a new one', async () => {
    const admin = await aPerson(world, { isAdmin: true });
    const cookie = await filesCookieOf(world.url, ines!);
    const file = `/files/cohorts/${cohortId}/workshops/${id}/certificate.pdf`;
    expect((await fetchFile(world.url, file, cookie)).status).toBe(200);
    const code = await codeOf();
    expect((await admin.client.post(`/api/admin/people/${ines!.id}/deactivate`, {})).status).toBeLessThan(300);
    expect((await check(code)).body.says).toMatchObject({ name: 'Inès Łukasz' });
    for (const { url } of world.nodes)
      await eventually(async () => expect((await fetchFile(url, file, cookie)).status).toBe(401));
    await expect(filesCookieOf(world.url, ines!)).rejects.toThrow('no cookie');
  });

  it.each(['0000-0000-0000-0000', 'x', '%00', '..', '{"$ne":null}', 'A'.repeat(5000), '7KQ2-9M4X-B0TD-W5HU'])(
    'given %j, then 404',
    async (code) => expect([404, 414]).toContain((await check(code)).status),
  );
});

describe('the logo of a cohort', () => {
  const logoPath = (cohort = cohortId) => `/api/cohorts/${cohort}/logo`;
  const put = async (person: TestPerson, content: Buffer | string, cohort = cohortId) => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(Buffer.from(content))], { type: 'image/png' }), 'logo.png');
    const headers = { authorization: `Bearer ${person.token}` };
    const answer = await fetch(new URL(logoPath(cohort), world.url), { method: 'PUT', headers, body: form });
    return { status: answer.status, body: (await answer.json()) as any };
  };

  it('given an image of the programme team, then members see it, the certificate carries it, and the one before is gone', async () => {
    const first = await put(
      staff!,
      await photo()
        .jpeg()
        .withExif({ IFD0: { Artist: 'me' } })
        .toBuffer(),
    );
    expect(first.status).toBe(200);
    expect(first.body.logoUrl).toMatch(/^\/files\/logos\/[0-9a-f]{24}-[0-9a-f]{16}\.png$/);
    expect((await ines!.client.get(`/api/cohorts/${cohortId}`)).body.logoUrl).toBe(first.body.logoUrl);
    const cookie = await filesCookieOf(world.url, ines!);
    const shown = await fetchFile(world.url, first.body.logoUrl, cookie);
    expect(shown.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
    expect((await sharp(shown.body).metadata()).exif).toBeUndefined();
    expect((await fetchFile(world.url, first.body.logoUrl, '')).status).toBe(401);
    expect((await download()).body.includes(Buffer.from('/Subtype /Image'))).toBe(true);
    const second = await put(staff!, await photo().png().toBuffer());
    expect(second.body.logoUrl).not.toBe(first.body.logoUrl);
    expect((await fetchFile(world.url, first.body.logoUrl, cookie)).status).toBe(404);
    const removed = await staff!.client.delete(logoPath());
    expect([removed.status, removed.body.logoUrl]).toEqual([200, null]);
    expect((await fetchFile(world.url, second.body.logoUrl, cookie)).status).toBe(404);
    expect((await download()).body.includes(Buffer.from('/Subtype /Image'))).toBe(false);
  });

  it('given what is no image, or nothing, then 422 and the logo stays; given another role, 403; another cohort, 404; no login, 401', async () => {
    const { logoUrl } = (await put(staff!, await photo().png().toBuffer())).body;
    for (const content of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<html>', '']) {
      const { status, body } = await put(staff!, content);
      expect([status, body.errors[0].field]).toEqual([422, '/file']);
    }
    const image = await photo().png().toBuffer();
    expect((await put(ines!, image)).status).toBe(403);
    expect((await put(outsider!, image)).status).toBe(404);
    expect((await outsider!.client.delete(logoPath())).status).toBe(404);
    expect((await clientOf(world.url).delete(logoPath())).status).toBe(401);
    expect((await ines!.client.get(`/api/cohorts/${cohortId}`)).body.logoUrl).toBe(logoUrl);
  });

  it('given a closed cohort, then 409 and nothing is kept', async () => {
    const other = await aCohort(world);
    const team = await aMember(world, other, 'staff');
    expect((await team.client.post(`/api/cohorts/${other}/close`)).status).toBe(200);
    const refused = await put(team, await photo().png().toBuffer(), other);
    expect([refused.status, refused.body.code]).toEqual([409, 'cohort_closed']);
  });
});

describe('given limits, at one place', () => {
  let limited: TestWorld;
  let right: string;
  const ask = async (code: string) => (await clientOf(limited.url).get(`/api/public/certificates/${code}`)).status;
  const many = async (code: string, times: number) => {
    const statuses: number[] = [];
    while (statuses.length < times) statuses.push(await ask(code));
    return statuses;
  };

  beforeAll(async () => {
    limited = await startWorld({ env: { RATE_LIMITS: 'on' } });
    const cohort = await aCohort(limited);
    const team = await aMember(limited, cohort, 'staff');
    const there = await aMember(limited, cohort, 'fellow');
    const workshop = await aWorkshop(team, cohort);
    await there.client.put(`${workshop.path}/registration`, {});
    limited.clock.set(RUNS);
    await team.client.post(`${workshop.path}/attendance`, { userId: there.id, status: 'attended' });
    limited.clock.set(OVER);
    const cookie = await filesCookieOf(limited.url, there);
    const paper = `/files/cohorts/${cohort}/workshops/${workshop.id}/certificate.pdf`;
    expect((await fetchFile(limited.url, paper, cookie)).status).toBe(200);
    right = written((await limited.db.collection('workshop-certificates').findOne({}))!.code as string);
  });
  afterAll(() => limited.stop());

  it('given papers of a whole programme, then each is answered; given code after code that is none, then 429, and papers still are', async () => {
    expect(new Set(await many(right, 130))).toEqual(new Set([200]));
    const wrong = await many('0000-0000-0000-0000', 121);
    expect(new Set(wrong.slice(0, 120))).toEqual(new Set([404]));
    expect(wrong.at(-1)).toBe(429);
    expect(await ask(right)).toBe(200);
  });

  it('given a stranger there who asks without end, then the paper is answered all the same, and 429 to who asks for it without end', async () => {
    const limits = limited.app.get(RateLimits);
    await limits.take(READS_OF_PLACE, '127.0.0.1', READS_OF_PLACE.points).catch(() => undefined);
    expect([await ask('0000-0000-0000-0000'), await ask(right)]).toEqual([429, 200]);
    const { _id } = (await limited.db.collection('workshop-certificates').findOne({}))!;
    await limits.take(READS, String(_id), READS.points).catch(() => undefined);
    expect(await ask(right)).toBe(429);
  });
});
