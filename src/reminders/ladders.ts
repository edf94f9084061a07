import { Injectable } from '@nestjs/common';
import { BatchPerKey } from '../common/batch-per-key.js';
import { toIds } from '../infra/mongo/ids.js';
import type { NoticeParams } from '../notifications/notification.schema.js';
import { LADDER, type Ladder, type Rung, ladderWith, leadOf } from './ladder.js';
import { LaddersRepository } from './ladders.repository.js';

/** A ladder as it holds, and which change of it that is (0: none). */
export interface KnownLadder {
  revision: number;
  ladder: Ladder;
}

const USUAL: KnownLadder = { revision: 0, ladder: LADDER };

/** The ladders by which cohorts are reminded, as they are now. */
@Injectable()
export class Ladders {
  private readonly reads = new BatchPerKey<string, KnownLadder>((_, cohortIds) => this.inOrder(cohortIds));

  constructor(private readonly ladders: LaddersRepository) {}

  /** Of some cohorts, by id. */
  async of(cohortIds: readonly string[]): Promise<Map<string, KnownLadder>> {
    const distinct = [...new Set(cohortIds)];
    const rows = new Map((await this.ladders.of(toIds(distinct))).map((row) => [String(row._id), row]));
    return new Map(
      distinct.map((id) => {
        const row = rows.get(id);
        return [id, row ? { revision: row.revision, ladder: ladderWith(row.rungs) } : USUAL];
      }),
    );
  }

  /** Of one cohort; those asked for while others are being read are read together. */
  async ofOne(cohortId: string): Promise<Ladder> {
    return (await this.reads.ask('ladders', cohortId)).ladder;
  }

  private async inOrder(cohortIds: readonly string[]): Promise<KnownLadder[]> {
    const known = await this.of(cohortIds);
    return cohortIds.map((id) => known.get(id) ?? USUAL);
  }
}

/** The params of a notice as a rung of a ladder says it: how long before, and in whose words. */
export const saidBy = (params: NoticeParams, rung: Rung): NoticeParams => ({
  ...params,
  lead: leadOf(rung),
  ...(rung.text && { ownEn: rung.text.en, ownFr: rung.text.fr }),
});
