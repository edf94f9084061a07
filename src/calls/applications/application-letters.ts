import { Inject, Injectable } from '@nestjs/common';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Clock } from '../../common/times/clock.js';
import { formatInstant } from '../../common/times/instants.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { DeliveryRow } from '../../infra/deliveries/delivery.schema.js';
import { renderLetter } from '../../infra/mail/letter.js';
import { Mailer, type OutgoingMail } from '../../infra/mail/mailer.js';
import type { CallRow } from '../call.schema.js';
import { isOver } from '../call-times.js';
import { CallsRepository } from '../calls.repository.js';
import { ApplicationMessagesRepository } from '../messages/application-messages.repository.js';
import { answeredIn } from './answer-words.js';
import { ApplicantTokens } from './applicant-tokens.js';
import type { AboutApplication } from './application-letter.js';
import type { ApplicationRow } from './application.schema.js';
import { applicationWords } from './application-words.js';
import { ApplicationsRepository } from './applications.repository.js';
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

  /** Null where there is nothing to say any more: a draft that was handed in, a closing that is another by now. */
  async write({ _id, of, about }: ApplicationLetter): Promise<OutgoingMail | null> {
    const file = await this.applications.byId(of);
    const call = file && (await this.calls.byId(file.callId));
    const cohort = call && (await this.cohorts.byId(call.cohortId));
    const message = about.messageId ? await this.messages.byId(about.messageId) : null;
    if (!file || !call?.closesAt || !cohort || !this.isTrue(about, file, call)) return null;
    if (about.kind === 'message' && !message) return null;
    const { locale, timeZone, numberText: number = '' } = file;
    const words = applicationWords(
      about.kind,
      {
        ...{ title: call.title[locale], cohortName: cohort.name, number, days: KEPT_DAYS, hours: about.hours ?? 0 },
        until: formatInstant(call.closesAt, timeZone, locale),
        ...{
          isNew: file.openedAt === null,
          isHandedIn: file.state === 'submitted',
          isClosed: isOver(call, this.clock.now()),
          text: about.kind === 'decision' ? decisionText(file) : (message?.text ?? ''),
        },
        ...{ decision: file.decision?.kind ?? 'declined' },
      },
      locale,
    );
    const facts = about.kind === 'receipt' ? await this.handedIn(file) : [];
    const url = new URL(`/application/${this.tokens.link(file)}`, this.config.PUBLIC_URL).href;
    const body = await renderLetter({
      ...{ locale, heading: words.subject, lines: words.lines, facts, footer: words.footer },
      action: { label: words.action, url },
    });
    return {
      // Until the file was handed in, nothing says whose the address is.
      to: { name: file.submitted?.known.name ?? '', address: file.email },
      subject: words.subject,
      messageId: this.mailer.messageId(`application-${about.kind}-${String(_id)}`),
      ...body,
    };
  }

  /** Whether what the letter is about still holds. */
  private isTrue({ kind, closesAt, times, turn }: AboutApplication, file: ApplicationRow, call: CallRow): boolean {
    if (closesAt !== undefined && closesAt !== call.closesAt?.getTime()) return false;
    const isClosed = isOver(call, this.clock.now());
    switch (kind) {
      case 'link':
      case 'message':
        return true;
      case 'receipt':
        return file.state === 'submitted' && file.submitted?.times === times;
      case 'withdrawn':
        return file.state === 'withdrawn';
      case 'decision':
        return file.state === 'submitted' && file.decision?.turn === turn;
      case 'closed':
        return file.state === 'draft' && isClosed;
      default:
        return file.state === 'draft' && !isClosed;
    }
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
const decisionText = ({ decision, locale, submitted, numberText = '' }: ApplicationRow): string =>
  filledIn(decision?.words[locale] ?? '', { name: submitted?.known.name ?? '', number: numberText });

const HANDED_IN = { en: 'Handed in', fr: 'Déposée' } as const;
