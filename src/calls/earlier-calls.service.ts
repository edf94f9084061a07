import { Injectable } from '@nestjs/common';
import type { CohortRow } from '../cohorts/cohort.schema.js';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { Members } from '../cohorts/members/members.service.js';
import type { CohortActor } from '../common/actor.js';
import { invalidField } from '../common/problem.js';
import { daysBetween, plusDays, zonedOf } from '../common/times/zoned.js';
import type { CallKind, EarlierCalls } from '../contracts/calls/calls.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import type { CallRow } from './call.schema.js';
import { CallsRepository } from './calls.repository.js';

/** What a call begins with that begins from an earlier one. */
export type EarlierWords = Pick<
  CallRow,
  'lead' | 'text' | 'opensAt' | 'closesAt' | 'timeZone' | 'dates' | 'criteria' | 'keepRefusedMonths' | 'fields'
>;

/** Calls from which another one can begin: those of all cohorts of which one is of the programme team. */
@Injectable()
export class EarlierCallsService {
  constructor(
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
  ) {}

  async list(actor: CohortActor): Promise<EarlierCalls> {
    const mine = (await this.members.ofPerson(actor.userId)).filter(({ role }) => role === 'staff');
    const ids = mine.map(({ cohortId }) => idOf(cohortId));
    const [rows, cohorts] = await Promise.all([this.calls.ofCohorts(ids), this.cohorts.byIds(ids)]);
    const names = new Map(cohorts.map(({ _id, name }) => [String(_id), name]));
    return {
      items: rows.map(({ _id, kind, title, closesAt, cohortId }) => ({
        ...{ id: String(_id), kind, title, closesAt: closesAt?.toISOString() ?? null },
        cohortName: names.get(String(cohortId)) ?? '',
      })),
    };
  }

  /** What a call of a kind says, with its days moved to another cohort. Throws 422 `/fromCallId` `unknown` for one that the actor does not lead, `other_kind`. */
  async words(actor: CohortActor, callId: string, kind: CallKind, to: CohortRow): Promise<EarlierWords> {
    const id = toId(callId);
    const call = id && (await this.calls.byId(id));
    const there = call && (await this.members.actorIn(actor, String(call.cohortId)));
    const from = call && there?.role === 'staff' ? await this.cohorts.byId(call.cohortId) : null;
    if (!call || !from) throw invalidField('/fromCallId', 'unknown');
    if (call.kind !== kind) throw invalidField('/fromCallId', 'other_kind');
    return movedBy(call, daysBetween(from.startsOn, to.startsOn));
  }
}

/** Hours on the wall stay as they are, whatever the nights of summer time do. */
export function movedBy(call: EarlierWords, days: number): EarlierWords {
  const { lead, text, criteria, keepRefusedMonths, fields, timeZone } = call;
  const instant = (at: Date | null) => at && new Date(zonedOf(at, timeZone).add({ days }).epochMilliseconds);
  const dates = call.dates.map((date) => ({
    ...{ ...date, on: plusDays(date.on, days), until: date.until === null ? null : plusDays(date.until, days) },
  }));
  return {
    ...{ lead, text, criteria, keepRefusedMonths, fields, timeZone, dates },
    ...{ opensAt: instant(call.opensAt), closesAt: instant(call.closesAt) },
  };
}
