import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
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
  component: page('settings', () => import('./features/settings/SettingsPage')),
});
const notifications = createRoute({
  getParentRoute: () => shell,
  path: '/settings/notifications',
  component: page('settings', () => import('./features/settings/NotificationsPage')),
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
const handbook = createRoute({
  getParentRoute: () => cohort,
  path: '/handbook',
  component: page('handbook', () => import('./features/handbook/HandbookStartPage')),
});
const handbookNew = createRoute({
  getParentRoute: () => cohort,
  path: '/handbook/new',
  component: page('handbook', () => import('./features/handbook/writing/NewPage')),
});
const deletedPages = createRoute({
  getParentRoute: () => cohort,
  path: '/handbook/deleted',
  component: teamPage('handbook', () => import('./features/handbook/DeletedPagesPage')),
});
const handbookPage = createRoute({
  getParentRoute: () => cohort,
  path: '/handbook/$pageId',
  component: page(['handbook', 'forum'], () => import('./features/handbook/reading/ReadingPage')),
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
  component: teamPage('cohort', () => import('./features/cohort/CohortSettingsPage'), 'admins too'),
});
const cohortImports = createRoute({
  getParentRoute: () => cohort,
  path: '/settings/imports',
  component: teamPage('imports', () => import('./features/imports/ImportsPage')),
});
const cohortForum = createRoute({
  getParentRoute: () => cohort,
  path: '/settings/forum',
  component: teamPage('carrying', () => import('./features/carrying/ForumCarryPage')),
});
const cohortWebhooks = createRoute({
  getParentRoute: () => cohort,
  path: '/settings/webhooks',
  component: teamPage('webhooks', () => import('./features/webhooks/WebhooksPage')),
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
  sessionLink,
  shell.addChildren([
    home,
    inbox,
    search,
    catchUp,
    settings,
    notifications,
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
      coaching,
      session,
      availability,
      fellows,
      requests,
      requestNew,
      request,
      cycles,
      cycle,
      forum,
      topicNew,
      flags,
      forumRules,
      forumSettings,
      deletedTopics,
      topic,
      handbook,
      handbookNew,
      deletedPages,
      handbookPage,
      people,
      peopleImport,
      person,
      projects,
      project,
      calls,
      call,
      board,
      reminders,
      reminderLadder,
      reports,
      cohortSettings,
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
