import { Injectable } from '@nestjs/common';
import { People } from '../auth/people.js';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import type { HandbookEntry, HandbookPage } from '../contracts/handbook/handbook.js';
import { COMMONS_PLACE } from '../contracts/limits.js';
import type { Person } from '../contracts/primitives.js';
import { presentAttachment } from '../files/attachment.js';
import { TopicsReader } from '../forums/topics-reader.js';
import { isOld, pageAbilities } from './handbook.policy.js';
import { CommonsTwins } from './commons/commons-twins.js';
import { HandbookPlaces } from './commons/handbook-places.js';
import { PageOrigins } from './origins/page-origins.service.js';
import { titlesOf, wordsOf } from './page-words.js';
import type { PageRow } from './page.schema.js';
import type { PageTitleRow } from './pages.repository.js';

/** Makes replies of rows. */
@Injectable()
export class HandbookPresenter {
  constructor(
    private readonly people: People,
    private readonly places: HandbookPlaces,
    private readonly twins: CommonsTwins,
    private readonly cohorts: CohortsRepository,
    private readonly topics: TopicsReader,
    private readonly origins: PageOrigins,
    private readonly clock: Clock,
  ) {}

  /** A page as somebody sees it. */
  async page(actor: CohortActor, row: PageRow): Promise<HandbookPage> {
    const { edition, ownerId, checked, locked } = row;
    const ids = [row.authorId, ownerId, checked.byId, edition?.byId ?? [], locked?.byId ?? []].flat().map(String);
    const [faces, owning, topic, copiedFrom, twins, origin] = await Promise.all([
      this.people.byId(ids),
      this.places.among(actor.cohortId, [String(ownerId)]),
      row.topicId ? this.topics.whereNow(String(row.topicId)) : null,
      row.copyOf && actor.cohortId !== COMMONS_PLACE ? this.cohorts.byId(row.copyOf.cohortId) : null,
      this.twins.of(actor, row),
      this.origins.shown(actor, row),
    ]);
    const owner = owning.length > 0 ? faceOf(ownerId, faces) : null;
    const done = (deed: { byId: unknown; at: Date }) => ({
      ...{ by: faceOf(String(deed.byId), faces), at: deed.at.toISOString() },
    });
    return {
      ...{ id: String(row._id), parentId: row.parentId ? String(row.parentId) : null },
      ...{ en: wordsOf(row.en), fr: wordsOf(row.fr), attachments: (row.attachments ?? []).map(presentAttachment) },
      ...{ author: faceOf(row.authorId, faces), owner, createdAt: row.createdAt.toISOString() },
      ...{ version: versionOf(row), editedAt: row.editedAt?.toISOString() ?? null },
      editedBy: edition ? faceOf(edition.byId, faces) : null,
      changed: { en: row.enAt?.toISOString() ?? null, fr: row.frAt?.toISOString() ?? null },
      // All cohorts read when it was checked, and not by whom in one of them.
      checked: actor.cohortId === COMMONS_PLACE ? { ...done(checked), by: null } : done(checked),
      ...{ isOld: isOld(checked.at, this.clock.now()) },
      locked: locked ? done(locked) : null,
      topic: topic?.cohortId === actor.cohortId ? { id: topic.id, title: topic.title } : null,
      ...origin,
      ...{ copiedFrom: copiedFrom?.name ?? null, ...twins },
      abilities: pageAbilities(actor, { ownerId: owner?.id ?? null, isLocked: Boolean(locked) }),
    };
  }

  /** Pages of the tree, in the order in which they are given. */
  entries(actor: CohortActor, rows: readonly PageTitleRow[]): HandbookEntry[] {
    const now = this.clock.now();
    return rows.map((row) => ({
      ...{ id: String(row._id), parentId: row.parentId ? String(row.parentId) : null, title: titlesOf(row) },
      ...{ isOld: isOld(row.checked.at, now), isMine: String(row.ownerId) === actor.userId },
    }));
  }
}

/** The number of the version that a page is. */
export const versionOf = ({ edition }: Pick<PageRow, 'edition'>): number => edition?.number ?? 1;

/** A person who was erased has no name any more. */
export function faceOf(id: { toString: () => string }, faces: ReadonlyMap<string, Person>): Person {
  return faces.get(String(id)) ?? { id: String(id), name: '', avatarUrl: null };
}
