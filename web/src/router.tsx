import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type RouteComponent,
} from '@tanstack/react-router';
import { signedIn } from './api/session';
import { askWeek } from './features/week/ask-week';
import { askWhole } from './features/workshops/ask-whole';
import { i18n } from './i18n/i18n';
import { readAddress, writeAddress } from './shell/address';
import { CohortFrame } from './shell/navigation/CohortFrame';
import { Crash } from './shell/Crash';
import { Home } from './shell/Home';
import { BrokenLinkPage, MissingPage } from './shell/MissingPage';
import { startShell } from './shell/start-shell';
import { teamOnly } from './shell/teamOnly';

/** A page and the words of its feature, and of others in it, come together, so that no page waits twice. */
function page(feature: string | string[], load: () => Promise<{ default: RouteComponent }>): RouteComponent {
  return lazyRouteComponent(async () => {
    const [module] = await Promise.all([load(), i18n.loadNamespaces(feature)]);
    return module;
  });
}

/** A page of the programme team; `admins too`: the API shows it to admins from outside as well. */
const teamPage = (...[feature, load, who = 'team']: [...Parameters<typeof page>, ('team' | 'admins too')?]) =>
  teamOnly(page(feature, load), who);

/** The day of a sheet, as an address says it. */
const dayIn = ({ day }: Record<string, unknown>): { day?: string } => (typeof day === 'string' ? { day } : {});

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage });

// Pages for everybody
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: page('auth', () => import('./features/auth/SignInPage')),
  validateSearch: (search): { next?: string } => ({ next: typeof search.next === 'string' ? search.next : undefined }),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  component: page('auth', () => import('./features/auth/InvitationPage')),
});
const brokenLink = createRoute({ getParentRoute: () => root, path: '/broken-link', component: BrokenLinkPage });
const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: page('auth', () => import('./features/auth/ForgotPage')),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset/$token',
  component: page('auth', () => import('./features/auth/ResetPage')),
});
const confirmAddress = createRoute({
  getParentRoute: () => root,
  path: '/confirm-address/$token',
  component: page('auth', () => import('./features/auth/ConfirmAddressPage')),
});
const undoAddress = createRoute({
  getParentRoute: () => root,
  path: '/undo-address/$token',
  component: page('auth', () => import('./features/auth/UndoAddressPage')),
});

const place = createRoute({
  getParentRoute: () => root,
  path: '/place/$token',
  component: page('workshops', () => import('./features/workshops/registrations/PlacePage')),
});

const publicWorkshop = createRoute({
  getParentRoute: () => root,
  path: '/w/$slug',
  component: page('guests', () => import('./features/guests/PublicWorkshopPage')),
});

const certificate = createRoute({
  getParentRoute: () => root,
  path: '/certificates/$code',
  component: page('certificates', () => import('./features/certificates/CertificatePage')),
});

const guest = createRoute({
  getParentRoute: () => root,
  path: '/guest/$token',
  component: page('guests', () => import('./features/guests/GuestPlacePage')),
});

const publicCalls = createRoute({
  getParentRoute: () => root,
  path: '/calls',
  component: page('apply', () => import('./features/apply/CallsPage')),
});
const publicCall = createRoute({
  getParentRoute: () => root,
  path: '/calls/$slug',
  component: page('apply', () => import('./features/apply/call/CallPage')),
});
const application = createRoute({
  getParentRoute: () => root,
  path: '/application/$token',
  component: page('apply', () => import('./features/apply/file/ApplicationPage')),
});

// In the frame of an application, and behind the sign-in all the same.
const myApplication = createRoute({
  getParentRoute: () => root,
  path: '/applications/$applicationId',
  component: page('apply', () => import('./features/apply/mine/MyApplicationPage')),
});

const jury = createRoute({
  getParentRoute: () => root,
  path: '/jury/$token',
  component: page('auth', () => import('./features/auth/JuryPage')),
});
// What a juror reads, in a frame of its own: a juror sees their files and nothing else.
const reviews = createRoute({
  getParentRoute: () => root,
  path: '/reviews',
  component: page('reviews', () => import('./features/reviews/frame/ReviewsFrame')),
});
const myReviews = createRoute({
  getParentRoute: () => reviews,
  path: '/',
  component: page('reviews', () => import('./features/reviews/QueuePage')),
});
const review = createRoute({
  getParentRoute: () => reviews,
  path: '/$reviewId',
  component: page(['reviews', 'call-forms'], () => import('./features/reviews/ReviewPage')),
});

const myInterviews = createRoute({
  getParentRoute: () => reviews,
  path: '/interviews',
  component: page('interviews', () => import('./features/interviews/MyInterviewsPage')),
});
const myDay = createRoute({
  getParentRoute: () => reviews,
  path: '/interviews/panels/$panelId',
  component: page('interviews', () => import('./features/interviews/day/MyDayPage')),
  validateSearch: dayIn,
});
const myInterview = createRoute({
  getParentRoute: () => reviews,
  path: '/interviews/$interviewId',
  component: page(['interviews', 'call-forms'], () => import('./features/interviews/MyInterviewPage')),
});

const sessionLink = createRoute({
  getParentRoute: () => root,
  path: '/session/$token',
  component: page('coaching', () => import('./features/coaching/sessions/SessionLinkPage')),
});

// Pages behind the sign-in, in the shell
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  // Asked for beside the script of the frame, once for each time somebody comes in.
  loader: ({ location }) => startShell(location.pathname),
  shouldReload: ({ cause }) => cause === 'enter',
  component: lazyRouteComponent(() => import('./shell/Shell'), 'Shell'),
});
const home = createRoute({ getParentRoute: () => shell, path: '/', component: Home });
const commons = createRoute({
  getParentRoute: () => shell,
  path: '/commons',
  component: page('commons', () => import('./features/commons/CommonsPage')),
});
const commonsFlags = createRoute({
  getParentRoute: () => shell,
  path: '/commons/flags',
  component: page('commons', () => import('./features/commons/CommonsFlagsPage')),
});
const commonsTopic = createRoute({
  getParentRoute: () => shell,
  path: '/commons/$topicId',
  component: page('commons', () => import('./features/commons/topic/CommonsTopicPage')),
});
const commonsHandbook = createRoute({
  getParentRoute: () => shell,
  path: '/commons/handbook',
  component: page('handbook', () => import('./features/handbook/HandbookStartPage')),
});
const commonsHandbookNew = createRoute({
  getParentRoute: () => shell,
  path: '/commons/handbook/new',
  component: page(['handbook', 'files'], () => import('./features/handbook/writing/NewPage')),
});
const commonsDeletedPages = createRoute({
  getParentRoute: () => shell,
  path: '/commons/handbook/deleted',
  component: page('handbook', () => import('./features/handbook/DeletedPagesPage')),
});
const commonsHandbookPage = createRoute({
  getParentRoute: () => shell,
  path: '/commons/handbook/$pageId',
  component: page(['handbook', 'forum', 'files'], () => import('./features/handbook/reading/ReadingPage')),
});
const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  component: page('inbox', () => import('./features/inbox/InboxPage')),
});
const catchUp = createRoute({
  getParentRoute: () => shell,
  path: '/catch-up',
  component: page(['chat', 'files'], () => import('./features/chat/reading/CatchUpPage')),
});
const search = createRoute({
  getParentRoute: () => shell,
  path: '/search',
  component: page('search', () => import('./features/search/SearchPage')),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  beforeLoad: () => {
    redirect({ to: '/settings/$section', params: { section: 'profile' }, replace: true, throw: true });
  },
});
const settingsSection = createRoute({
  getParentRoute: () => shell,
  path: '/settings/$section',
  beforeLoad: ({ params, location }) => {
    // Letters of before lead to an anchor.
    if (params.section === 'notifications' && location.hash === 'digest')
      redirect({ to: '/settings/$section', params: { section: 'digest' }, replace: true, throw: true });
  },
  component: page('settings', () => import('./features/settings/SettingsPage')),
});
const admin = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  component: page('admin', () => import('./features/admin/AdminPage')),
});
const accounts = createRoute({
  getParentRoute: () => shell,
  path: '/admin/people',
  component: page('admin', () => import('./features/admin/AccountsPage')),
});
const direct = createRoute({
  getParentRoute: () => shell,
  path: '/chat/$channelId',
  component: page(['chat', 'files'], () => import('./features/chat/ChatPage')),
});

// Pages of one cohort
const cohort = createRoute({ getParentRoute: () => shell, path: '/c/$cohortId', component: CohortFrame });
const cohortHome = createRoute({ getParentRoute: () => cohort, path: '/', component: Home });
const week = createRoute({
  getParentRoute: () => cohort,
  path: '/week',
  // Beside the page's script, not when the pointer comes near its link.
  loader: ({ params, preload }) => {
    if (!preload) askWeek(params.cohortId);
  },
  component: page(['week', 'agenda'], () => import('./features/week/WeekPage')),
});
const calendar = createRoute({
  getParentRoute: () => cohort,
  path: '/calendar',
  component: page(['calendar', 'agenda'], () => import('./features/calendar/CalendarPage')),
});
const workshops = createRoute({
  getParentRoute: () => cohort,
  path: '/workshops',
  component: page('workshops', () => import('./features/workshops/WorkshopsPage')),
});
const workshopNew = createRoute({
  getParentRoute: () => cohort,
  path: '/workshops/new',
  component: page('workshops', () => import('./features/workshops/form/WorkshopNewPage')),
});
const workshopCopy = createRoute({
  getParentRoute: () => cohort,
  path: '/workshops/copy',
  component: teamPage('workshops', () => import('./features/workshops/programme/CopyProgrammePage')),
});
const wishes = createRoute({
  getParentRoute: () => cohort,
  path: '/workshops/wishes',
  component: page('wishes', () => import('./features/wishes/WishesPage')),
});
const workshop = createRoute({
  getParentRoute: () => cohort,
  path: '/workshops/$workshopId',
  loader: ({ params, preload }) => {
    if (!preload && signedIn.get() === 'in') askWhole(params.cohortId, params.workshopId);
  },
  // The code of the hosts' QR.
  validateSearch: ({ code }): { code?: string } => (typeof code === 'string' ? { code: code.slice(0, 20) } : {}),
  component: page('workshops', () => import('./features/workshops/WorkshopPage')),
});
const workshopEdit = createRoute({
  getParentRoute: () => cohort,
  path: '/workshops/$workshopId/edit',
  component: page('workshops', () => import('./features/workshops/form/WorkshopEditPage')),
});
const workshopCheckIn = createRoute({
  getParentRoute: () => cohort,
  path: '/workshops/$workshopId/check-in',
  component: page('workshops', () => import('./features/workshops/check-in/CheckInPage')),
});
const coaching = createRoute({
  getParentRoute: () => cohort,
  path: '/coaching',
  component: page('coaching', () => import('./features/coaching/CoachingPage')),
});
const session = createRoute({
  getParentRoute: () => cohort,
  path: '/coaching/sessions/$sessionId',
  component: page('coaching', () => import('./features/coaching/sessions/SessionPage')),
});
const availability = createRoute({
  getParentRoute: () => cohort,
  path: '/coaching/availability',
  component: page('coaching', () => import('./features/coaching/availability/AvailabilityPage')),
});
const fellows = createRoute({
  getParentRoute: () => cohort,
  path: '/coaching/fellows',
  component: page('coaching', () => import('./features/coaching/load/FellowsPage')),
});
const requests = createRoute({
  getParentRoute: () => cohort,
  path: '/coaching/requests',
  component: page('requests', () => import('./features/requests/RequestsPage')),
});
const requestNew = createRoute({
  getParentRoute: () => cohort,
  path: '/coaching/requests/new',
  component: page('requests', () => import('./features/requests/RequestNewPage')),
});
const request = createRoute({
  getParentRoute: () => cohort,
  path: '/coaching/requests/$requestId',
  component: page('requests', () => import('./features/requests/RequestPage')),
});
const cycles = createRoute({
  getParentRoute: () => cohort,
  path: '/coaching/cycles',
  component: page('cycles', () => import('./features/cycles/CyclesPage')),
});
const cycle = createRoute({
  getParentRoute: () => cohort,
  path: '/coaching/cycles/$cycleId',
  component: page('cycles', () => import('./features/cycles/CyclePage')),
});
const goals = createRoute({
  getParentRoute: () => cohort,
  path: '/coaching/goals',
  component: page('goals', () => import('./features/goals/GoalsPage')),
});
const goal = createRoute({
  getParentRoute: () => cohort,
  path: '/coaching/goals/$goalId',
  component: page('goals', () => import('./features/goals/GoalPage')),
});
const forum = createRoute({
  getParentRoute: () => cohort,
  path: '/forum',
  component: page('forum', () => import('./features/forum/ForumPage')),
});
const topicNew = createRoute({
  getParentRoute: () => cohort,
  path: '/forum/new',
  component: page(['forum', 'files'], () => import('./features/forum/TopicNewPage')),
});
const flags = createRoute({
  getParentRoute: () => cohort,
  path: '/forum/flags',
  component: teamPage('flags', () => import('./features/flags/FlagsPage')),
});
const forumRules = createRoute({
  getParentRoute: () => cohort,
  path: '/forum/rules',
  component: page('forum-settings', () => import('./features/forum-settings/RulesPage')),
});
const forumSettings = createRoute({
  getParentRoute: () => cohort,
  path: '/forum/settings',
  component: teamPage(['forum-settings', 'forum'], () => import('./features/forum-settings/ForumSettingsPage')),
});
const deletedTopics = createRoute({
  getParentRoute: () => cohort,
  path: '/forum/deleted',
  component: page('forum', () => import('./features/forum/DeletedTopicsPage')),
});
const topic = createRoute({
  getParentRoute: () => cohort,
  path: '/forum/$topicId',
  component: page(['forum', 'files'], () => import('./features/forum/topic/TopicPage')),
});
const openTopic = createRoute({
  getParentRoute: () => cohort,
  path: '/forum/$topicId/commons',
  component: page('commons', () => import('./features/commons/opening/OpenTopicPage')),
});
const handbook = createRoute({
  getParentRoute: () => cohort,
  path: '/handbook',
  component: page('handbook', () => import('./features/handbook/HandbookStartPage')),
});
const handbookNew = createRoute({
  getParentRoute: () => cohort,
  path: '/handbook/new',
  component: page(['handbook', 'files'], () => import('./features/handbook/writing/NewPage')),
});
const deletedPages = createRoute({
  getParentRoute: () => cohort,
  path: '/handbook/deleted',
  component: teamPage('handbook', () => import('./features/handbook/DeletedPagesPage')),
});
const handbookPage = createRoute({
  getParentRoute: () => cohort,
  path: '/handbook/$pageId',
  component: page(['handbook', 'forum', 'files'], () => import('./features/handbook/reading/ReadingPage')),
});
const openPage = createRoute({
  getParentRoute: () => cohort,
  path: '/handbook/$pageId/commons',
  component: teamPage(['handbook', 'commons', 'files'], () => import('./features/handbook/opening/OpenPagePage')),
});
const people = createRoute({
  getParentRoute: () => cohort,
  path: '/people',
  component: page('people', () => import('./features/people/PeoplePage')),
});
const peopleImport = createRoute({
  getParentRoute: () => cohort,
  path: '/people/import',
  component: teamPage('people', () => import('./features/people/ImportPage'), 'admins too'),
});
const person = createRoute({
  getParentRoute: () => cohort,
  path: '/people/$userId',
  component: page('people', () => import('./features/people/PersonPage')),
});
const chatHome = createRoute({
  getParentRoute: () => cohort,
  path: '/chat',
  component: page('chat', () => import('./features/chat/ChatHomePage')),
});
const channels = createRoute({
  getParentRoute: () => cohort,
  path: '/channels',
  component: page('chat', () => import('./features/chat/channels/BrowsePage')),
});
const projects = createRoute({
  getParentRoute: () => cohort,
  path: '/projects',
  component: page('projects', () => import('./features/projects/ProjectsPage')),
});
const project = createRoute({
  getParentRoute: () => cohort,
  path: '/projects/$projectId',
  component: page('projects', () => import('./features/projects/ProjectPage')),
});
const calls = createRoute({
  getParentRoute: () => cohort,
  path: '/calls',
  component: teamPage('calls', () => import('./features/calls/CallsPage')),
});
const call = createRoute({
  getParentRoute: () => cohort,
  path: '/calls/$callId',
  component: teamPage(['calls', 'call-forms'], () => import('./features/calls/CallPage')),
});
const dayOfPanel = createRoute({
  getParentRoute: () => cohort,
  path: '/calls/$callId/interviews/$panelId',
  component: teamPage(['interviews', 'calls'], () => import('./features/interviews/day/StaffDayPage')),
  validateSearch: dayIn,
});
const myApplications = createRoute({
  getParentRoute: () => shell,
  path: '/applications',
  component: page('apply', () => import('./features/apply/mine/MyApplicationsPage')),
});
const matching = createRoute({
  getParentRoute: () => cohort,
  path: '/calls/matching',
  component: teamPage('matching', () => import('./features/matching/MatchingPage')),
});
const board = createRoute({
  getParentRoute: () => cohort,
  path: '/board',
  component: teamPage('board', () => import('./features/board/BoardPage'), 'admins too'),
});
const reminders = createRoute({
  getParentRoute: () => cohort,
  path: '/reminders',
  component: teamPage('reminders', () => import('./features/reminders/RemindersPage')),
});
const reminderLadder = createRoute({
  getParentRoute: () => cohort,
  path: '/reminders/ladder',
  component: teamPage('reminders', () => import('./features/reminders/ladder/LadderPage')),
});
const reports = createRoute({
  getParentRoute: () => cohort,
  path: '/reports',
  component: teamPage('reports', () => import('./features/reports/ReportsPage')),
});
const cohortSettings = createRoute({
  getParentRoute: () => cohort,
  path: '/settings',
  beforeLoad: ({ params, location }) => {
    // Where somebody kept an address with an anchor.
    const section = location.hash === 'dates' ? 'phases' : location.hash === 'closed-days' ? 'closed-days' : 'general';
    redirect({ to: '/c/$cohortId/settings/$section', params: { ...params, section }, replace: true, throw: true });
  },
});
const cohortSection = createRoute({
  getParentRoute: () => cohort,
  path: '/settings/$section',
  component: teamPage('cohort', () => import('./features/cohort/CohortSettingsPage'), 'admins too'),
});
const cohortImports = createRoute({
  getParentRoute: () => cohort,
  path: '/settings/imports',
  component: teamPage(['imports', 'cohort'], () => import('./features/imports/ImportsPage')),
});
const cohortForum = createRoute({
  getParentRoute: () => cohort,
  path: '/settings/forum',
  component: teamPage(['carrying', 'cohort'], () => import('./features/carrying/ForumCarryPage')),
});
const cohortWebhooks = createRoute({
  getParentRoute: () => cohort,
  path: '/settings/webhooks',
  component: teamPage(['webhooks', 'cohort'], () => import('./features/webhooks/WebhooksPage')),
});
const channel = createRoute({
  getParentRoute: () => cohort,
  path: '/chat/$channelId',
  component: page(['chat', 'files'], () => import('./features/chat/ChatPage')),
});

const routeTree = root.addChildren([
  brokenLink,
  signIn,
  invitation,
  forgot,
  reset,
  confirmAddress,
  undoAddress,
  place,
  publicWorkshop,
  certificate,
  guest,
  publicCalls,
  publicCall,
  application,
  myApplication,
  jury,
  reviews.addChildren([myReviews, myInterviews, myDay, myInterview, review]),
  sessionLink,
  shell.addChildren([
    home,
    commons,
    commonsFlags,
    commonsTopic,
    commonsHandbook,
    commonsHandbookNew,
    commonsDeletedPages,
    commonsHandbookPage,
    inbox,
    search,
    catchUp,
    settings,
    settingsSection,
    myApplications,
    admin,
    accounts,
    direct,
    cohort.addChildren([
      cohortHome,
      week,
      calendar,
      workshops,
      workshopNew,
      workshopCopy,
      wishes,
      workshop,
      workshopEdit,
      workshopCheckIn,
      coaching,
      session,
      availability,
      fellows,
      requests,
      requestNew,
      request,
      cycles,
      cycle,
      goals,
      goal,
      forum,
      topicNew,
      flags,
      forumRules,
      forumSettings,
      deletedTopics,
      topic,
      openTopic,
      handbook,
      handbookNew,
      deletedPages,
      handbookPage,
      openPage,
      people,
      peopleImport,
      person,
      projects,
      project,
      calls,
      call,
      dayOfPanel,
      matching,
      board,
      reminders,
      reminderLadder,
      reports,
      cohortSettings,
      cohortSection,
      cohortImports,
      cohortForum,
      cohortWebhooks,
      chatHome,
      channels,
      channel,
    ]),
  ]),
]);

/** All addresses of the app. A link loads its page's script when the pointer comes near. */
export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: Crash,
  parseSearch: readAddress,
  stringifySearch: writeAddress,
  scrollRestoration: true,
  scrollToTopSelectors: ['#main'],
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
