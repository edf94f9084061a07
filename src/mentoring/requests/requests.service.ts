import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { pageOf } from '../../common/cursor.js';
import { conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import type {
  ActOnRequest,
  AskForHelp,
  DeclineRequest,
  HelpRequest,
  RequestSummary,
  PassRequestOn,
  RequestAct,
  RequestsQuery,
  WriteOnRequest,
} from '../../contracts/mentoring/requests.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { timePlaceOf } from '../../infra/mongo/time-place.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { countText } from '../../infra/redis/text-of-day.js';
import { notAskable } from './askable.js';
import { abilities, after, partOf } from './request.js';
import { MAX_TRAIL, type RequestRow } from './request.schema.js';
import { changeOf, requestChanged } from './requests.events.js';
import { RequestsPresenter, standingOf } from './requests.presenter.js';
import { RequestsRepository, type Whose } from './requests.repository.js';

type Ability = keyof HelpRequest['abilities'];
type Acted = Exclude<RequestAct, 'asked' | 'handed_over'>;

/** What is needed to do each act. */
const NEEDS: Record<Acted, Ability> = {
  asked_back: 'askBack',
  told_more: 'tellMore',
  passed_on: 'passOn',
  accepted: 'accept',
  declined: 'decline',
  withdrawn: 'withdraw',
};

/** Asking for help and answering. Who is first is settled by the database: by the revision. */
@Injectable()
export class RequestsService {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly members: Members,
    private readonly users: UsersRepository,
    private readonly requests: RequestsRepository,
    private readonly presenter: RequestsPresenter,
    private readonly limits: RateLimits,
  ) {}

  /** Throws 403 for all requests of the cohort to who is not staff. */
  async list(
    actor: CohortActor,
    query: RequestsQuery,
  ): Promise<{ items: RequestSummary[]; nextCursor: string | null }> {
    if (query.box === 'all' && actor.role !== 'staff') throw forbidden();
    const craft = await this.craftOf(actor);
    const rows = await this.requests.page(
      idOf(actor.cohortId),
      whoseOf(actor, craft, query),
      query.state === 'waiting',
      query.cursor === undefined ? null : timePlaceOf(query.cursor),
      query.limit + 1,
    );
    const { items, nextCursor } = pageOf(
      rows,
      query.limit,
      (row) => [row.createdAt.toISOString(), String(row._id)],
      ({ text }) => text.length,
    );
    return { items: await this.presenter.many(actor, craft, items), nextCursor };
  }

  async get(actor: CohortActor, requestId: string): Promise<HelpRequest> {
    const { row, craft } = await this.visible(actor, requestId);
    return await this.presenter.one(actor, craft, row);
  }

  /** Throws 409 `cohort_closed`, 422 for whom one cannot ask: `/ownerId` `not_a_member`, `yourself`, `cannot_be_asked`, 429 `text_day_full`. */
  async ask(actor: CohortActor, body: AskForHelp): Promise<HelpRequest> {
    if (actor.cohortState === 'closed') throw conflict('cohort_closed', 'This cohort is closed.');
    const ownerId =
      body.ownerId === undefined ? null : await this.helper(actor.cohortId, '/ownerId', body.ownerId, actor.userId);
    await countText(this.limits, actor.userId, body.need + body.text);
    const now = this.clock.now();
    const askerId = idOf(actor.userId);
    const owner = ownerId === null ? null : idOf(ownerId);
    const row: RequestRow = {
      _id: newId(),
      cohortId: idOf(actor.cohortId),
      askerId,
      ownerId: owner,
      craft: body.craft ?? null,
      need: body.need,
      text: body.text,
      wishedOn: body.wishedOn ?? null,
      state: 'open',
      waiting: true,
      createdAt: now,
      askedAt: now,
      waitingSince: now,
      changedAt: now,
      revision: 1,
      trail: [{ at: now, byId: askerId, act: 'asked', text: null, toId: owner }],
    };
    const fact = changeOf(row, 'asked');
    await this.transactions.run(async (session) => {
      await this.requests.insert(row, session);
      await this.outbox.write(requestChanged, fact, session);
    });
    this.bus.publish(requestChanged, fact);
    return await this.presenter.one(actor, await this.craftOf(actor), row);
  }

  async accept(actor: CohortActor, requestId: string, body: ActOnRequest): Promise<HelpRequest> {
    return await this.act(actor, requestId, body, 'accepted', {});
  }

  async decline(actor: CohortActor, requestId: string, body: DeclineRequest): Promise<HelpRequest> {
    return await this.act(actor, requestId, body, 'declined', { text: body.reason });
  }

  async askBack(actor: CohortActor, requestId: string, body: WriteOnRequest): Promise<HelpRequest> {
    return await this.act(actor, requestId, body, 'asked_back', { text: body.text });
  }

  async tellMore(actor: CohortActor, requestId: string, body: WriteOnRequest): Promise<HelpRequest> {
    return await this.act(actor, requestId, body, 'told_more', { text: body.text });
  }

  async withdraw(actor: CohortActor, requestId: string, body: ActOnRequest): Promise<HelpRequest> {
    return await this.act(actor, requestId, body, 'withdrawn', {});
  }

  /** As the other acts; 422 for whom it cannot go to: `/toId` `not_a_member`, `yourself` (who asked), `cannot_be_asked`, `has_it`. */
  async passOn(actor: CohortActor, requestId: string, body: PassRequestOn): Promise<HelpRequest> {
    return await this.act(actor, requestId, body, 'passed_on', {
      text: body.text === '' ? null : (body.text ?? null),
      to: async (row) => {
        const to = await this.helper(actor.cohortId, '/toId', body.toId, String(row.askerId));
        if (row.ownerId?.equals(to)) throw invalidField('/toId', 'has_it');
        return to;
      },
    });
  }

  /** The request, when the actor has to do with it; else 404. With the actor's craft, which the answer asks for again. */
  async visible(actor: CohortActor, requestId: string): Promise<{ row: RequestRow; craft: string | null }> {
    const { row, craft } = await this.known(actor, requestId);
    if (!row || !partOf({ ...actor, craft }, standingOf(row))) throw notFound();
    return { row, craft };
  }

  /** The craft that staff gave them: whoever says of themselves that they are of another one reads nothing of it. */
  private async craftOf({ cohortId, userId }: CohortActor): Promise<string | null> {
    return (await this.members.find(cohortId, userId))?.craft ?? null;
  }

  private async known(actor: CohortActor, requestId: string) {
    const id = toId(requestId);
    const [row, craft] = await Promise.all([
      id && this.requests.inCohort(idOf(actor.cohortId), id),
      this.craftOf(actor),
    ]);
    return { row, craft };
  }

  /** One act, once: on what one has before one's eyes, and where nobody was faster. Throws 409 `stale` with `now`, 409 `trail_full` for what would go on beyond a hundred acts, 403, 429 `text_day_full`. */
  private async act(
    actor: CohortActor,
    requestId: string,
    { revision }: ActOnRequest,
    act: Acted,
    more: { text?: string | null; to?: (row: RequestRow) => Promise<string> },
  ): Promise<HelpRequest> {
    const { row, craft } = await this.known(actor, requestId);
    if (row && hadToDoWith(row, actor.userId, craft) && !partOf({ ...actor, craft }, standingOf(row))) {
      throw await this.stale(actor, craft, row._id);
    }
    if (!row || !partOf({ ...actor, craft }, standingOf(row))) throw notFound();
    if (row.revision !== revision) throw await this.stale(actor, craft, row._id);
    const now = this.clock.now();
    const standing = standingOf(row);
    if (!abilities({ ...actor, craft }, standing, now)[NEEDS[act]]) throw forbidden();
    const toId = (await more.to?.(row)) ?? null;
    const { ownerId, ...change } = after(standing, act, { userId: actor.userId, toId }, now);
    if (change.waiting && row.trail.length >= MAX_TRAIL) throw trailFull();
    await countText(this.limits, actor.userId, more.text ?? '');
    const entry = {
      at: now,
      byId: idOf(actor.userId),
      act,
      text: more.text ?? null,
      toId: toId === null ? null : idOf(toId),
    };
    const written = { ...change, ownerId: ownerId === null ? null : idOf(ownerId) };
    const fresh = { ...row, ...written, revision: row.revision + 1, trail: [...row.trail, entry] };
    const fact = changeOf(fresh, act, row.ownerId ? [String(row.ownerId)] : []);
    const isFirst = await this.transactions.run(async (session) => {
      if (!(await this.requests.act(row, written, entry, session))) return false;
      await this.outbox.write(requestChanged, fact, session);
      return true;
    });
    if (!isFirst) throw await this.stale(actor, craft, row._id);
    this.bus.publish(requestChanged, fact);
    return await this.presenter.one(actor, craft, fresh);
  }

  /** What it is now, as far as it still concerns who was too late. */
  private async stale(actor: CohortActor, craft: string | null, id: RequestRow['_id']) {
    const [row] = await this.requests.byIds([id]);
    const isMine = row && partOf({ ...actor, craft }, standingOf(row)) !== null;
    const now = row && isMine ? await this.presenter.one(actor, craft, row) : null;
    return conflict('stale', 'It was changed meanwhile. Look again.', { now });
  }

  /** The id of somebody who can be asked. Throws 422 at `field`. */
  private async helper(cohortId: string, field: string, named: string, askerId: string): Promise<string> {
    const member = await this.members.find(cohortId, named);
    const [profile] = member ? await this.users.listed([idOf(member.userId)]) : [];
    const why = notAskable(member && { ...member, gives: profile?.gives ?? [] }, askerId);
    if (why) throw invalidField(field, why);
    return member?.userId ?? '';
  }
}

const trailFull = () =>
  conflict('trail_full', 'Too much was done with this request to go on: accept, decline or withdraw it.', {
    most: MAX_TRAIL,
  });

/** Who had it, or might have taken it up, is told that they were too late, and nothing else of it. */
const hadToDoWith = (row: RequestRow, userId: string, craft: string | null) =>
  (row.craft !== null && row.craft === craft) ||
  row.trail.some(({ byId, toId }) => byId.equals(userId) || toId?.equals(userId));

function whoseOf(actor: CohortActor, craft: string | null, { box }: RequestsQuery): Whose {
  if (box === 'all') return { whose: 'all' };
  const me = idOf(actor.userId);
  if (box === 'mine') return { whose: 'asker', askerId: me };
  if (actor.role === 'staff') return { whose: 'owner', ownerId: me, unowned: 'all' };
  return { whose: 'owner', ownerId: me, unowned: craft === null ? 'none' : { craft } };
}
