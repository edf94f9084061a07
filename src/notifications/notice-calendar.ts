import { Inject, Injectable } from '@nestjs/common';
import type { Profile } from '../auth/users.repository.js';
import { type IcsEntry, icsOf } from '../calendar/ics.js';
import { CONFIG, type Config } from '../config/config.js';
import type { OutgoingMail } from '../infra/mail/mailer.js';
import { WorkshopsReader } from '../workshops/workshops.reader.js';
import type { NotificationRow } from './notification.schema.js';

const WITH_ENTRY = new Set<NotificationRow['kind']>([
  'workshop.registered',
  'workshop.promoted',
  'workshop.moved',
  'workshop.cancelled',
]);

/** The calendar entry that goes along with a mail about a workshop or a session, as the thing is now (RFC 6047). */
@Injectable()
export class NoticeCalendar {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly workshops: WorkshopsReader,
  ) {}

  async forNotice(row: NotificationRow, reader: Profile): Promise<OutgoingMail['calendar']> {
    if (!WITH_ENTRY.has(row.kind)) return undefined;
    const entry = await this.workshopEntry(row);
    if (!entry) return undefined;
    const method = entry.status === 'cancelled' ? 'CANCEL' : 'REQUEST';
    const invited = { ...entry, organizer: this.organizer(), attendee: { name: reader.name, email: reader.email } };
    return { method, content: icsOf([invited], { method, host: new URL(this.config.PUBLIC_URL).hostname }) };
  }

  private async workshopEntry({ params }: NotificationRow): Promise<IcsEntry | null> {
    const workshop = typeof params.workshopId === 'string' && (await this.workshops.byId(params.workshopId));
    if (!workshop) return null;
    return {
      kind: 'workshop',
      id: workshop.id,
      revision: workshop.revision,
      title: workshop.title,
      description: null,
      place: workshop.place,
      link: workshop.link ?? this.page(`/c/${workshop.cohortId}/workshops/${workshop.id}`),
      time: { startsAt: workshop.startsAt, endsAt: workshop.endsAt, timeZone: workshop.timeZone },
      status:
        workshop.status === 'cancelled' ? 'cancelled' : params.status === 'waitlisted' ? 'tentative' : 'confirmed',
      changedAt: workshop.changedAt,
    };
  }

  private page(path: string): string {
    return new URL(path, this.config.PUBLIC_URL).href;
  }

  private organizer(): { name: string; email: string } {
    return { name: 'Cordée', email: /<([^>]+)>/.exec(this.config.MAIL_FROM)?.[1] ?? this.config.MAIL_FROM };
  }
}
