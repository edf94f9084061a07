import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** A file of a zip. Its bytes are asked for when its turn comes; `isPacked`: they get shorter by packing. */
export interface ZipEntry {
  path: string;
  changedAt: Date;
  isPacked: boolean;
  bytes: () => AsyncIterable<string | Uint8Array>;
}

/**
 * A zip that is written as it is read: one file after the other, and none of them is ever held whole. Who stops reading ends what is read for it. What one of its files
 * throws, it throws: a zip that breaks off shows that it is not whole.
 */
export async function* zipOf(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  let bytes: Readable | null = null;
  const fill = async () => {
    for await (const entry of entries) {
      if (out.destroyed) return;
      const { path, changedAt: mtime, isPacked: compress } = entry;
      bytes = Readable.from(entry.bytes(), { objectMode: false });
      zip.addReadStream(bytes, path, { mtime, compress, mode: 0o100644 });
      await finished(bytes);
    }
    zip.end();
  };
  zip.on('error', (error: Error) => out.destroy(error));
  const filled = fill().catch((error: unknown) => void out.destroy(error as Error));
  try {
    for await (const piece of out) yield piece as Buffer;
  } finally {
    out.destroy();
    (bytes as Readable | null)?.destroy();
    await filled;
  }
}
