import { Inject, Injectable } from '@nestjs/common';
import type { Profile } from '../auth/users.repository.js';
import { LinkTokens } from '../auth/link-tokens.js';
import type { Locale } from '../contracts/primitives.js';
import type { NotificationKind } from '../contracts/notifications.js';
import { CONFIG, type Config } from '../config/config.js';
import { type Letter, renderLetter } from '../infra/mail/letter.js';
import { Mailer, type OutgoingMail } from '../infra/mail/mailer.js';
import { formatInstant, formatSpan } from '../common/instants.js';
import type { NoticeParams } from './notification.schema.js';
import { groupOf } from './preferences.js';
import { noticeText, wordsOf } from './words.js';

/** Of these a mail can be answered without a login. */
const PLACES = new Set<NotificationKind>(['workshop.offered', 'workshop.registered', 'workshop.promoted']);

/** And of these the fellows of a session. */
const SESSIONS = new Set<NotificationKind>([
  'session.booked',
  'session.moved',
  'session.handed_over',
  'session.reminder',
]);

/** What a mail is written from. `key` makes the Message-ID, the same on every try. */
export interface MailedNotice {
  kind: NotificationKind;
  params: NoticeParams;
  link: string;
  why: string;
  key: string;
}

/** Writes the mail of a notice in the reader's language and zone, with the way to stop such mails (RFC 8058). */
@Injectable()
export class NoticeLetters {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly links: LinkTokens,
    private readonly mailer: Mailer,
  ) {}

  async write(notice: MailedNotice, reader: Profile, calendar?: OutgoingMail['calendar']): Promise<OutgoingMail> {
    const words = wordsOf(reader.locale);
    const text = noticeText(notice, reader);
    const letter = await renderLetter({
      locale: reader.locale,
      heading: text.title,
      lines: text.body ? [text.body] : [],
      facts: factsOf(notice, reader.locale, reader.timeZone),
      ...this.actionsOf(notice, text.act, reader),
      footer: text.why,
      footerLink: { label: words.mail.change, url: this.address(settingOf(notice.kind)) },
    });
    return {
      to: { name: reader.name, address: reader.email },
      subject: text.title,
      messageId: this.mailer.messageId(notice.key),
      ...letter,
      headers: this.unsubscribeHeaders(notice.kind, String(reader._id)),
      ...(calendar && { calendar }),
    };
  }

  /** A place is taken and given up, a session moved and cancelled by a link that needs no login; an offer has little time for one. */
  private actionsOf(
    { kind, link, params, why }: MailedNotice,
    act: string,
    reader: Profile,
  ): Pick<Letter, 'action' | 'other'> {
    const open = { label: act, url: this.address(link) };
    if (SESSIONS.has(kind) && why === 'participant' && params.rung !== 'h1' && typeof params.sessionId === 'string') {
      const url = this.address(`/session/${this.links.sign('session', `${params.sessionId}-${String(reader._id)}`)}`);
      return { action: open, other: { label: wordsOf(reader.locale).mail.moveOrCancel, url } };
    }
    if (!PLACES.has(kind) || typeof params.workshopId !== 'string') return { action: open };
    const token = this.links.sign('place', `${params.workshopId}-${String(reader._id)}`);
    const place = this.address(`/place/${token}`);
    if (kind === 'workshop.offered') return { action: { label: act, url: place } };
    const { leaveLine, leavePlace } = wordsOf(reader.locale).mail;
    return {
      action: open,
      other: { label: String(params.status).startsWith('waitlisted') ? leaveLine : leavePlace, url: place },
    };
  }

  /** One click stops a group (RFC 8058, section 3.1); what is mandatory offers none. */
  private unsubscribeHeaders(kind: NotificationKind, userId: string): Record<string, string> {
    const group = groupOf(kind);
    if (!group) return {};
    const token = this.links.sign('unsubscribe', `${userId}-${group}`);
    return {
      'List-Unsubscribe': `<${this.address(`/api/unsubscribe/${token}`)}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    };
  }

  private address(path: string): string {
    return new URL(path, this.config.PUBLIC_URL).href;
  }
}

function factsOf({ params }: MailedNotice, locale: Locale, timeZone: string): { label: string; value: string }[] {
  const { facts } = wordsOf(locale);
  const { startsAt, endsAt, place, meetingLink, need, cancelByAt } = params;
  const spans = typeof params.spans === 'string' ? params.spans.split(' ').map((span) => span.split('/')) : [];
  const whens = (spans.length > 0 ? spans : [[startsAt, endsAt]]).flatMap(([from, to]) =>
    typeof from === 'string' && typeof to === 'string'
      ? [formatSpan(new Date(from), new Date(to), timeZone, locale)]
      : [],
  );
  const rows: [string, NoticeParams[string] | undefined][] = [
    ...whens.map((when): [string, string] => [facts.when, when]),
    [facts.place, place],
    [facts.link, meetingLink],
    [facts.need, need],
    [facts.cancelBy, typeof cancelByAt === 'string' ? formatInstant(new Date(cancelByAt), timeZone, locale) : null],
  ];
  return rows.flatMap(([label, value]) => (typeof value === 'string' && value !== '' ? [{ label, value }] : []));
}

/** Where a person sets whether such notices reach them. */
const settingOf = (kind: NotificationKind) => `/settings/notifications${groupOf(kind) ? `#${groupOf(kind)}` : ''}`;
