import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Members } from '../cohorts/members/members.service.js';
import { excerptOf } from '../common/markdown/excerpt.js';
import { idOf } from '../infra/mongo/ids.js';
import { ForumsPresenter } from './forums.presenter.js';
import { mentionedIds, withNames } from './topic.js';

/** Reads what somebody wrote: whom it names, and how it begins in plain words. */
@Injectable()
export class ForumTexts {
  constructor(
    private readonly members: Members,
    private readonly present: ForumsPresenter,
  ) {}

  /** Only members of the cohort count as named; at most 20 of them, or `most`. */
  async read(cohortId: string, body: string, most?: number): Promise<{ mentions: Types.ObjectId[]; excerpt: string }> {
    const named = mentionedIds(body, most);
    const members = named.length > 0 ? await this.members.list(cohortId, { userIds: named }) : [];
    const names = await this.present.names(members.map((member) => member.userId));
    return {
      mentions: members.map((member) => idOf(member.userId)),
      excerpt: excerptOf(withNames(body, names)),
    };
  }
}
