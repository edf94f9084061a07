import sharp from 'sharp';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aPerson } from '../../support/factories.js';
import { fetchFile, filesCookieOf, photo, unfolding } from '../../support/rooms/files.js';

let world: TestWorld;
let person: TestPerson;
let files: string;

beforeAll(async () => {
  world = await startWorld();
  person = await aPerson(world);
  files = await filesCookieOf(world.url, person);
});
afterAll(() => world.stop());

async function upload(content: Buffer | string, name = 'me.png', type = 'image/png', field = 'file') {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(Buffer.from(content))], { type }), name);
  const response = await fetch(new URL('/api/me/avatar', world.url), {
    method: 'PUT',
    headers: { authorization: `Bearer ${person.token}` },
    body: form,
  });
  return { status: response.status, body: (await response.json()) as any };
}

const raw = (path: string, cookie = files) => fetchFile(world.url, path, cookie);

describe('a photo of me', () => {
  it('given one that lies on its side and says where it was taken, then it is upright, square and says nothing', async () => {
    const content = await photo()
      .jpeg()
      .withExif({ IFD0: { Artist: 'me' }, IFD3: { GPSLatitude: '48/1 51/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { status, body } = await upload(content, '../../../etc/me.jpg', 'image/jpeg');
    expect(status).toBe(200);
    expect(body.avatarUrl).toMatch(/^\/files\/avatars\/[0-9a-f]{24}-[0-9a-f]{16}\.webp$/);
    const face = await raw(body.avatarUrl);
    expect(face.headers).toMatchObject({ 'content-type': 'image/webp', 'x-content-type-options': 'nosniff' });
    const stored = await sharp(face.body).metadata();
    expect(stored).toMatchObject({ width: 256, height: 256, format: 'webp' });
    expect(stored.exif).toBeUndefined();
    const removed = await person.client.delete('/api/me/avatar');
    expect(removed.body.avatarUrl).toBeNull();
    expect((await raw(body.avatarUrl)).status).toBe(404);
  });

  it('given a face, then nobody sees it without the cookie of files, nor with an access token in its place', async () => {
    const { body } = await upload(await photo().png().toBuffer());
    expect((await raw(body.avatarUrl)).status).toBe(200);
    expect((await raw(body.avatarUrl, '')).status).toBe(401);
    expect((await raw(body.avatarUrl, `cordee_files=${person.token}`)).status).toBe(401);
    const withCookie = await fetch(new URL('/api/me', world.url), { headers: { cookie: files } });
    expect(withCookie.status).toBe(401);
    const asBearer = await clientOf(world.url, files.split('=')[1]).get('/api/me');
    expect(asBearer.status).toBe(401);
  });

  it.each(['..', '%2e%2e', '%2e', '%00', '..%2f..%2fpackage.json', 'x'.repeat(280), '%ff'])(
    'given the name %s, then it is unknown, never a 500',
    async (name) => {
      expect([400, 404]).toContain((await raw(`/files/avatars/${name}`)).status);
    },
  );
});

describe('what is no photo', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  it.each([
    ['HTML named .png', '<!doctype html><script>alert(1)</script>', 422],
    ['an SVG', svg, 422],
    ['nothing', '', 422],
    ['half a photo', Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64'), 422],
    ['more than 8 MB', Buffer.alloc(9 * 1024 * 1024, 1), 413],
  ])('given %s, then it is refused and my face stays', async (_, content, status) => {
    const before = (await person.client.get('/api/me')).body.avatarUrl;
    const answer = await upload(content);
    expect(answer.status).toBe(status);
    if (status === 422) expect(answer.body.errors[0].field).toBe('/file');
    expect((await person.client.get('/api/me')).body.avatarUrl).toBe(before);
  });

  it('given a small file that unfolds to 400 million points, then it is refused for what its head says', async () => {
    const bomb = unfolding(20_000);
    expect(bomb.length).toBeLessThan(8 * 1024 * 1024);
    expect((await upload(bomb)).body.errors).toEqual([{ field: '/file', code: 'too_many_pixels' }]);
  });

  it('given another field, a wrong type, JSON or nobody, then refused', async () => {
    expect((await upload(await photo().png().toBuffer(), 'a.png', 'image/png', 'other')).status).toBeLessThan(500);
    const json = await person.client.put('/api/me/avatar', { file: 'x' });
    expect([415, 422]).toContain(json.status);
    expect((await person.client.put('/api/me/avatar')).status).toBeLessThan(500);
    expect((await clientOf(world.url).put('/api/me/avatar', {})).status).toBe(401);
    expect((await clientOf(world.url).delete('/api/me/avatar')).status).toBe(401);
  });
});
