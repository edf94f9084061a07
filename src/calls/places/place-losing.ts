import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Clock } from '../../common/times/clock.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { ApplicationMails } from '../applications/application-mails.js';
import type { DecisionRow } from '../applications/application.schema.js';
import { eraseAt } from '../applications/erase-times.js';
import type { CallRow } from '../call.schema.js';
import { acceptanceEnded } from '../calls.events.js';
import { CallsRepository } from '../calls.repository.js';
import { ApplicationActs } from '../decisions/application-acts.js';
import { isSent, sendAtOf } from '../decisions/deciding.js';
import { Overtaken } from './overtaken.js';
import { type PlacedRow, PlacesRepository } from './places.repository.js';
import { type LostBecause, confirmByFor, isHeldPlace, lapsed } from './placing.js';

/** What follows when somebody loses their place: the first of the waiting list of the same craft is offered it, once. */
@Injectable()
export class PlaceLosing {
  constructor(
    private readonly places: PlacesRepository,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly mails: ApplicationMails,
    private readonly acts: ApplicationActs,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * The place of a file is lost, if it has one of which its letter has told, and the next one is offered it in the same write. Who withdraws loses also one of which nobody has told them yet: its
   * letter does not go. False where there is no such place, or, of one that was `not-answered`, where it was answered meanwhile. Throws `Overtaken` where others were faster: to be run again.
   */
  async lose(id: Types.ObjectId, because: LostBecause, session: ClientSession): Promise<boolean> {
    const now = this.clock.now();
    const file = await this.places.one(id, session);
    const call = file && (await this.calls.byId(file.callId, session));
    const decision = file?.decision;
    const place = decision?.place;
    if (!call || !decision || !isHeldPlace(place)) return false;
    if (because !== 'withdrawn' && !isSent(decision, now)) return false;
    if (because === 'not-answered' && (place.state !== 'open' || place.confirmBy > now)) return false;
    const next = await this.next(call, file, now, session);
    const lost = lapsed({ turn: decision.turn, place }, because, now, next?.numberText);
    const erased = eraseAt({ ...file, decision: lost }, call);
    if (!(await this.places.lose(file, lost, erased, session))) throw new Overtaken();
    await this.acts.write([{ callId: call._id, applicationId: file._id, act: because }], session);
    // Who withdraws is told so, and says so, with all of their file.
    if (because !== 'withdrawn') {
      await this.mails.placeLost(file._id, lost.turn, session);
      await this.outbox.write(acceptanceEnded, { applicationId: String(file._id) }, session);
    }
    if (next) await this.offer(next, { sendAt: decision.sendAt, confirmBy: place.confirmBy }, file, call, session);
    return true;
  }

  private async next(
    call: CallRow,
    { submitted }: PlacedRow,
    now: Date,
    session: ClientSession,
  ): Promise<PlacedRow | null> {
    if (call.isOffering === false) return null;
    // One that closes at the same moment is closed before this, or after: then it was offered.
    if (!(await this.cohorts.hold(call.cohortId, session))) return null;
    return await this.places.next(call._id, submitted?.known.craft, now, session);
  }

  /** As a decision of staff it is held for an hour, in which it can be undone. */
  private async offer(
    next: PlacedRow,
    lost: { sendAt: Date; confirmBy: Date },
    { numberText }: PlacedRow,
    { timeZone }: CallRow,
    session: ClientSession,
  ): Promise<void> {
    const now = this.clock.now();
    const sendAt = sendAtOf(now);
    const confirmBy = confirmByFor(sendAt, lost, timeZone);
    const decision: DecisionRow = {
      ...{ kind: 'accepted', at: now, sendAt, words: next.decision?.offer ?? { en: '', fr: '' } },
      turn: (next.decisionTurn ?? 0) + 1,
      place: { state: 'open', confirmBy, since: now, ...(numberText !== undefined && { insteadOf: numberText }) },
    };
    if (!(await this.places.offer(next, decision, session))) throw new Overtaken();
    await this.acts.write([{ callId: next.callId, applicationId: next._id, act: 'offered' }], session);
    await this.mails.decided([{ id: next._id, turn: decision.turn }], { sendAt, confirmBy }, session);
  }
}
