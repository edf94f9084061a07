import { Inject, Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { Actor, CohortActor } from '../../common/actor.js';
import { conflict, forbidden } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { CohortStorage, MyStorage, UpdateStorage } from '../../contracts/storage.js';
import { idOf } from '../../infra/mongo/ids.js';
import { roomOf } from './storage-rule.js';
import type { StorageUseRow } from './storage-use.schema.js';
import { StorageUsesRepository } from './storage-uses.repository.js';

const MAX_SHOWN = 10;

/** What files take, shown to who they are of and to who looks after a cohort; and how much they may take there. */
@Injectable()
export class StorageService {
  constructor(
    private readonly uses: StorageUsesRepository,
    private readonly members: Members,
    private readonly people: People,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What I uploaded, in each of my cohorts and in direct conversations. */
  async mine(actor: Actor): Promise<MyStorage> {
    const cohorts = (await this.members.ofPerson(actor.userId)).map(({ cohortId }) => cohortId);
    const places = [...cohorts, null];
    const ids = places.map((cohortId) => (cohortId === null ? null : idOf(cohortId)));
    const rows = await this.uses.ofPerson(idOf(actor.userId), ids);
    return {
      items: places.map((cohortId) => {
        const here = rows.filter((row) => String(row.cohortId ?? null) === String(cohortId));
        const own = here.find(({ userId }) => userId);
        const set = here.find(({ userId }) => !userId);
        const limit = roomOf(this.config, cohortId !== null, set).person;
        return { cohortId, ...amountOf(own), limit };
      }),
    };
  }

  /** What a cohort holds, and who has most. */
  async ofCohort(actor: CohortActor): Promise<CohortStorage> {
    const rows = await this.uses.inPlace(idOf(actor.cohortId));
    const whole = rows.find(({ userId }) => !userId);
    const calls = rows.find(({ of }) => of === 'calls');
    const ofCalls = rows.filter(({ of, files }) => of === 'call' && files > 0).sort((a, b) => b.bytes - a.bytes);
    const own = rows.filter(({ userId, of, bytes }) => userId && !of && bytes > 0).sort((a, b) => b.bytes - a.bytes);
    const shown = own.slice(0, MAX_SHOWN);
    const faces = await this.people.byId(shown.map(({ userId }) => String(userId)));
    const room = roomOf(this.config, true, whole);
    const { STORAGE_PERSON_MB: personMb, STORAGE_COHORT_MB: cohortMb } = this.config;
    return {
      whole: { ...amountOf(whole), limit: room.cohort ?? 0 },
      personLimit: room.person,
      imported: Math.max(
        0,
        [...own, ...(calls ? [calls] : [])].reduce((left, { bytes }) => left - bytes, whole?.bytes ?? 0),
      ),
      calls: {
        ...{ ...amountOf(calls), limit: room.calls ?? 0 },
        items: ofCalls.map((row) => ({ callId: String(row.userId), ...amountOf(row) })),
      },
      largest: shown.map((row) => {
        const id = String(row.userId);
        return { person: faces.get(id) ?? { id, name: '', avatarUrl: null }, ...amountOf(row) };
      }),
      settings: { personMb: whole?.personMb ?? null, cohortMb: whole?.cohortMb ?? null },
      standard: { personMb, cohortMb },
      abilities: abilitiesOf(actor),
    };
  }

  /**
   * Says how much may be held. What is there already stays, also above a lower limit. Throws 403 for the whole of a cohort, which is for admins; 409 `cohort_closed`.
   */
  async set(actor: CohortActor, change: UpdateStorage): Promise<CohortStorage> {
    if (actor.cohortState === 'closed') throw conflict('cohort_closed', 'This cohort is closed.');
    if (change.cohortMb !== undefined && !abilitiesOf(actor).setCohort) throw forbidden();
    const cohortId = idOf(actor.cohortId);
    await this.uses.begin({ cohortId, userId: null });
    await this.uses.set(cohortId, change);
    return await this.ofCohort(actor);
  }

  /** How many bytes a cohort holds, and how many it may. */
  async wholeOf(cohortId: string): Promise<{ used: number; limit: number }> {
    const whole = await this.uses.find({ cohortId: idOf(cohortId), userId: null });
    return { used: whole?.bytes ?? 0, limit: roomOf(this.config, true, whole ?? {}).cohort ?? 0 };
  }
}

/** The disk is whoever's runs the installation: an admin says how much of it a cohort has, its team how that is shared among its people. */
const abilitiesOf = ({ isAdmin, cohortState }: CohortActor) => ({
  setPerson: cohortState === 'running',
  setCohort: cohortState === 'running' && isAdmin,
});

const amountOf = (row: Pick<StorageUseRow, 'bytes' | 'files'> | undefined) => ({
  files: row?.files ?? 0,
  used: row?.bytes ?? 0,
});
