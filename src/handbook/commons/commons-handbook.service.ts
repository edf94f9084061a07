import { Injectable } from '@nestjs/common';
import type { Actor, CohortActor } from '../../common/actor.js';
import { forbidden } from '../../common/problem.js';
import { COMMONS_PLACE } from '../../contracts/limits.js';
import type { UploadedFile } from '../../contracts/files.js';
import { FilesService, type Incoming } from '../../files/files.service.js';
import { idOf } from '../../infra/mongo/ids.js';
import { PageDeleting } from '../deleting/page-deleting.service.js';
import { HandbookTree } from '../handbook-tree.service.js';
import { PageEditing } from '../history/page-editing.service.js';
import { PageWriting } from '../page-writing.service.js';
import { PagesRepository } from '../pages.repository.js';
import { PagesService } from '../pages.service.js';
import { HandbookPlaces } from './handbook-places.js';

/** The handbook that all cohorts and alumni read: what handbooks do, for who is in the commons. Its fields are the services of every handbook; they take whom {@link enter} let in, and its routes call them with nobody else. */
@Injectable()
export class CommonsHandbook {
  constructor(
    readonly tree: HandbookTree,
    readonly pages: PagesService,
    readonly writing: PageWriting,
    readonly editing: PageEditing,
    readonly deleting: PageDeleting,
    private readonly places: HandbookPlaces,
    private readonly rows: PagesRepository,
    private readonly files: FilesService,
  ) {}

  /** Who somebody is there. Asked before anything is looked for. Throws 403 `no_cohort`. */
  enter(actor: Actor): Promise<CohortActor> {
    return this.places.inCommons(actor);
  }

  /** The same for who writes there. Throws 403. */
  async leading(actor: Actor): Promise<CohortActor> {
    const me = await this.enter(actor);
    if (me.role !== 'staff') throw forbidden();
    return me;
  }

  /** Takes a file in for a page of it, of who writes there or keeps a page. It counts in the room of the commons, which has as much as a cohort. Throws 403, and as {@link FilesService.upload}. */
  async upload(actor: Actor, file: Incoming): Promise<UploadedFile> {
    const me = await this.enter(actor);
    if (me.role !== 'staff' && !(await this.rows.isKeeper(idOf(COMMONS_PLACE), idOf(me.userId)))) throw forbidden();
    return await this.files.upload(actor, COMMONS_PLACE, file);
  }
}
