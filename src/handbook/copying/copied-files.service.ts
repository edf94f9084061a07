import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { Problem } from '../../common/problem.js';
import type { PageWords } from '../../contracts/handbook/handbook.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import { FileCopies } from '../../files/file-copies.js';
import type { FileRow } from '../../files/file.schema.js';
import { idOf } from '../../infra/mongo/ids.js';
import { PageAttachments } from '../attachments/page-attachments.service.js';
import { wordsOf } from '../page-words.js';
import type { PageRow } from '../page.schema.js';
import { PagesRepository } from '../pages.repository.js';

/** Copies of files that wait to hang on copies of pages. */
export class BroughtFiles {
  /** How many found no room. */
  left = 0;
  private readonly rows = new Map<string, FileRow>();

  constructor(readonly ownerId: Types.ObjectId) {}

  add(fileId: Types.ObjectId, copy: FileRow): void {
    this.rows.set(String(fileId), copy);
  }

  of(fileId: Types.ObjectId): FileRow | undefined {
    return this.rows.get(String(fileId));
  }

  all(): FileRow[] {
    return [...this.rows.values()];
  }

  /** What a page says, with the addresses of the copies in the place of those of its files. */
  words({ en, fr }: Pick<PageRow, 'en' | 'fr'>): { en: PageWords | null; fr: PageWords | null } {
    const led = (words: PageWords | null): PageWords | null =>
      words && {
        ...words,
        body: words.body.replace(/(\/files\/uploads\/)([0-9a-f]{24})/g, (all, path: string, id: string) => {
          const copy = this.rows.get(id);
          return copy ? `${path}${String(copy._id)}` : all;
        }),
      };
    return { en: led(wordsOf(en)), fr: led(wordsOf(fr)) };
  }
}

/** The files of pages that are copied into another handbook. There they count for the cohort, and for no person. */
@Injectable()
export class CopiedFiles {
  constructor(
    private readonly pages: PagesRepository,
    private readonly copies: FileCopies,
    private readonly attachments: PageAttachments,
  ) {}

  /** Copies the files of those pages that did not come before. Where the cohort has no room, a page comes without them. */
  async bring(actor: CohortActor, pages: readonly PageRow[]): Promise<BroughtFiles> {
    const whose = { ownerId: idOf(actor.userId), cohortId: idOf(actor.cohortId), imported: true };
    const brought = new BroughtFiles(whose.ownerId);
    const withFiles = pages.filter(({ attachments = [] }) => attachments.length > 0);
    if (withFiles.length === 0) return brought;
    const known = await this.pages.copiesOf(
      whose.cohortId,
      withFiles.map(({ _id }) => _id),
    );
    for (const { _id, attachments = [] } of withFiles) {
      if (known.has(String(_id))) continue;
      for (const { fileId } of attachments) {
        const copy = await this.copies.of(fileId, whose).catch((error: unknown) => {
          if (error instanceof Problem && error.code === 'storage_full') return null;
          throw error;
        });
        if (copy) brought.add(fileId, copy);
        else brought.left += 1;
      }
    }
    return brought;
  }

  /** Hangs what was brought for a page on its copy, in the transaction that writes it. */
  async take(
    brought: BroughtFiles,
    { attachments = [] }: Pick<PageRow, 'attachments'>,
    copy: Pick<PageRow, '_id' | 'cohortId'>,
    session: ClientSession,
  ): Promise<AttachmentRow[]> {
    const wanted = attachments.flatMap(({ fileId, alt }) => {
      const file = brought.of(fileId);
      return file ? [{ fileId: String(file._id), alt }] : [];
    });
    return await this.attachments.take(wanted, copy, brought.ownerId, session);
  }

  /** Throws away what hangs on nothing. */
  async giveUp(brought: BroughtFiles): Promise<void> {
    await this.copies.giveUp(brought.all());
  }
}
