import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { within } from '../../common/texts/within.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import type {
  EditPage,
  HandbookPage,
  PageEditedMeanwhile,
  PageHistory,
  PageVersion,
} from '../../contracts/handbook/handbook.js';
import { presentAttachment } from '../../files/attachment.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import { sameFiles } from '../../forums/attachments/attached.js';
import { nextEdition } from '../../forums/history/versions.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { countText } from '../../infra/redis/text-of-day.js';
import { PageAttachments } from '../attachments/page-attachments.service.js';
import { handbookChanged } from '../handbook.events.js';
import { HandbookPresenter, faceOf, versionOf } from '../handbook.presenter.js';
import { LANGUAGES, type InBoth, bytesOfWords, isSame, mergedWords, wordsOf } from '../page-words.js';
import type { PageRow } from '../page.schema.js';
import { PagesRepository } from '../pages.repository.js';
import { PagesService } from '../pages.service.js';
import { PageVersionsRepository } from './page-versions.repository.js';

/** As long as a page may be in one language. */
const MOST = 30_000;

/** New words for a page, and what it said before. */
@Injectable()
export class PageEditing {
  constructor(
    private readonly service: PagesService,
    private readonly pages: PagesRepository,
    private readonly versions: PageVersionsRepository,
    private readonly files: PageAttachments,
    private readonly present: HandbookPresenter,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /**
   * New words and files by any member; the same again are no edit. Where others edited the page since `seen`, both edits stand together. Throws 404, 409 `cohort_closed`, `page_locked`, `edited_meanwhile` where
   * both changed the same paragraph, 422 `/en` `required`, `too_big`, and as {@link PageAttachments.change}, 429 (`text_day_full` as {@link countText}).
   */
  async edit(actor: CohortActor, pageId: string, edit: EditPage): Promise<HandbookPage> {
    const page = await this.service.load(actor, pageId);
    await this.service.demand(actor, page, 'edit');
    await countText(this.limits, actor.userId, `${edit.en?.body ?? ''}${edit.fr?.body ?? ''}`);
    if (await this.transactions.run((session) => this.write(actor, page, edit, session)))
      this.bus.publish(handbookChanged, { cohortId: actor.cohortId, pageId: String(page._id) });
    return await this.service.get(actor, pageId);
  }

  /** False where it says that already. */
  private async write(actor: CohortActor, page: PageRow, edit: EditPage, session: ClientSession): Promise<boolean> {
    const before = await this.service.still(actor, page, 'edit', session);
    const was: InBoth = { en: wordsOf(before.en), fr: wordsOf(before.fr) };
    const words = await this.together(actor, before, was, edit);
    const changed = LANGUAGES.filter((language) => !isSame(was[language], words[language]));
    if (!words.en && !words.fr) throw invalidField('/en', 'required');
    const at = this.clock.now();
    const by = { byId: idOf(actor.userId), why: edit.why ?? null, at };
    const had = before.attachments ?? [];
    const files = edit.attachments && { wanted: edit.attachments, seen: edit.seenAttachments };
    const attachments = files ? await this.files.change(files, before, by.byId, session) : had;
    if (changed.length === 0 && sameFiles(had, attachments)) return false;
    const { edition, goesOn } = nextEdition(before.edition ?? undefined, by);
    const change = {
      ...{ ...words, attachments, edition, editedAt: at },
      ...(changed.includes('en') && { enAt: words.en && at }),
      ...(changed.includes('fr') && { frAt: words.fr && at }),
    };
    if (!(await this.pages.edit(before._id, change, session))) throw notFound();
    const dropped = goesOn ? [] : await this.keep(before, was, session);
    await this.files.release(before._id, [...had, ...dropped], attachments, session);
    return true;
  }

  /** What is replaced stays as a version. Returns the files of those for which there is no room any more. */
  private async keep(before: PageRow, was: InBoth, session: ClientSession): Promise<AttachmentRow[]> {
    const { byId, why } = before.edition ?? { byId: before.authorId, why: null };
    const replaced = { pageId: before._id, number: versionOf(before), byId, why: why ?? null, ...was };
    const attachments = before.attachments ?? [];
    const files = attachments.length > 0 && { attachments };
    const writtenAt = before.editedAt ?? before.createdAt;
    return await this.versions.keep({ ...replaced, ...files, bytes: bytesOfWords(was), writtenAt }, session);
  }

  /** What somebody wrote, with what others wrote since they began. A language of which they say nothing stays. Throws 409 `edited_meanwhile`, 422. */
  private async together(actor: CohortActor, before: PageRow, was: InBoth, edit: EditPage): Promise<InBoth> {
    const words = { ...was };
    const conflicts: PageEditedMeanwhile['conflicts'] = {};
    for (const language of LANGUAGES) {
      const mine = edit[language];
      if (mine === undefined) continue;
      const merged = mergedWords(wordsOf(mine), wordsOf(edit.seen[language]), was[language]);
      if ('conflict' in merged) conflicts[language] = merged.conflict;
      else words[language] = merged.words;
      if ((words[language]?.body.length ?? 0) > MOST)
        throw invalidField(`/${language}/body`, 'too_big', { of: 'string', maximum: MOST });
    }
    if (Object.keys(conflicts).length === 0) return words;
    const both: PageEditedMeanwhile = { now: await this.present.page(actor, before), conflicts };
    throw conflict('edited_meanwhile', 'Somebody changed the same paragraphs meanwhile.', { ...both });
  }

  /** What a page says and said, the newest first, as much as one answer holds. Throws 404. */
  async history(actor: CohortActor, pageId: string): Promise<PageHistory> {
    const page = await this.service.load(actor, pageId);
    const { edition, authorId, attachments, createdAt, editedAt } = page;
    const number = versionOf(page);
    const now = {
      ...{ number, byId: edition?.byId ?? authorId, why: edition?.why ?? null, en: page.en, fr: page.fr },
      ...{ attachments, writtenAt: editedAt ?? createdAt },
    };
    // What was edited a moment ago is not said twice.
    const earlier = (await this.versions.of(page._id)).filter((one) => one.number < number);
    const all = within([now, ...earlier], ({ en, fr }) => (en?.body.length ?? 0) + (fr?.body.length ?? 0));
    const faces = await this.people.byId(all.map(({ byId }) => String(byId)));
    const items = all.map((one): PageVersion => ({
      ...{ number: one.number, by: faceOf(one.byId, faces), at: one.writtenAt.toISOString(), why: one.why ?? null },
      ...{ en: wordsOf(one.en), fr: wordsOf(one.fr), attachments: (one.attachments ?? []).map(presentAttachment) },
    }));
    return { items };
  }
}
