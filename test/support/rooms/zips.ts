import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';

/** What lies in a zip, by its names, in its order. */
export async function unzipped(zip: Buffer): Promise<Map<string, Buffer>> {
  const file = await fromBufferPromise(zip, { lazyEntries: true });
  const found = new Map<string, Buffer>();
  for await (const entry of file.eachEntry()) {
    if (found.has(entry.fileName)) throw new Error(`twice in the zip: ${entry.fileName}`);
    found.set(entry.fileName, await buffer(await file.openReadStreamPromise(entry)));
  }
  return found;
}
