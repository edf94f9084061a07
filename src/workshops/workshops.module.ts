import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CalendarModule } from '../calendar/calendar.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { FilesModule } from '../files/files.module.js';
import { AttendanceService } from './attendance/attendance.service.js';
import { CheckInsController } from './attendance/check-ins.controller.js';
import { CheckIns } from './attendance/check-ins.service.js';
import { Passes } from './attendance/passes.js';
import { CalendarEntries } from './calendar-entries.js';
import { CertificateChecks } from './certificates/certificate-checks.service.js';
import { certificateSchema } from './certificates/certificate.schema.js';
import { CertificateChecksController, CertificatesController } from './certificates/certificates.controller.js';
import { CertificatesRepository } from './certificates/certificates.repository.js';
import { Certificates } from './certificates/certificates.service.js';
import { ShownCertificates } from './certificates/shown-certificates.js';
import { Departures } from './registrations/departures.js';
import { DraftRoom } from './draft-room.js';
import { FeedbackRepository } from './feedback/feedback.repository.js';
import { feedbackSchema } from './feedback/feedback.schema.js';
import { FeedbackService } from './feedback/feedback.service.js';
import { GuestErasing } from './guests/guest-erasing.js';
import { GuestFollow } from './guests/guest-follow.js';
import { GuestLetters } from './guests/guest-letters.js';
import { GuestLists } from './guests/guest-lists.service.js';
import { GuestMails } from './guests/guest-mails.js';
import { GuestNames } from './guests/guest-names.js';
import { GuestPlacesRepository } from './guests/guest-places.repository.js';
import { GuestReminders } from './guests/guest-reminders.js';
import { GuestRegistrations } from './guests/guest-registrations.service.js';
import { guestSchema } from './guests/guest.schema.js';
import { GuestsController } from './guests/guests.controller.js';
import { GuestsRepository } from './guests/guests.repository.js';
import { PublicPages } from './guests/public-pages.service.js';
import { GuestPlacesController, PublicWorkshopsController } from './guests/public-workshops.controller.js';
import { HostNaming } from './host-naming.js';
import { HostTimes } from './host-times.js';
import { InvitedHosts } from './invited-hosts.js';
import { ManagersNow } from './registrations/managers-now.js';
import { MaterialFiles } from './materials/material-files.js';
import { materialSchema } from './materials/material.schema.js';
import { MaterialsController } from './materials/materials.controller.js';
import { MaterialsRepository } from './materials/materials.repository.js';
import { Materials } from './materials/materials.service.js';
import { MinutesRepository } from './materials/minutes.repository.js';
import { minutesSchema } from './materials/minutes.schema.js';
import { Minutes } from './materials/minutes.service.js';
import { NewsRepository } from './materials/news.repository.js';
import { newsSchema } from './materials/news.schema.js';
import { WorkshopNews } from './materials/workshop-news.js';
import { OffersReader } from './registrations/offers.reader.js';
import { Offers } from './registrations/offers.js';
import { PlaceLinksController } from './registrations/place-links.controller.js';
import { PlaceLinks } from './registrations/place-links.service.js';
import { ProgrammeCopiesController } from './programme/programme-copies.controller.js';
import { ProgrammeCopies } from './programme/programme-copies.service.js';
import { ProgrammeDrafts } from './programme/programme-drafts.js';
import { PlaceNewsReader } from './registrations/place-news.reader.js';
import { PlaceTelling } from './registrations/place-telling.js';
import { PlacesService } from './registrations/places.service.js';
import { registrationSchema } from './registrations/registration.schema.js';
import { RegistrationsRepository } from './registrations/registrations.repository.js';
import { RegistrationsService } from './registrations/registrations.service.js';
import { SeriesEditing } from './series/series-editing.service.js';
import { SeriesGrowth } from './series/series-growth.js';
import { SeriesLengthening } from './series/series-lengthening.service.js';
import { SeriesPlanning } from './series/series-planning.service.js';
import { SeriesReader } from './series/series-reader.js';
import { SeriesRegistrations } from './series/series-registrations.service.js';
import { WorkshopCopiesController } from './programme/workshop-copies.controller.js';
import { WorkshopCopies } from './programme/workshop-copies.service.js';
import { WishDepartures } from './wishes/wish-departures.js';
import { WishFollow } from './wishes/wish-follow.js';
import { WishPlanning } from './wishes/wish-planning.service.js';
import { wishSchema, wishSideSchema } from './wishes/wish.schema.js';
import { WishesBroadcasts } from './wishes/wishes.broadcasts.js';
import { WishesController } from './wishes/wishes.controller.js';
import { WishesPresenter } from './wishes/wishes.presenter.js';
import { WishesReader } from './wishes/wishes.reader.js';
import { WishesRepository } from './wishes/wishes.repository.js';
import { WishesService } from './wishes/wishes.service.js';
import { WorkshopDrafts } from './workshop-drafts.js';
import { WorkshopMoves } from './workshop-moves.js';
import { WorkshopMessagesController } from './messages/workshop-messages.controller.js';
import { WorkshopMessagesRepository } from './messages/workshop-messages.repository.js';
import { WorkshopMessagesService } from './messages/workshop-messages.service.js';
import { workshopMessageSchema } from './messages/workshop-message.schema.js';
import { WorkshopSeriesController } from './series/workshop-series.controller.js';
import { WorkshopSeriesRepository } from './series/workshop-series.repository.js';
import { workshopSeriesSchema } from './series/workshop-series.schema.js';
import { WorkshopVersions } from './workshop-versions.js';
import { WorkshopTagsController } from './workshop-tags.controller.js';
import { workshopTemplateSchema } from './programme/workshop-template.schema.js';
import { WorkshopTemplatesController } from './programme/workshop-templates.controller.js';
import { WorkshopTemplatesRepository } from './programme/workshop-templates.repository.js';
import { WorkshopTemplates } from './programme/workshop-templates.service.js';
import { WorkshopTimes } from './workshop-times.js';
import { workshopSchema } from './workshop.schema.js';
import { WorkshopsBroadcasts } from './workshops.broadcasts.js';
import { WorkshopsController } from './workshops.controller.js';
import { WorkshopsReader } from './workshops.reader.js';
import { WorkshopsRepository } from './workshops.repository.js';
import { WorkshopsService } from './workshops.service.js';
import { WorkshopsView } from './workshops.view.js';

/** Workshops, talks, seminars and stand-ups: planned, published, joined. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    CalendarModule,
    FilesModule,
    MongooseModule.forFeature([
      { name: 'Workshop', schema: workshopSchema },
      { name: 'Registration', schema: registrationSchema },
      { name: 'WorkshopFeedback', schema: feedbackSchema },
      { name: 'WorkshopCertificate', schema: certificateSchema },
      { name: 'WorkshopMaterial', schema: materialSchema },
      { name: 'WorkshopMessage', schema: workshopMessageSchema },
      { name: 'WorkshopGuest', schema: guestSchema },
      { name: 'WorkshopMinutes', schema: minutesSchema },
      { name: 'WorkshopNews', schema: newsSchema },
      { name: 'WorkshopSeries', schema: workshopSeriesSchema },
      { name: 'WorkshopTemplate', schema: workshopTemplateSchema },
      { name: 'WorkshopWish', schema: wishSchema },
      { name: 'WorkshopWishSide', schema: wishSideSchema },
    ]),
  ],
  controllers: [
    WishesController,
    WorkshopsController,
    CheckInsController,
    ProgrammeCopiesController,
    WorkshopCopiesController,
    WorkshopTemplatesController,
    WorkshopSeriesController,
    WorkshopTagsController,
    PlaceLinksController,
    GuestsController,
    GuestPlacesController,
    PublicWorkshopsController,
    CertificateChecksController,
    CertificatesController,
    MaterialsController,
    WorkshopMessagesController,
  ],
  providers: [
    AttendanceService,
    CalendarEntries,
    CertificateChecks,
    Certificates,
    CertificatesRepository,
    CheckIns,
    ShownCertificates,
    Departures,
    DraftRoom,
    FeedbackRepository,
    FeedbackService,
    GuestErasing,
    GuestFollow,
    GuestLetters,
    GuestLists,
    GuestMails,
    GuestNames,
    GuestPlacesRepository,
    GuestRegistrations,
    GuestReminders,
    HostNaming,
    HostTimes,
    InvitedHosts,
    GuestsRepository,
    ManagersNow,
    MaterialFiles,
    Materials,
    MaterialsRepository,
    Minutes,
    MinutesRepository,
    NewsRepository,
    Offers,
    OffersReader,
    Passes,
    PlaceLinks,
    ProgrammeCopies,
    ProgrammeDrafts,
    PublicPages,
    PlaceNewsReader,
    PlaceTelling,
    PlacesService,
    RegistrationsRepository,
    RegistrationsService,
    SeriesEditing,
    SeriesGrowth,
    SeriesLengthening,
    SeriesPlanning,
    SeriesReader,
    SeriesRegistrations,
    WorkshopCopies,
    WishDepartures,
    WishFollow,
    WishPlanning,
    WishesBroadcasts,
    WishesPresenter,
    WishesReader,
    WishesRepository,
    WishesService,
    WorkshopDrafts,
    WorkshopMoves,
    WorkshopMessagesRepository,
    WorkshopMessagesService,
    WorkshopNews,
    WorkshopSeriesRepository,
    WorkshopVersions,
    WorkshopTemplates,
    WorkshopTemplatesRepository,
    WorkshopTimes,
    WorkshopsBroadcasts,
    WorkshopsReader,
    WorkshopsRepository,
    WorkshopsService,
    WorkshopsView,
  ],
  exports: [
    GuestReminders,
    Materials,
    Minutes,
    PlaceNewsReader,
    ProgrammeCopies,
    WishesReader,
    WishesService,
    WorkshopMessagesService,
    WorkshopNews,
    WorkshopVersions,
    OffersReader,
    WorkshopsReader,
    WorkshopsService,
    RegistrationsService,
  ],
})
export class WorkshopsModule {}
