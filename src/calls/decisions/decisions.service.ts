import { Injectable } from '@nestjs/common';
import { mustRun } from '../../cohorts/cohort-rules.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type {
  DecideApplications,
  DecidedApplications,
  UndoDecisions,
  UndoneDecisions,
} from '../../contracts/calls/decisions.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { ApplicationMails } from '../applications/application-mails.js';
import { isOver } from '../call-times.js';
import { CallsService } from '../calls.service.js';
import { isHeld, sendAtOf, whyNotDecided } from './deciding.js';
import { DecisionsRepository, type NewDecision } from './decisions.repository.js';

/** Somebody decided the same files at the same moment: looked at once more, what they decided is left. */
class Overtaken extends Error {}

const MAX_TRIES = 3;

/** Decides what was handed in, one by one or many at once. Nobody hears of it for an hour, in which it can be undone. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly calls: CallsService,
    private readonly decisions: DecisionsRepository,
    private readonly mails: ApplicationMails,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** All that can be decided so is, with its letter; what cannot is named. Throws 404, 409 `cohort_closed`, `call_open`. */
  async decide(actor: CohortActor, callId: string, body: DecideApplications): Promise<DecidedApplications> {
    const call = await this.calls.load(actor, callId);
    mustRun(actor);
    const now = this.clock.now();
    if (!isOver(call, now)) throw conflict('call_open', 'Files are decided once the call is closed.');
    const sendAt = sendAtOf(now);
    const byId = idOf(actor.userId);
    const ids = [...new Set(body.applicationIds)];
    for (let tries = 1; ; tries += 1) {
      try {
        const left = await this.transactions.run(async (session) => {
          const files = new Map(
            (await this.decisions.some(call._id, toIds(ids), session)).map((file) => [String(file._id), file]),
          );
          const because = new Map(ids.map((id) => [id, whyNotDecided(files.get(id), body.decision, now)]));
          const fresh = ids.flatMap((id): NewDecision[] => {
            const file = files.get(id);
            if (!file || because.get(id) !== null) return [];
            const turn = (file.decisionTurn ?? 0) + 1;
            return [{ file, decision: { kind: body.decision, at: now, sendAt, byId, words: body.words, turn } }];
          });
          if ((await this.decisions.decide(fresh, session)) < fresh.length) throw new Overtaken();
          await this.mails.decided(
            fresh.map(({ file, decision }) => ({ id: file._id, turn: decision.turn })),
            sendAt,
            session,
          );
          return ids.flatMap((applicationId) => {
            const why = because.get(applicationId) ?? null;
            return why === null ? [] : [{ applicationId, because: why }];
          });
        });
        return { decided: ids.length - left.length, sendAt: sendAt.toISOString(), left };
      } catch (error) {
        if (!(error instanceof Overtaken) || tries === MAX_TRIES) throw error;
      }
    }
  }

  /** Those that are held are undone, and their letters do not go. Throws 404, 409 `cohort_closed`. */
  async undo(actor: CohortActor, callId: string, { applicationIds }: UndoDecisions): Promise<UndoneDecisions> {
    const call = await this.calls.load(actor, callId);
    mustRun(actor);
    const now = this.clock.now();
    const undone = await this.transactions.run(async (session) => {
      const files = await this.decisions.some(call._id, toIds([...new Set(applicationIds)]), session);
      const held = files.filter(({ decision }) => decision && isHeld(decision, now));
      return await this.decisions.undo(held, session);
    });
    return { undone };
  }
}
