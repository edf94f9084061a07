import { Injectable } from '@nestjs/common';
import { Clock } from '../common/times/clock.js';
import { FileStore } from '../infra/files/file-store.js';
import { newId } from '../infra/mongo/ids.js';
import type { FileRow } from './file.schema.js';
import { FilesRepository } from './files.repository.js';
import { SHELF, variantsOf, storedAs } from './files.service.js';
import { LettingGo } from './letting-go.js';
import { Storage } from './storage/storage.js';

/** Files once more, for another place. */
@Injectable()
export class FileCopies {
  constructor(
    private readonly files: FilesRepository,
    private readonly storage: Storage,
    private readonly lettingGo: LettingGo,
    private readonly store: FileStore,
    private readonly clock: Clock,
  ) {}

  /** The same file, waiting to hang on something of another place, where it takes room as the first does. Null where that is gone. Throws 409 `storage_full`. */
  async of(fileId: FileRow['_id'], whose: Pick<FileRow, 'ownerId' | 'cohortId' | 'imported'>): Promise<FileRow | null> {
    const row = await this.files.byId(fileId);
    if (row?.state !== 'held') return null;
    const copy: FileRow = { ...row, ...whose, _id: newId(), holder: null, state: 'arriving', since: this.clock.now() };
    await this.storage.take(copy, (session) => this.files.insert(copy, session));
    try {
      for (const variant of variantsOf(row)) {
        const bytes = await this.store.get(SHELF, storedAs(row._id, variant));
        if (!bytes) {
          await this.discard(copy);
          return null;
        }
        await this.store.put(SHELF, storedAs(copy._id, variant), bytes);
      }
    } catch (error) {
      await this.discard(copy);
      throw error;
    }
    await this.files.arrived(copy._id, this.clock.now());
    return copy;
  }

  /** Throws copies away that nothing took. */
  async giveUp(copies: readonly FileRow[]): Promise<void> {
    for (const copy of copies) await this.discard(copy);
  }

  private async discard({ _id, ownerId }: FileRow): Promise<void> {
    await this.lettingGo.discard([_id], ownerId);
  }
}
