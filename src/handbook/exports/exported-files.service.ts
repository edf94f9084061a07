import { Inject, Injectable } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';
import { Problem } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import type { FileRow } from '../../files/file.schema.js';
import { FilesService } from '../../files/files.service.js';
import type { ZipEntry } from '../../infra/files/zip-stream.js';
import type { PageRow } from '../page.schema.js';
import { pathInArchive } from './page-attachment-links.js';

type WithFiles = Pick<PageRow, '_id' | 'attachments'>;

/** One page holds no more of images than this, in bytes: to those beyond it leads. */
const MOST = 40_000_000;

const SHOWN = /(<img\b[^>]*? src=")\/files\/uploads\/([0-9a-f]{24})(?:\/small|\/large)?(?=")/g;

/** The files of pages, for who exports them. Whether they may is asked by who asks for this. */
@Injectable()
export class ExportedFiles {
  constructor(
    private readonly files: FilesService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Those of a page, in an archive: mostly packed already, as pictures are. */
  async *entriesOf({ _id, attachments = [] }: WithFiles): AsyncGenerator<ZipEntry> {
    for (const file of attachments) {
      const row = await this.held(_id, file);
      if (!row) continue;
      yield { path: pathInArchive(file), changedAt: row.since, isPacked: false, bytes: () => this.bytesOf(row) };
    }
  }

  /** For pages that are put together as one, which holds so many of their images. */
  forOnePage() {
    let room = MOST;
    const addresses = new Map<string, string>();
    const imageOf = async (page: WithFiles, file: AttachmentRow): Promise<string | null> => {
      const row = file.kind === 'image' ? await this.held(page._id, file) : null;
      const bytes = row && room > 0 ? await this.small(row) : null;
      if (!bytes || bytes.length > room) return null;
      room -= bytes.length;
      return `data:image/webp;base64,${bytes.toString('base64')}`;
    };
    const origin = new URL(this.config.PUBLIC_URL).origin;
    return {
      /** The HTML of a page with its images in it: those that it shows in their places, the other files below. */
      shown: async (html: string, page: WithFiles): Promise<string> => {
        const files = page.attachments ?? [];
        for (const file of files) {
          const image = await imageOf(page, file);
          if (image) addresses.set(String(file.fileId), image);
        }
        const placed = new Set<string>();
        const body = html.replace(SHOWN, (all, open: string, id: string) => {
          placed.add(id);
          const address = addresses.get(id);
          return address ? `${open}${address}` : `${open}${origin}${all.slice(open.length)}`;
        });
        const rest = files.filter(({ fileId }) => !placed.has(String(fileId)));
        const below = rest.map((file) => {
          const image = addresses.get(String(file.fileId));
          const name = escaped(file.name);
          const link = `<a href="${origin}/files/uploads/${String(file.fileId)}">${name}</a>`;
          return image
            ? `<figure><img src="${image}" alt="${escaped(file.alt)}"><figcaption>${escaped(file.alt) || name}</figcaption></figure>`
            : `<p>${link}</p>`;
        });
        addresses.clear();
        return `${body}${below.join('')}`;
      },
    };
  }

  private async held(pageId: PageRow['_id'], { fileId }: Pick<AttachmentRow, 'fileId'>): Promise<FileRow | null> {
    return await this.files.heldBy(fileId, { kind: 'page', id: pageId }).catch((error: unknown) => {
      if (error instanceof Problem) return null;
      throw error;
    });
  }

  private async small(row: FileRow): Promise<Buffer | null> {
    const stream = await this.files.open(row, 'small');
    return stream && (await buffer(stream));
  }

  private async *bytesOf(row: FileRow): AsyncGenerator<Uint8Array> {
    const stream = await this.files.open(row, 'original');
    if (stream) yield* stream as AsyncIterable<Uint8Array>;
  }
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
