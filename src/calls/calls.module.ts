import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { FilesModule } from '../files/files.module.js';
import { ApplicantGuard, ShownApplication } from './applications/applicant.guard.js';
import { ApplicantTokens } from './applications/applicant-tokens.js';
import { ApplicationForgetting } from './applications/application-forgetting.js';
import { ApplicationErasing } from './applications/application-erasing.js';
import { ApplicationErasingRepository } from './applications/application-erasing.repository.js';
import { ApplicationFiles } from './applications/application-files.service.js';
import { ApplicationLetters } from './applications/application-letters.js';
import { ApplicationMails } from './applications/application-mails.js';
import { ApplicationTablesController } from './applications/application-tables.controller.js';
import { ApplicationTablesRepository } from './applications/application-tables.repository.js';
import { ApplicationTables } from './applications/application-tables.service.js';
import { applicationSchema } from './applications/application.schema.js';
import { ApplicationLinksController, ApplicationsController } from './applications/applications.controller.js';
import { ApplicationsReader } from './applications/applications-reader.js';
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
import { ClosedCohorts } from './closed-cohorts.js';
import { AcceptedFiles } from './decisions/accepted-files.reader.js';
import { applicationActSchema } from './decisions/application-act.schema.js';
import { ApplicationActs } from './decisions/application-acts.js';
import { DecisionsController } from './decisions/decisions.controller.js';
import { DecisionsRepository } from './decisions/decisions.repository.js';
import { DecisionsService } from './decisions/decisions.service.js';
import { CallFiguresController } from './figures/call-figures.controller.js';
import { CallFiguresRepository } from './figures/call-figures.repository.js';
import { callFiguresSchema } from './figures/call-figures.schema.js';
import { CallFiguresService } from './figures/call-figures.service.js';
import { EarlierCallsService } from './earlier-calls.service.js';
import { ApplicationMessagesReader } from './messages/application-messages-reader.js';
import {
  ApplicationMessagesController,
  MyApplicationMessagesController,
} from './messages/application-messages.controller.js';
import { applicationMessageSchema } from './messages/application-message.schema.js';
import { ApplicationMessagesRepository } from './messages/application-messages.repository.js';
import { ApplicationMessagesService } from './messages/application-messages.service.js';
import { PlaceLosing } from './places/place-losing.js';
import { MyPlaceController, WaitingListController } from './places/places.controller.js';
import { PlacesRepository } from './places/places.repository.js';
import { Places } from './places/places.service.js';
import { WaitingLists } from './places/waiting-list.service.js';
import { MyApplicationsController } from './mine/my-applications.controller.js';
import { MyApplicationsRepository } from './mine/my-applications.repository.js';
import { MyApplicationsService } from './mine/my-applications.service.js';
import { OwnFiles } from './own-files.js';
import { PublicCallsController } from './public-calls.controller.js';
import { PublicCallsService } from './public-calls.service.js';
import { AddingController } from './work/adding.controller.js';
import { AddingFiles } from './work/adding.service.js';
import { applicationNoteSchema } from './work/application-note.schema.js';
import { AskingController } from './work/asking.controller.js';
import { AskingRepository } from './work/asking.repository.js';
import { Asking } from './work/asking.service.js';
import { DeskController } from './work/desk.controller.js';
import { DeskRepository } from './work/desk.repository.js';
import { Desk } from './work/desk.service.js';
import { Duplicates } from './work/duplicates.js';

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
      { name: 'ApplicationNote', schema: applicationNoteSchema },
      { name: 'ApplicationAct', schema: applicationActSchema },
      { name: 'CallFigures', schema: callFiguresSchema },
    ]),
  ],
  controllers: [
    CallFiguresController,
    CallsController,
    ApplicationTablesController,
    PublicCallsController,
    ApplicationLinksController,
    ApplicationsController,
    AddingController,
    AskingController,
    ApplicationMessagesController,
    DecisionsController,
    DeskController,
    MyApplicationMessagesController,
    MyApplicationsController,
    MyPlaceController,
    WaitingListController,
  ],
  providers: [
    AddingFiles,
    AcceptedFiles,
    ApplicantGuard,
    ApplicantTokens,
    ApplicationActs,
    ApplicationErasing,
    ApplicationForgetting,
    ApplicationErasingRepository,
    ApplicationFiles,
    ApplicationLetters,
    ApplicationMails,
    ApplicationMessagesReader,
    ApplicationMessagesRepository,
    ApplicationMessagesService,
    ApplicationTables,
    ApplicationTablesRepository,
    ApplicationsReader,
    ApplicationsRepository,
    ApplicationsService,
    Asking,
    AskingRepository,
    Beginnings,
    CallFiguresRepository,
    CallFiguresService,
    CallsPresenter,
    CallsRepository,
    CallsService,
    ClosedCohorts,
    DecisionsRepository,
    DecisionsService,
    Desk,
    DeskRepository,
    DraftFollow,
    Duplicates,
    EarlierCallsService,
    MyApplicationsRepository,
    MyApplicationsService,
    OwnFiles,
    PlaceLosing,
    Places,
    PlacesRepository,
    PublicCallsService,
    ShownApplication,
    Submitting,
    WaitingLists,
  ],
  exports: [
    AcceptedFiles,
    ApplicantGuard,
    ApplicantTokens,
    ApplicationActs,
    ApplicationMessagesReader,
    ApplicationsReader,
    CallsRepository,
    CallsService,
    OwnFiles,
    PublicCallsService,
    ShownApplication,
  ],
})
export class CallsModule {}
