import { Inject, Injectable } from '@nestjs/common';
import type { Profile } from '../auth/users.repository.js';
import { type IcsEntry, icsOf } from '../calendar/ics.js';
import { CONFIG, type Config } from '../config/config.js';
import type { OutgoingMail } from '../infra/mail/mailer.js';
import { SessionsReader } from '../mentoring/sessions.reader.js';
import { WorkshopsReader } from '../workshops/workshops.reader.js';
import type { NotificationRow } from './notification.schema.js';
import { fill, wordsOf } from './words.js';

const WITH_ENTRY = new Set<NotificationRow['kind']>([
  'workshop.registered',
  'workshop.promoted',
  'workshop.moved',
  'workshop.cancelled',
  'session.booked',
  'session.moved',
  'session.cancelled',
]);

/** The calendar entry that goes along with a mail about a workshop or a session, as the thing is now (RFC 6047). */
@Injectable()
export class NoticeCalendar {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly workshops: WorkshopsReader,
    private readonly sessions: SessionsReader,
  ) {}

  async forNotice(row: NotificationRow, reader: Profile): Promise<OutgoingMail['calendar']> {
    if (!WITH_ENTRY.has(row.kind)) return undefined;
    const entry = (await this.workshopEntry(row)) ?? (await this.sessionEntry(row, reader));
    if (!entry) return undefined;
    const method = entry.status === 'cancelled' ? 'CANCEL' : 'REQUEST';
    const invited = { ...entry, organizer: this.organizer(), attendee: { name: reader.name, email: reader.email } };
    return { method, content: icsOf([invited], { method, host: new URL(this.config.PUBLIC_URL).hostname }) };
  }

  private async workshopEntry({ params }: NotificationRow): Promise<IcsEntry | null> {
    const workshop = typeof params.workshopId === 'string' && (await this.workshops.byId(params.workshopId));
    if (!workshop) return null;
    const waits = params.status === 'waitlisted';
    const page = this.page(`/c/${workshop.cohortId}/workshops/${workshop.id}`);
    return {
      kind: 'workshop',
      id: workshop.id,
      revision: workshop.revision,
      title: workshop.title,
      description: null,
      place: workshop.place,
      // Who waits has no place yet, and reads the link when they have.
      link: waits ? page : (workshop.link ?? page),
      time: { startsAt: workshop.startsAt, endsAt: workshop.endsAt, timeZone: workshop.timeZone },
      status: workshop.status === 'cancelled' ? 'cancelled' : waits ? 'tentative' : 'confirmed',
      changedAt: workshop.changedAt,
    };
  }

  private async sessionEntry({ params }: NotificationRow, reader: Profile): Promise<IcsEntry | null> {
    const session = typeof params.sessionId === 'string' && (await this.sessions.byId(params.sessionId));
    if (!session) return null;
    return {
      kind: 'session',
      id: session.id,
      revision: session.revision,
      title: fill(wordsOf(reader.locale).sessionTitle, reader.locale, { with: params.with ?? '' }),
      description: session.need,
      link: session.link ?? this.page(`/c/${session.cohortId}/coaching/sessions/${session.id}`),
      time: { startsAt: session.startsAt, endsAt: session.endsAt, timeZone: reader.timeZone },
      status: session.status === 'cancelled' ? 'cancelled' : 'confirmed',
      changedAt: session.changedAt,
    };
  }

  private page(path: string): string {
    return new URL(path, this.config.PUBLIC_URL).href;
  }

  private organizer(): { name: string; email: string } {
    return { name: 'Cordée', email: /<([^>]+)>/.exec(this.config.MAIL_FROM)?.[1] ?? this.config.MAIL_FROM };
  }
}
