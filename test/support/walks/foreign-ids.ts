import type { Role } from '../../../src/contracts/roles.js';
import { type TestWorld, startWorld } from '../app.js';
import { say } from '../rooms/chat.js';
import { type Answer, type Client } from '../client.js';
import { HOURS, aSessionSeries } from '../rooms/coaching.js';
import { aCohort, aMember } from '../factories.js';
import { uploaded } from '../rooms/files.js';
import { type SmallCohort, aSmallCohort } from '../small-cohort.js';
import { aSeries } from '../rooms/workshops.js';
import { type DocumentRoute, addressOf, documentRoutes, exceptions, randomId } from './document-routes.js';

export const ROLES: Role[] = ['fellow', 'coach', 'host', 'staff', 'alumni'];
const TWO_FRIDAYS = ['2026-10-16T10:00:00.000Z', '2026-10-23T10:00:00.000Z'];
export const base = (cohortId: string) => `/api/cohorts/${cohortId}`;

let world: TestWorld;
export let mine: string;
let foreign: SmallCohort;
let foreignIds: Record<string, string>;
let routes: DocumentRoute[];
export const inRole = new Map<Role, Client>();

/** Starts the world, both cohorts and what is in them. Call it before the tests of a file. */
export function foreignCohort(): void {
  beforeAll(async () => {
    world = await startWorld();
    foreign = await aSmallCohort(world);
    mine = await aCohort(world);
    for (const role of ROLES) inRole.set(role, (await aMember(world, mine, role)).client);
    foreignIds = await idsOf(foreign);
    routes = await documentRoutes(world);
  });
  afterAll(() => world.stop());
}

/** One thing of each kind in a cohort, by the name of the parameter that names it. */
async function idsOf(cohort: SmallCohort): Promise<Record<string, string>> {
  const { fellow, coach, staff, id } = cohort;
  const first = async (client: Client, path: string) =>
    (await client.get(`${base(id)}/${path}`)).body.items[0] as { id: string };
  const posts = (await fellow.client.get(`${base(id)}/topics/${cohort.topicId}/posts`)).body.items as { id: string }[];
  const postId = posts[0]!.id;
  expect((await coach.client.post(`${base(id)}/posts/${postId}/flag`, { reason: 'Look' })).status).toBeLessThan(300);
  return {
    userId: fellow.id,
    coachId: coach.id,
    projectId: cohort.projectId,
    id: cohort.workshopId,
    seriesId: (await aSeries(staff, id)).id,
    sessionSeriesId: (await aSessionSeries(id, fellow, coach.id, TWO_FRIDAYS)).id,
    topicId: cohort.topicId,
    postId,
    pageId: cohort.pageId,
    caseId: (await first(staff.client, 'flag-cases')).id,
    sessionId: cohort.heldSessionId,
    requestId: cohort.requestId,
    wishId: cohort.wishId,
    side: 'want',
    cycleId: cohort.cycleId,
    goalId: cohort.goalId,
    markId: (await coach.client.get(`${base(id)}/goals/${cohort.goalId}`)).body.course[0].id as string,
    materialId: (await first(fellow.client, `workshops/${cohort.pastWorkshopId}/materials`)).id,
    noteId: (await first(coach.client, `sessions/${cohort.heldSessionId}/notes`)).id,
    actionId: (await first(coach.client, `sessions/${cohort.heldSessionId}/actions`)).id,
    milestoneId: (await first(staff.client, 'milestones')).id,
    invitationId: (await first(staff.client, 'invitations')).id,
    channelId: cohort.channelId,
    messageId: (await say(fellow, cohort.channelId, 'Only for us')).id,
    emoji: encodeURIComponent('👍'),
    fileId: (await uploaded(world.url, fellow)).id,
  };
}

/** Bodies that pass the check of their form, so that the answer is about the id. */
const BODIES: Record<string, unknown> = {
  'PATCH members': { role: 'staff' },
  'PATCH projects': { summary: 'Mine' },
  'PATCH milestones': { title: 'Mine' },
  'PATCH workshops': { title: 'Mine' },
  'PATCH workshop-series': { scope: 'all', workshopId: '64b000000000000000000000', edition: 1, title: 'Mine' },
  'POST workshop-series/cancel': {
    ...{ scope: 'all', workshopId: '64b000000000000000000000', edition: 1 },
    reason: 'Because',
  },
  'POST session-series/cancel': { sessions: [{ id: '64b000000000000000000000', revision: 1 }], reason: 'Because' },
  'POST cancel': { reason: 'Because' },
  'POST check-ins': { userId: '64b000000000000000000000' },
  'PUT registration': {},
  'PATCH topics': { title: 'Mine now, all of it' },
  'POST posts': { body: 'Mine' },
  'PUT questions/answer': { text: 'Mine' },
  'PUT questions/hidden': { isHidden: true },
  'PUT answer': { postId: '64b000000000000000000000' },
  'PUT subscription': { level: 'muted' },
  'PATCH posts': { body: 'Mine' },
  'POST flag': { reason: 'Because' },
  'PATCH handbook': { en: { title: 'Mine', body: '' }, seen: { en: null, fr: null } },
  'PUT place': { parentId: null, before: null },
  'PUT owner': { userId: '64b000000000000000000000' },
  'PUT checked': { version: 1, editedAt: null },
  'POST actions': { text: 'Mine', ownerId: '64b000000000000000000000' },
  'PATCH actions': { state: 'done' },
  'PUT availability': HOURS,
  'POST notes': { body: 'Mine', audience: 'participants' },
  'PATCH notes': { body: 'Mine' },
  'POST reschedule': { startsAt: '2026-10-20T08:00:00.000Z' },
  'POST complete': { outcome: 'held' },
  'POST requests': { need: 'Help', craft: 'data' },
  'POST wishes': { subject: 'Plain words', side: 'want' },
  'PATCH wishes': { subject: 'Mine' },
  'POST merge': { intoId: '64b000000000000000000000' },
  'POST plan': { startsAt: '2026-10-20T08:00:00.000Z' },
  'POST accept': { revision: 1 },
  'POST decline': { revision: 1, reason: 'Because' },
  'POST ask-back': { revision: 1, text: 'Which?' },
  'POST tell-more': { revision: 1, text: 'This' },
  'POST pass-on': { revision: 1, toId: '64b000000000000000000000' },
  'POST cycles': { goal: 'Ship', coachId: '64b000000000000000000000' },
  'POST goals': { title: 'Ship', coachId: '64b000000000000000000000', measure: { kind: 'yes_no' } },
  'PATCH goals': { title: 'Mine' },
  'PUT coach': { coachId: '64b000000000000000000000', revision: 1 },
  'POST course': { on: '2026-10-05', value: 1 },
  'POST note': { body: 'Mine', audience: 'staff' },
  'POST materials': { title: 'Mine', url: 'https://example.org', phase: 'after' },
  'PUT minutes': { body: 'Mine', revision: 0 },
  'POST withdraw': { revision: 1 },
  'POST outside-calendars': { address: 'https://calendar.example/a.ics' },
  'PATCH channels': { topic: 'Mine' },
  'PUT read': { seq: 0 },
  'POST messages': { clientId: '7d444840-9dc0-11d1-b245-5ffdce74fad2', body: 'Mine' },
  'PATCH messages': { body: 'Mine' },
};

function bodyOf({ method, path }: DocumentRoute): unknown {
  const nouns = path.split('/').filter((part) => !part.startsWith('{'));
  const act = method.toUpperCase();
  return BODIES[`${act} ${nouns.slice(-2).join('/')}`] ?? BODIES[`${act} ${nouns.at(-1) ?? ''}`] ?? {};
}

const send = (client: Client, method: DocumentRoute['method'], address: string, body: unknown): Promise<Answer> =>
  method === 'get' ? client.get(address) : client[method](address, body);

/** All that a client can compare, without what differs between any two answers. */
function seen({ status, text, headers }: Answer, ids: Record<string, string>): string {
  const told = [...headers].filter(
    ([name]) => !['date', 'x-request-id', 'content-security-policy', 'keep-alive'].includes(name),
  );
  const own = Object.values(ids).reduce((all, id) => all.replaceAll(id, 'the id asked for'), text);
  return JSON.stringify([status, own, told]);
}

/** What a client sees of ids of the other cohort and of ids of nothing, where that differs. */
export async function difference(
  client: Client,
  method: DocumentRoute['method'],
  ask: (ids: Record<string, string>) => { address: string; body: unknown },
): Promise<string | null> {
  const randomIds = Object.fromEntries(
    Object.entries(foreignIds).map(([name, id]) => [name, name === 'emoji' || name === 'side' ? id : randomId()]),
  );
  const [theirs, nothing] = [ask(foreignIds), ask(randomIds)];
  const first = await send(client, method, theirs.address, theirs.body);
  const second = await send(client, method, nothing.address, nothing.body);
  const [a, b] = [seen(first, foreignIds), seen(second, randomIds)];
  if (first.status >= 500) return `${first.status}`;
  return a === b ? null : `${a}\n  instead of ${b}`;
}

/** Asks every route that takes an id, within my own cohort and in a role, with ids of the other cohort: what differs, a line each. */
export async function differencesInMine(role: Role): Promise<string[]> {
  const named = routes.filter(
    ({ path, access }) =>
      /\{(?!cohortId|token|secret)\w+\}/.test(path) && ['cohort', 'signed-in'].includes(access.kind),
  );
  expect(named.length).toBeGreaterThan(50);
  return await exceptions(named, (route) =>
    difference(inRole.get(role)!, route.method, (ids) => ({
      address: addressOf(route, { ...ids, cohortId: mine }),
      body: bodyOf(route),
    })),
  );
}

/** Asks every route of the other cohort as staff of mine, with a body that would pass or with `wrong`: what differs, a line each. */
export async function differencesInTheirs(wrong?: unknown): Promise<string[]> {
  const ofCohorts = routes.filter(({ access }) => access.kind === 'cohort');
  return await exceptions(ofCohorts, (route) =>
    difference(inRole.get('staff')!, route.method, (ids) => ({
      address: addressOf(route, { ...ids, cohortId: ids === foreignIds ? foreign.id : randomId() }),
      body: wrong ?? bodyOf(route),
    })),
  );
}
