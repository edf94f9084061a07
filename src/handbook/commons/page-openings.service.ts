import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import { namingOnly, withoutQuotations } from '../../common/texts/forum/own-words.js';
import { Clock } from '../../common/times/clock.js';
import type { OpenPage, PageOpened, PageOpening } from '../../contracts/handbook/handbook-opening.js';
import type { PageWords } from '../../contracts/handbook/handbook.js';
import { COMMONS_PLACE } from '../../contracts/limits.js';
import { presentAttachment } from '../../files/attachment.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { type BroughtFiles, CopiedFiles } from '../copying/copied-files.service.js';
import { handbookChanged } from '../handbook.events.js';
import { pageAbilities } from '../handbook.policy.js';
import { faceOf, versionOf } from '../handbook.presenter.js';
import { HandbookTree } from '../handbook-tree.service.js';
import { type InBoth, wordsOf } from '../page-words.js';
import type { PageRow } from '../page.schema.js';
import { type NewPage, PagesRepository } from '../pages.repository.js';
import { PagesService } from '../pages.service.js';
import { HandbookPlaces } from './handbook-places.js';

const THERE = idOf(COMMONS_PLACE);
const unnamed = (text: string): string => namingOnly(text, () => false);

/** What a page says where nobody is named by a mark, without what it quotes, by marks or typed: a page that was made from a thread of chat is made of quotations. */
export const openWords = (words: PageWords | null): PageWords | null =>
  words && { title: unnamed(words.title), body: unnamed(withoutQuotations(words.body)) };

const wordsFor = ({ en, fr }: Pick<PageRow, 'en' | 'fr'>): InBoth => ({
  ...{ en: openWords(wordsOf(en)), fr: openWords(wordsOf(fr)) },
});

/** Throws 403. */
function mustOpen(actor: CohortActor): void {
  if (!pageAbilities(actor, { ownerId: null, isLocked: false }).open) throw forbidden();
}

/** In whose words it may be, beside those of who edited it. */
function madeFrom({ topicId, origin, copyOf }: PageRow): PageOpening['madeFrom'] {
  if (origin) return origin.kind;
  if (topicId) return 'topic';
  return copyOf ? 'handbook' : null;
}

/** Opens pages of a cohort to the commons: as a copy of what a page says now, with its owner and its files, shown before it is done (docs/adr/0064). */
@Injectable()
export class PageOpenings {
  constructor(
    private readonly service: PagesService,
    private readonly pages: PagesRepository,
    private readonly tree: HandbookTree,
    private readonly places: HandbookPlaces,
    private readonly cohorts: CohortsRepository,
    private readonly actors: ActorsNow,
    private readonly files: CopiedFiles,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /** What would be read there. Throws 404, 403. */
  async standing(actor: CohortActor, pageId: string): Promise<PageOpening> {
    const page = await this.load(actor, pageId);
    const [copy, [owner], faces] = await Promise.all([
      this.pages.copyIn(THERE, page._id),
      this.places.among(COMMONS_PLACE, [String(page.ownerId)]),
      this.people.byId([String(page.ownerId)]),
    ]);
    return {
      ...wordsFor(page),
      attachments: (page.attachments ?? []).map(presentAttachment),
      owner: owner === undefined ? null : faceOf(owner, faces),
      ...{ checkedAt: page.checked.at.toISOString(), madeFrom: madeFrom(page) },
      ...{ version: versionOf(page), editedAt: page.editedAt?.toISOString() ?? null },
      state: copy ? (copy.deletedAt ? 'deleted' : 'there') : 'free',
      commonsPageId: copy && !copy.deletedAt ? String(copy._id) : null,
    };
  }

  /** Opens it, once. Throws 404, 403, 409 `edited_meanwhile`, `deleted_there`, and as {@link HandbookTree.last}. */
  async open(actor: CohortActor, pageId: string, { parentId, ...seen }: OpenPage): Promise<PageOpened> {
    const page = await this.load(actor, pageId);
    const files = await this.files.bring({ ...actor, cohortId: COMMONS_PLACE }, [page]);
    const copyId = newId();
    try {
      const opened = await this.once((session) => this.copy(actor, page, { copyId, parentId, seen, files }, session));
      if (opened.equals(copyId)) this.bus.publish(handbookChanged, { cohortId: COMMONS_PLACE, pageId: String(copyId) });
      this.bus.publish(handbookChanged, { cohortId: actor.cohortId, pageId: String(page._id) });
      return { pageId: String(opened), left: files.left };
    } finally {
      // What hangs on the page by now stays.
      await this.files.giveUp(files);
    }
  }

  private async copy(
    actor: CohortActor,
    { _id, cohortId }: PageRow,
    how: {
      copyId: Types.ObjectId;
      parentId: string | null;
      seen: Omit<OpenPage, 'parentId'>;
      files: BroughtFiles;
    },
    session: ClientSession,
  ): Promise<Types.ObjectId> {
    // Copying its files may have taken long.
    if (!(await this.cohorts.holdAny(cohortId, session))) throw notFound();
    mustOpen(await this.actors.asMember(actor, session));
    const places = await this.tree.inTurn(THERE, session);
    const there = await this.pages.copyIn(THERE, _id, session);
    if (there?.deletedAt) throw conflict('deleted_there', 'It was opened before, and deleted there: restore it there.');
    if (there) return there._id;
    const page = await this.pages.find(cohortId, _id, session);
    if (!page || versionOf(page) !== how.seen.version || (page.editedAt?.toISOString() ?? null) !== how.seen.editedAt)
      throw conflict('edited_meanwhile', 'The page says something else by now than what you saw.');
    const below = how.parentId === null ? null : (toId(how.parentId)?.toHexString() ?? how.parentId);
    const [owner = null] = await this.places.among(COMMONS_PLACE, [String(page.ownerId)]);
    if (owner !== how.seen.ownerId)
      throw conflict('edited_meanwhile', 'Another keeps the page by now than what you saw.');
    const { enAt, frAt, checked, locked } = page;
    const [byId, now] = [idOf(actor.userId), this.clock.now()];
    const copy: NewPage = {
      ...{ _id: how.copyId, cohortId: THERE, ...this.tree.last(places, below) },
      ...{ ...wordsFor({ ...page, ...how.files.words(page) }), enAt, frAt, createdAt: now },
      ...{ authorId: byId, ownerId: owner === null ? byId : page.ownerId },
      // The day of the check goes along; who checked it in the cohort does not.
      ...{ checked: { byId, at: checked.at }, ...(locked && { locked: { byId, at: now } }) },
      copyOf: { cohortId, pageId: _id },
    };
    const attachments = await this.files.take(how.files, page, copy, session);
    await this.pages.insert([attachments.length > 0 ? { ...copy, attachments } : copy], session);
    return copy._id;
  }

  private async load(actor: CohortActor, pageId: string): Promise<PageRow> {
    const page = await this.service.load(actor, pageId);
    mustOpen(actor);
    return page;
  }

  /** Opened twice at once, the second finds what the first did. */
  private async once(work: (session: ClientSession) => Promise<Types.ObjectId>): Promise<Types.ObjectId> {
    try {
      return await this.transactions.run(work);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return await this.transactions.run(work);
    }
  }
}
