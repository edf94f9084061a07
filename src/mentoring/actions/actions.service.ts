import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { Actor, CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import { Members } from '../../cohorts/members/members.service.js';
import type {
  ActionItem,
  MyAction,
  MyActionsQuery,
  UpdateAction,
  WriteAction,
} from '../../contracts/mentoring/mentoring.js';
import type { Person } from '../../contracts/primitives.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import type { ActionRow } from './action.schema.js';
import { ActionsRepository } from './actions.repository.js';
import { carriedInto, seesAction } from './carried.js';
import { actionChanged } from '../mentoring.events.js';
import { pairsOf } from '../coaches/pairs.js';
import { SessionWrites } from '../sessions/session-writes.repository.js';
import type { Session } from '../sessions/sessions.repository.js';
import { SessionsService } from '../sessions/sessions.service.js';

/** More than people take on in one session. */
const MAX_OF_SESSION = 200;

/** What people take on in sessions, until it is done or dropped. */
@Injectable()
export class ActionsService {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly people: People,
    private readonly members: Members,
    private readonly sessions: SessionsService,
    private readonly actions: ActionsRepository,
    private readonly writes: SessionWrites,
  ) {}

  /** Those of this session and the open ones carried into it from the pair's earlier ones, oldest first. */
  async list(actor: CohortActor, sessionId: string): Promise<{ items: ActionItem[]; nextCursor: null }> {
    const session = await this.sessions.visible(actor, sessionId);
    const [own, open] = await Promise.all([
      this.actions.ofSession(session._id),
      this.actions.openOfPairs(session.cohortId, pairsOf(session)),
    ]);
    const carried = open.filter((action) => carriedInto(action, session) && seesAction(actor, action));
    const rows = [...carried, ...own].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    const faces = await this.people.byId(rows.map((row) => String(row.ownerId)));
    return { items: rows.map((row) => toItem(row, faces, session)), nextCursor: null };
  }

  /** Throws 403 for who does not take part or when it is cancelled, 409 `too_many_actions` beyond some 200, 422 `/ownerId` `not_in_session`. */
  async write(actor: CohortActor, sessionId: string, body: WriteAction): Promise<ActionItem> {
    const session = await this.sessions.visible(actor, sessionId);
    if (!this.sessions.abilities(actor, session).addAction) throw forbidden();
    const action: ActionRow = {
      _id: newId(),
      cohortId: session.cohortId,
      sessionId: session._id,
      coachId: session.coachId,
      pairs: pairsOf(session),
      people: session.people,
      text: body.text,
      ownerId: ownerIn(session, body.ownerId),
      dueOn: body.dueOn ?? null,
      state: 'open',
      createdBy: idOf(actor.userId),
      createdAt: this.clock.now(),
      doneAt: null,
      leftAt: null,
    };
    const isDone = await this.writes.whileAsRead(session, async (transaction) => {
      if (!(await this.actions.insert(action, MAX_OF_SESSION, transaction)))
        throw conflict('too_many_actions', 'This session has 200 actions: write it down in another one.');
    });
    // It was moved, settled or handed over meanwhile: the action is for those who are in it by now.
    if (!isDone) return await this.write(actor, sessionId, body);
    this.tell(action);
    return await this.answer(action, session);
  }

  /** Changes an action from the page of its own session or of one into which it is carried. Staff look, and do not change. */
  async update(actor: CohortActor, sessionId: string, actionId: string, body: UpdateAction): Promise<ActionItem> {
    const session = await this.sessions.visible(actor, sessionId);
    const id = toId(actionId);
    const action = id && (await this.actions.inCohort(session.cohortId, id));
    if (!action || !seesAction(actor, action) || !belongs(action, session)) throw notFound();
    if (!action.people.some((person) => person.equals(actor.userId))) throw forbidden();
    const changed = await this.actions.update(action, {
      ...(body.text !== undefined && { text: body.text }),
      ...(body.ownerId !== undefined && { ownerId: ownerIn(action, body.ownerId) }),
      ...(body.dueOn !== undefined && { dueOn: body.dueOn }),
      ...(body.state !== undefined && {
        state: body.state,
        doneAt: body.state === 'done' ? (action.doneAt ?? this.clock.now()) : null,
      }),
    });
    // Somebody left meanwhile, and it went to another coach.
    if (!changed) throw notFound();
    if (changed.isNew) this.tell(changed.row);
    return await this.answer(changed.row, session);
  }

  /** My own action items in all cohorts where I am a member, oldest first. */
  async mine(actor: Actor, query: MyActionsQuery): Promise<{ items: MyAction[]; nextCursor: string | null }> {
    const cohorts = await this.members.ofPerson(actor.userId);
    const rows = await this.actions.ofOwner(
      idOf(actor.userId),
      query.state,
      cohorts.map((cohort) => idOf(cohort.cohortId)),
      query.cursor === undefined ? null : afterOf(query.cursor),
      query.limit + 1,
    );
    const { items, nextCursor } = pageOf(rows, query.limit, (row) => [String(row._id)]);
    const faces = await this.people.byId(items.flatMap((row) => [String(row.ownerId), String(row.coachId)]));
    const mine = items.map((row) => ({
      ...toItem(row, faces),
      cohortId: String(row.cohortId),
      coach: faceOf(row.coachId, faces),
    }));
    return { items: mine, nextCursor };
  }

  private tell(action: ActionRow): void {
    this.bus.publish(actionChanged, {
      cohortId: String(action.cohortId),
      sessionId: String(action.sessionId),
      actionId: String(action._id),
      ownerId: String(action.ownerId),
    });
  }

  private async answer(action: ActionRow, session: Session): Promise<ActionItem> {
    return toItem(action, await this.people.byId([String(action.ownerId)]), session);
  }
}

const belongs = (action: ActionRow, session: Session) =>
  action.sessionId.equals(session._id) || pairsOf(session).some((pair) => action.pairs.includes(pair));

function ownerIn(session: Pick<Session, 'people'>, ownerId: string) {
  const owner = session.people.find((person) => person.equals(toId(ownerId)));
  if (!owner) throw invalidField('/ownerId', 'not_in_session');
  return owner;
}

function afterOf(cursor: string) {
  const id = toId(String(decodeCursor(cursor, 1)[0]));
  if (!id) throw invalidField('/cursor', 'wrong_format');
  return id;
}

/** An erased person keeps their place as an id without a name. */
const faceOf = (id: ActionRow['ownerId'], faces: ReadonlyMap<string, Person>): Person =>
  faces.get(String(id)) ?? { id: String(id), name: '', avatarUrl: null };

function toItem(row: ActionRow, faces: ReadonlyMap<string, Person>, session?: Session): ActionItem {
  return {
    id: String(row._id),
    sessionId: String(row.sessionId),
    text: row.text,
    ownerId: String(row.ownerId),
    owner: faceOf(row.ownerId, faces),
    dueOn: row.dueOn ?? null,
    state: row.state,
    carried: session !== undefined && !row.sessionId.equals(session._id),
    createdAt: row.createdAt.toISOString(),
    doneAt: row.doneAt?.toISOString() ?? null,
  };
}
