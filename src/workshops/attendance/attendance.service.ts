import { Injectable } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden, invalidField } from '../../common/problem.js';
import type {
  Attendance,
  AttendanceCode,
  MarksTaken,
  TakeAttendance,
  TakeMarks,
} from '../../contracts/workshops/workshops.js';
import { toId, toIds } from '../../infra/mongo/ids.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import { newCode, typedCode } from './attendance-code.js';
import { checkInWindow, madeAt } from './attendance.js';
import type { AttendanceAsk } from '../registrations/places.js';
import { refusal } from '../registrations/refusals.js';
import { PlacesService } from '../registrations/places.service.js';
import { RegistrationsRepository } from '../registrations/registrations.repository.js';
import { ManagersNow } from '../registrations/managers-now.js';
import { mayManage } from '../workshops.policy.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { mustBeRunning } from '../workshop-drafts.js';
import { WorkshopsService } from '../workshops.service.js';

/** Six signs of 30 are 729 million: ten tries lead nowhere. */
const codeLimit: Limit = { name: 'attendance-code', points: 10, seconds: 15 * 60 };

/** Who was there: by the code on the hosts' screen, or by their list. */
@Injectable()
export class AttendanceService {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly rows: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly members: Members,
    private readonly managers: ManagersNow,
    private readonly places: PlacesService,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** The code to show, made when it is first asked for. Throws 403 unless staff or a host of it, 409 `not_published`, `cancelled`. */
  async code(actor: CohortActor, workshopId: string): Promise<AttendanceCode> {
    const workshop = await this.workshops.seen(actor, workshopId);
    if (!mayManage(actor, workshop)) throw forbidden();
    mustBeRunning(actor);
    if (workshop.status !== 'published') throw refusal(workshop.status === 'draft' ? 'not_published' : 'cancelled');
    const code = workshop.attendanceCode ?? (await this.rows.giveCode(workshop._id, newCode()));
    if (!code) throw conflict('cancelled', 'It is there no more.');
    const { from, until } = checkInWindow({
      startsAt: workshop.startsAt.getTime(),
      endsAt: workshop.endsAt.getTime(),
    });
    return { code, from: new Date(from).toISOString(), until: new Date(until).toISOString() };
  }

  /**
   * Says how a place was used. Asked again, the same answer. Throws 422 `wrong_code` (429 after ten), `not_a_member`; 403 for who speaks of
   * others, or of themselves without the code, and neither is staff nor hosts it; 409 `too_early`, `too_late`, `over`, `no_place`,
   * `others_wait`, `already_marked`, `hosting`, `not_published`, `cancelled`.
   */
  async take(actor: CohortActor, workshopId: string, body: TakeAttendance): Promise<Attendance> {
    const workshop = await this.workshops.seen(actor, workshopId);
    mustBeRunning(actor);
    const ask = await this.askOf(actor, workshop, body);
    const put =
      ask.kind === 'mark' ? this.managers.asking(actor) : (id: string, own: AttendanceAsk) => this.places.ask(id, own);
    const answer = await put(String(workshop._id), ask);
    if (answer.kind !== 'stands') throw refusal(answer.kind === 'refused' ? answer.because : 'cancelled');
    return { userId: ask.userId, status: answer.status };
  }

  /**
   * Marks that waited on a device: each is taken as made when it was, so that two devices agree whichever comes last. What one refuses keeps
   * no other back. Throws 404, 403, 409 `cohort_closed`.
   */
  async takeMarks(actor: CohortActor, workshopId: string, { marks, sentAt }: TakeMarks): Promise<MarksTaken> {
    const workshop = await this.workshops.managed(actor, workshopId);
    const now = this.clock.now();
    const known = await this.known(workshop, [...new Set(marks.map(({ userId }) => userId))]);
    const put = this.managers.asking(actor);
    const items = marks.map(async ({ userId, status: as, at }) => {
      if (!known.has(userId)) return { userId, status: null, refused: 'not_a_member' };
      const mark = { kind: 'mark' as const, userId, as, at: madeAt({ at, sentAt }, now) };
      const answer = await put(String(workshop._id), mark);
      if (answer.kind === 'refused') return { userId, status: null, refused: answer.because };
      return { userId, status: answer.kind === 'stands' ? answer.status : null, refused: null };
    });
    return { items: await Promise.all(items) };
  }

  /** Those of some people who are members, or stand on the workshop's list. */
  private async known({ _id, cohortId }: WorkshopRow, userIds: readonly string[]): Promise<Set<string>> {
    const [members, registered] = await Promise.all([
      this.members.list(String(cohortId), { userIds }),
      this.registrations.ofPeople(_id, toIds(userIds)),
    ]);
    return new Set([...members, ...registered].map(({ userId }) => String(userId)));
  }

  private async askOf(
    actor: CohortActor,
    workshop: WorkshopRow,
    { code, userId: other, status }: TakeAttendance,
  ): Promise<AttendanceAsk> {
    const { userId } = actor;
    if (code !== undefined) {
      await this.mustBeTheCode(actor, workshop, code);
      return { kind: 'check_in', userId };
    }
    if (other !== undefined && mayManage(actor, workshop)) {
      return { kind: 'mark', userId: await this.mustBelong(workshop, other), as: status ?? 'going' };
    }
    const ofMyself = other === undefined || other === userId;
    if (!ofMyself || status === 'attended' || status === 'absent') throw forbidden();
    return { kind: 'excuse', userId, excused: status === 'excused' };
  }

  private async mustBeTheCode({ userId }: CohortActor, workshop: WorkshopRow, code: string): Promise<void> {
    const key = `${String(workshop._id)}:${userId}`;
    await this.limits.take(codeLimit, key);
    if (typedCode(code) !== workshop.attendanceCode) throw invalidField('/code', 'wrong_code');
    await this.limits.reset(codeLimit, key);
  }

  /** A member, or somebody who has left the cohort since and had a registration. */
  private async mustBelong({ _id, cohortId }: WorkshopRow, userId: string): Promise<string> {
    const member = await this.members.find(String(cohortId), userId);
    if (member) return member.userId;
    const id = toId(userId);
    if (!id || !(await this.registrations.find(_id, id))) throw invalidField('/userId', 'not_a_member');
    return String(id);
  }
}
