import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { FilesOfInvited, FilesOfInvitedPort } from '../../cohorts/invited/joining.js';
import { conflict } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { Application } from '../../contracts/calls/applications.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Ends } from '../../infra/queue/ends.js';
import type { Shown } from '../applications/applicant-tokens.js';
import { ApplicationMails } from '../applications/application-mails.js';
import { ApplicationsService, type WholeFile } from '../applications/applications.service.js';
import { AcceptedFiles } from '../decisions/accepted-files.reader.js';
import { ApplicationActs } from '../decisions/application-acts.js';
import { standingDecision } from '../decisions/deciding.js';
import { untilSettled } from './overtaken.js';
import { PlaceLosing } from './place-losing.js';
import { type PlacedRow, PlacesRepository } from './places.repository.js';

const A_TURN = 100;

/** Who is accepted says whether they take their place, or joins the cohort, which says so too. Who does neither by the day loses it. */
@Injectable()
export class Places extends FilesOfInvited implements OnModuleInit {
  constructor(
    private readonly port: FilesOfInvitedPort,
    private readonly ends: Ends,
    private readonly accepted: AcceptedFiles,
    private readonly places: PlacesRepository,
    private readonly losing: PlaceLosing,
    private readonly service: ApplicationsService,
    private readonly mails: ApplicationMails,
    private readonly acts: ApplicationActs,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {
    super();
  }

  onModuleInit(): void {
    this.port.provide(this);
    this.ends.of('places', () => this.end());
  }

  /** For who applies. Said again, nothing more happens. Throws 404, 409 `no_place`, `place_lost`. */
  async answer(shown: Shown, takes: boolean): Promise<Application> {
    const { file } = await this.service.whole(shown);
    await untilSettled(this.transactions, async (session) => {
      if (!takes) await this.losing.lose(file._id, 'given-back', session);
      // Who comes after the day is told so, and not a minute later.
      else if (!(await this.take(file, session))) await this.losing.lose(file._id, 'not-answered', session);
    });
    mustBeAnswered(await this.service.whole(shown), takes, this.clock.now());
    return await this.service.get(shown);
  }

  override async joined(applicationIds: readonly Types.ObjectId[], session: ClientSession): Promise<boolean> {
    const standing = await this.accepted.hold(applicationIds, session);
    let isOneTheirs = false;
    for (const id of applicationIds) {
      const file = standing.has(String(id)) ? await this.places.one(id, session) : null;
      // Of one that was to be confirmed until a day that is over, the turn that ends it has not come yet.
      const isTooLate = file?.decision?.place?.state === 'open' && !(await this.take(file, session));
      if (file && !isTooLate) isOneTheirs = true;
    }
    return isOneTheirs;
  }

  /** False where there is none to be taken any more, or it was taken before. */
  private async take(
    { _id, callId, decision }: Pick<PlacedRow, '_id' | 'callId' | 'decision'>,
    session: ClientSession,
  ): Promise<boolean> {
    if (!(await this.places.take(_id, this.clock.now(), session))) return false;
    await this.acts.write([{ callId, applicationId: _id, act: 'taken' }], session);
    await this.mails.placeTaken(_id, decision?.turn ?? 0, session);
    return true;
  }

  /** Those that nobody confirmed in time are lost. Run twice, or killed in between, each is lost once. */
  async end(): Promise<void> {
    for (const { _id } of await this.places.overdue(this.clock.now(), A_TURN))
      await untilSettled(this.transactions, (session) => this.losing.lose(_id, 'not-answered', session));
  }
}

/** Whether it stands as was said. */
function mustBeAnswered({ file }: WholeFile, takes: boolean, now: Date): void {
  const place = file.state === 'submitted' ? standingDecision(file, now)?.place : undefined;
  if (!place) throw conflict('no_place', 'There is no place to answer for.');
  if (place.state === (takes ? 'taken' : 'given-back')) return;
  throw conflict('place_lost', 'The place was not confirmed in time, or was given back.', {
    confirmBy: place.confirmBy.toISOString(),
  });
}
