import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { People } from '../../auth/people.js';
import { OneByOne } from '../../common/one-by-one.js';
import { notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { Locale } from '../../contracts/primitives.js';
import { type ZipEntry, zipOf } from '../../infra/files/zip-stream.js';
import { idOf } from '../../infra/mongo/ids.js';
import { LongTexts } from '../../infra/threads/long-texts.js';
import { HandbookPlaces } from '../commons/handbook-places.js';
import { versionOf } from '../handbook.presenter.js';
import { LANGUAGES, titlesOf, wordsOf } from '../page-words.js';
import type { PageRow } from '../page.schema.js';
import { PagesRepository, placeOf } from '../pages.repository.js';
import { inOrder } from '../tree.js';
import { ExportedFiles } from './exported-files.service.js';
import { withFilesOfArchive } from './page-attachment-links.js';
import { filesOf, markdownFile } from './page-files.js';

/** Pages whose texts are read at once. */
const A_PIECE = 20;

/** A handbook as a file: some pages at a time, so that a long one needs no more memory than a short one, and one file of a person after the other. Whether its reader is a member is asked again for each piece. */
@Injectable()
export class HandbookExports {
  private readonly exports = new OneByOne();

  constructor(
    private readonly pages: PagesRepository,
    private readonly places: HandbookPlaces,
    private readonly people: People,
    private readonly texts: LongTexts,
    private readonly files: ExportedFiles,
    private readonly clock: Clock,
  ) {}

  /** The name of the place, for who reads there. Throws 404. */
  async nameFor(userId: string, cohortId: string, locale: Locale): Promise<string> {
    await this.mustBelong(userId, cohortId);
    const name = await this.places.nameOf(cohortId, locale);
    if (name === null) throw notFound();
    return name;
  }

  /** All pages as Markdown with front matter, in folders by the tree, with their files, zipped. */
  markdown(userId: string, cohortId: string): AsyncGenerator<Buffer> {
    return this.inLine(userId, cohortId, zipOf(this.entries(userId, cohortId)));
  }

  /** All pages as one page that needs nothing else, in one language; in the other what is in that alone. Of its files it holds the images, as small ones; the others it leads to. */
  html(userId: string, cohortId: string, cohort: string, locale: Locale): AsyncGenerator<string> {
    return this.inLine(userId, cohortId, this.pagesAsHtml(userId, cohortId, cohort, locale));
  }

  /** The pieces of one file of a person after those of the one before. */
  private inLine<Piece>(userId: string, cohortId: string, pieces: AsyncGenerator<Piece>): AsyncGenerator<Piece> {
    return this.exports.of(userId, pieces, () => this.mustBelong(userId, cohortId));
  }

  private async *entries(userId: string, cohortId: string): AsyncGenerator<ZipEntry> {
    const order = await this.order(cohortId);
    const read = this.inPieces(userId, cohortId, order);
    const brought = new Set<string>();
    for (const { pageId, language, path } of filesOf(order)) {
      const page = await read(pageId);
      const text = page ? fileOf(page, language, path) : '';
      yield { path, changedAt: this.clock.now(), isPacked: true, bytes: () => Readable.from([text]) };
      if (!page || brought.has(pageId)) continue;
      brought.add(pageId);
      yield* this.files.entriesOf(page.row);
    }
  }

  private async *pagesAsHtml(userId: string, cohortId: string, cohort: string, locale: Locale): AsyncGenerator<string> {
    const { BODY, htmlHead, htmlPage } = await import('./handbook-html.js');
    const order = await this.order(cohortId);
    const levels = new Map<string | null, number>([[null, -1]]);
    for (const { id, parentId } of order) levels.set(id, (levels.get(parentId) ?? -1) + 1);
    const levelOf = (id: string) => levels.get(id) ?? 0;
    const list = order.map(({ id, title }) => ({
      ...{ id, level: levelOf(id), title: title[locale] ?? title.en ?? title.fr ?? '' },
    }));
    yield htmlHead(cohort, list, { locale, at: this.clock.now() });
    const read = this.inPieces(userId, cohortId, order);
    const files = this.files.forOnePage();
    for (const { id } of order) {
      const page = await read(id);
      const words = page?.words[locale] ?? page?.words.en ?? page?.words.fr;
      if (!page || !words) continue;
      const language = words === page.words.en ? 'en' : 'fr';
      const body = await files.shown(await this.texts.read(BODY, words.body), page.row);
      const { owner, checkedAt } = page;
      yield htmlPage({ id, level: levelOf(id), language, words, owner, checkedAt }, body, locale);
    }
    yield '</html>\n';
  }

  private async order(cohortId: string) {
    const rows = await this.pages.titles(idOf(cohortId));
    return inOrder(rows.map((row) => ({ ...placeOf(row), title: titlesOf(row) })));
  }

  /** Reads pages in their order, a piece with one question each; null for one that is gone meanwhile. Throws 404 for who is no member any more. */
  private inPieces(userId: string, cohortId: string, order: readonly { id: string }[]) {
    let piece = new Map<string, PageToWrite>();
    let end = 0;
    return async (pageId: string): Promise<PageToWrite | null> => {
      while (!piece.has(pageId) && end < order.length && order.findIndex(({ id }) => id === pageId) >= end) {
        const ids = order.slice(end, end + A_PIECE).map(({ id }) => id);
        end += ids.length;
        await this.mustBelong(userId, cohortId);
        piece = await this.read(cohortId, ids);
      }
      return piece.get(pageId) ?? null;
    };
  }

  private async mustBelong(userId: string, cohortId: string): Promise<void> {
    if (!(await this.places.isReader(cohortId, userId))) throw notFound();
  }

  private async read(cohortId: string, ids: readonly string[]): Promise<Map<string, PageToWrite>> {
    const rows = await this.pages.some(idOf(cohortId), ids.map(idOf));
    const owners = rows.map(({ ownerId }) => String(ownerId));
    const [faces, owning] = await Promise.all([this.people.byId(owners), this.places.among(cohortId, owners)]);
    const nameOf = (id: string) => (owning.includes(id) ? (faces.get(id)?.name ?? null) : null);
    return new Map(rows.map((row) => [String(row._id), toWrite(row, nameOf(String(row.ownerId)))]));
  }
}

interface PageToWrite {
  row: PageRow;
  words: Record<Locale, ReturnType<typeof wordsOf>>;
  owner: string | null;
  checkedAt: Date;
}

const toWrite = (row: PageRow, owner: string | null): PageToWrite => ({
  ...{ row, owner, checkedAt: row.checked.at },
  words: { en: wordsOf(row.en), fr: wordsOf(row.fr) },
});

function fileOf({ row, words, owner, checkedAt }: PageToWrite, language: Locale, path: string): string {
  const said = words[language];
  if (!said) return '';
  const instant = (at: Date | null | undefined) => at?.toISOString() ?? null;
  const body = withFilesOfArchive(said.body, path, row.attachments ?? []);
  return markdownFile(
    { ...said, body },
    {
      ...{ id: String(row._id), parent: row.parentId ? String(row.parentId) : null, language },
      languages: LANGUAGES.filter((one) => words[one]).join(', '),
      ...{ owner, version: versionOf(row), created: instant(row.createdAt), edited: instant(row.editedAt) },
      ...{ checked: instant(checkedAt), topic: row.topicId ? String(row.topicId) : null },
    },
  );
}
