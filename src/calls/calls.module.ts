import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { FilesModule } from '../files/files.module.js';
import { ApplicantGuard, ShownApplication } from './applications/applicant.guard.js';
import { ApplicantTokens } from './applications/applicant-tokens.js';
import { ApplicationErasing } from './applications/application-erasing.js';
import { ApplicationFiles } from './applications/application-files.service.js';
import { ApplicationLetters } from './applications/application-letters.js';
import { ApplicationMails } from './applications/application-mails.js';
import { ApplicationTablesController } from './applications/application-tables.controller.js';
import { ApplicationTablesRepository } from './applications/application-tables.repository.js';
import { ApplicationTables } from './applications/application-tables.service.js';
import { applicationSchema } from './applications/application.schema.js';
import { ApplicationLinksController, ApplicationsController } from './applications/applications.controller.js';
import { ApplicationsRepository } from './applications/applications.repository.js';
import { ApplicationsService } from './applications/applications.service.js';
import { Beginnings } from './applications/beginnings.service.js';
import { DraftFollow } from './applications/draft-follow.js';
import { Submitting } from './applications/submitting.service.js';
import { callFormSchema, callSchema } from './call.schema.js';
import { CallsController } from './calls.controller.js';
import { CallsPresenter } from './calls.presenter.js';
import { CallsRepository } from './calls.repository.js';
import { CallsService } from './calls.service.js';
import { PublicCallsController } from './public-calls.controller.js';
import { PublicCallsService } from './public-calls.service.js';

/** The calls of a programme, of projects and of fellows, and what people answer to them. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    FilesModule,
    MongooseModule.forFeature([
      { name: 'Call', schema: callSchema },
      { name: 'CallForm', schema: callFormSchema },
      { name: 'Application', schema: applicationSchema },
    ]),
  ],
  controllers: [
    CallsController,
    ApplicationTablesController,
    PublicCallsController,
    ApplicationLinksController,
    ApplicationsController,
  ],
  providers: [
    ApplicantGuard,
    ApplicantTokens,
    ApplicationErasing,
    ApplicationFiles,
    ApplicationLetters,
    ApplicationMails,
    ApplicationTables,
    ApplicationTablesRepository,
    ApplicationsRepository,
    ApplicationsService,
    Beginnings,
    CallsPresenter,
    CallsRepository,
    CallsService,
    DraftFollow,
    PublicCallsService,
    ShownApplication,
    Submitting,
  ],
  exports: [ApplicantTokens, PublicCallsService],
})
export class CallsModule {}
