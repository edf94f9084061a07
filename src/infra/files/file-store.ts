import { Inject, Injectable } from '@nestjs/common';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import { CONFIG, type Config } from '../../config/config.js';

/** Keeps files of ours in a folder. A name is chosen by us, never by a person. */
@Injectable()
export class FileStore {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Writes whole or not at all. */
  async put(shelf: string, name: string, content: Buffer): Promise<void> {
    await mkdir(join(this.config.FILES_PATH, shelf), { recursive: true });
    const draft = this.path(shelf, `${name}.${randomUUID()}`);
    await writeFile(draft, content);
    await rename(draft, this.path(shelf, name));
  }

  /** The content, or null. */
  async get(shelf: string, name: string): Promise<Buffer | null> {
    try {
      return await readFile(this.path(shelf, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async remove(shelf: string, name: string): Promise<void> {
    await rm(this.path(shelf, name), { force: true });
  }

  private path(shelf: string, name: string): string {
    return join(this.config.FILES_PATH, shelf, basename(name));
  }
}
