import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../../support/app.js';
import type { Client } from '../../../support/client.js';
import { type TestApplicant, aCall, anApplicant, handsIn } from '../../../support/rooms/calls.js';
import { filesCookieOf, photo, uploaded } from '../../../support/rooms/files.js';
import { say } from '../../../support/rooms/chat.js';
import { aSessionSeries } from '../../../support/rooms/coaching.js';
import { aSeries } from '../../../support/rooms/workshops.js';
import { routesOf } from '../../../support/walks/known-routes.js';
import { type SmallCohort, aSmallCohort } from '../../../support/small-cohort.js';

/** What every GET says to caches when it has something to give (`doors.core.spec.ts` asks them for what is not there), by adr/0029. */
let world: TestWorld;
let cohort: SmallCohort;
let ids: Record<string, string>;
let askers: Record<string, string>[];
let applicant: TestApplicant;

/** What they give says something else than that nobody keeps it. */
const OTHERS: [RegExp, string][] = [
  [/^\/(calendar|api\/forum-feeds)\//, 'private, no-cache'],
  [/^\/files\/uploads\//, 'private, no-cache'],
  [/^\/files\/(avatars|logos)\//, 'private, max-age=86400, immutable'],
];
/** Of these the small cohort has none: they have what all have, and what they say to caches besides is a matter of their own tests. */
const NOTHING_THERE = [
  '/api/auth/password/reset/:token',
  '/api/auth/juries/:token',
  '/api/applications/:applicationId/files/:file',
  '/api/applications/:applicationId/wishes',
  '/api/applications/:applicationId/questions',
  '/api/me/drafts/:key',
  '/api/me/interviews/:interviewId',
  '/api/me/reviews/:reviewId',
  '/api/me/reviews/:reviewId/files/:fileId',
  '/api/cohorts/:cohortId/calls/:callId/interviews/:interviewId/notes',
  '/api/cohorts/:cohortId/calls/:callId/reviews',
  '/api/cohorts/:cohortId/calls/:callId/results',
  '/api/cohorts/:cohortId/calls/:callId/results.csv',
  '/api/cohorts/:cohortId/matching/:matchingId',
  '/api/cohorts/:cohortId/imports/:importId',
  '/api/cohorts/:cohortId/webhooks/:webhookId/deliveries',
  '/api/cohorts/:cohortId/bookmarks/:bookmarkId',
  '/api/cohorts/:cohortId/requests/:requestId/others',
  '/api/cohorts/:cohortId/handbook/beginnings/workshops/:workshopId',
  '/api/cohorts/:cohortId/handbook/made-from/workshops/:workshopId',
  '/api/commons/topics/:topicId',
  '/api/commons/topics/:topicId/posts',
  '/api/commons/handbook/:pageId',
  '/api/commons/handbook/:pageId/history',
  '/api/places/:token',
  '/api/public/certificates/:code',
  '/api/session-links/:token',
  '/api/unsubscribe/:token',
  '/files/cohorts/:cohortId/workshops/:id/certificate.pdf',
];

beforeAll(async () => {
  world = await startWorld();
  cohort = await aSmallCohort(world);
  const { fellow, coach, staff, host, admin } = cohort;
  ids = await idsOf();
  askers = await Promise.all(
    [fellow, coach, staff, host, admin].map(async (person) => ({
      authorization: `Bearer ${person.token}`,
      cookie: await filesCookieOf(world.url, person),
    })),
  );
  askers.push({ authorization: `Bearer ${applicant.bearer}`, cookie: '' });
});
afterAll(() => world.stop());

/** One thing of each kind, by the name of the parameter that names it. */
async function idsOf(): Promise<Record<string, string>> {
  const { id, fellow, coach, staff } = cohort;
  const base = `/api/cohorts/${id}`;
  const made = async (client: Client, path: string, body?: object) => (await client.post(path, body)).body;
  const first = async (client: Client, path: string) => (await client.get(`${base}/${path}`)).body.items[0];
  const last = (url: string) => new URL(url, world.url).pathname.split('/').at(-1)!;
  const picture = async (client: { token: string }, path: string) => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(await photo(64, 64).png().toBuffer())]), 'a.png');
    const headers = { authorization: `Bearer ${client.token}` };
    return (await (await fetch(`${world.url}${path}`, { method: 'PUT', headers, body: form })).json()) as any;
  };
  const { id: postId } = await first(fellow.client, `topics/${cohort.topicId}/posts`);
  await coach.client.post(`${base}/posts/${postId}/flag`, { reason: 'Look' });
  const poll = { question: 'Which day?', options: ['Monday', 'Friday'] };
  const polled = await made(fellow.client, `${base}/topics`, { title: 'When do we meet?', body: 'Weekly.', poll });
  const forumFeed = await made(fellow.client, `${base}/forum/feeds`, {});
  const call = await aCall(staff, id);
  applicant = await anApplicant(world, call.slug);
  await handsIn(applicant);
  return {
    cohortId: id,
    callId: call.id,
    applicationId: applicant.id,
    callSlug: call.slug,
    userId: fellow.id,
    coachId: coach.id,
    projectId: cohort.projectId,
    id: cohort.pastWorkshopId,
    seriesId: (await aSeries(staff, id)).id,
    sessionSeriesId: (
      await aSessionSeries(id, fellow, coach.id, ['2026-10-16T10:00:00.000Z', '2026-10-23T10:00:00.000Z'])
    ).id,
    topicId: cohort.topicId,
    postId,
    pageId: cohort.pageId,
    polledPost: polled.question.id,
    number: '1',
    caseId: (await first(staff.client, 'flag-cases')).id,
    sessionId: cohort.heldSessionId,
    requestId: cohort.requestId,
    wishId: cohort.wishId,
    cycleId: cohort.endedCycleId,
    goalId: cohort.goalId,
    channelId: cohort.channelId,
    messageId: (await say(fellow, cohort.channelId, 'Only for us')).id,
    fileId: (await uploaded(world.url, fellow, await photo().png().toBuffer(), 'a.png')).id,
    avatar: last((await picture(fellow, '/api/me/avatar')).avatarUrl),
    logo: last((await picture(staff, `${base}/logo`)).logoUrl),
    calendar: last((await made(fellow.client, '/api/me/calendar-feed')).url).replace('.ics', ''),
    forumFeed: last(forumFeed.url).replace('.atom', ''),
    slug: last(cohort.publicPath),
    guest: last(cohort.guestPath),
    upcomingSession: cohort.sessionId,
    upcomingWorkshop: cohort.workshopId,
    invitation: last((await first(staff.client, 'invitations')).url),
    webhookId: (await made(staff.client, `/api/channels/${cohort.channelId}/webhooks`, { name: 'CI', direction: 'in' }))
      .id,
    reminderId: (await first(staff.client, 'reminders')).id,
  };
}

/** Where a parameter is of another kind than its name says, or must be in another state. */
const ELSEWHERE: [RegExp, string][] = [
  [/\/coaches\/:userId\/availability$/, 'coachId'],
  [/\/sessions\/:sessionId\/(free-coaches|move)$/, 'upcomingSession'],
  [/\/workshops\/.*\/move$/, 'upcomingWorkshop'],
  [/^\/api\/auth\/invitations\//, 'invitation'],
  [/^\/api\/calls\/:slug$/, 'callSlug'],
  [/\/polls\/:postId\/voters$/, 'polledPost'],
  [/^\/files\/avatars\//, 'avatar'],
  [/^\/files\/logos\//, 'logo'],
  [/^\/calendar\//, 'calendar'],
  [/^\/api\/forum-feeds\//, 'forumFeed'],
  [/^\/api\/guests\//, 'guest'],
];

const WEEK = 'from=2026-10-12T00:00:00.000Z&to=2026-10-19T00:00:00.000Z';
/** What some routes must be asked. */
const QUERIES: [RegExp, string][] = [
  [/\/agenda$/, WEEK],
  [/\/week$/, `${WEEK}&since=2026-10-05T00:00:00.000Z`],
  [/\/slots$/, `${WEEK}&coachId=:coachId`],
  [/\/slots\/any$/, `${WEEK}&craft=developer`],
  [/\/topics\/similar$/, 'title=How do we find the address'],
  [/\/(search|wishes\/similar)$/, 'q=letter'],
  [/\/move$/, 'startsAt=2026-10-16T08:00:00.000Z&endsAt=2026-10-16T09:00:00.000Z'],
];

function written(path: string): string {
  const special = ELSEWHERE.find(([where]) => where.test(path))?.[1];
  const query = QUERIES.find(([where]) => where.test(path))?.[1] ?? '';
  // A parameter that has two names is printed with both.
  return `${path}?${query}`.replaceAll(/:([a-zA-Z]+)(\|:[a-zA-Z]+)?/g, (_, name: string) =>
    special && name !== 'cohortId' ? ids[special]! : (ids[name] ?? String(new Types.ObjectId())),
  );
}

it('given what is there, then every answer says to caches what adr/0029 says', async () => {
  const paths = routesOf(world).flatMap(({ method, path }) =>
    method === 'GET' && /^\/(api(?!\/docs)|calendar|files|readyz|healthz|metrics)/.test(path) ? [path] : [],
  );
  const [found, unseen]: [string[], string[]] = [[], []];
  for (const path of paths) {
    let isSeen = false;
    for (const headers of [{}, ...askers]) {
      const answer = await fetch(`${world.url}${written(path)}`, { headers });
      await answer.arrayBuffer();
      const other = OTHERS.find(([where]) => where.test(path))?.[1];
      const expected = answer.ok && other ? other : 'no-store';
      if (answer.headers.get('cache-control') !== expected)
        found.push(`${path} ${answer.status}: ${answer.headers.get('cache-control')}`);
      if (answer.ok) isSeen = true;
    }
    if (!isSeen) unseen.push(path);
  }
  expect(found).toEqual([]);
  expect(unseen).toEqual(NOTHING_THERE);
});
