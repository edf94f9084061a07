import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CalendarModule } from '../calendar/calendar.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { actionSchema } from './actions/action.schema.js';
import { ActionsController } from './actions/actions.controller.js';
import { ActionsRepository } from './actions/actions.repository.js';
import { ActionsService } from './actions/actions.service.js';
import { AnyCoachController } from './scheduling/any-coach.controller.js';
import { AnyCoach } from './scheduling/any-coach.service.js';
import { AvailabilitiesRepository } from './availability/availabilities.repository.js';
import { AvailabilityController } from './availability/availability.controller.js';
import { availabilitySchema } from './availability/availability.schema.js';
import { AvailabilityService } from './availability/availability.service.js';
import { BookingService } from './scheduling/booking.service.js';
import { CoachFellows } from './coaches/coach-fellows.service.js';
import { ClaimedTimes } from './availability/claimed-times.js';
import { CoachCalendars } from './availability/coach-calendars.js';
import { Coaches } from './coaches/coaches.service.js';
import { ClosingNotes } from './cycles/closing-notes.service.js';
import { CycleFollow } from './cycles/cycle-follow.js';
import { CycleProgress } from './cycles/cycle-progress.js';
import { cycleSchema } from './cycles/cycle.schema.js';
import { CyclesBroadcasts } from './cycles/cycles.broadcasts.js';
import { CyclesController } from './cycles/cycles.controller.js';
import { CyclesPresenter } from './cycles/cycles.presenter.js';
import { CyclesReader } from './cycles/cycles.reader.js';
import { CyclesRepository } from './cycles/cycles.repository.js';
import { CyclesService } from './cycles/cycles.service.js';
import { GoalCoach } from './goals/goal-coach.service.js';
import { GoalCourse } from './goals/goal-course.service.js';
import { goalSchema } from './goals/goal.schema.js';
import { GoalsBroadcasts } from './goals/goals.broadcasts.js';
import { GoalsController } from './goals/goals.controller.js';
import { GoalsPresenter } from './goals/goals.presenter.js';
import { GoalsRepository } from './goals/goals.repository.js';
import { GoalsService } from './goals/goals.service.js';
import { NamedPair } from './coaches/named-pair.js';
import { FreeTimes } from './scheduling/free-times.js';
import { MentoringBroadcasts } from './mentoring.broadcasts.js';
import { Outside } from '../infra/http/outside/outside.js';
import { NoteCircles } from './notes/note-circles.js';
import { noteSchema } from './notes/note.schema.js';
import { NotesController } from './notes/notes.controller.js';
import { NotesRepository } from './notes/notes.repository.js';
import { NotesService } from './notes/notes.service.js';
import { OutsideCalendarReader } from './outside/outside-calendar-reader.js';
import { outsideBusySchema, outsideCalendarSchema } from './outside/outside-calendar.schema.js';
import { OutsideCalendarsController } from './outside/outside-calendars.controller.js';
import { OutsideCalendarsRepository } from './outside/outside-calendars.repository.js';
import { OutsideCalendars } from './outside/outside-calendars.service.js';
import { HandOversController } from './handovers/hand-overs.controller.js';
import { HandOvers } from './handovers/hand-overs.service.js';
import { LeftActions } from './handovers/left-actions.service.js';
import { LeftNotes } from './handovers/left-notes.js';
import { NoteSharing } from './handovers/note-sharing.service.js';
import { SeriesPreviews } from './repeated/series-preview.service.js';
import { SessionSeriesController } from './repeated/session-series.controller.js';
import { SessionSeriesService } from './repeated/session-series.service.js';
import { HelpersService } from './requests/helpers.service.js';
import { RequestDepartures } from './requests/request-departures.js';
import { requestSchema } from './requests/request.schema.js';
import { RequestsBroadcasts } from './requests/requests.broadcasts.js';
import { RequestsController } from './requests/requests.controller.js';
import { RequestsPresenter } from './requests/requests.presenter.js';
import { RequestsReader } from './requests/requests.reader.js';
import { RequestsRepository } from './requests/requests.repository.js';
import { RequestsService } from './requests/requests.service.js';
import { SuccessorsController } from './requests/successors.controller.js';
import { SessionDepartures } from './sessions/session-departures.js';
import { SessionLinksController } from './sessions/session-links.controller.js';
import { SessionLinks } from './sessions/session-links.service.js';
import { SessionPlans } from './sessions/session-plans.js';
import { sessionRatingSchema } from './ratings/session-rating.schema.js';
import { SessionRatingsController } from './ratings/session-ratings.controller.js';
import { SessionRatingsRepository } from './ratings/session-ratings.repository.js';
import { SessionRatings } from './ratings/session-ratings.service.js';
import { sessionSchema } from './sessions/session.schema.js';
import { SessionEntriesController } from './sessions/session-entries.controller.js';
import { SessionEntries } from './sessions/session-entries.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsPresenter } from './sessions/sessions.presenter.js';
import { SessionsReader } from './sessions/sessions.reader.js';
import { SessionWrites } from './sessions/session-writes.repository.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsAhead } from './sessions/sessions-ahead.js';
import { SessionBooking } from './sessions/session-booking.service.js';
import { SessionActs } from './sessions/session-acts.js';
import { SessionsService } from './sessions/sessions.service.js';
import { slotWatchSchema } from './scheduling/slot-watch.schema.js';
import { SlotWatchesController } from './scheduling/slot-watches.controller.js';
import { SlotWatchesRepository } from './scheduling/slot-watches.repository.js';
import { SlotWatches } from './scheduling/slot-watches.service.js';
import { Refusals } from './scheduling/refusals.js';
import { SlotsService } from './scheduling/slots.service.js';

/** Coaches, their hours, and the sessions with them. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    CalendarModule,
    MongooseModule.forFeature([
      { name: 'Availability', schema: availabilitySchema },
      { name: 'Session', schema: sessionSchema },
      { name: 'SessionRating', schema: sessionRatingSchema },
      { name: 'SlotWatch', schema: slotWatchSchema },
      { name: 'Action', schema: actionSchema },
      { name: 'Cycle', schema: cycleSchema },
      { name: 'Goal', schema: goalSchema },
      { name: 'HelpRequest', schema: requestSchema },
      { name: 'Note', schema: noteSchema },
      { name: 'OutsideCalendar', schema: outsideCalendarSchema },
      { name: 'OutsideBusy', schema: outsideBusySchema },
    ]),
  ],
  controllers: [
    AnyCoachController,
    ActionsController,
    AvailabilityController,
    CyclesController,
    GoalsController,
    HandOversController,
    NotesController,
    OutsideCalendarsController,
    RequestsController,
    SessionLinksController,
    SessionEntriesController,
    SessionRatingsController,
    SessionSeriesController,
    SessionsController,
    SlotWatchesController,
    SuccessorsController,
  ],
  providers: [
    AnyCoach,
    ActionsRepository,
    ActionsService,
    AvailabilitiesRepository,
    AvailabilityService,
    BookingService,
    ClaimedTimes,
    CoachCalendars,
    CoachFellows,
    Coaches,
    ClosingNotes,
    CycleFollow,
    CycleProgress,
    CyclesBroadcasts,
    CyclesPresenter,
    CyclesReader,
    CyclesRepository,
    CyclesService,
    FreeTimes,
    GoalCoach,
    GoalCourse,
    GoalsBroadcasts,
    GoalsPresenter,
    GoalsRepository,
    GoalsService,
    HandOvers,
    HelpersService,
    LeftActions,
    LeftNotes,
    MentoringBroadcasts,
    NamedPair,
    NoteCircles,
    NoteSharing,
    NotesRepository,
    NotesService,
    Outside,
    OutsideCalendarReader,
    OutsideCalendars,
    OutsideCalendarsRepository,
    Refusals,
    RequestDepartures,
    RequestsBroadcasts,
    RequestsPresenter,
    RequestsReader,
    RequestsRepository,
    RequestsService,
    SeriesPreviews,
    SessionBooking,
    SessionDepartures,
    SessionLinks,
    SessionPlans,
    SessionRatings,
    SessionRatingsRepository,
    SessionSeriesService,
    SessionsPresenter,
    SessionEntries,
    SessionsReader,
    SessionWrites,
    SessionsRepository,
    SessionActs,
    SessionsAhead,
    SessionsService,
    SlotWatches,
    SlotWatchesRepository,
    SlotsService,
  ],
  exports: [
    ActionsService,
    AvailabilityService,
    Coaches,
    CyclesReader,
    CyclesService,
    NotesService,
    RequestsReader,
    RequestsService,
    SessionsReader,
    SessionsService,
    SlotWatches,
    SlotsService,
  ],
})
export class MentoringModule {}
