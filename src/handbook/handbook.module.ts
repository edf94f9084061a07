import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CalendarModule } from '../calendar/calendar.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { FilesModule } from '../files/files.module.js';
import { ForumsModule } from '../forums/forums.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { PageAttachments } from './attachments/page-attachments.service.js';
import { CommonsHandbookController } from './commons/commons-handbook.controller.js';
import { CommonsHandbook } from './commons/commons-handbook.service.js';
import { CommonsTwins } from './commons/commons-twins.js';
import { HandbookPlaces } from './commons/handbook-places.js';
import { PageOpenings } from './commons/page-openings.service.js';
import { PageOpeningsController } from './commons/page-openings.controller.js';
import { CopiedFiles } from './copying/copied-files.service.js';
import { HandbookCopying } from './copying/handbook-copying.service.js';
import { DeletedPagesRepository } from './deleting/deleted-pages.repository.js';
import { PageDeleting } from './deleting/page-deleting.service.js';
import { ExportedFiles } from './exports/exported-files.service.js';
import { HandbookExportsController } from './exports/handbook-exports.controller.js';
import { HandbookExports } from './exports/handbook-exports.service.js';
import { HandbookBroadcasts } from './handbook.broadcasts.js';
import { HandbookController } from './handbook.controller.js';
import { HandbookPresenter } from './handbook.presenter.js';
import { HandbookReader } from './handbook.reader.js';
import { HandbookTree } from './handbook-tree.service.js';
import { PageEditing } from './history/page-editing.service.js';
import { PageVersionsRepository } from './history/page-versions.repository.js';
import { handbookPageSchema, pageVersionSchema } from './page.schema.js';
import { PageOriginsController } from './origins/page-origins.controller.js';
import { PageOrigins } from './origins/page-origins.service.js';
import { PageWriting } from './page-writing.service.js';
import { PagesRepository } from './pages.repository.js';
import { PagesService } from './pages.service.js';

/** What a cohort knows, in pages that all may edit: a tree, in English and French. */
@Module({
  imports: [
    AuthModule,
    CalendarModule,
    CohortsModule,
    FilesModule,
    ForumsModule,
    WorkshopsModule,
    MongooseModule.forFeature([
      { name: 'HandbookPage', schema: handbookPageSchema },
      { name: 'HandbookVersion', schema: pageVersionSchema },
    ]),
  ],
  controllers: [
    HandbookController,
    HandbookExportsController,
    PageOriginsController,
    PageOpeningsController,
    CommonsHandbookController,
  ],
  providers: [
    CommonsHandbook,
    CommonsTwins,
    HandbookPlaces,
    PageOpenings,
    CopiedFiles,
    DeletedPagesRepository,
    ExportedFiles,
    HandbookBroadcasts,
    HandbookCopying,
    HandbookExports,
    HandbookPresenter,
    HandbookReader,
    HandbookTree,
    PageAttachments,
    PageDeleting,
    PageEditing,
    PageOrigins,
    PageVersionsRepository,
    PageWriting,
    PagesRepository,
    PagesService,
  ],
  exports: [HandbookCopying, HandbookPlaces, HandbookReader, PagesRepository],
})
export class HandbookModule {}
