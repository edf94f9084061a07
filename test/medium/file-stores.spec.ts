import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import type { FileStore } from '../../src/infra/files/file-store.js';
import { fileStoreFor } from '../../src/infra/files/files.module.js';
import { S3Store } from '../../src/infra/files/s3-store.js';
import { parseConfig } from '../../src/config/config.js';

/** What every file store promises, asked of each of them: a folder, and a server that speaks S3. */
let folder: string;
let server: S3rver;
const stores = new Map<string, FileStore>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordee-stores-'));
  server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'cordee', configs: [] }],
  });
  const { port } = (await server.run()) as { port: number };
  const common = { MONGODB_URI: 'mongodb://127.0.0.1/x', REDIS_URL: 'redis://127.0.0.1' };
  stores.set('a folder', fileStoreFor(parseConfig({ ...common, FILES_PATH: join(folder, 'plain') })));
  stores.set(
    'a bucket',
    fileStoreFor(
      parseConfig({
        ...common,
        S3_BUCKET: 'cordee',
        S3_ENDPOINT: `http://127.0.0.1:${port}`,
        S3_ACCESS_KEY_ID: 'S3RVER',
        S3_SECRET_ACCESS_KEY: 'S3RVER',
      }),
    ),
  );
});
afterAll(async () => {
  await (stores.get('a bucket') as S3Store).close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each(['a folder', 'a bucket'])('files kept in %s', (kind) => {
  const store = () => stores.get(kind)!;
  const read = async (name: string, range?: { start: number; end: number }) => {
    const stream = await store().open('shelf', name, range);
    return stream && (await buffer(stream)).toString();
  };

  it('given bytes, then they come back whole, as a stream and in part', async () => {
    await store().put('shelf', 'one', Buffer.from('0123456789'));
    expect(String(await store().get('shelf', 'one'))).toBe('0123456789');
    expect(await read('one')).toBe('0123456789');
    expect(await read('one', { start: 2, end: 4 })).toBe('234');
    expect(await read('one', { start: 9, end: 9 })).toBe('9');
  });

  it('given a file on disk, then it is taken over and left where it was; the same name again replaces it', async () => {
    const path = join(folder, 'upload');
    await writeFile(path, Buffer.alloc(3_000_000, 'a'));
    await store().put('shelf', 'two', { path });
    expect((await store().get('shelf', 'two'))?.length).toBe(3_000_000);
    expect(await readdir(folder)).toContain('upload');
    await store().put('shelf', 'two', Buffer.from('shorter'));
    expect(await read('two')).toBe('shorter');
  });

  it('given a name that nobody stored, then there is nothing, and removing it is done already', async () => {
    expect(await store().get('shelf', 'nobody')).toBeNull();
    expect(await store().open('shelf', 'nobody')).toBeNull();
    expect(await store().open('other', 'one')).toBeNull();
    await expect(store().remove('shelf', 'nobody')).resolves.toBeUndefined();
  });

  it('given a file that was removed, then it is gone, and nothing else', async () => {
    await store().put('shelf', 'three', Buffer.from('3'));
    await store().put('shelf', 'four', Buffer.from('4'));
    await store().remove('shelf', 'three');
    expect(await store().get('shelf', 'three')).toBeNull();
    expect(await read('four')).toBe('4');
  });

  it('given what cannot be read, then nothing is kept', async () => {
    await expect(store().put('shelf', 'five', { path: join(folder, 'missing') })).rejects.toThrow();
    expect(await store().get('shelf', 'five')).toBeNull();
  });
});

it('given a bucket whose server takes the line and says nothing, then it is given up', async () => {
  const silent = createServer((socket) => void socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const place = { bucket: 'cordee', region: 'eu-west-3', accessKeyId: 'a', secretAccessKey: 'b', silentMs: 200 };
  const store = new S3Store({ ...place, endpoint: `http://127.0.0.1:${port}` });
  await expect(store.put('shelf', 'one', Buffer.from('1'))).rejects.toMatchObject({ name: 'TimeoutError' });
  await expect(store.open('shelf', 'one')).rejects.toMatchObject({ name: 'TimeoutError' });
  await store.close();
  silent.close();
});
