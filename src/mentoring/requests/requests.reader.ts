import { Injectable } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import type { RequestAct, RequestState } from '../../contracts/mentoring/requests.js';
import { idOf, toId, toIds } from '../../infra/mongo/ids.js';
import { HelpersService } from './helpers.service.js';
import { HELPING_ROLES } from './request.js';
import type { RequestRow } from './request.schema.js';
import { RequestsRepository } from './requests.repository.js';

/** A request as the rooms after this one see it. */
export interface RequestFacts {
  id: string;
  cohortId: string;
  askerId: string;
  ownerId: string | null;
  craft: string | null;
  need: string;
  text: string;
  state: RequestState;
  waiting: boolean;
  askedAt: Date;
  waitingSince: Date;
  /** Rises with every act: revision of its reminders and notices. */
  revision: number;
  lastAct: { act: RequestAct; byId: string; toId: string | null; text: string | null };
}

/** What reminders and notifications ask about requests. No rights are checked here: callers do. */
@Injectable()
export class RequestsReader {
  constructor(
    private readonly requests: RequestsRepository,
    private readonly members: Members,
    private readonly helpers: HelpersService,
  ) {}

  async byIds(requestIds: readonly string[]): Promise<RequestFacts[]> {
    return (await this.requests.byIds(toIds(requestIds))).map(toFacts);
  }

  async byId(requestId: string): Promise<RequestFacts | null> {
    return (await this.byIds([requestId]))[0] ?? null;
  }

  /** What waits and concerns a person: asked by them, owned by them, or of a cohort in which they are staff. */
  async waitingOf(userId: string): Promise<RequestFacts[]> {
    const id = toId(userId);
    if (!id) return [];
    const staffIn = (await this.members.ofPerson(userId)).filter(({ role }) => role === 'staff');
    const rows = await this.requests.waitingOf(
      id,
      staffIn.map(({ cohortId }) => idOf(cohortId)),
    );
    return rows.map(toFacts);
  }

  /** What waits in a cohort, the oldest first. */
  async waitingIn(cohortId: string): Promise<RequestFacts[]> {
    return (await this.requests.waitingIn(idOf(cohortId))).map(toFacts);
  }

  /** Members of a craft, who may take up what is asked of it. */
  async ofCraft(cohortId: string, craft: string): Promise<string[]> {
    const members = await this.members.list(cohortId, { roles: HELPING_ROLES });
    return members.flatMap((member) => (member.craft === craft ? [member.userId] : []));
  }

  /** The names of who else could help, as who asked would be shown them. */
  async othersFor(requestId: string): Promise<string[]> {
    const [row] = await this.requests.byIds(toIds([requestId]));
    const asker = row && { userId: String(row.askerId), loginId: '', isAdmin: false };
    const eyes = asker && (await this.members.actorIn(asker, String(row.cohortId)));
    return eyes ? (await this.helpers.othersThan(eyes, row)).map(({ person }) => person.name) : [];
  }
}

function toFacts(row: RequestRow): RequestFacts {
  const last = row.trail.at(-1);
  return {
    id: String(row._id),
    cohortId: String(row.cohortId),
    askerId: String(row.askerId),
    ownerId: row.ownerId ? String(row.ownerId) : null,
    craft: row.craft,
    need: row.need,
    text: row.text,
    state: row.state,
    waiting: row.waiting,
    askedAt: row.askedAt,
    waitingSince: row.waitingSince,
    revision: row.revision,
    lastAct: {
      act: last?.act ?? 'asked',
      byId: String(last?.byId ?? row.askerId),
      toId: last?.toId ? String(last.toId) : null,
      text: last?.text ?? null,
    },
  };
}
