import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../../auth/people.js';
import { Members } from '../../../cohorts/members/members.service.js';
import { Clock, DAY } from '../../../common/times/clock.js';
import { CYCLE_OF } from '../../../contracts/mentoring/cycles.js';
import type { NotificationKind } from '../../../contracts/notifications/notifications.js';
import { Outbox } from '../../../infra/outbox/outbox.js';
import { cycleChanged } from '../../../mentoring/cycles/cycles.events.js';
import { type CycleFacts, CyclesReader } from '../../../mentoring/cycles/cycles.reader.js';
import type { NoticeParams } from '../../inbox/notification.schema.js';
import { Notifier } from '../../notifier.js';
import { oneLine } from '../../words/one-line.js';

/** Longer than it takes until all were told of a change, whatever died meanwhile. */
const TOLD_WITHIN_MS = DAY;

/** Something that came of a cycle, and who hears of it; `step` tells it from others of its kind. */
interface Told {
  kind: NotificationKind;
  step: string;
  at: Date;
  userIds: readonly string[];
  why: 'cycle' | 'note_reader';
  doer: string | null;
  params: NoticeParams;
}

/** Tells the two of a cycle that it was started, moved or ended, and who may read its closing note that it was written. */
@Injectable()
export class CycleNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly cycles: CyclesReader,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(cycleChanged, 'cycle notices', ({ cycleId }) => this.tellAll(cycleId));
  }

  /** Tells what came of a cycle of late, by its state; each of it once, whoever asks and however often. */
  private async tellAll(cycleId: string): Promise<void> {
    const cycle = await this.cycles.byId(cycleId);
    if (!cycle) return;
    const since = this.clock.now().getTime() - TOLD_WITHIN_MS;
    const told = toldOf(cycle).filter(({ at, userIds }) => at.getTime() >= since && userIds.length > 0);
    if (told.length === 0) return;
    const [here, params] = await Promise.all([this.whoIsHere(cycle.cohortId, told), this.paramsFor(cycle)]);
    for (const { kind, step, userIds, why, doer, params: own } of told) {
      for (const userId of userIds.filter((id) => here.has(id))) {
        await this.notifier.notify({
          ...{ userIds: [userId], cohortId: cycle.cohortId, kind, why, byId: doer ?? undefined },
          params: { ...params(userId), ...own },
          link: `/c/${cycle.cohortId}/coaching/cycles/${cycle.id}`,
          key: `${kind}-${cycle.id}-${step}`,
        });
      }
    }
  }

  /** The words of a cycle's notices, for one of the two or for somebody else. */
  async paramsFor(cycle: CycleFacts): Promise<(userId: string) => NoticeParams> {
    const { coachId, fellowId, startedBy, end, note } = cycle;
    const ids = [coachId, fellowId, startedBy, end?.by, note?.authorId];
    const names = await this.people.byId(ids.filter((id) => typeof id === 'string'));
    const nameOf = (id: string | null | undefined) => (id && names.get(id)?.name) || '';
    return (userId) => ({
      cycleId: cycle.id,
      part: userId === coachId ? 'coach' : userId === fellowId ? 'fellow' : 'other',
      with: nameOf(userId === coachId ? fellowId : coachId),
      coach: nameOf(coachId),
      fellow: nameOf(fellowId),
      by: nameOf(end?.by),
      about: oneLine(cycle.goal),
      ...{ on: cycle.until, held: cycle.held, missing: CYCLE_OF - cycle.counted },
    });
  }

  /** Who left the cohort cannot open it any more. */
  private async whoIsHere(cohortId: string, told: readonly Told[]): Promise<Set<string>> {
    const userIds = [...new Set(told.flatMap((one) => one.userIds))];
    return new Set((await this.members.list(cohortId, { userIds })).map(({ userId }) => userId));
  }
}

/** All that people are told of a cycle as it is. Nobody is told of what they did themselves. Pure. */
function toldOf({ coachId, fellowId, state, startedBy, startedAt, moved, end, note }: CycleFacts): Told[] {
  const pair = [coachId, fellowId];
  const told: Told[] = [];
  const tell = (one: Omit<Told, 'why' | 'doer'> & { why?: Told['why'] }, doer: string | null) =>
    told.push({ why: 'cycle', ...one, doer, userIds: one.userIds.filter((id) => id !== doer) });
  if (!end) tell({ kind: 'cycle.started', step: 'start', at: startedAt, userIds: pair, params: {} }, startedBy);
  if (moved && !end) {
    const step = String(moved.revision);
    tell({ kind: 'cycle.moved', step, at: moved.at, userIds: pair, params: { on: moved.to } }, null);
  }
  if (note) {
    const { readers: userIds, createdAt: at, authorId } = note;
    tell({ kind: 'cycle.note', step: 'note', at, userIds, why: 'note_reader', params: {} }, authorId);
  }
  if (end) {
    const { at, by, word } = end;
    // Who hears of the closing note hears with it that the cycle is complete.
    const userIds = state === 'completed' ? pair.filter((id) => !note?.readers.includes(id)) : pair;
    tell({ kind: 'cycle.ended', step: 'end', at, userIds, params: { how: state, word: word ?? 'none' } }, by);
  }
  return told;
}
