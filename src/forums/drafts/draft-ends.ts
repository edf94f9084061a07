import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../common/times/clock.js';
import { Ends } from '../../infra/queue/ends.js';
import { KEPT_DRAFT } from './draft.js';
import { DraftsRepository } from './drafts.repository.js';
import { ForumDrafts } from './forum-drafts.service.js';

/** So many end in one turn; the next one goes on. */
const AT_ONCE = 100;

/** What somebody began and left is gone after a while, with its uploads. */
@Injectable()
export class DraftEnds implements OnModuleInit {
  constructor(
    private readonly drafts: DraftsRepository,
    private readonly service: ForumDrafts,
    private readonly ends: Ends,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ends.of('drafts of the forum', () => this.turn());
  }

  /** One turn. What is written on in meanwhile stays; uploads that a killed process leaves behind are swept on their own day. */
  async turn(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_DRAFT);
    for (const { userId, key, revision } of await this.drafts.leftBefore(before, AT_ONCE)) {
      const gone = await this.drafts.remove(userId, key, revision);
      if (gone) await this.service.discardFiles(gone);
    }
  }
}
