import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { CallRow } from '../../calls/call.schema.js';
import { CallsService } from '../../calls/calls.service.js';
import { OwnFiles } from '../../calls/own-files.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, notFound } from '../../common/problem.js';
import { grouped } from '../../common/grouped.js';
import { Clock, HOUR } from '../../common/times/clock.js';
import type {
  InviteJurors,
  InvitedJurors,
  Juror,
  Jurors,
  JurorsQuery,
  NewJuror,
  RemindJurors,
  RemindedJurors,
  UpdateJuror,
} from '../../contracts/selection/jurors.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { newId, toId, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { OPEN, type PairRow, ReviewsRepository } from '../reviews/reviews.repository.js';
import { StepFiles, ofFiles } from '../steps/step-files.js';
import type { StepRow } from '../steps/step.schema.js';
import { StepsRepository } from '../steps/steps.repository.js';
import { JurorMails } from './juror-mails.js';
import type { JurorRow } from './juror.schema.js';
import { jurorLeft } from './jurors.events.js';
import { JurorsRepository } from './jurors.repository.js';

const MAX_JURORS = 200;
const MAX_TRIES = 3;
/** Somebody may put them on a panel at the moment in which they leave. */
const AGAIN_AFTER_MS = 30_000;
/** Staff remind nobody more often, however many of them there are. */
const REMIND_EVERY_MS = HOUR;

/** Somebody invited or let go jurors at the same moment: looked at once more. */
class Overtaken extends Error {}

/** The jurors of a call, as staff invite, remind and let them go. */
@Injectable()
export class JurorsService {
  constructor(
    private readonly calls: CallsService,
    private readonly jurors: JurorsRepository,
    private readonly steps: StepsRepository,
    private readonly reviews: ReviewsRepository,
    private readonly stepFiles: StepFiles,
    private readonly own: OwnFiles,
    private readonly actors: ActorsNow,
    private readonly mails: JurorMails,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** What they read counts without the file of who asks. Throws 404. */
  async list(actor: CohortActor, callId: string, { stepId }: JurorsQuery): Promise<Jurors> {
    const call = await this.calls.load(actor, callId);
    const id = stepId === undefined ? null : toId(stepId);
    const step = id && (await this.steps.inCall(call._id, id));
    if (stepId !== undefined && !step) throw notFound();
    const [rows, pairs] = await Promise.all([
      this.jurors.ofCall(call._id),
      step ? this.pairsOfOthers(actor, step) : [],
    ]);
    const byJuror = grouped(pairs, (pair) => String(pair.jurorId));
    const items = rows.map((row): Juror => {
      const of = String(row._id);
      const own = byJuror.get(of) ?? [];
      const last = Math.max(...own.map(({ submittedAt }) => submittedAt?.getTime() ?? 0), 0);
      return {
        ...{ id: of, name: row.name, email: row.email, craft: row.craft, organisation: row.organisation },
        ...{ state: row.state, invitedAt: row.invitedAt.toISOString(), joinedAt: row.joinedAt?.toISOString() ?? null },
        refusedAt: row.refusedAt?.toISOString() ?? null,
        load: loadOf(own),
        lastReviewAt: last > 0 ? new Date(last).toISOString() : null,
      };
    });
    return { items: items.sort((a, b) => a.name.localeCompare(b.name) || a.email.localeCompare(b.email)) };
  }

  /** Each is invited once. Throws 404, 409 `own_file`, `cohort_closed`, `too_many_jurors`, `edited_meanwhile`. */
  async invite(actor: CohortActor, callId: string, { items }: InviteJurors): Promise<InvitedJurors> {
    const call = await this.changeable(actor, callId);
    const asked = [...new Map(items.map((one) => [one.email, one])).values()];
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.inviteAll(actor, call, asked);
      } catch (error) {
        if (!(error instanceof Overtaken) && !isDuplicateKey(error, 'address')) throw error;
        if (tries === MAX_TRIES) throw conflict('edited_meanwhile', 'Somebody invites jurors at this moment.');
      }
    }
  }

  /** Throws 404, 409 `own_file`, `cohort_closed`. */
  async update(actor: CohortActor, callId: string, jurorId: string, body: UpdateJuror): Promise<void> {
    const call = await this.changeable(actor, callId);
    const id = toId(jurorId);
    if (!id) throw notFound();
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.jurors.update(call._id, id, body, session))) throw notFound();
    });
  }

  /** They read nothing any more; what they had not begun is free, and what they handed in stays. Throws 404, 409 `own_file`, `cohort_closed`. */
  async remove(actor: CohortActor, callId: string, jurorId: string): Promise<void> {
    const call = await this.changeable(actor, callId);
    const id = toId(jurorId);
    const juror = id && (await this.jurors.inCall(call._id, id));
    if (!juror) throw notFound();
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      const left = await this.jurors.leave(juror._id, session);
      if (!left) return;
      await this.reviews.leave(juror._id, session);
      if (!left.userId) return;
      const fact = { callId: String(call._id), userId: String(left.userId) };
      await this.outbox.write(jurorLeft, fact, session, { againAfterMs: AGAIN_AFTER_MS });
    });
  }

  /** Throws 404, 409 `own_file`, `cohort_closed`. */
  async remind(actor: CohortActor, callId: string, { stepId, jurorIds }: RemindJurors): Promise<RemindedJurors> {
    const call = await this.changeable(actor, callId);
    const now = this.clock.now();
    const asked = new Set(toIds([...new Set(jurorIds)]).map(String));
    const jurors = (await this.jurors.ofCall(call._id)).filter(
      ({ _id, state }) => asked.has(String(_id)) && state !== 'left',
    );
    const id = toId(stepId);
    const step = id && (await this.steps.inCall(call._id, id));
    if (!step) throw notFound();
    const { pairs } = step.state === 'open' ? await this.stepFiles.pairs(step) : { pairs: [] };
    const waiting = new Set(pairs.filter(({ state }) => OPEN.includes(state)).map((pair) => String(pair.jurorId)));
    let reminded = 0;
    for (const { _id, state, refusedAt } of jurors) {
      if (state === 'joined' && !waiting.has(String(_id))) continue;
      const isTold = await this.transactions.run(async (session) => {
        await this.actors.heldAsStaff(actor, session);
        const notSince = new Date(now.getTime() - REMIND_EVERY_MS);
        if (!(await this.jurors.remind(_id, now, notSince, session))) return false;
        await this.mails.reminded(_id, step._id, now, session);
        return true;
      });
      // One more is sent where the last one was refused, and nobody relies on it.
      if (isTold && !refusedAt) reminded += 1;
    }
    return { reminded };
  }

  private async pairsOfOthers(actor: CohortActor, step: StepRow): Promise<PairRow[]> {
    const [{ files, pairs }, isOwn] = await Promise.all([this.stepFiles.pairs(step), this.own.of(actor)]);
    return ofFiles(
      pairs,
      files.filter((file) => !isOwn(file)),
    );
  }

  /** Nobody chooses who reads their own file, nor learns by an answer who does: who applied changes nothing of the jury. */
  private async changeable(actor: CohortActor, callId: string): Promise<CallRow> {
    const call = await this.calls.load(actor, callId);
    mustRun(actor);
    await this.own.mustNotApply(actor, call._id);
    return call;
  }

  private async inviteAll(actor: CohortActor, call: CallRow, asked: readonly NewJuror[]): Promise<InvitedJurors> {
    const now = this.clock.now();
    return await this.transactions.run(async (session) => {
      // Two who invite at once count one after the other.
      await this.actors.heldAsStaff(actor, session);
      const known = new Map((await this.jurors.ofCall(call._id, session)).map((row) => [row.email, row]));
      const rows = asked.map(({ email, name, craft, organisation, locale }): JurorRow => ({
        ...{ _id: known.get(email)?._id ?? newId(), callId: call._id, cohortId: call.cohortId, email, name, craft },
        ...{ organisation, locale, state: 'invited', key: randomBytes(9).toString('base64url').replace(/-/g, '_') },
        ...{ invitedAt: now, joinedAt: null, remindedAt: null, linkSentAt: null, refusedAt: null, held: 0 },
      }));
      const fresh = rows.filter(({ email }) => !known.has(email));
      const again = rows.filter(({ email }) => known.get(email)?.state === 'left');
      if (known.size + fresh.length > MAX_JURORS)
        throw conflict('too_many_jurors', `A call has at most ${MAX_JURORS} jurors.`, { maximum: MAX_JURORS });
      await this.jurors.insert(fresh, session);
      for (const row of again) if (!(await this.jurors.inviteAgain(row, session))) throw new Overtaken();
      const invited = [...fresh, ...again];
      await this.mails.invited(invited, session);
      const isInvited = new Set(invited.map(({ email }) => email));
      return { invited: invited.length, there: asked.flatMap(({ email }) => (isInvited.has(email) ? [] : [email])) };
    });
  }
}

function loadOf(pairs: readonly PairRow[]): Juror['load'] {
  const of = (...states: PairRow['state'][]) => pairs.filter(({ state }) => states.includes(state)).length;
  return {
    ...{ asked: of('asked', 'begun', 'submitted'), submitted: of('submitted') },
    ...{ abstained: of('abstained'), conflicts: of('conflict') },
  };
}
