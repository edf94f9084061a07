import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { Attach } from '../../contracts/files.js';
import { Attaching } from '../../files/attaching.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import { type FileHolder, FileHolders } from '../../files/file-holders.js';
import type { FileRow } from '../../files/file.schema.js';
import { allFiles, lostFiles } from '../../forums/attachments/attached.js';
import { settledFiles } from '../../forums/attachments/settled.js';
import { HandbookPlaces } from '../commons/handbook-places.js';
import { PageVersionsRepository } from '../history/page-versions.repository.js';
import type { PageRow } from '../page.schema.js';
import { PagesRepository } from '../pages.repository.js';

type Place = Pick<PageRow, '_id' | 'cohortId'>;

/** The files of pages, for both languages. Who may read the page opens them, nobody while it is deleted. Those that an edit took out stay with the version that showed them. */
@Injectable()
export class PageAttachments implements FileHolder {
  constructor(
    holders: FileHolders,
    private readonly places: HandbookPlaces,
    private readonly pages: PagesRepository,
    private readonly versions: PageVersionsRepository,
    private readonly attaching: Attaching,
  ) {
    holders.provide('page', this);
  }

  async mayRead(userId: string, { id, placeId }: NonNullable<FileRow['holder']>): Promise<boolean> {
    if (!(await this.places.isReader(String(placeId), userId))) return false;
    return (await this.pages.find(placeId, id)) !== null;
  }

  /** Hangs uploads of who writes, or brings them, on a new page, in the transaction that writes it. Throws 422 `/attachments/<n>/fileId` `unknown`. */
  async take(
    wanted: readonly Attach[],
    page: Place,
    ownerId: Types.ObjectId,
    session: ClientSession,
  ): Promise<AttachmentRow[]> {
    return await this.settle(wanted, [], page, ownerId, session);
  }

  /** The files of a page as who edits it wants them, with what others changed since `seen`: those that it has or had, and new uploads of theirs. Throws as `take`, and 422 `/attachments` `too_big`. */
  async change(
    { wanted, seen }: { wanted: readonly Attach[]; seen: readonly Attach[] | undefined },
    page: Place & Pick<PageRow, 'attachments'>,
    ownerId: Types.ObjectId,
    session: ClientSession,
  ): Promise<AttachmentRow[]> {
    const had = page.attachments ?? [];
    const earlier = await this.versions.filesOf([page._id], session);
    return await this.settle(allFiles(wanted, seen, had), [...earlier, ...had], page, ownerId, session);
  }

  /** Lets go of what neither a page nor a version of it shows any more. `before`: all that may be so. */
  async release(
    pageId: Types.ObjectId,
    before: readonly AttachmentRow[],
    after: readonly AttachmentRow[],
    session: ClientSession,
  ): Promise<void> {
    if (lostFiles(before, after).length === 0) return;
    const earlier = await this.versions.filesOf([pageId], session);
    await this.attaching.release(lostFiles(before, [...after, ...earlier]), session);
  }

  /** Pages end for good, with what they showed and show. */
  async releaseAll(pages: readonly Pick<PageRow, '_id' | 'attachments'>[], session: ClientSession): Promise<void> {
    const ids = pages.map(({ _id }) => _id);
    const all = [
      ...(await this.versions.filesOf(ids, session)),
      ...pages.flatMap(({ attachments = [] }) => attachments),
    ];
    await this.attaching.release(lostFiles(all, []), session);
  }

  private async settle(
    wanted: readonly Attach[],
    had: readonly AttachmentRow[],
    { _id, cohortId }: Place,
    ownerId: Types.ObjectId,
    session: ClientSession,
  ): Promise<AttachmentRow[]> {
    const holder = { kind: 'page' as const, id: _id, placeId: cohortId };
    return await settledFiles(this.attaching, { wanted, had, writer: { ownerId, cohortId }, holder }, session);
  }
}
