import { Injectable } from '@nestjs/common';
import type { FileRow } from './file.schema.js';

/** Who may read what hangs on a thing is known to the room of that thing, which comes later in the house. */
export interface FileHolder {
  /** Asked at each download: may this person read the thing now, and of it this file? */
  mayRead(userId: string, holder: NonNullable<FileRow['holder']>, fileId: FileRow['_id']): Promise<boolean>;
}

type HolderKind = NonNullable<FileRow['holder']>['kind'];

/** The seats of those rooms; what hangs on a thing without a room is read by nobody. */
@Injectable()
export class FileHolders {
  private readonly holders = new Map<HolderKind, FileHolder>();

  provide(kind: HolderKind, holder: FileHolder): void {
    this.holders.set(kind, holder);
  }

  async mayRead(userId: string, holder: NonNullable<FileRow['holder']>, fileId: FileRow['_id']): Promise<boolean> {
    return (await this.holders.get(holder.kind)?.mayRead(userId, holder, fileId)) ?? false;
  }
}
