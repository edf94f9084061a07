import { Injectable } from '@nestjs/common';
import { idOf } from '../../infra/mongo/ids.js';
import type { WishRow } from './wish.schema.js';
import { WishesRepository } from './wishes.repository.js';

/** A wish as the rooms after this one see it, with who wants it. */
export interface WishFacts {
  id: string;
  cohortId: string;
  subject: string;
  workshopId: string;
  wanting: string[];
}

/** What notifications ask about wishes. No rights are checked here: callers do. */
@Injectable()
export class WishesReader {
  constructor(private readonly wishes: WishesRepository) {}

  /** A planned wish; null for every other one. */
  async toTell(wishId: string): Promise<WishFacts | null> {
    const row = await this.wishes.byId(idOf(wishId));
    return row?.state === 'planned' && row.workshopId ? await this.factsOf(row, row.workshopId.toHexString()) : null;
  }

  private async factsOf({ _id, cohortId, subject }: WishRow, workshopId: string): Promise<WishFacts> {
    const said = await this.wishes.saidTo(_id);
    return {
      id: String(_id),
      cohortId: String(cohortId),
      subject,
      workshopId,
      wanting: said.filter((one) => one.side === 'want').map((one) => one.userId),
    };
  }
}
