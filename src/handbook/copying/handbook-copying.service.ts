import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Problem, forbidden, invalidField } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { HandbookCopied } from '../../contracts/handbook/handbook.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { HandbookPlaces } from '../commons/handbook-places.js';
import { handbookChanged, handbookCopied } from '../handbook.events.js';
import { handbookAbilities, isOld } from '../handbook.policy.js';
import { HandbookTree } from '../handbook-tree.service.js';
import type { PageRow } from '../page.schema.js';
import { type NewPage, PagesRepository, placeOf } from '../pages.repository.js';
import { inOrder, parentOrTop } from '../tree.js';
import { type BroughtFiles, CopiedFiles } from './copied-files.service.js';

/** Pages that are copied in one transaction. */
const A_PIECE = 20;

/** Brings the handbook of an earlier cohort into another one. */
@Injectable()
export class HandbookCopying {
  constructor(
    private readonly pages: PagesRepository,
    private readonly tree: HandbookTree,
    private readonly places: HandbookPlaces,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly actors: ActorsNow,
    private readonly files: CopiedFiles,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /**
   * Staff of both copy its pages, each to its place, with the day on which it was last checked; who keeps a page and is a member here keeps it, for the others whoever copies does. Pages
   * that came before are left as they are, so that it may be done again, or go on where it was cut off. Throws 409 `cohort_closed`, `handbook_full`, 422 `/fromCohortId` `unknown`.
   */
  async copy(actor: CohortActor, fromCohortId: string): Promise<HandbookCopied> {
    mustRun(actor);
    const there = await this.members.actorIn(actor, fromCohortId);
    if (there?.role !== 'staff' || there.cohortId === actor.cohortId) throw unknownCohort();
    const from = idOf(there.cohortId);
    const order = inOrder((await this.pages.titles(from)).map(placeOf)).map(({ id }) => idOf(id));
    const fact = { cohortId: actor.cohortId, fromCohortId: there.cohortId, byId: actor.userId };
    return await this.outbox.around(handbookCopied, fact, async () => {
      const done: HandbookCopied = { copied: 0, there: 0, old: 0, left: 0 };
      for (let at = 0; at < order.length; at += A_PIECE) {
        const piece = await this.pages.some(from, order.slice(at, at + A_PIECE));
        const { copies, left } = await this.bring(actor, there, inTheirOrder(piece, order));
        done.left += left;
        done.copied += copies.length;
        done.there += piece.length - copies.length;
        done.old += copies.filter((page) => isOld(page.checked.at, this.clock.now())).length;
        for (const { _id } of copies.slice(0, 1))
          this.bus.publish(handbookChanged, { cohortId: actor.cohortId, pageId: String(_id) });
      }
      return done;
    });
  }

  /** Some pages, each behind its parent, with their files; those that are there already are left out. What was copied, and how many files found no room. */
  private async bring(
    actor: CohortActor,
    there: CohortActor,
    pages: readonly PageRow[],
  ): Promise<{ copies: NewPage[]; left: number }> {
    const files = await this.files.bring(actor, pages);
    try {
      return { copies: await this.write(actor, there, pages, files), left: files.left };
    } finally {
      // What hangs on a page by now stays.
      await this.files.giveUp(files);
    }
  }

  private async write(
    actor: CohortActor,
    there: CohortActor,
    pages: readonly PageRow[],
    files: BroughtFiles,
  ): Promise<NewPage[]> {
    const [cohortId, byId] = [idOf(actor.cohortId), idOf(actor.userId)];
    const owners = pages.map(({ ownerId }) => String(ownerId));
    const members = new Set(await this.members.among(actor.cohortId, owners));
    return await this.transactions.run(async (session) => {
      await this.mustStill(actor, there, session);
      const places = await this.tree.inTurn(cohortId, session);
      const asked = pages.flatMap(({ _id, parentId }) => [_id, ...(parentId ? [parentId] : [])]);
      const known = await this.pages.copiesOf(cohortId, asked, session);
      const copies: NewPage[] = [];
      for (const page of pages) {
        if (known.has(String(page._id))) continue;
        const parent = page.parentId && known.get(String(page.parentId));
        // Below a page that was deleted here, or moved to the last level, it stands at the top.
        const place = this.tree.last(places, parentOrTop(places, parent ? String(parent) : null));
        const ownerId = members.has(String(page.ownerId)) ? page.ownerId : byId;
        const words = files.words(page);
        const copy = this.copyOf({ ...page, ...words }, { cohortId, ownerId, byId, ...place });
        const attachments = await this.files.take(files, page, copy, session);
        if (attachments.length > 0) copy.attachments = attachments;
        copies.push(copy);
        known.set(String(page._id), copy._id);
        places.push(placeOf(copy));
      }
      if (copies.length > 0) await this.pages.insert(copies, session);
      return copies;
    });
  }

  /** Who copies is of the programme team of both by then: copying files may have taken long. Throws as {@link copy}, 404, 403. */
  private async mustStill(actor: CohortActor, there: CohortActor, session: ClientSession): Promise<void> {
    if (!handbookAbilities(await this.places.now(actor, session)).copy) throw forbidden();
    await this.cohorts.holdAny(idOf(there.cohortId), session);
    const now = await this.actors.asMember(there, session).catch((error: unknown) => {
      if (error instanceof Problem) return null;
      throw error;
    });
    if (now?.role !== 'staff') throw unknownCohort();
  }

  /** What staff locked there they lock here, too: others would edit what was agreed. */
  private copyOf(
    { _id, cohortId, en, fr, enAt, frAt, authorId, checked, locked }: PageRow,
    { byId, ...here }: Pick<NewPage, 'cohortId' | 'ownerId' | 'parentId' | 'order'> & { byId: Types.ObjectId },
  ): NewPage {
    const now = this.clock.now();
    return {
      ...{ _id: newId(), en, fr, enAt, frAt, authorId, checked, createdAt: now },
      ...(locked && { locked: { byId, at: now } }),
      ...{ ...here, copyOf: { cohortId, pageId: _id } },
    };
  }
}

function inTheirOrder(pages: readonly PageRow[], order: readonly Types.ObjectId[]): PageRow[] {
  const places = new Map(order.map((id, at) => [String(id), at]));
  const placeIn = ({ _id }: PageRow) => places.get(String(_id)) ?? 0;
  return [...pages].sort((one, other) => placeIn(one) - placeIn(other));
}

const unknownCohort = () => invalidField('/fromCohortId', 'unknown');
