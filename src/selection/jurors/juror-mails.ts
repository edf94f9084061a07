import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { LinkTokens } from '../../auth/tokens/link-tokens.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { ApplicationsReader } from '../../calls/applications/applications-reader.js';
import { CallsRepository } from '../../calls/calls.repository.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { formatInstant } from '../../common/times/instants.js';
import { CONFIG, type Config } from '../../config/config.js';
import { Deliveries, type NewDelivery } from '../../infra/deliveries/deliveries.js';
import type { DeliveryKind } from '../../infra/deliveries/delivery-kind.js';
import { renderLetter } from '../../infra/mail/letter.js';
import { Mailer, type OutgoingMail } from '../../infra/mail/mailer.js';
import { toId } from '../../infra/mongo/ids.js';
import { OPEN, ReviewsRepository } from '../reviews/reviews.repository.js';
import { isReadIn } from '../steps/step-files.js';
import type { StepRow } from '../steps/step.schema.js';
import { StepsRepository } from '../steps/steps.repository.js';
import { type JurorLetterKind, jurorWords } from './juror-words.js';
import type { JurorRow } from './juror.schema.js';
import { JurorsRepository } from './jurors.repository.js';

/** What a letter is about. `stepId`: in which files wait; `dueAt` (ms): the day that it is about, of another one by then it is not sent. `key`: of an invitation; of another by then it is not sent. */
interface AboutJuror {
  kind: JurorLetterKind;
  stepId?: Types.ObjectId;
  dueAt?: number;
  key?: string;
}

/** Jurors with files left are reminded so long before the day. One letter a juror, however many files. */
const DAYS_BEFORE = [7, 2];
const SEPARATOR = '~';

/** Letters to jurors. What they say is read anew as they are written: who has nothing left to read hears nothing. */
@Injectable()
export class JurorMails implements OnModuleInit {
  private readonly kind: DeliveryKind<AboutJuror> = {
    name: 'juror',
    way: 'letters',
    prepare: async ({ _id, of, about }) => {
      const letter = await this.write(_id, of, about);
      return letter ? { letter } : { skip: 'over' };
    },
    moved: async ({ of }, move) => {
      if (move.to === 'sent') await this.jurors.reached(of, this.clock.now());
      if (move.to === 'failed' && move.because === 'refused') await this.jurors.refused(of, this.clock.now());
    },
  };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly jurors: JurorsRepository,
    private readonly steps: StepsRepository,
    private readonly reviews: ReviewsRepository,
    private readonly applications: ApplicationsReader,
    private readonly users: UsersRepository,
    private readonly tokens: LinkTokens,
    private readonly deliveries: Deliveries,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deliveries.register(this.kind);
  }

  /** Invitations of new jurors. */
  async invited(rows: readonly JurorRow[], session: ClientSession): Promise<void> {
    await this.send(
      rows.map(({ _id, key }) => ({ key: `${String(_id)}-invited-${key}`, of: _id, about: { kind: 'invited', key } })),
      session,
    );
  }

  /** That files wait for them in an open step: for those who had nothing to read there before. `revision` and `assignments` are those of the act that this follows from. */
  async asked(
    jurorIds: readonly Types.ObjectId[],
    { _id: stepId, revision, assignments }: Pick<StepRow, '_id' | 'revision' | 'assignments'>,
    session: ClientSession,
  ): Promise<void> {
    await this.send(
      distinct(jurorIds).map((of) => ({
        key: [of, 'asked', stepId, revision, assignments].join('-'),
        ...{ of, about: { kind: 'asked', stepId } },
      })),
      session,
    );
  }

  /** That the day of a step comes near; those who have nothing left by then hear nothing. */
  async due(
    jurorIds: readonly Types.ObjectId[],
    { _id: stepId, dueAt }: Pick<StepRow, '_id' | 'dueAt'>,
    session: ClientSession,
  ): Promise<void> {
    if (!dueAt) return;
    const now = this.clock.now();
    const times = DAYS_BEFORE.map((days) => ({ days, at: new Date(dueAt.getTime() - days * DAY) }));
    const about = { kind: 'due' as const, stepId, dueAt: dueAt.getTime() };
    const letters = distinct(jurorIds).flatMap((of) =>
      times.flatMap(({ days, at }): NewDelivery<AboutJuror>[] =>
        at > now ? [{ key: [of, 'due', stepId, days, about.dueAt.toString(36)].join('-'), of, about, dueAt: at }] : [],
      ),
    );
    await this.send(letters, session);
  }

  /** Staff remind one of what waits in a step. */
  async reminded(of: Types.ObjectId, stepId: Types.ObjectId, at: Date, session: ClientSession): Promise<void> {
    const about: AboutJuror = { kind: 'reminded', stepId };
    await this.send([{ key: `${String(of)}-reminded-${at.getTime().toString(36)}`, of, about }], session);
  }

  /** The token of a juror's link. */
  tokenOf({ _id, key }: Pick<JurorRow, '_id' | 'key'>): string {
    return this.tokens.sign('jury', `${String(_id)}${SEPARATOR}${key}`);
  }

  /** Whose link this is; null for what is none of ours. */
  readToken(token: string): { jurorId: Types.ObjectId; key: string } | null {
    const [id = '', key] = (this.tokens.verify('jury', token) ?? '').split(SEPARATOR);
    const jurorId = toId(id);
    return jurorId && key ? { jurorId, key } : null;
  }

  private async send(letters: readonly NewDelivery<AboutJuror>[], session: ClientSession): Promise<void> {
    if (letters.length > 0) await this.deliveries.writeMissing(this.kind, letters, session);
  }

  /** How many files of a step wait for a juror. */
  private async countOpen({ _id }: JurorRow, step: StepRow): Promise<number> {
    const open = (await this.reviews.ofJurors([_id], [step._id])).filter(({ state }) => OPEN.includes(state));
    const files = await this.applications.some(open.map(({ applicationId }) => applicationId));
    return files.filter((file) => isReadIn(step, file._id)).length;
  }

  /** Null where there is nothing to say any more. */
  private async write(id: Types.ObjectId, jurorId: Types.ObjectId, about: AboutJuror): Promise<OutgoingMail | null> {
    const juror = await this.jurors.byId(jurorId);
    const call = juror && (await this.calls.byId(juror.callId));
    const cohort = call && (await this.cohorts.byId(call.cohortId));
    if (!juror || !call || juror.state === 'left' || cohort?.state !== 'running') return null;
    if (about.key !== undefined && (about.key !== juror.key || juror.state === 'joined')) return null;
    const reader = juror.userId && (await this.users.profile(juror.userId));
    if (reader?.ended) return null;
    const step = about.stepId ? await this.steps.byId(about.stepId) : null;
    const files = step?.state === 'open' ? await this.countOpen(juror, step) : 0;
    const isAboutFiles = about.kind === 'asked' || about.kind === 'due' || juror.state === 'joined';
    if (isAboutFiles && files === 0) return null;
    if (about.dueAt !== undefined && step?.dueAt?.getTime() !== about.dueAt) return null;
    const hasJoined = juror.state === 'joined';
    // Who has not come yet is invited, whatever else there is to say.
    const kind = hasJoined ? about.kind : 'invited';
    const { locale } = juror;
    const words = jurorWords(
      kind,
      {
        ...{ title: call.title[locale], cohortName: cohort.name, step: step?.name[locale] ?? '', files, hasJoined },
        until: step?.dueAt ? formatInstant(step.dueAt, call.timeZone, locale) : null,
      },
      locale,
    );
    const path = hasJoined ? '/reviews' : `/jury/${this.tokenOf(juror)}`;
    const url = new URL(path, this.config.PUBLIC_URL).href;
    const { subject, lines, action, footer } = words;
    return {
      // The address of their account by now.
      to: { name: juror.name, address: reader?.email ?? juror.email },
      subject,
      messageId: this.mailer.messageId(`juror-${about.kind}-${String(id)}`),
      ...(await renderLetter({ locale, heading: subject, lines, footer, action: { label: action, url } })),
    };
  }
}

const distinct = (ids: readonly Types.ObjectId[]) => [...new Map(ids.map((id) => [String(id), id])).values()];
