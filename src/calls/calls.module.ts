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
import { DecisionsController } from './decisions/decisions.controller.js';
import { DecisionsRepository } from './decisions/decisions.repository.js';
import { DecisionsService } from './decisions/decisions.service.js';
import { EarlierCallsService } from './earlier-calls.service.js';
import { ApplicationMessagesReader } from './messages/application-messages-reader.js';
import {
  ApplicationMessagesController,
  MyApplicationMessagesController,
} from './messages/application-messages.controller.js';
import { applicationMessageSchema } from './messages/application-message.schema.js';
import { ApplicationMessagesRepository } from './messages/application-messages.repository.js';
import { ApplicationMessagesService } from './messages/application-messages.service.js';
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
      { name: 'ApplicationMessage', schema: applicationMessageSchema },
    ]),
  ],
  controllers: [
    CallsController,
    ApplicationTablesController,
    PublicCallsController,
    ApplicationLinksController,
    ApplicationsController,
    ApplicationMessagesController,
    DecisionsController,
    MyApplicationMessagesController,
  ],
  providers: [
    ApplicantGuard,
    ApplicantTokens,
    ApplicationErasing,
    ApplicationFiles,
    ApplicationLetters,
    ApplicationMails,
    ApplicationMessagesReader,
    ApplicationMessagesRepository,
    ApplicationMessagesService,
    ApplicationTables,
    ApplicationTablesRepository,
    ApplicationsRepository,
    ApplicationsService,
    Beginnings,
    CallsPresenter,
    CallsRepository,
    CallsService,
    DecisionsRepository,
    DecisionsService,
    DraftFollow,
    EarlierCallsService,
    PublicCallsService,
    ShownApplication,
    Submitting,
  ],
  exports: [ApplicantTokens, ApplicationMessagesReader, PublicCallsService],
})
export class CallsModule {}
