import { Inject, Injectable } from '@nestjs/common';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Clock } from '../../common/times/clock.js';
import { formatInstant } from '../../common/times/instants.js';
import { CONFIG, type Config } from '../../config/config.js';
import { askedQuestions } from '../../contracts/calls/asking.js';
import type { Prepared } from '../../infra/deliveries/delivery-kind.js';
import type { DeliveryRow } from '../../infra/deliveries/delivery.schema.js';
import { renderLetter } from '../../infra/mail/letter.js';
import { Mailer } from '../../infra/mail/mailer.js';
import type { CallRow } from '../call.schema.js';
import { isOver } from '../call-times.js';
import { CallsRepository } from '../calls.repository.js';
import { ApplicationMessagesRepository } from '../messages/application-messages.repository.js';
import { askedAt } from '../work/asked-piece.js';
import { answeredIn } from './answers/answer-words.js';
import { ApplicantTokens } from './applicant-tokens.js';
import type { AboutApplication } from './application-letter.js';
import type { ApplicationRow, DecisionRow } from './application.schema.js';
import { applicationWords } from '../letters/application-words.js';
import { ApplicationsRepository } from './applications.repository.js';
import { isSent, standingDecision } from '../decisions/deciding.js';
import { filledIn } from '../decisions/filled-in.js';
import { KEPT_DAYS } from './erase-times.js';

/** A letter to who applies that is to be written. */
export type ApplicationLetter = Pick<DeliveryRow<AboutApplication>, '_id' | 'of' | 'about'>;

/** Writes the letters to those who apply: what they say is read anew from the file and its call, so that one that comes late says nothing old. */
@Injectable()
export class ApplicationLetters {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly applications: ApplicationsRepository,
    private readonly messages: ApplicationMessagesRepository,
    private readonly tokens: ApplicantTokens,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /**
   * Skipped where there is nothing to say any more: a draft that was handed in, a closing that is another by now. A worker may look at it a little before its time, or by another clock: what it tells
   * of has not come then, and it waits.
   */
  async write({ _id, of, about }: ApplicationLetter): Promise<Prepared> {
    const file = await this.applications.byId(of);
    const call = file && (await this.calls.byId(file.callId));
    const cohort = call && (await this.cohorts.byId(call.cohortId));
    const message = about.messageId ? await this.messages.byId(about.messageId) : null;
    if (!file || !call?.closesAt || !cohort) return OVER;
    const isClosed = isOver(call, this.clock.now()) || cohort.state === 'closed';
    const later = this.comesAt(about, file, { call, isClosed });
    if (later) return { later };
    if (!this.isTrue(about, file, { call, isClosed }) || (about.kind === 'message' && !message)) return OVER;
    const standing = standingDecision(file, this.clock.now());
    const { locale, timeZone, numberText: number = '' } = file;
    const words = applicationWords(
      about.kind,
      {
        ...{ title: call.title[locale], cohortName: cohort.name, number, days: KEPT_DAYS, hours: about.hours ?? 0 },
        until: formatInstant(call.closesAt, timeZone, locale),
        ...{
          isNew: file.openedAt === null,
          isAdded: file.addedById !== undefined && file.submitted?.times === 1,
          isHandedIn: file.state === 'submitted',
          isClosed,
          text: about.kind === 'decision' ? decisionText(file, standing) : (message?.text ?? ''),
        },
        ...{ decision: standing?.kind ?? 'declined', place: standing?.place?.state ?? null },
        ...(await this.asked(file)),
        confirmBy: standing?.place ? formatInstant(standing.place.confirmBy, timeZone, locale) : '',
      },
      locale,
    );
    const facts = about.kind === 'receipt' ? await this.handedIn(file) : [];
    const url = new URL(`/application/${this.tokens.link(file)}`, this.config.PUBLIC_URL).href;
    const body = await renderLetter({
      ...{ locale, heading: words.subject, lines: words.lines, facts, footer: words.footer },
      action: { label: words.action, url },
    });
    const letter = {
      // Until the file was handed in, nothing says whose the address is.
      to: { name: file.submitted?.known.name ?? '', address: file.email },
      subject: words.subject,
      messageId: this.mailer.messageId(`application-${about.kind}-${String(_id)}`),
      ...body,
    };
    return { letter };
  }

  /** When what a letter tells of comes to be, where it is not yet: a decision is held until its time, a call is open until it closes. */
  private comesAt({ kind, closesAt, turn }: AboutApplication, file: ApplicationRow, of: OfCall): Date | null {
    const { call, isClosed } = of;
    const now = this.clock.now();
    const { decision } = file;
    if (turn !== undefined && kind !== 'asked' && decision?.turn === turn && file.state === 'submitted')
      return isSent(decision, now) ? null : decision.sendAt;
    const isToClose = kind === 'closed' && file.state === 'draft' && call.closesAt?.getTime() === closesAt;
    return isToClose && !isClosed ? call.closesAt : null;
  }

  /** Whether what the letter is about still holds. */
  private isTrue({ kind, closesAt, times, turn }: AboutApplication, file: ApplicationRow, of: OfCall): boolean {
    const { call, isClosed } = of;
    if (closesAt !== undefined && closesAt !== call.closesAt?.getTime()) return false;
    switch (kind) {
      case 'link':
      case 'message':
        return true;
      case 'receipt':
        return file.state === 'submitted' && file.submitted?.times === times;
      case 'withdrawn':
        return file.state === 'withdrawn';
      case 'decision':
        return this.standing(file, turn) !== null;
      case 'to-confirm':
        return this.hasPlace(file, turn, 'open');
      case 'place-taken':
        return this.hasPlace(file, turn, 'taken');
      case 'place-lost':
        return this.standing(file, turn)?.kind === 'lapsed';
      case 'asked':
        return askedAt(file, this.clock.now())?.turn === turn;
      case 'closed':
        return file.state === 'draft' && isClosed;
      default:
        return file.state === 'draft' && !isClosed;
    }
  }

  /** What stands for who applies, where it is of this turn: while another decision is held, the one before. */
  private standing(file: ApplicationRow, turn: number | undefined): DecisionRow | null {
    const standing = file.state === 'submitted' ? standingDecision(file, this.clock.now()) : null;
    return standing?.turn === turn ? standing : null;
  }

  /** Whether the place of a turn stands so; one that is to be confirmed, only until its time is over. */
  private hasPlace(file: ApplicationRow, turn: number | undefined, as: 'open' | 'taken'): boolean {
    const place = this.standing(file, turn)?.place;
    return place?.state === as && (as === 'taken' || place.confirmBy > this.clock.now());
  }

  /** What the programme team asks for: its words, the questions, and until when. */
  private async asked({ asked, callId, version, submitted, locale, timeZone }: ApplicationRow) {
    const form = asked && (await this.calls.form(callId, version));
    if (!form) return { asked: { words: '', questions: [], until: '' } };
    const questions = askedQuestions(form.fields, submitted?.answers ?? {}, asked).map(({ label }) => label[locale]);
    return { asked: { words: asked.words, questions, until: formatInstant(asked.until, timeZone, locale) } };
  }

  /** All that was handed in, as it was asked. */
  private async handedIn({ callId, version, submitted, locale, timeZone }: ApplicationRow) {
    const form = await this.calls.form(callId, version);
    if (!form || !submitted) return [];
    const at = formatInstant(submitted.at, timeZone, locale);
    return [{ label: HANDED_IN[locale], value: at }, ...answeredIn(form.fields, submitted.answers, locale)];
  }
}

/** The words of a decision, with what is theirs in them. */
const decisionText = ({ locale, submitted, numberText = '' }: ApplicationRow, decision: DecisionRow | null): string =>
  filledIn(decision?.words[locale] ?? '', { name: submitted?.known.name ?? '', number: numberText });

/** A call, and whether nothing can be handed in to it any more: it is over, or its cohort is. */
interface OfCall {
  call: CallRow;
  isClosed: boolean;
}

const OVER = { skip: 'over' };
const HANDED_IN = { en: 'Handed in', fr: 'Déposée' } as const;
