import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { Profile } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { formatDate, formatSpan } from '../../common/times/instants.js';
import { dayOf } from '../../common/times/zoned.js';
import type { PreferenceKind, Preferences } from '../../contracts/notifications/notifications.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { RequestsReader } from '../../mentoring/requests/requests.reader.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { type Candidate, type DigestList, type Stop, listsOf } from './digest-items.js';
import { DigestSections } from './digest-sections.js';
import { digestWordsOf } from './digest-words.js';
import type { NotificationRow } from '../inbox/notification.schema.js';
import { groupOf } from '../rules/preferences.js';
import { Reach } from '../inbox/reach.js';
import { ToldWords } from '../inbox/told-words.js';
import { fill, noticeText } from '../words/words.js';

/** So far ahead lies what a person is told to do now. */
const SOON_MS = 7 * DAY;

/** What a digest says: gathered as it leaves, so that nothing deleted, read or out of reach is in it. */
@Injectable()
export class DigestContents {
  constructor(
    private readonly clock: Clock,
    private readonly reach: Reach,
    private readonly words: ToldWords,
    private readonly members: Members,
    private readonly people: People,
    private readonly requests: RequestsReader,
    private readonly sessions: SessionsReader,
    private readonly workshops: WorkshopsReader,
    private readonly topics: TopicsReader,
    private readonly sections: DigestSections,
  ) {}

  /** The lists for a person, of what was kept back (`kept`) and, where they chose a digest, of what waits for them and what is the matter. */
  async of(
    reader: Profile,
    { digest, quietWeekend }: Pick<Preferences, 'digest' | 'quietWeekend'>,
    kept: readonly NotificationRow[],
  ): Promise<DigestList[]> {
    const heard = await this.withoutMuted(kept, String(reader._id));
    const now = await this.words.now(heard);
    const told = await Promise.all(now.map(async (row) => this.toldIn(row, reader)));
    const candidates = told.flatMap((one) => one ?? []);
    if (!digest) return listsOf(candidates, {}, []);
    const [waiting, sections] = await Promise.all([
      this.waitingFor(reader),
      this.sections.of(reader, { digest, quietWeekend }),
    ]);
    return listsOf([...waiting, ...candidates], sections, digest.without);
  }

  /** What was kept back of a topic before its reader muted it is nothing to them any more. */
  private async withoutMuted(kept: readonly NotificationRow[], userId: string): Promise<NotificationRow[]> {
    const topicIds = new Set(kept.flatMap((row) => topicOf(row) ?? []));
    const muted = await this.topics.mutedAmong([...topicIds], userId);
    return kept.filter((row) => !muted.has(topicOf(row) ?? ''));
  }

  private async toldIn(row: NotificationRow, reader: Profile): Promise<Candidate | null> {
    const { isGone, isRead } = await this.reach.standingOf(row);
    if (isGone || isRead) return null;
    const { title, body } = noticeText(row, reader);
    return {
      ...{ title, body, link: row.link, stop: stopOf(row), waitsForMe: false },
      about: `${row.kind} ${row.key}`,
      strength: row.strength ?? 0,
      at: row.createdAt,
    };
  }

  /** Held places, requests and questions that are theirs to answer, what they took on and is due. */
  private async waitingFor(reader: Profile): Promise<Candidate[]> {
    const userId = String(reader._id);
    const now = this.clock.now();
    const soon = new Date(now.getTime() + SOON_MS);
    const memberships = await this.members.ofPerson(userId);
    const here = new Set(memberships.map(({ cohortId }) => cohortId));
    const [places, requests, actions] = await Promise.all([
      this.workshops.ofPerson(userId, now, new Date(now.getTime() + 400 * DAY)),
      this.requests.waitingOf(userId),
      this.sessions.dueActionsOf(userId),
    ]);
    const until = dayOf(soon, reader.timeZone);
    const all = [
      ...places
        .filter(({ as, workshop }) => as === 'offered' && workshop.status === 'published')
        .map(({ workshop }) => offerOf(workshop, reader)),
      ...(await this.requestsOf(requests, userId, reader)),
      ...actions.filter(({ isOpen, dueOn }) => isOpen && dueOn <= until).map((action) => actionOf(action, reader, now)),
    ];
    return all.filter(({ cohortId }) => here.has(cohortId)).map(({ candidate }) => candidate);
  }

  /** Those asked of this person, and their own that were asked back; staff see to the others on their board. */
  private async requestsOf(
    requests: Awaited<ReturnType<RequestsReader['waitingOf']>>,
    userId: string,
    { locale }: Profile,
  ): Promise<Placed[]> {
    const { waits } = digestWordsOf(locale);
    const mine = requests.filter(({ ownerId, askerId, state }) =>
      state === 'asked_back' ? askerId === userId : ownerId === userId,
    );
    const names = await this.people.byId([...new Set(mine.map(({ askerId }) => askerId))]);
    return mine.map(({ id, cohortId, askerId, need, waitingSince }) => ({
      cohortId,
      candidate: waitingItem({
        title: fill(askerId === userId ? waits.question : waits.request, locale, {
          by: names.get(askerId)?.name ?? '',
          title: need,
        }),
        body: '',
        link: `/c/${cohortId}/coaching/requests/${id}`,
        group: 'sessions',
        about: `request ${id}`,
        at: waitingSince,
      }),
    }));
  }
}

type Placed = { cohortId: string; candidate: Candidate };

function offerOf(
  {
    id,
    cohortId,
    title,
    startsAt,
    endsAt,
  }: { id: string; cohortId: string; title: string; startsAt: Date; endsAt: Date },
  { locale, timeZone }: Profile,
): Placed {
  const candidate = waitingItem({
    title: fill(digestWordsOf(locale).waits.offer, locale, { title }),
    body: formatSpan(startsAt, endsAt, timeZone, locale),
    link: `/c/${cohortId}/workshops/${id}`,
    group: 'workshops',
    about: `offer ${id}`,
    at: new Date(0),
  });
  return { cohortId, candidate };
}

function actionOf(
  {
    id,
    cohortId,
    sessionId,
    text,
    dueOn,
  }: { id: string; cohortId: string; sessionId: string; text: string; dueOn: string },
  { locale, timeZone }: Profile,
  now: Date,
): Placed {
  const { waits } = digestWordsOf(locale);
  const isOverdue = dueOn < dayOf(now, timeZone);
  const candidate = waitingItem({
    title: fill(isOverdue ? waits.overdue : waits.action, locale, { on: formatDate(dueOn, locale), title: text }),
    body: '',
    link: `/c/${cohortId}/coaching/sessions/${sessionId}`,
    group: 'sessions',
    about: `action ${id}`,
    at: new Date(`${dueOn}T00:00:00Z`),
  });
  return { cohortId, candidate };
}

function waitingItem({
  group,
  ...item
}: Omit<Candidate, 'stop' | 'waitsForMe' | 'strength'> & { group: PreferenceKind }): Candidate {
  return { ...item, stop: { what: 'group', group }, waitsForMe: true, strength: 0 };
}

const topicOf = ({ params: { topicId } }: NotificationRow) => (typeof topicId === 'string' ? topicId : null);

/** The nearest thing that can be stopped: the topic or channel itself, or the group of such notices, if they are of one. */
function stopOf({ kind, cohortId, params: { topicId, channelId } }: NotificationRow): Stop | null {
  if (typeof topicId === 'string' && cohortId) return { what: 'topic', cohortId: String(cohortId), topicId };
  if (typeof channelId === 'string' && kind !== 'channel.added' && kind !== 'chat.direct')
    return { what: 'channel', channelId };
  const group = groupOf(kind);
  return group && { what: 'group', group };
}
