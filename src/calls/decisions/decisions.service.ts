import { Injectable } from '@nestjs/common';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalidField } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type {
  DecideApplications,
  DecidedApplications,
  UndoDecisions,
  UndoneDecisions,
} from '../../contracts/calls/decisions.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { ApplicationMails } from '../applications/application-mails.js';
import { isOver } from '../call-times.js';
import { applicationsDeclined } from '../calls.events.js';
import { CallsService } from '../calls.service.js';
import { OwnFiles } from '../own-files.js';
import { Overtaken, untilSettled } from '../places/overtaken.js';
import { PlacesRepository } from '../places/places.repository.js';
import { RANK_STEP } from '../places/placing.js';
import { ApplicationActs } from './application-acts.js';
import { HELD_MS, isHeld, sendAtOf, whyNotDecided } from './deciding.js';
import { DecisionsRepository, type NewDecision } from './decisions.repository.js';

/** Decides what was handed in, one by one or many at once. Nobody hears of it for an hour, in which it can be undone. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly calls: CallsService,
    private readonly actors: ActorsNow,
    private readonly decisions: DecisionsRepository,
    private readonly places: PlacesRepository,
    private readonly mails: ApplicationMails,
    private readonly acts: ApplicationActs,
    private readonly own: OwnFiles,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** All that can be decided so is, with its letter; what cannot is named. Throws 404, 409 `cohort_closed`, `call_open`, 422 `/confirmBy` `not_after_letter`. */
  async decide(actor: CohortActor, callId: string, body: DecideApplications): Promise<DecidedApplications> {
    const call = await this.calls.load(actor, callId);
    mustRun(actor);
    const now = this.clock.now();
    if (!isOver(call, now)) throw conflict('call_open', 'Files are decided once the call is closed.');
    const sendAt = sendAtOf(now);
    const confirmBy = body.decision === 'accepted' && body.confirmBy !== null ? new Date(body.confirmBy) : undefined;
    if (confirmBy && confirmBy <= sendAt)
      throw invalidField('/confirmBy', 'not_after_letter', { sendAt: sendAt.toISOString() });
    const byId = idOf(actor.userId);
    const offer = body.decision === 'waiting' && body.offer ? { offer: body.offer } : {};
    const ids = [...new Set(body.applicationIds)];
    const isOwn = await this.own.of(actor);
    const left = await untilSettled(this.transactions, async (session) => {
      await this.actors.heldAsStaff(actor, session);
      const found = await this.decisions.some(call._id, toIds(ids), session);
      const files = new Map(found.map((file) => [String(file._id), file]));
      const because = new Map(ids.map((id) => [id, whyNotDecided(files.get(id), body.decision, now, isOwn)]));
      const fresh = found
        .filter(({ _id }) => because.get(String(_id)) === null)
        // The waiting list is in the order in which it was decided, and then of the numbers.
        .toSorted((one, other) => (one.number ?? 0) - (other.number ?? 0))
        .map((file, index): NewDecision => {
          const turn = (file.decisionTurn ?? 0) + 1;
          const waits = body.decision === 'waiting' && { ...offer, rank: now.getTime() + index * RANK_STEP };
          const place = confirmBy && { place: { state: 'open' as const, confirmBy, since: now } };
          const decision = { kind: body.decision, at: now, sendAt, byId, words: body.words, turn, ...waits, ...place };
          return { file, decision };
        });
      if ((await this.decisions.decide(fresh, session)) < fresh.length) throw new Overtaken();
      await this.acts.write(
        fresh.map(({ file, decision: { kind } }) => ({
          ...{ callId: call._id, applicationId: file._id, act: 'decided' as const, byId, kind },
        })),
        session,
      );
      if (body.decision === 'declined' && fresh.length > 0) {
        const applicationIds = fresh.map(({ file }) => String(file._id));
        await this.outbox.write(applicationsDeclined, { applicationIds }, session, { afterMs: HELD_MS });
      }
      const letters = fresh.map(({ file, decision }) => ({ id: file._id, turn: decision.turn }));
      await this.mails.decided(letters, { sendAt, confirmBy }, session);
      return ids.flatMap((applicationId) => {
        const why = because.get(applicationId) ?? null;
        return why === null ? [] : [{ applicationId, because: why }];
      });
    });
    return { decided: ids.length - left.length, sendAt: sendAt.toISOString(), left };
  }

  /** Those that are held are undone, but for one's own, and their letters do not go: also in a cohort that closed meanwhile. Throws 404. */
  async undo(actor: CohortActor, callId: string, { applicationIds }: UndoDecisions): Promise<UndoneDecisions> {
    const call = await this.calls.load(actor, callId);
    const now = this.clock.now();
    const isOwn = await this.own.of(actor);
    const undone = await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session, { evenClosed: true });
      const files = await this.decisions.some(call._id, toIds([...new Set(applicationIds)]), session);
      const held = files.filter((file) => !isOwn(file) && file.decision && isHeld(file.decision, now));
      // Whose place was passed on has lost it all the same: nobody else is offered it by itself.
      const offered = held.flatMap(({ numberText, decision }) =>
        decision?.place?.insteadOf && numberText ? [numberText] : [],
      );
      await this.places.unpass(call._id, offered, session);
      const acts = held.map(({ _id, decision }) => ({
        ...{ callId: call._id, applicationId: _id, act: 'undone' as const, byId: idOf(actor.userId) },
        ...(decision && { kind: decision.kind }),
      }));
      await this.acts.write(acts, session);
      return await this.decisions.undo(held, session);
    });
    return { undone };
  }
}
