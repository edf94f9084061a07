import { Inject, Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { Profile } from '../../auth/users.repository.js';
import { type Hold, sessionInCalendar, workshopInCalendar } from '../../calendar/calendar-entry.js';
import { type IcsEntry, icsOf, organizerOf } from '../../calendar/ics.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { Preferences } from '../../contracts/notifications/notifications.js';
import type { OutgoingMail } from '../../infra/mail/mailer.js';
import { type SessionFacts, SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import type { WorkshopFacts } from '../../workshops/workshop-facts.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import type { NotificationRow } from '../inbox/notification.schema.js';
import { bringsAnEntry } from '../rules/preferences.js';
import { peopleOfSession } from '../words/session-names.js';

/**
 * The calendar entry that goes along with a mail about a workshop or a session (RFC 6047): as the thing is now and as its reader stands to
 * it now, whatever the notice was about, so that a mail that comes late says nothing old. The same entry, by UID and SEQUENCE, as in feeds.
 */
@Injectable()
export class NoticeCalendar {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly workshops: WorkshopsReader,
    private readonly sessions: SessionsReader,
    private readonly people: People,
  ) {}

  /** Undefined for notices without an entry, and for who wants none in their mails. */
  async forNotice(row: NotificationRow, reader: Profile, wishes: Preferences): Promise<OutgoingMail['calendar']> {
    if (!bringsAnEntry(row.kind) || wishes.invitations === false) return undefined;
    const workshops = await this.workshopEntries(row, reader);
    const dates = workshops.length > 0 ? workshops : await this.sessionEntries(row, reader);
    if (dates.length > 1) return this.published(dates, row);
    const [entry] = dates;
    if (!entry) return undefined;
    const method = entry.status === 'cancelled' ? 'CANCEL' : 'REQUEST';
    const invited = { ...this.stamped(entry, row), attendee: { name: reader.name, email: reader.email } };
    return { method, content: icsOf([invited], { method, host: this.host }) };
  }

  /**
   * Several dates as one file to keep. Each is an event of its own, under the UID by which feeds know it, and an invitation has room for
   * one UID alone (RFC 5546, section 3.2.2); what is published has room for several, and names nobody who is to answer (section 3.2.1).
   */
  private published(dates: readonly IcsEntry[], row: NotificationRow): OutgoingMail['calendar'] {
    const entries = dates.map((entry) => this.stamped(entry, row));
    return { method: 'PUBLISH', content: icsOf(entries, { method: 'PUBLISH', host: this.host }) };
  }

  private stamped(entry: IcsEntry, { createdAt }: NotificationRow): IcsEntry {
    const stampedAt = new Date(Math.max(createdAt.getTime(), entry.changedAt.getTime()));
    return { ...entry, stampedAt, organizer: organizerOf(this.config.MAIL_FROM) };
  }

  private async workshopEntries({ params }: NotificationRow, reader: Profile): Promise<IcsEntry[]> {
    const named = params.workshopIds ?? params.workshopId;
    if (typeof named !== 'string') return [];
    const workshops = await this.workshops.byIds(named.split(' '));
    const holds = await this.workshops.holdsOf(workshops, String(reader._id));
    return workshops
      .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
      .map((workshop) => this.workshopEntry(workshop, holds.get(workshop.id) ?? 'open', reader));
  }

  private workshopEntry(workshop: WorkshopFacts, hold: Hold, reader: Profile): IcsEntry {
    const stands = {
      ...workshop,
      // Who waits has no place yet, and reads the link when they have.
      link: hold === 'sure' ? workshop.link : null,
      isCancelled: workshop.status === 'cancelled' || hold === 'open',
    };
    return workshopInCalendar(stands, hold, reader, this.config.PUBLIC_URL);
  }

  private async sessionEntries({ params }: NotificationRow, reader: Profile): Promise<IcsEntry[]> {
    const named = params.sessionIds ?? params.sessionId;
    if (typeof named !== 'string') return [];
    const sessions = await this.sessions.byIds(named.split(' '));
    const names = await this.people.byId(sessions.flatMap((one) => peopleOfSession(one).map(({ userId }) => userId)));
    return sessions
      .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
      .map((session) => this.sessionEntry(session, names, params, reader));
  }

  private sessionEntry(
    session: SessionFacts,
    names: Awaited<ReturnType<People['byId']>>,
    params: NotificationRow['params'],
    reader: Profile,
  ): IcsEntry {
    const [me, people] = [String(reader._id), peopleOfSession(session).map(({ userId }) => userId)];
    const isIn = people.includes(me);
    const stands = {
      ...session,
      with: people.filter((id) => id !== me).flatMap((id) => names.get(id)?.name ?? []),
      text: session.cancelReason ?? session.need,
      isCancelled: session.status === 'cancelled',
    };
    // For who is not in it any more it is called off: by its UID alone, and nothing of what it is by now.
    const then = params.sessionIds === undefined ? thenOf(params, session) : {};
    const gone = { ...stands, ...then, with: [], text: '', link: null, isCancelled: true };
    return sessionInCalendar(isIn ? stands : gone, reader, this.config.PUBLIC_URL);
  }

  private get host(): string {
    return new URL(this.config.PUBLIC_URL).hostname;
  }
}

/** When a session was, as its notice says. */
function thenOf(
  { startsAt, endsAt }: NotificationRow['params'],
  now: SessionFacts,
): Pick<SessionFacts, 'startsAt' | 'endsAt'> {
  return typeof startsAt === 'string' && typeof endsAt === 'string'
    ? { startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
    : now;
}
