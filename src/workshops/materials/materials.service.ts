import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { beginningOf } from '../../common/texts/cut.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import type { AddMaterial, AddedMaterial, AddedMaterials } from '../../contracts/workshops/workshop-materials.js';
import { MAX_ADDED_MATERIALS } from '../../contracts/limits.js';
import { Attaching, StaleFiles } from '../../files/attaching.js';
import type { FileRow } from '../../files/file.schema.js';
import { presentFile } from '../../files/present-file.js';
import type { ClientSession, Types } from 'mongoose';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { ManagersNow } from '../registrations/managers-now.js';
import { workshopDocumented } from '../workshops.events.js';
import { mayManage } from '../workshops.policy.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { WorkshopsService } from '../workshops.service.js';
import type { MaterialRow } from './material.schema.js';
import { MaterialsRepository } from './materials.repository.js';
import { WorkshopNews } from './workshop-news.js';

const MAX_TITLE = 120;

/**
 * Files, links and recordings that hosts add to a workshop beside its links of before. A file comes to hang on the workshop in the
 * transaction that adds it; how many there may be is settled by the workshop's own count, in the same.
 */
@Injectable()
export class Materials {
  constructor(
    private readonly service: WorkshopsService,
    private readonly managers: ManagersNow,
    private readonly workshops: WorkshopsRepository,
    private readonly materials: MaterialsRepository,
    private readonly news: WorkshopNews,
    private readonly attaching: Attaching,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Throws 404. */
  async list(actor: CohortActor, workshopId: string): Promise<AddedMaterials> {
    const workshop = await this.service.seen(actor, workshopId);
    return await this.reply(actor, workshop);
  }

  /**
   * Throws 404, 403, 409 `not_published`, `cancelled`, `too_many_materials`, `cohort_closed`; 422 `/fileId` `unknown` for what is no
   * upload of mine for this cohort that waits.
   */
  async add(actor: CohortActor, workshopId: string, body: AddMaterial): Promise<AddedMaterials> {
    const workshop = await this.service.managed(actor, workshopId);
    mustBePublished(workshop);
    const at = this.clock.now();
    const ids = { _id: newId(), workshopId: workshop._id, cohortId: workshop.cohortId };
    const [byId, fileId] = [idOf(actor.userId), body.fileId === undefined ? null : toId(body.fileId)];
    try {
      await this.transactions.run(async (session) => {
        await this.managers.take(actor, workshop._id, session);
        await this.count(workshop, session);
        const file = body.fileId === undefined ? null : await this.hold(fileId, byId, ids, session);
        const title = beginningOf(body.title || file?.name || '', MAX_TITLE);
        const { phase, isRecording, url = null } = body;
        const facts = file && factsOf(file);
        await this.materials.insert(
          { ...ids, title, phase, isRecording, url, fileId, file: facts, addedBy: byId, addedAt: at },
          session,
        );
        const { _id: thingId, ...where } = ids;
        const what = 'material' as const;
        await this.news.add({ ...where, what, thingId, title, byId, at }, session);
      });
    } catch (error) {
      if (error instanceof StaleFiles) throw unknownFile();
      throw error;
    }
    this.tell(actor, workshop);
    return await this.reply(actor, workshop);
  }

  /** Takes one away, with its file; who was not told of it yet is not. Throws 404, 403, 409 `cohort_closed`. */
  async remove(actor: CohortActor, workshopId: string, materialId: string): Promise<AddedMaterials> {
    const workshop = await this.service.managed(actor, workshopId);
    const id = toId(materialId);
    if (!id) throw notFound();
    await this.transactions.run(async (session) => {
      await this.managers.take(actor, workshop._id, session);
      const removed = await this.materials.remove(workshop._id, id, session);
      if (!removed) throw notFound();
      await this.workshops.countMaterial(workshop._id, -1, session);
      await this.news.forget(id, session);
      if (removed.fileId) await this.attaching.release([removed.fileId], session);
    });
    this.tell(actor, workshop);
    return await this.reply(actor, workshop);
  }

  private async count({ _id }: WorkshopRow, session: ClientSession): Promise<void> {
    if (await this.workshops.countMaterial(_id, 1, session)) return;
    const now = await this.workshops.byId(_id, session);
    if (!now) throw notFound();
    mustBePublished(now);
    throw conflict('too_many_materials', 'Remove one first.', { maximum: MAX_ADDED_MATERIALS });
  }

  private async hold(
    fileId: Types.ObjectId | null,
    ownerId: Types.ObjectId,
    { _id, workshopId, cohortId }: { _id: Types.ObjectId; workshopId: Types.ObjectId; cohortId: Types.ObjectId },
    session: ClientSession,
  ): Promise<FileRow> {
    const file = fileId && (await this.attaching.waiting([fileId], session)).get(String(fileId));
    if (!file?.ownerId.equals(ownerId) || !file.cohortId?.equals(cohortId)) throw unknownFile();
    const holder = { kind: 'workshop' as const, id: _id, placeId: workshopId };
    await this.attaching.hold([{ fileId: file._id, ownerId, cohortId, holder }], session);
    return file;
  }

  private tell({ cohortId }: CohortActor, { _id }: WorkshopRow): void {
    this.bus.publish(workshopDocumented, { cohortId, workshopId: String(_id) });
  }

  private async reply(actor: CohortActor, workshop: WorkshopRow): Promise<AddedMaterials> {
    const rows = await this.materials.ofWorkshop(workshop._id, MAX_ADDED_MATERIALS);
    const faces = await this.people.byId(rows.map(({ addedBy }) => String(addedBy)));
    return {
      items: rows.map((row): AddedMaterial => {
        const by = String(row.addedBy);
        const file = row.file && row.fileId ? presentFile(String(row.fileId), row.file) : null;
        return {
          id: String(row._id),
          ...{ title: row.title, phase: row.phase, isRecording: row.isRecording, file },
          url: file?.url ?? row.url ?? '',
          addedBy: faces.get(by) ?? { id: by, name: '', avatarUrl: null },
          addedAt: row.addedAt.toISOString(),
        };
      }),
      nextCursor: null,
      abilities: {
        add: mayManage(actor, workshop) && actor.cohortState === 'running' && workshop.status === 'published',
      },
    };
  }
}

/** Of a draft nobody knows yet: its links are written with it. Throws 409. */
export function mustBePublished({ status }: Pick<WorkshopRow, 'status'>): void {
  if (status === 'draft') throw conflict('not_published', 'It is a draft: nobody knows of it yet.');
  if (status === 'cancelled') throw conflict('cancelled', 'It was cancelled.');
}

const unknownFile = () => invalidField('/fileId', 'unknown');

const factsOf = ({ name, type, kind, size, width, height }: FileRow): NonNullable<MaterialRow['file']> => ({
  ...{ name, type, kind, size, width, height },
});
