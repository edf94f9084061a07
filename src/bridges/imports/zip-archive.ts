import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Entry, ZipFile } from 'yauzl';
import { Problem, invalidField } from '../../common/problem.js';
import { MAX_IMPORT_ENTRIES, MAX_UNPACKED_BYTES } from '../../contracts/limits.js';

/** What one export may be once it is unpacked. `listBytes`: what its list says of all files, which is held for as long as it is open; `entryBytes`: of a file that is read whole. */
export interface ArchiveLimits {
  entries: number;
  listBytes: number;
  entryBytes: number;
  allBytes: number;
}
export const LIMITS: ArchiveLimits = {
  entries: MAX_IMPORT_ENTRIES,
  listBytes: 32 * 1024 * 1024,
  entryBytes: 16 * 1024 * 1024,
  allBytes: MAX_UNPACKED_BYTES,
};

/**
 * A zip of strangers as it lies on disk. Nothing is unpacked at once: each file is read when it is asked for, up to a size, and all that is read is counted as it comes
 * out, whatever the zip says of itself. Close it.
 */
export class ZipArchive {
  private constructor(
    private readonly zip: ZipFile,
    readonly entries: ReadonlyMap<string, Entry>,
    private readonly limits: ArchiveLimits,
  ) {}

  /** What came out so far. */
  private unpacked = 0;

  /** Throws 422 for `/file`: `not_a_zip`, `too_large`. */
  static async open(path: string, limits = LIMITS): Promise<ZipArchive> {
    const { openPromise } = await import('yauzl');
    const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch(() => {
      throw invalidField('/file', 'not_a_zip');
    });
    try {
      return new ZipArchive(zip, await listed(zip, limits), limits);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  close(): void {
    this.zip.close();
  }

  /** All of a file. Throws 422 `too_large`, and `damaged` for one that cannot be read. */
  async bytesOf(entry: Entry, damaged: string): Promise<Buffer> {
    try {
      return await pipeline(
        await this.zip.openReadStreamPromise(entry),
        this.counted(this.limits.entryBytes),
        (chunks: AsyncIterable<Buffer>) => buffer(chunks),
      );
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw invalidField('/file', damaged, { name: entry.fileName });
    }
  }

  /** Hands a file over as one on disk, which is gone after. */
  async withFile<T>(entry: Entry, most: number, use: (path: string, size: number) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'cordee-import-'));
    try {
      const path = join(folder, 'file');
      await pipeline(await this.zip.openReadStreamPromise(entry), this.counted(most), createWriteStream(path));
      return await use(path, entry.uncompressedSize);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Lets bytes through as long as neither this entry nor all that was read is too much; then it throws 422 `too_large`. */
  private counted(most: number) {
    return async function* (this: ZipArchive, bytes: AsyncIterable<Buffer>) {
      let own = 0;
      for await (const chunk of bytes) {
        own += chunk.length;
        this.unpacked += chunk.length;
        if (own > most || this.unpacked > this.limits.allBytes) throw invalidField('/file', 'too_large');
        yield chunk;
      }
    }.bind(this);
  }
}

/** Counted as they come: how many the zip says there are is one more thing that it says. Names and comments may be 64 kB each. */
async function listed(zip: ZipFile, most: ArchiveLimits): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  if (zip.entryCount > most.entries) throw invalidField('/file', 'too_large');
  try {
    let [count, bytes] = [0, 0];
    for await (const entry of zip.eachEntry()) {
      count += 1;
      bytes += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
      if (count > most.entries || bytes > most.listBytes) throw invalidField('/file', 'too_large');
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw invalidField('/file', 'not_a_zip');
  }
  return entries;
}
