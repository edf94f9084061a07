import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { Previews } from './previews.js';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'previews-'));
  path = join(folder, 'photo.png');
  await sharp({ create: { width: 900, height: 600, channels: 3, background: 'teal' } })
    .png()
    .toFile(path);
});
afterAll(() => rm(folder, { recursive: true }));

it('given one who sends many images, then another one waits for one of them and not for all', async () => {
  const previews = new Previews();
  const drawn: string[] = [];
  const draw = (ownerId: string) => previews.draw(path, ownerId).then(() => drawn.push(ownerId));
  await Promise.all([...Array.from({ length: 5 }, () => draw('many')), draw('other')]);
  expect(drawn.indexOf('other')).toBeLessThanOrEqual(1);
  expect(drawn).toHaveLength(6);
});

it('given what is no image among them, then it is refused, and the others are drawn', async () => {
  const previews = new Previews();
  const none = previews.draw(join(folder, 'none.png'), 'one');
  const [refused, fine] = await Promise.allSettled([none, previews.draw(path, 'one')]);
  expect(refused).toMatchObject({ status: 'rejected', reason: { status: 422 } });
  expect(fine).toMatchObject({ status: 'fulfilled', value: { width: 900, height: 600 } });
});
