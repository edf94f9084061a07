import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Members } from '../../cohorts/members/members.service.js';
import { type Profile, UsersRepository } from '../../auth/users.repository.js';
import { notFound } from '../../common/problem.js';
import type { Inbox } from '../../contracts/notifications/notifications.js';
import type { Person } from '../../contracts/primitives.js';
import { isMention, isWaiting } from '../../contracts/notifications/waiting.js';
import { Clock } from '../../common/times/clock.js';
import type { TimePlace } from '../../infra/mongo/time-place.js';
import { type Belonging, belongingOf } from '../belonging.js';
import { type InboxList, InboxRows, type UnreadRow } from './inbox-rows.repository.js';
import type { NotificationRow } from './notification.schema.js';
import { Reach } from './reach.js';
import { ToldWords } from './told-words.js';

/** So many rows are looked at in one go where some were hidden, and for a page so often: however much is hidden, a page costs no more. */
const A_LOOK = 200;
const LOOKS = 5;
const MAX_COUNTED = 100;

/** Whose inbox it is, and what of it may be theirs. */
export interface InboxReader {
  reader: Profile;
  belonging: Belonging;
}

/** A page of notices; `next`: after this row there may be more. */
export interface NoticePage {
  rows: NotificationRow[];
  /** Of those whose acts they tell, by id. */
  faces: ReadonlyMap<string, Person>;
  next: TimePlace | null;
}

/** The notices that a person may read now, in the words that they have now: the one way to the inbox, its count, and what devices still show. */
@Injectable()
export class ReadableNotices {
  constructor(
    private readonly users: UsersRepository,
    private readonly members: Members,
    private readonly clock: Clock,
    private readonly inbox: InboxRows,
    private readonly reach: Reach,
    private readonly words: ToldWords,
  ) {}

  /** Throws 404 for nobody. */
  async readerOf(userId: Types.ObjectId): Promise<InboxReader> {
    const [reader, memberships] = await Promise.all([
      this.users.profile(userId),
      this.members.ofPerson(String(userId)),
    ]);
    if (!reader) throw notFound();
    return { reader, belonging: belongingOf(memberships, { isAdmin: reader.isAdmin }) };
  }

  /** A page of one of the lists. It may be short, and `next` be there all the same, where very many before it are hidden. */
  async page(
    { reader, belonging }: InboxReader,
    list: Omit<InboxList, 'now'>,
    { after, limit }: { after: TimePlace | null; limit: number },
  ): Promise<NoticePage> {
    const at = { ...list, now: this.clock.now() };
    const ask = (place: TimePlace | null, most: number) =>
      this.inbox.page(reader._id, belonging, at, { after: place, limit: most });
    const { found, left } = await this.gather(ask, after, { enough: limit + 1, looks: LOOKS });
    const shown = found.slice(0, limit);
    const [rows, faces] = await Promise.all([
      this.words.now(shown).then((said) => this.words.withConversations(said, reader.locale)),
      this.words.facesOf(shown),
    ]);
    const last = rows.at(-1);
    return { rows, faces, next: found.length > limit && last ? placeOf(last) : left };
  }

  /** How many are unread, exact to 100, however many are hidden: a count that is too small says that nothing waits. */
  async unread(mine: InboxReader): Promise<Pick<Inbox, 'unread' | 'unreadOf'>> {
    const rows = await this.unreadRows(mine, MAX_COUNTED);
    return {
      unread: rows.length,
      unreadOf: {
        waiting: rows.filter(({ kind }) => isWaiting(kind)).length,
        mentions: rows.filter(({ kind }) => isMention(kind)).length,
      },
    };
  }

  /** The newest unread ones. */
  async unreadIds(mine: InboxReader, most: number): Promise<string[]> {
    return (await this.unreadRows(mine, most)).map(({ _id }) => String(_id));
  }

  private async unreadRows({ reader, belonging }: InboxReader, most: number): Promise<UnreadRow[]> {
    const now = this.clock.now();
    const ask = (place: TimePlace | null, limit: number) =>
      this.inbox.unread(reader._id, belonging, now, { after: place, limit });
    const { found } = await this.gather(ask, null, { enough: most, looks: Infinity });
    return found.slice(0, most);
  }

  /** Looks on until enough are found that may be read. `left`: where it stopped before the end. */
  private async gather<Row extends Parameters<Reach['readable']>[0][number] & InboxRow>(
    ask: (after: TimePlace | null, limit: number) => Promise<Row[]>,
    after: TimePlace | null,
    { enough, looks }: { enough: number; looks: number },
  ): Promise<{ found: Row[]; left: TimePlace | null }> {
    const found: Row[] = [];
    let place = after;
    for (let look = 0; look < looks; look += 1) {
      const limit = look === 0 ? enough : A_LOOK;
      const rows = await ask(place, limit);
      found.push(...(await this.reach.readable(rows)));
      const last = rows.at(-1);
      if (!last || rows.length < limit || found.length >= enough) return { found, left: null };
      place = placeOf(last);
    }
    return { found, left: place };
  }
}

type InboxRow = Pick<NotificationRow, '_id' | 'at'>;

const placeOf = ({ _id, at }: InboxRow): TimePlace => ({ at, id: _id });
