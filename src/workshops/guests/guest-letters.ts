import { Inject, Injectable } from '@nestjs/common';
import { LinkTokens } from '../../auth/tokens/link-tokens.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { type Hold, workshopInCalendar } from '../../calendar/calendar-entry.js';
import { icsOf, organizerOf } from '../../calendar/ics.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock } from '../../common/times/clock.js';
import { formatInstant, formatSpan, formatTime } from '../../common/times/instants.js';
import { CONFIG, type Config } from '../../config/config.js';
import { GUESTS_KEPT_DAYS } from '../../contracts/workshops/guests.js';
import type { Locale } from '../../contracts/primitives.js';
import type { RegistrationStatus } from '../../contracts/workshops/workshops.js';
import { renderLetter } from '../../infra/mail/letter.js';
import { Mailer, type OutgoingMail } from '../../infra/mail/mailer.js';
import type { RegistrationRow } from '../registrations/registration.schema.js';
import { RegistrationsRepository } from '../registrations/registrations.repository.js';
import { letterRows } from '../letter-facts.js';
import { toFacts } from '../workshop-facts.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopMessagesRepository } from '../messages/workshop-messages.repository.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { FACT_LABELS, type LetterWords, guestWords } from './guest-letter-words.js';
import type { AboutGuest, GuestLetter } from './guest-letter.js';
import type { GuestRow } from './guest.schema.js';
import { GuestsRepository } from './guests.repository.js';
import { BEFORE_FORMS, hasLeft } from './public-page.js';

/** With these goes the entry for the guest's calendar, as members get it. */
const WITH_ENTRY: ReadonlySet<LetterWords> = new Set([
  'registered',
  'waitlisted',
  'promoted',
  'lapsed',
  'left',
  'ended',
  'moved',
  'cancelled',
]);
const GIVEN_UP: ReadonlySet<LetterWords> = new Set(['lapsed', 'left', 'ended']);

/** With the key of the form that the letter is about. */
type Addressed = GuestRow & { email: string; formKey?: string };

/** A guest's place with all that is said of it. */
export interface PlaceOfGuest {
  place: RegistrationRow;
  guest: GuestRow;
  workshop: WorkshopRow;
}

/** Writes the letters to guests: what a row says is read anew from the workshop and the place, so that one that comes late says nothing old. */
@Injectable()
export class GuestLetters {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly guests: GuestsRepository,
    private readonly messages: WorkshopMessagesRepository,
    private readonly users: UsersRepository,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly tokens: LinkTokens,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /** Null where there is nothing to say any more. */
  async write(letter: GuestLetter): Promise<OutgoingMail | null> {
    const [guest, workshop] = await Promise.all([
      this.guests.byId(letter.of),
      this.workshops.byId(letter.about.workshopId),
    ]);
    const email = guest?.email;
    if (!guest || !email || !workshop) return null;
    const place = await this.registrations.find(workshop._id, guest._id);
    const kind = await this.kindOf(letter.about, { ...guest, email }, workshop, place?.status ?? 'cancelled');
    if (kind !== 'confirm') return kind && (await this.compose(letter, kind, { ...guest, email }, workshop, place));
    const form = guest.forms?.find(({ formKey }) => formKey === (letter.about.form ?? BEFORE_FORMS));
    const asked = form && { ...guest, ...form, email };
    return asked ? await this.compose(letter, kind, asked, workshop, place) : null;
  }

  /** The letter that reminds of a place, with own words where the programme team has some; null for who has no address. */
  async reminder(
    { place, guest, workshop }: PlaceOfGuest,
    key: string,
    own: string | null,
  ): Promise<OutgoingMail | null> {
    const { email } = guest;
    if (!email) return null;
    const { subject, body } = await this.lettered('reminder', { ...guest, email }, workshop, place, own ?? '');
    return { to: { name: guest.name, address: email }, subject, messageId: this.mailer.messageId(key), ...body };
  }

  /** What it says, in a language. */
  async wordsOfReminder(
    { place, guest, workshop }: PlaceOfGuest,
    locale: Locale,
    own: string | null,
  ): Promise<{ title: string; body: string }> {
    const { subject, line } = await this.wordsOf('reminder', { ...guest, locale }, workshop, place, own ?? '');
    return { title: subject, body: line };
  }

  private async kindOf(
    { kind, revision }: AboutGuest,
    guest: Addressed,
    workshop: WorkshopRow,
    status: RegistrationStatus,
  ): Promise<LetterWords | null> {
    const isCancelled = workshop.status === 'cancelled';
    const stands = status !== 'cancelled' && !hasLeft(guest, status);
    if (kind === 'changed') {
      if ((revision ?? 0) < workshop.revision || !stands) return null;
      return isCancelled ? 'cancelled' : 'moved';
    }
    if (kind === 'message') return kind;
    if (isCancelled) return null;
    if (kind === 'asked') return await this.answerTo(guest, stands);
    return GIVEN_UP.has(kind) === stands ? null : kind;
  }

  /** What who asked with an address hears: only in a mail to it is it said whether it is known here. */
  private async answerTo({ email, cohortId, confirmedAt }: Addressed, stands: boolean): Promise<LetterWords> {
    const user = await this.users.byEmail(email);
    if (user && (await this.members.find(String(cohortId), String(user._id)))) return 'member';
    return confirmedAt && stands ? 'known' : 'confirm';
  }

  private async compose(
    { _id, at, about: { kind: about, messageId } }: GuestLetter,
    kind: LetterWords,
    guest: Addressed,
    workshop: WorkshopRow,
    place: RegistrationRow | null,
  ): Promise<OutgoingMail> {
    const message = messageId ? await this.messages.byId(messageId) : null;
    const text = message?.body ?? workshop.cancelReason ?? '';
    const { subject, body } = await this.lettered(kind, guest, workshop, place, text);
    return {
      // Until the address is confirmed, the name is what a stranger typed about its owner.
      to: { name: guest.confirmedAt ? guest.name : '', address: guest.email },
      subject,
      messageId: this.mailer.messageId(`guest-${about}-${String(_id)}`),
      ...body,
      ...(WITH_ENTRY.has(kind) && { calendar: this.entry(guest, workshop, place, at) }),
    };
  }

  private async wordsOf(
    kind: LetterWords,
    { locale, timeZone, plusOne }: GuestRow,
    workshop: WorkshopRow,
    place: RegistrationRow | null,
    text: string,
  ) {
    const cohort = await this.cohorts.byId(workshop.cohortId);
    return guestWords(
      kind,
      {
        title: workshop.title,
        cohortName: cohort?.name ?? 'Cordée',
        plusOne,
        until: place?.offeredUntil ? formatInstant(place.offeredUntil, timeZone, locale) : '',
        text,
        days: GUESTS_KEPT_DAYS,
      },
      locale,
    );
  }

  private async lettered(
    kind: LetterWords,
    guest: Addressed,
    workshop: WorkshopRow,
    place: RegistrationRow | null,
    text: string,
  ) {
    const { locale } = guest;
    const words = await this.wordsOf(kind, guest, workshop, place, text);
    const url = this.addressOf(kind === 'member' ? memberPage(workshop) : this.guestPath(guest));
    const labels = FACT_LABELS[locale];
    const room = holdOf(place) === 'sure' ? workshop.link : null;
    const facts = [
      ...timesOf(kind, guest, workshop),
      ...letterRows(workshop, locale),
      ...(room ? [{ label: labels.room, value: room, isLink: true }] : []),
    ];
    const body = await renderLetter({
      ...{ locale, heading: words.subject, lines: [words.line], facts, footer: words.footer },
      ...(words.action !== null && { action: { label: words.action, url } }),
    });
    return { subject: words.subject, body };
  }

  /** The entry by the same UID and SEQUENCE as in all calendars; it leads to the guest's own page. */
  private entry(
    guest: Addressed,
    workshop: WorkshopRow,
    place: RegistrationRow | null,
    createdAt: Date,
  ): NonNullable<OutgoingMail['calendar']> {
    const hold = holdOf(place);
    const isCancelled = workshop.status === 'cancelled' || hold === 'open';
    const entry = workshopInCalendar(
      {
        ...toFacts(workshop),
        link: hold === 'sure' ? workshop.link : null,
        isCancelled,
        page: this.addressOf(this.guestPath(guest)),
      },
      hold,
      guest,
      this.config.PUBLIC_URL,
    );
    const method = isCancelled ? 'CANCEL' : 'REQUEST';
    const invited = {
      ...entry,
      stampedAt: new Date(Math.max(createdAt.getTime(), workshop.changedAt.getTime(), this.clock.now().getTime())),
      organizer: organizerOf(this.config.MAIL_FROM),
      attendee: { name: guest.name, email: guest.email },
    };
    return { method, content: icsOf([invited], { method, host: new URL(this.config.PUBLIC_URL).hostname }) };
  }

  private guestPath({ _id, formKey }: Addressed): string {
    return `/guest/${this.tokens.sign('guest', formKey === undefined ? String(_id) : `${String(_id)}~${formKey}`)}`;
  }

  private addressOf(path: string): string {
    return new URL(path, this.config.PUBLIC_URL).href;
  }
}

const memberPage = ({ cohortId, _id }: WorkshopRow) => `/c/${String(cohortId)}/workshops/${String(_id)}`;

/** A reminder says the hour of the workshop's place, and theirs where that is another one; all other letters theirs alone. */
function timesOf(
  kind: LetterWords,
  { timeZone, locale }: GuestRow,
  { startsAt, endsAt, timeZone: there }: WorkshopRow,
) {
  const { when, yours } = FACT_LABELS[locale];
  const mine = formatSpan(startsAt, endsAt, timeZone, locale);
  if (kind !== 'reminder') return [{ label: when, value: mine }];
  const isSame = formatTime(startsAt, timeZone, locale) === formatTime(startsAt, there, locale);
  return [
    { label: when, value: formatSpan(startsAt, endsAt, there, locale) },
    ...(isSame ? [] : [{ label: yours, value: mine }]),
  ];
}

/** How the time is theirs. */
function holdOf(place: RegistrationRow | null): Hold {
  if (!place || place.status === 'cancelled' || place.status === 'excused') return 'open';
  return place.status === 'waitlisted' || place.status === 'offered' ? 'waiting' : 'sure';
}
