import { Injectable } from '@nestjs/common';
import { Clock } from '../common/times/clock.js';
import type { Locale } from '../contracts/primitives.js';
import { toId } from '../infra/mongo/ids.js';
import { isOld } from './handbook.policy.js';
import { PagesRepository, placeOf } from './pages.repository.js';
import { inOrder } from './tree.js';

/** Handbooks for the rooms after this one. It checks nobody's rights. */
@Injectable()
export class HandbookReader {
  constructor(
    private readonly pages: PagesRepository,
    private readonly clock: Clock,
  ) {}

  /** What the pages of a cohort are called in a language, else in the other one, each before those below it. */
  async titles(cohortId: string, locale: Locale): Promise<string[]> {
    const id = toId(cohortId);
    const rows = id ? await this.pages.titles(id) : [];
    const named = rows.map((row) => ({ ...placeOf(row), title: (row[locale] ?? row.en ?? row.fr)?.title ?? '' }));
    return inOrder(named).map(({ title }) => title);
  }

  /** Who keeps pages of a cohort that came from another one: how many, and how many of them may be out of date. */
  async copiedTo(cohortId: string, fromCohortId: string): Promise<Map<string, { pages: number; old: number }>> {
    const [to, from] = [toId(cohortId), toId(fromCohortId)];
    const kept = new Map<string, { pages: number; old: number }>();
    if (!to || !from) return kept;
    const now = this.clock.now();
    for (const { ownerId, checked, copyOf } of await this.pages.titles(to)) {
      if (!copyOf?.cohortId.equals(from)) continue;
      const before = kept.get(String(ownerId)) ?? { pages: 0, old: 0 };
      kept.set(String(ownerId), {
        ...{ pages: before.pages + 1, old: before.old + (isOld(checked.at, now) ? 1 : 0) },
      });
    }
    return kept;
  }
}
