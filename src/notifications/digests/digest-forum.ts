import { Injectable } from '@nestjs/common';
import type { Profile } from '../../auth/users.repository.js';
import type { MemberRef } from '../../cohorts/members/members.service.js';
import { formatDate } from '../../common/times/instants.js';
import { dayOf } from '../../common/times/zoned.js';
import { type DigestAnswer, type DigestQuestion, ForumDigests } from '../../forums/digest/forum-digests.js';
import { fill } from '../words/words.js';
import type { DigestItem } from './digest-items.js';
import { digestWordsOf } from './digest-words.js';

const MOST = 3;

/** What digests take from the forums: the best answers, and the questions that wait for what their reader gives. */
@Injectable()
export class DigestForum {
  constructor(private readonly forums: ForumDigests) {}

  /** `besides`: questions with this tag are named elsewhere in the same digest. */
  async of(
    reader: Profile,
    memberships: readonly MemberRef[],
    since: Date,
    besides: string | null,
  ): Promise<{ answers: DigestItem[]; questions: DigestItem[] }> {
    const member = { userId: String(reader._id), gives: reader.gives, since, besides };
    const found = await Promise.all(memberships.map(({ cohortId }) => this.forums.of(cohortId, member)));
    return {
      answers: found.flatMap(({ answers }) => answers.map((one) => answerItem(one, reader))).slice(0, MOST),
      questions: found.flatMap(({ questions }) => questions.map((one) => questionItem(one, reader))).slice(0, MOST),
    };
  }
}

function answerItem({ cohortId, topicId, number, title, by, text }: DigestAnswer, { locale }: Profile): DigestItem {
  return {
    title,
    body: by === '' ? text : fill(digestWordsOf(locale).answered, locale, { by, text }),
    link: `/c/${cohortId}/forum/${topicId}#post-${number}`,
    stop: { what: 'section', section: 'answers' },
  };
}

function questionItem(
  { cohortId, topicId, title, by, askedAt, gives }: DigestQuestion,
  { locale, timeZone }: Profile,
): DigestItem {
  const on = formatDate(dayOf(askedAt, timeZone), locale);
  return {
    title,
    body: fill(digestWordsOf(locale).gives, locale, { by, on, skill: gives }),
    link: `/c/${cohortId}/forum/${topicId}`,
    stop: { what: 'section', section: 'questions' },
  };
}
