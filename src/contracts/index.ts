import * as accounts from './auth/accounts.js';
import * as auth from './auth/auth.js';
import * as standing from './auth/standing.js';
import * as cohortWebhooks from './bridges/cohort-webhooks.js';
import * as discussions from './bridges/discussions.js';
import * as imports from './bridges/imports.js';
import * as linkCards from './bridges/link-cards.js';
import * as pages from './bridges/pages.js';
import * as webhooks from './bridges/webhooks.js';
import * as calendar from './calendar.js';
import * as acts from './calls/acts.js';
import * as answers from './calls/answers.js';
import * as applicationMessages from './calls/application-messages.js';
import * as applications from './calls/applications.js';
import * as asking from './calls/asking.js';
import * as calls from './calls/calls.js';
import * as desk from './calls/desk.js';
import * as decisions from './calls/decisions.js';
import * as callFigures from './calls/figures.js';
import * as forms from './calls/forms.js';
import * as myApplications from './calls/my-applications.js';
import * as places from './calls/places.js';
import * as wholeCalls from './calls/whole.js';
import * as blocks from './chat/blocks.js';
import * as chat from './chat/chat.js';
import * as linkPreviews from './chat/link-previews.js';
import * as messagePreviews from './chat/message-previews.js';
import * as reports from './chat/reports.js';
import * as scheduled from './chat/scheduled.js';
import * as closedDays from './cohorts/closed-days.js';
import * as cohortCopies from './cohorts/cohort-copies.js';
import * as cohorts from './cohorts/cohorts.js';
import * as invitationLetters from './cohorts/invitation-letters.js';
import * as projectPlaces from './cohorts/places.js';
import * as phaseMoves from './cohorts/phase-moves.js';
import * as setUp from './cohorts/set-up.js';
import * as commons from './commons/commons.js';
import * as composed from './composed.js';
import * as draftKeys from './draft-keys.js';
import * as files from './files.js';
import * as forumAnswered from './forum/answered.js';
import * as forumAsking from './forum/asking.js';
import * as forumCarrying from './forum/carrying.js';
import * as forumFlags from './forum/flags.js';
import * as forumPolls from './forum/polls.js';
import * as forumRules from './forum/rules.js';
import * as forumUsualRules from './forum/usual-rules.js';
import * as forumUsualTemplates from './forum/usual-templates.js';
import * as forumTemplates from './forum/templates.js';
import * as forumDrafts from './forum-drafts.js';
import * as forumPosts from './forum-posts.js';
import * as forumThanks from './forum/thanks.js';
import * as forumModeration from './forum-moderation.js';
import * as forumStates from './forum-states.js';
import * as forumBookmarks from './forum-bookmarks.js';
import * as forumFeeds from './forum-feeds.js';
import * as forumSearch from './forum-search.js';
import * as forumTags from './forum-tags.js';
import * as forums from './forums.js';
import * as handbookOpening from './handbook/handbook-opening.js';
import * as handbookSearch from './handbook/handbook-search.js';
import * as handbook from './handbook/handbook.js';
import * as limits from './limits.js';
import * as anyCoach from './mentoring/any-coach.js';
import * as coachingLoad from './mentoring/coaching-load.js';
import * as cycles from './mentoring/cycles.js';
import * as goals from './mentoring/goals.js';
import * as handOvers from './mentoring/hand-overs.js';
import * as mentoring from './mentoring/mentoring.js';
import * as narrowerAudiences from './mentoring/narrower-audiences.js';
import * as outsideCalendars from './mentoring/outside-calendars.js';
import * as requests from './mentoring/requests.js';
import * as sessionLinks from './mentoring/session-links.js';
import * as sessionRatings from './mentoring/session-ratings.js';
import * as sessionSeries from './mentoring/session-series.js';
import * as slotWatches from './mentoring/slot-watches.js';
import * as notifications from './notifications/notifications.js';
import * as push from './notifications/push.js';
import * as waiting from './notifications/waiting.js';
import * as primitives from './primitives.js';
import * as myReminders from './reminders/my-reminders.js';
import * as operation from './reminders/operation.js';
import * as reminderLadder from './reminders/reminder-ladder.js';
import * as reminders from './reminders/reminders.js';
import * as whatIf from './reminders/what-if.js';
import * as roles from './roles.js';
import * as search from './search.js';
import * as matching from './selection/matching.js';
import * as proposals from './selection/proposals.js';
import * as projectQuestions from './selection/questions.js';
import * as projectWishes from './selection/wishes.js';
import * as assignment from './selection/assignment.js';
import * as interviews from './selection/interviews.js';
import * as jurors from './selection/jurors.js';
import * as results from './selection/results.js';
import * as reviews from './selection/reviews.js';
import * as steps from './selection/steps.js';
import * as storage from './storage.js';
import * as timeZone from './time-zone.js';
import * as certificates from './workshops/certificates.js';
import * as checkIns from './workshops/check-ins.js';
import * as guests from './workshops/guests.js';
import * as passes from './workshops/passes.js';
import * as wishes from './workshops/wishes.js';
import * as shellPages from './shell/pages.js';
import * as workshopCopies from './workshops/workshop-copies.js';
import * as workshopFields from './workshops/workshop-fields.js';
import * as workshopMaterials from './workshops/workshop-materials.js';
import * as workshopMessages from './workshops/workshop-messages.js';
import * as workshopSeries from './workshops/workshop-series.js';
import * as workshops from './workshops/workshops.js';

/** All contracts, for what is to know each by its name: the description of the API names what it says more than once by them. */
export const contracts: readonly Record<string, unknown>[] = [
  accounts,
  auth,
  standing,
  cohortWebhooks,
  discussions,
  imports,
  linkCards,
  pages,
  webhooks,
  calendar,
  acts,
  answers,
  applicationMessages,
  applications,
  calls,
  asking,
  decisions,
  desk,
  myApplications,
  places,
  callFigures,
  forms,
  wholeCalls,
  blocks,
  chat,
  linkPreviews,
  messagePreviews,
  reports,
  scheduled,
  closedDays,
  cohortCopies,
  cohorts,
  invitationLetters,
  commons,
  projectPlaces,
  phaseMoves,
  setUp,
  composed,
  draftKeys,
  files,
  forumAnswered,
  forumAsking,
  forumCarrying,
  forumFlags,
  forumPolls,
  forumRules,
  forumTemplates,
  forumUsualRules,
  forumUsualTemplates,
  forumDrafts,
  forumPosts,
  forumThanks,
  forumModeration,
  forumStates,
  forumBookmarks,
  forumFeeds,
  forumSearch,
  forumTags,
  forums,
  handbook,
  handbookOpening,
  handbookSearch,
  limits,
  anyCoach,
  coachingLoad,
  cycles,
  goals,
  handOvers,
  mentoring,
  narrowerAudiences,
  outsideCalendars,
  requests,
  sessionLinks,
  sessionRatings,
  sessionSeries,
  slotWatches,
  notifications,
  waiting,
  push,
  primitives,
  myReminders,
  operation,
  reminderLadder,
  reminders,
  whatIf,
  roles,
  search,
  interviews,
  matching,
  proposals,
  projectQuestions,
  projectWishes,
  assignment,
  jurors,
  results,
  reviews,
  steps,
  storage,
  timeZone,
  certificates,
  checkIns,
  guests,
  passes,
  wishes,
  shellPages,
  workshopCopies,
  workshopFields,
  workshopMaterials,
  workshopMessages,
  workshopSeries,
  workshops,
];
