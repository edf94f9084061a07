import { ExportProcess } from '../../src/bridges/imports/export-process.js';
import { rowsInProcess } from '../../src/bridges/slack/slack-reading.js';
import { GOES_ON, turnsWhile } from '../support/turns.js';

const own = new ExportProcess();
afterAll(() => own.onApplicationShutdown());
const read = rowsInProcess(own);
const MOST = 16 * 1024 * 1024;

it('given 16 MB of a day that is made to be slow, then it is refused, and the loop goes on', async () => {
  const bytes = Buffer.from(`[${'{},'.repeat(MOST / 3 - 2)}{}]`);
  await read({ bytes: Buffer.from('[]'), kind: 'messages' });
  const turns = await turnsWhile(async () =>
    expect(await read({ bytes, kind: 'messages' })).toEqual({ problem: 'too_large' }),
  );
  expect(turns).toBeGreaterThan(GOES_ON);
});

it('given a full day of a busy channel, then it is read', async () => {
  const message = (at: number) => ({
    type: 'message',
    ts: `${1760000000 + at}.000100`,
    user: 'U1',
    text: 'a'.repeat(900),
    blocks: [],
  });
  const rows = Array.from({ length: 16_000 }, (_, at) => message(at));
  const found = await read({ bytes: Buffer.from(JSON.stringify(rows)), kind: 'messages' });
  expect('pieces' in found && found.pieces.flatMap((piece) => JSON.parse(piece) as unknown[]).length).toBe(16_000);
});

it('given a day that takes more memory than may be, then its process ends alone: the file is refused, and the next one is read', async () => {
  const row = '{"type":"message","ts":"1760000000.000100","user":"U1","text":"a","files":[{"id":"F"}]}';
  const bytes = Buffer.from(`[${Array<string>(160_000).fill(row).join(',')}]`);
  const refused = { more: { errors: [{ field: '/file', code: 'too_large' }] } };
  await expect(read({ bytes, kind: 'messages' })).rejects.toMatchObject(refused);
  expect(await read({ bytes: Buffer.from(`[${row}]`), kind: 'messages' })).toMatchObject({ unreadable: 0 });
});
