import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, Types } from 'mongoose';
import type { Instead } from '../../infra/mongo/in-place.js';
import type { PostRow } from '../post.schema.js';
import type { TopicRow } from '../topic.schema.js';

const A_PAGE = 100;

/**
 * Puts people in the place of those who stand for them in a forum: as authors, and where they are named. Who comes is read from the rows as they are, so a run that was
 * killed goes on where it was, and one more changes nothing.
 */
@Injectable()
export class ImportedPeopleOfForum {
  constructor(
    @InjectModel('Topic') private readonly topics: Model<TopicRow>,
    @InjectModel('Post') private readonly posts: Model<PostRow>,
  ) {}

  async putInPlace(cohortId: Types.ObjectId, instead: Instead): Promise<void> {
    for (const [hex, person] of instead) await this.put(cohortId, hex, person);
  }

  private async put(cohortId: Types.ObjectId, hex: string, person: Types.ObjectId): Promise<void> {
    const old = new Types.ObjectId(hex);
    await this.rename(cohortId, old, person);
    await this.posts.updateMany({ cohortId, authorId: old }, { $set: { authorId: person } });
    await this.topics.updateMany({ cohortId, authorId: old }, { $set: { authorId: person } });
    await this.topics.updateMany({ cohortId, lastAuthorId: old }, { $set: { lastAuthorId: person } });
    await this.recount(cohortId, person);
  }

  /** Texts that name them, some at a time: there may be more than memory holds. One that is edited meanwhile is looked at by the next run. */
  private async rename(cohortId: Types.ObjectId, old: Types.ObjectId, person: Types.ObjectId): Promise<void> {
    const found = this.posts
      .find({ cohortId, mentions: old }, { body: 1, mentions: 1 })
      .lean<Pick<PostRow, '_id' | 'body' | 'mentions'>[]>()
      .cursor({ batchSize: A_PAGE });
    let page: NamingRow[] = [];
    const flush = async () => {
      if (page.length > 0) await this.posts.bulkWrite(page.map(renamed(old, person)), { ordered: false });
      page = [];
    };
    for await (const row of found) if (page.push(row) === A_PAGE) await flush();
    await flush();
  }

  /** How many posts of their topics are by others: what they answered there as themself is not any more. */
  private async recount(cohortId: Types.ObjectId, authorId: Types.ObjectId): Promise<void> {
    const rows = await this.topics
      .find({ cohortId, authorId, imported: { $gt: 0 } }, { posts: 1, others: 1 })
      .lean<Pick<TopicRow, '_id' | 'posts' | 'others'>[]>();
    for (const { _id, posts, others } of rows) {
      const now = await this.posts.countDocuments({ topicId: _id, deletedAt: null, authorId: { $ne: authorId } });
      if (now !== others) await this.topics.updateOne({ _id, posts, others }, { $set: { others: now } });
    }
  }
}

type NamingRow = Pick<PostRow, '_id' | 'body' | 'mentions'>;

const renamed =
  (old: Types.ObjectId, person: Types.ObjectId) =>
  ({ _id, body, mentions }: NamingRow) => ({
    updateOne: {
      filter: { _id, body: body ?? null },
      update: {
        $set: {
          body: body?.replaceAll(`<@${String(old)}>`, `<@${String(person)}>`) ?? null,
          mentions: [
            ...new Map(mentions.map((id) => (id.equals(old) ? person : id)).map((id) => [String(id), id])).values(),
          ],
        },
      },
    },
  });
