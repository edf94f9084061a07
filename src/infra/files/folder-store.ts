import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { type ByteRange, type Content, FileStore } from './file-store.js';

/** Keeps files in a folder, one folder a shelf. Several processes share it by a volume. */
export class FolderStore extends FileStore {
  constructor(private readonly folder: string) {
    super();
  }

  override async put(shelf: string, name: string, content: Content): Promise<void> {
    await mkdir(join(this.folder, shelf), { recursive: true });
    const draft = this.path(shelf, `${name}.${randomUUID()}`);
    try {
      if (Buffer.isBuffer(content)) await writeFile(draft, content);
      else await copyFile(content.path, draft);
      await rename(draft, this.path(shelf, name));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  override async get(shelf: string, name: string): Promise<Buffer | null> {
    return await orNull(readFile(this.path(shelf, name)));
  }

  override async open(shelf: string, name: string, range?: ByteRange): Promise<Readable | null> {
    const file = await orNull(open(this.path(shelf, name)));
    return file?.createReadStream(range) ?? null;
  }

  override async remove(shelf: string, name: string): Promise<void> {
    await rm(this.path(shelf, name), { force: true });
  }

  private path(shelf: string, name: string): string {
    return join(this.folder, shelf, basename(name));
  }
}

async function orNull<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
