import { readFile, writeFile } from 'node:fs/promises';
import { packed } from '../../../test/support/rooms/slack-export.js';
import { MAX_IMPORT_ENTRIES } from '../../contracts/limits.js';
import { SlackArchive, daysByFolder } from './slack-archive.js';
import { readRows } from './slack-rows.js';

const limits = { entries: 6, listBytes: 400, entryBytes: 2000, allBytes: 5000 };
const day = (characters: number) => [
  { type: 'message', user: 'U1', ts: '1760000000.000100', text: 'a'.repeat(characters) },
];
const exported = (more: Record<string, unknown> = {}) =>
  packed({ 'users.json': [], 'channels.json': [{ id: 'C1', name: 'general' }], ...more });
const opened = (path: string) => SlackArchive.open(path, (asked) => Promise.resolve(readRows(asked)), limits);
const tooLarge = { more: { errors: [{ field: '/file', code: 'too_large' }] } };

describe('an export that is too large', () => {
  it('given more files than may be, then it is not opened', async () => {
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`general/2026-01-0${at + 1}.json`, []]));
    await expect(opened(await exported(many))).rejects.toMatchObject(tooLarge);
  });

  it('given names that take more than a list may, then it is not opened', async () => {
    const path = await exported({ [`${'n'.repeat(300)}.json`]: [] });
    (await opened(path)).close();
    await expect(opened(await exported({ [`${'n'.repeat(400)}.json`]: [] }))).rejects.toMatchObject(tooLarge);
  });

  it('given twice as many days of one channel as an export may have, then they are sorted: a list copied for each would take minutes', () => {
    const count = 2 * MAX_IMPORT_ENTRIES;
    const names = Array.from({ length: count }, (_, at) => `general/${1000 + (at % 9000)}-01-01.json`);
    expect(daysByFolder(names).get('general')?.length).toBe(count);
  });

  it('given one file that is too much, then reading it ends, also when the zip says that it is small', async () => {
    const path = await exported({ 'general/2026-01-01.json': day(3000) });
    const honest = await opened(path);
    await expect(honest.day('general/2026-01-01.json')).rejects.toMatchObject(tooLarge);
    honest.close();
    await writeFile(path, saying(await readFile(path), 'general/2026-01-01.json', 10));
    const lying = await opened(path);
    await expect(lying.day('general/2026-01-01.json')).rejects.toMatchObject({ status: 422 });
    lying.close();
  });

  it('given files that are too much together, then it ends where they are, the same one read again included', async () => {
    const archive = await opened(await exported({ 'general/2026-01-01.json': day(1500) }));
    for (let time = 0; time < 3; time += 1)
      expect((await archive.day('general/2026-01-01.json')).messages).toHaveLength(1);
    await expect(archive.day('general/2026-01-01.json')).rejects.toMatchObject(tooLarge);
    archive.close();
  });
});

/** The same zip, whose list says another size of one file. */
function saying(zip: Buffer, name: string, size: number): Buffer {
  const entry = zip.lastIndexOf(Buffer.from(name)) - 46;
  expect(zip.readUInt32LE(entry)).toBe(0x02014b50);
  const copy = Buffer.from(zip);
  copy.writeUInt32LE(size, entry + 24);
  return copy;
}
