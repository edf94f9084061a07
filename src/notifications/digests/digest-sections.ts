import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { Profile } from '../../auth/users.repository.js';
import { ChannelLists } from '../../chat/channels/channel-lists.service.js';
import { type MemberRef, Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { channelName } from '../../common/texts/channel-names.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { formatDate, formatInstant, formatSpan } from '../../common/times/instants.js';
import { dayOf } from '../../common/times/zoned.js';
import type { DigestChoice, DigestSection, Preferences } from '../../contracts/notifications/notifications.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { SlotsService } from '../../mentoring/scheduling/slots.service.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { DigestForum } from './digest-forum.js';
import type { DigestItem } from './digest-items.js';
import { digestBefore } from './digest-times.js';
import { digestWordsOf } from './digest-words.js';
import { fill } from '../words/words.js';

const A_WEEK = 7 * DAY;

/** What is the matter in the cohorts of a person as the digest leaves: read from the rooms then, by what the person may see then. */
@Injectable()
export class DigestSections {
  constructor(
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly people: People,
    private readonly workshops: WorkshopsReader,
    private readonly slots: SlotsService,
    private readonly topics: TopicsReader,
    private readonly channels: ChannelLists,
    private readonly forum: DigestForum,
  ) {}

  /** The sections that are wanted; those of a forum say what came since the digest before. */
  async of(
    reader: Profile,
    { digest, quietWeekend }: { digest: DigestChoice } & Pick<Preferences, 'quietWeekend'>,
  ): Promise<Partial<Record<DigestSection, DigestItem[]>>> {
    const { without } = digest;
    const memberships = (await this.members.ofPerson(String(reader._id))).filter(({ role }) => role !== 'alumni');
    const wants = (section: DigestSection) => !without.includes(section);
    const since = digestBefore(digest, reader.timeZone, this.clock.now(), quietWeekend);
    const besides = wants('unanswered') ? (reader.craft ?? null) : null;
    const forum = wants('answers') || wants('questions') ? this.forum.of(reader, memberships, since, besides) : null;
    const all = {
      workshops: () => this.workshopsOf(reader, memberships),
      slots: () => this.slotsOf(reader, memberships),
      answers: async () => (await forum)?.answers ?? [],
      unanswered: () => this.unansweredOf(reader, memberships),
      questions: async () => (await forum)?.questions ?? [],
      channels: () => this.channelsOf(reader, memberships),
    } satisfies Record<DigestSection, () => Promise<DigestItem[]>>;
    const wanted = (Object.keys(all) as DigestSection[]).filter(wants);
    const found = await Promise.all(wanted.map(async (section) => [section, await all[section]()] as const));
    return Object.fromEntries(found);
  }

  /** What of the week its reader runs, goes to or may still join, by the rule of its page. */
  private async workshopsOf(reader: Profile, memberships: readonly MemberRef[]): Promise<DigestItem[]> {
    const { going, running, places, full } = digestWordsOf(reader.locale);
    const now = this.clock.now();
    const week = new Date(now.getTime() + A_WEEK);
    const actors = await this.actorsOf(reader, memberships);
    const found = await Promise.all(actors.map((actor) => this.workshops.openTo(actor, now, week)));
    const coming = found
      .flat()
      .filter(({ startsAt }) => new Date(startsAt) > now)
      .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
    return coming.map(({ id, cohortId, title, startsAt, endsAt, capacity, onlineCapacity, hosts, ...more }) => {
      const left = capacity + (onlineCapacity ?? 0) - more.going;
      const free = left > 0 ? fill(places, reader.locale, { places: left }) : full;
      const state = hosts.includes(String(reader._id)) ? running : more.mine?.status === 'going' ? going : free;
      return {
        title,
        body: `${formatSpan(new Date(startsAt), new Date(endsAt), reader.timeZone, reader.locale)}. ${state}`,
        link: `/c/${cohortId}/workshops/${id}`,
        stop: { what: 'section', section: 'workshops' },
      };
    });
  }

  private async actorsOf(
    { _id }: Profile,
    memberships: readonly Pick<MemberRef, 'cohortId'>[],
  ): Promise<CohortActor[]> {
    const reader = { userId: String(_id), loginId: '', isAdmin: false };
    const actors = await Promise.all(memberships.map(({ cohortId }) => this.members.actorIn(reader, cohortId)));
    return actors.filter((actor) => actor !== null);
  }

  /** The next free hour of each coach, for who is accompanied. */
  private async slotsOf(reader: Profile, memberships: readonly MemberRef[]): Promise<DigestItem[]> {
    const now = this.clock.now();
    const range = { from: now.toISOString(), to: new Date(now.getTime() + A_WEEK).toISOString() };
    const found = await Promise.all(
      memberships
        .filter(({ role }) => role === 'fellow')
        .map(async ({ cohortId }) => {
          const [actor] = await this.actorsOf(reader, [{ cohortId }]);
          return actor?.cohortState === 'running'
            ? { cohortId, ...(await this.slots.list(actor, range)) }
            : { cohortId, slots: [], people: [] };
        }),
    );
    return found.flatMap(({ cohortId, slots, people }) =>
      people.flatMap(({ id, name }) => {
        const next = slots.find((slot) => slot.coachId === id);
        if (!next) return [];
        const when = formatInstant(new Date(next.startsAt), reader.timeZone, reader.locale);
        return {
          title: fill(digestWordsOf(reader.locale).slot, reader.locale, { coach: name, when }),
          body: '',
          link: `/c/${cohortId}/coaching?tab=slots&coach=${id}`,
          stop: { what: 'section', section: 'slots' } as const,
        };
      }),
    );
  }

  private async unansweredOf(reader: Profile, memberships: readonly MemberRef[]): Promise<DigestItem[]> {
    const { craft, locale, timeZone } = reader;
    if (!craft) return [];
    const found = await Promise.all(memberships.map(({ cohortId }) => this.topics.unanswered(cohortId)));
    const userId = String(reader._id);
    const asked = found.flat().filter(({ tags, authorId }) => tags.includes(craft) && authorId !== userId);
    const askedIds = asked.map(({ id }) => id);
    const muted = await this.topics.mutedAmong(askedIds, userId);
    const mine = asked.filter(({ id }) => !muted.has(id));
    const names = await this.people.byId([...new Set(mine.map(({ authorId }) => authorId))]);
    return mine.map(({ id, cohortId, title, authorId, createdAt }) => ({
      title,
      body: fill(digestWordsOf(locale).asks, locale, {
        by: names.get(authorId)?.name ?? '',
        on: formatDate(dayOf(createdAt, timeZone), locale),
      }),
      link: `/c/${cohortId}/forum/${id}`,
      stop: { what: 'topic', cohortId, topicId: id },
    }));
  }

  /** Channels with what is unread, the fullest first; muted ones say nothing, and direct ones are no channels. */
  private async channelsOf({ _id, locale }: Profile, memberships: readonly MemberRef[]): Promise<DigestItem[]> {
    const words = digestWordsOf(locale).unread;
    const here = new Set(memberships.map(({ cohortId }) => cohortId));
    const all = await this.channels.of(String(_id));
    return all
      .filter(({ kind, muted, archived, unread }) => kind !== 'direct' && !muted && !archived && unread > 0)
      .filter(({ cohortId }) => cohortId !== null && here.has(cohortId))
      .sort((a, b) => b.mentions - a.mentions || b.unread - a.unread)
      .map(({ id, cohortId, unread, ...named }) => ({
        title: `#${channelName(named, locale)}`,
        body: fill(words, locale, { count: unread }),
        link: `/c/${cohortId}/chat/${id}`,
        stop: { what: 'channel', channelId: id },
      }));
  }
}
