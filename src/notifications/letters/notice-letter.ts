import { Inject, Injectable } from '@nestjs/common';
import { type Profile, namedAt } from '../../auth/users.repository.js';
import { PersonLinks } from '../../auth/tokens/person-links.js';
import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import type { Locale } from '../../contracts/primitives.js';
import { Clock } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';
import { type Letter, renderLetter } from '../../infra/mail/letter.js';
import { MailAddresses } from '../../infra/mail/mail-addresses.js';
import { Mailer, type OutgoingMail } from '../../infra/mail/mailer.js';
import { letterRows } from '../../workshops/letter-facts.js';
import { formatInstant, formatSpan } from '../../common/times/instants.js';
import { answeredBy } from './answering.js';
import { handOverItems, handOverWordsOf } from '../words/hand-over-words.js';
import { threadKeyOf } from './mail-thread.js';
import { type TopicList, listHeaders, subjectIn, topicListOf } from './topic-list.js';
import type { NoticeParams } from '../inbox/notification.schema.js';
import { groupOf } from '../rules/preferences.js';
import { StopLinks } from '../rules/stop-links.js';
import { fill, noticeText, wordsOf } from '../words/words.js';

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
    private readonly links: PersonLinks,
    private readonly stops: StopLinks,
    private readonly mailer: Mailer,
    private readonly addresses: MailAddresses,
    private readonly clock: Clock,
  ) {}

  async write(notice: MailedNotice, reader: Profile, calendar?: OutgoingMail['calendar']): Promise<OutgoingMail> {
    const words = wordsOf(reader.locale);
    const text = noticeText(notice, reader);
    const answer = this.answerOf(notice, reader);
    const list = topicListOf(notice);
    const thread = threadKeyOf(notice);
    const letter = await renderLetter({
      locale: reader.locale,
      heading: text.title,
      lines: [...(text.body ? [text.body] : []), ...(answer ? [answer.words] : [])],
      facts: factsOf(notice, reader, this.clock.now()),
      ...this.listOf(notice, reader),
      ...this.actionsOf(notice, text.act, reader),
      footer: text.why,
      footerLink: { label: words.mail.change, url: this.address(settingOf(notice.kind)) },
    });
    return {
      to: { name: namedAt(reader.email, reader), address: reader.email },
      // Words of their own may be empty, and a letter without a subject looks like none of ours.
      subject: (list && subjectIn(list, notice.params)) || text.title.trim() || text.act,
      // What a topic begins with is what all other mails of it answer.
      messageId: this.mailer.messageId((list?.isFirst && thread) || notice.key),
      thread: list?.isFirst ? null : thread,
      replyTo: answer?.address,
      returnPath: this.addresses.bounce(String(reader._id), reader.email),
      ...letter,
      headers: list ? this.headersOf(list, reader) : this.unsubscribeHeaders(notice.kind, reader),
      ...(calendar && { calendar }),
    };
  }

  /** The address to answer to, where mails can be answered, and what becomes of an answer: who reads a note is said before it is written. */
  private answerOf(notice: MailedNotice, reader: Profile): { address: string; words: string } | null {
    const about = answeredBy(notice);
    const address = about && this.addresses.answer(about.to, about.subjectId, String(reader._id));
    return address
      ? { address, words: fill(wordsOf(reader.locale).mail.answer, reader.locale, { where: about.to }) }
      : null;
  }

  /** What is to be handed over, each with the way to it. */
  private listOf({ params }: MailedNotice, reader: Profile): Pick<Letter, 'lists'> {
    const items = handOverItems(params, reader);
    if (items.length === 0) return {};
    const linked = items.map(({ title, body, path }) => ({ title, body, url: this.address(path), stop: null }));
    return { lists: [{ title: handOverWordsOf(reader.locale).head, items: linked }] };
  }

  /** A place is taken and given up, a session moved and cancelled by a link that needs no login; an offer has little time for one. */
  private actionsOf(
    { kind, link, params, why }: MailedNotice,
    act: string,
    reader: Profile,
  ): Pick<Letter, 'action' | 'other'> {
    const open = { label: act, url: this.address(link) };
    if (SESSIONS.has(kind) && why === 'participant' && params.rung !== 'h1' && typeof params.sessionId === 'string') {
      const url = this.address(`/session/${this.links.sign('session', reader, [params.sessionId])}`);
      return { action: open, other: { label: wordsOf(reader.locale).mail.moveOrCancel, url } };
    }
    if (!PLACES.has(kind) || typeof params.workshopId !== 'string') return { action: open };
    const token = this.links.sign('place', reader, [params.workshopId]);
    const place = this.address(`/place/${token}`);
    if (kind === 'workshop.offered') return { action: { label: act, url: place } };
    const { leaveLine, leavePlace } = wordsOf(reader.locale).mail;
    return {
      action: open,
      other: { label: String(params.status).startsWith('waitlisted') ? leaveLine : leavePlace, url: place },
    };
  }

  /** What is stopped is the topic, and not all of the forum. */
  private headersOf(list: TopicList, reader: Profile): Record<string, string> {
    const { cohortId, topicId } = list;
    return {
      ...listHeaders(list, this.config.PUBLIC_URL),
      ...this.stops.headersOf(reader, { what: 'topic', cohortId, topicId }),
    };
  }

  /** What is mandatory offers no way to stop it. */
  private unsubscribeHeaders(kind: NotificationKind, reader: Profile): Record<string, string> {
    const group = groupOf(kind);
    return group ? this.stops.headersOf(reader, { what: 'group', group }) : {};
  }

  private address(path: string): string {
    return new URL(path, this.config.PUBLIC_URL).href;
  }
}

function factsOf({ params }: MailedNotice, { locale, timeZone }: Profile, now: Date): NonNullable<Letter['facts']> {
  const { facts } = wordsOf(locale);
  const { startsAt, endsAt, meetingLink, need } = params;
  const cancelBy = typeof params.cancelByAt === 'string' ? new Date(params.cancelByAt) : null;
  const spans = typeof params.spans === 'string' ? params.spans.split(' ').map((span) => span.split('/')) : [];
  const whens = (spans.length > 0 ? spans : [[startsAt, endsAt]]).flatMap(([from, to]) =>
    typeof from === 'string' && typeof to === 'string'
      ? [formatSpan(new Date(from), new Date(to), timeZone, locale)]
      : [],
  );
  const rows: [string, NoticeParams[string] | string[] | undefined][] = [
    [facts.when, whens.length > 1 ? whens : whens[0]],
    ...workshopsOf(params).map(({ title, at }): [string, string] => [
      capital(formatInstant(at, timeZone, locale), locale),
      title,
    ]),
    ...letterRows(params, locale).map(({ label, value }): [string, string] => [label, value]),
    [facts.link, meetingLink],
    [facts.need, need],
    [facts.cancelBy, cancelBy && cancelBy > now ? formatInstant(cancelBy, timeZone, locale) : null],
  ];
  return rows.flatMap(([label, value]) =>
    Array.isArray(value) || (typeof value === 'string' && value !== '')
      ? [{ label, value, ...(label === facts.link && { isLink: true }) }]
      : [],
  );
}

/** As a row begins: French writes days small. */
const capital = (text: string, locale: Locale) => `${text.charAt(0).toLocaleUpperCase(locale)}${text.slice(1)}`;

/** Those that a letter of the cohort names. */
function workshopsOf(params: NoticeParams): { title: string; at: Date }[] {
  const found: { title: string; at: Date }[] = [];
  for (let index = 1; ; index += 1) {
    const [title, at] = [params[`workshop${index}`], params[`workshop${index}At`]];
    if (typeof title !== 'string' || typeof at !== 'string') return found;
    found.push({ title, at: new Date(at) });
  }
}

/** Where a person sets whether such notices reach them. */
const settingOf = (kind: NotificationKind) => `/settings/notifications${groupOf(kind) ? `#${groupOf(kind)}` : ''}`;
