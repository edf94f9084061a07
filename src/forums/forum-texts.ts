import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Members } from '../cohorts/members/members.service.js';
import { excerptOf } from '../common/markdown/excerpt.js';
import { idOf } from '../infra/mongo/ids.js';
import { ForumsPresenter } from './forums.presenter.js';
import { PostQuotes } from './quotes/post-quotes.service.js';
import { withoutQuoted } from '../common/texts/forum/quote-marks.js';
import { MAX_QUOTED, mentionedIds, withNames } from './topic.js';

/** Reads what somebody wrote: whom it names, and how it begins in plain words. */
@Injectable()
export class ForumTexts {
  constructor(
    private readonly members: Members,
    private readonly present: ForumsPresenter,
    private readonly quotes: PostQuotes,
  ) {}

  /** Only members of the cohort count as named; at most 20 of them, or `most`. It begins with its own words: those of a post that it quotes may go. */
  async read(cohortId: string, body: string, most?: number): Promise<{ mentions: Types.ObjectId[]; excerpt: string }> {
    const names = await this.namesOf(cohortId, mentionedIds(body, most));
    return { mentions: [...names.keys()].map(idOf), excerpt: excerptOf(withNames(withoutQuoted(body), names)) || '…' };
  }

  /** Some texts with the names of those members whom they name, and without the words of posts that are gone. */
  async named(cohortId: string, bodies: readonly string[]): Promise<string[]> {
    const names = await this.namesOf(cohortId, [...new Set(bodies.flatMap((body) => mentionedIds(body, MAX_QUOTED)))]);
    return (await this.quotes.shown(idOf(cohortId), bodies)).map((body) => withNames(body, names));
  }

  private async namesOf(cohortId: string, userIds: readonly string[]): Promise<Map<string, string>> {
    const members = userIds.length > 0 ? await this.members.list(cohortId, { userIds }) : [];
    return await this.present.names(members.map((member) => member.userId));
  }
}
