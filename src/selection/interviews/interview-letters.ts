import { Inject, Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { icsOf, organizerOf } from '../../calendar/ics.js';
import { ApplicantTokens } from '../../calls/applications/applicant-tokens.js';
import { type AddressedFile, ApplicationsReader, nameOf } from '../../calls/applications/applications-reader.js';
import { CallsRepository } from '../../calls/calls.repository.js';
import type { CallRow } from '../../calls/call.schema.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Clock } from '../../common/times/clock.js';
import { formatInstant, formatSpan } from '../../common/times/instants.js';
import { zonedOf } from '../../common/times/zoned.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { Locale } from '../../contracts/primitives.js';
import type { DeliveryMove } from '../../infra/deliveries/delivery-kind.js';
import type { DeliveryRow } from '../../infra/deliveries/delivery.schema.js';
import { renderLetter } from '../../infra/mail/letter.js';
import { Mailer, type OutgoingMail } from '../../infra/mail/mailer.js';
import type { AboutInterview } from './interview-letter.js';
import { isTalkedAbout, sitsOn } from './interview-rules.js';
import type { InterviewRow, PanelRow } from './interview.schema.js';
import { entryTitle, interviewWords, LABELS } from './interview-words.js';
import { type JudgedFile, type KnownInterviewer, Interviewers, mustNotSee } from './interviewers.js';
import { InterviewsRepository } from './interviews.repository.js';
import { PanelsRepository } from './panels.repository.js';
import { type Stretch, moveUntil } from './times.js';

/** A letter to be written. */
export type InterviewLetter = Pick<DeliveryRow<AboutInterview>, '_id' | 'of' | 'about'>;

/** Whom a letter goes to, in their language and zone, which page it opens, and what it calls the file. */
interface Reader {
  name: string;
  email: string;
  locale: Locale;
  timeZone: string;
  path: string;
  called: string;
}

/** All that a letter tells of, of which kind. `panel` and `row` are null of an interview that is called off. `judged`: the file as far as somebody can have an interest in it. */
interface Told {
  kind: AboutInterview['kind'];
  call: CallRow;
  cohortName: string;
  file: AddressedFile;
  judged: JudgedFile;
  row: InterviewRow | null;
  panel: PanelRow | null;
  people: Map<string, KnownInterviewer>;
}

const WITHOUT_TIME = new Set<AboutInterview['kind']>(['invited', 'to-choose']);
const CANCELLED = new Set<AboutInterview['kind']>(['given-back', 'taken-away', 'called-off', 'freed']);

/** Writes the letters about interviews. With those about a time goes its entry for the calendar, by one UID for good and the turn as SEQUENCE. */
@Injectable()
export class InterviewLetters {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly applications: ApplicationsReader,
    private readonly panels: PanelsRepository,
    private readonly interviews: InterviewsRepository,
    private readonly interviewers: Interviewers,
    private readonly users: UsersRepository,
    private readonly tokens: ApplicantTokens,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /** Null where there is nothing to say any more. */
  async write({ _id, of, about }: InterviewLetter): Promise<OutgoingMail | null> {
    const told = await this.told(of, about);
    const reader = told && (await this.reader(about, told));
    if (!told || !reader) return null;
    const { call, cohortName, panel } = told;
    const time = about.was ?? told.row?.time ?? null;
    const { locale, timeZone } = reader;
    const limit = time && panel && moveUntil(time, panel.moveHours);
    const until = limit && limit > this.clock.now() ? formatInstant(limit, timeZone, locale) : '';
    const words = interviewWords(
      told.kind,
      {
        ...{ title: call.title[locale], cohortName, name: reader.called },
        ...{ minutes: panel?.minutes ?? 0, until },
      },
      locale,
    );
    const { subject, lines, action, footer } = words;
    const url = new URL(reader.path, this.config.PUBLIC_URL).href;
    const facts = time && !WITHOUT_TIME.has(about.kind) ? this.facts(about, told, reader, time) : [];
    const hasEntry = time !== null && !WITHOUT_TIME.has(about.kind) && about.kind !== 'soon';
    return {
      to: { name: reader.name, address: reader.email },
      subject,
      messageId: this.mailer.messageId(`interview-${about.kind}-${String(_id)}`),
      ...(await renderLetter({ locale, heading: subject, lines, facts, footer, action: { label: action, url } })),
      ...(hasEntry && { calendar: this.entry(about, told, reader, time) }),
    };
  }

  /** Staff see that an address takes no letter, until one arrives, and remind nobody who has just been. */
  async moved({ kind, userId, interviewId }: AboutInterview, move: DeliveryMove): Promise<void> {
    if (userId) return;
    if (move.to === 'sent') await this.interviews.refused(interviewId, null);
    if (move.to === 'sent' && kind === 'to-choose') await this.interviews.reminded(interviewId, this.clock.now());
    if (move.to === 'failed' && move.because === 'refused')
      await this.interviews.refused(interviewId, this.clock.now());
  }

  private async told(
    of: InterviewLetter['of'],
    { kind, interviewId, turn, userId }: AboutInterview,
  ): Promise<Told | null> {
    const [handedIn, row] = await Promise.all([this.applications.addressed(of), this.interviews.byId(interviewId)]);
    const gone = !handedIn && kind === 'freed' ? await this.applications.numbered(of) : null;
    const file = handedIn ?? gone?.file;
    const panel = row && (await this.panels.byId(row.panelId));
    // What came after it has a letter of its own, but for who sits there no more.
    const hasLeft = userId !== undefined && panel !== null && !sitsOn(panel, String(userId));
    const isLater = row !== null && row.turn !== turn && !hasLeft;
    if (row ? isLater || kind === 'called-off' : kind !== 'called-off' && kind !== 'freed') return null;
    if (!file) return null;
    const isOver = !isTalkedAbout(file, this.clock.now());
    if (isOver && !CANCELLED.has(kind)) return null;
    if (row && WITHOUT_TIME.has(kind) && row.time) return null;
    const [call, cohort] = await Promise.all([this.calls.byId(file.callId), this.cohorts.byId(file.cohortId)]);
    if (!call || cohort?.state !== 'running') return null;
    const people = await this.interviewers.ofCall(call);
    return {
      // Who was declined is not asked to choose another time.
      kind: isOver && !userId ? 'called-off' : kind,
      ...{ call, cohortName: cohort.name, file, judged: gone?.judged ?? file, row, panel, people },
    };
  }

  private async reader(
    { kind, userId }: AboutInterview,
    { file, judged, panel, people }: Told,
  ): Promise<Reader | null> {
    if (!userId) {
      const { email, locale, timeZone } = file;
      const path = `/application/${this.tokens.link(file)}`;
      return { name: nameOf(file), email, locale, timeZone, path, called: nameOf(file) };
    }
    const known = people.get(String(userId));
    if (known ? mustNotSee(known, judged) : kind !== 'freed') return null;
    // Who sits there no more hears once that it is not theirs, and who was let go not whose it is.
    if (kind === 'booked' && !(panel && sitsOn(panel, String(userId)))) return null;
    const account = await this.users.profile(userId);
    if (!account || account.ended) return null;
    const { email, locale, timeZone } = account;
    const called = (known && nameOf(file)) || (file.numberText ?? '');
    return { name: known?.name ?? account.name, email, locale, timeZone, path: '/reviews/interviews', called };
  }

  private facts({ kind, userId }: AboutInterview, { call, file, panel, people }: Told, reader: Reader, time: Stretch) {
    const { locale, timeZone } = reader;
    const labels = LABELS[locale];
    const there = panel && !CANCELLED.has(kind) ? panel : null;
    const names = there ? namesOf(there, people, userId) : [];
    return [
      { label: labels.when, value: spansOf(time, timeZone, call.timeZone, locale) },
      ...(there ? [{ label: labels.where, value: there.place, isLink: isAddress(there.place) }] : []),
      ...(names.length > 0 ? [{ label: labels.with, value: names.join(', ') }] : []),
      ...(there && there.phone !== '' ? [{ label: labels.phone, value: there.phone }] : []),
      ...(userId ? [{ label: labels.number, value: file.numberText ?? '' }] : []),
    ];
  }

  private entry(
    { kind, interviewId, turn, userId }: AboutInterview,
    { call, row, panel, people }: Told,
    { name, email, locale, timeZone, path, called }: Reader,
    time: Stretch,
  ): NonNullable<OutgoingMail['calendar']> {
    const isCancelled = CANCELLED.has(kind);
    const method = isCancelled ? 'CANCEL' : 'REQUEST';
    const labels = LABELS[locale];
    // Calendars are shown to others: the link that opens a file is in the letter alone.
    const url = new URL(userId ? path : `/calls/${call.slug}`, this.config.PUBLIC_URL).href;
    const names = panel ? namesOf(panel, people, userId) : [];
    const lines = [
      ...(names.length > 0 ? [`${labels.with}: ${names.join(', ')}`] : []),
      ...(panel && panel.phone !== '' ? [`${labels.phone}: ${panel.phone}`] : []),
      url,
    ];
    const changedAt = row?.changedAt ?? this.clock.now();
    const entry = {
      ...{ kind: 'interview' as const, id: String(interviewId), sequence: turn },
      title: entryTitle(locale, userId ? called : call.title[locale]),
      description: lines.join('\n'),
      place: panel?.place ?? null,
      link: panel && isAddress(panel.place) ? panel.place : url,
      time: { startsAt: time.startsAt, endsAt: time.endsAt, timeZone },
      status: isCancelled ? ('cancelled' as const) : ('confirmed' as const),
      changedAt,
      stampedAt: new Date(Math.max(changedAt.getTime(), this.clock.now().getTime())),
      organizer: organizerOf(this.config.MAIL_FROM),
      attendee: { name, email },
    };
    return { method, content: icsOf([entry], { method, host: new URL(this.config.PUBLIC_URL).hostname }) };
  }
}

/** A span in the zone of who reads, and in that of the call where the clocks there show another hour. */
function spansOf({ startsAt, endsAt }: Stretch, own: string, theirs: string, locale: Locale): string[] {
  const isSame = zonedOf(startsAt, own).offset === zonedOf(startsAt, theirs).offset;
  return [own, ...(isSame ? [] : [theirs])].map((zone) => formatSpan(startsAt, endsAt, zone, locale));
}

/** Who sits on a panel by now, but for who reads. */
const namesOf = ({ memberIds }: PanelRow, people: Told['people'], but?: InterviewRow['_id']): string[] =>
  memberIds.flatMap((id) => (but?.equals(id) ? [] : (people.get(String(id))?.name ?? [])));

/** Whether a place is the address of a meeting. */
const isAddress = (place: string): boolean => /^https?:\/\/\S+$/i.test(place) && URL.canParse(place);
