import { Types } from 'mongoose';
import { LinkTokens } from '../../../../src/auth/tokens/link-tokens.js';
import { READS, READS_OF_PLACE } from '../../../../src/infra/http/write-limit.guard.js';
import { RateLimits } from '../../../../src/infra/redis/rate-limits.js';
import { CertificatesRepository } from '../../../../src/workshops/certificates/certificates.repository.js';
import { type TestWorld, NOW, startWorld } from '../../../support/app.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { aCall, anApplicant } from '../../../support/rooms/calls.js';
import { filesCookieOf } from '../../../support/rooms/files.js';
import { routesOf } from '../../../support/walks/known-routes.js';

/** What a stranger reads at an address takes nothing from who shows there what we gave them. */
const STRANGER = '203.0.113.70';

let world: TestWorld;
let cohort: string;
let person: TestPerson;

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
  cohort = await aCohort(world);
  person = await aMember(world, cohort, 'fellow');
});
afterAll(() => world.stop());

const anId = () => String(new Types.ObjectId());
const limits = () => world.app.get(RateLimits);
const useUp = async () =>
  await limits()
    .take(READS_OF_PLACE, STRANGER, READS_OF_PLACE.points)
    .catch(() => undefined);

const read = async (path: string, cookie = '', from = STRANGER) => {
  const headers = { 'x-forwarded-for': from, ...(cookie && { cookie }) };
  const answer = await fetch(new URL(path, world.url), { headers, redirect: 'manual' });
  await answer.arrayBuffer();
  return answer.status;
};

/** Every page and file that opens to who shows something, by what it is shown: a link of a mail, the secret of a feed, a code. */
const LINKS = [
  ['invitation', (token: string) => `/api/auth/invitations/${token}`],
  ['invitation-mail', (token: string) => `/api/auth/invitations/${token}`],
  ['reset', (token: string) => `/api/auth/password/reset/${token}`],
  ['guest', (token: string) => `/api/guests/${token}`],
  ['place', (token: string) => `/api/places/${token}`],
  ['session', (token: string) => `/api/session-links/${token}`],
  ['unsubscribe', (token: string) => `/api/unsubscribe/${token}`],
] as const;
const FILES = [
  ...['', '/small', '/large'].map((size) => `/files/uploads/${anId()}${size}`),
  '/files/avatars/none.webp',
  '/files/logos/none.png',
  ...['json', 'html'].map((kind) => `/files/channels/${anId()}/export.${kind}`),
];
const ofCohort = () => [
  ...['forum/export.zip', 'handbook.html', 'handbook.zip'].map((name) => `/files/cohorts/${cohort}/${name}`),
  ...['handbook.html', 'handbook.zip'].map((name) => `/files/commons/${name}`),
];
const paper = () => `/files/cohorts/${cohort}/workshops/${anId()}/certificate.pdf`;

async function feeds(): Promise<string[]> {
  const { client } = person;
  const made = [
    await client.post('/api/me/calendar-feed'),
    await client.post(`/api/cohorts/${cohort}/forum/feeds`, { list: 'all', tag: null }),
  ];
  return made.map(({ body }) => new URL(String(body.url)).pathname);
}

async function certificate(): Promise<string> {
  const at = new Date(NOW);
  const says = {
    name: 'Ada',
    title: 'Data',
    kind: 'talk',
    startsAt: at,
    endsAt: at,
    timeZone: 'UTC',
    cohort: 'One',
  } as const;
  const whose = {
    cohortId: new Types.ObjectId(),
    workshopId: new Types.ObjectId(),
    userId: new Types.ObjectId(person.id),
  };
  return (await world.app.get(CertificatesRepository).make({ ...whose, says, madeAt: at })).code;
}

it('given a stranger who used all of it up, then what we gave opens there as it did before', async () => {
  const links = LINKS.map(([purpose, at]) => at(world.app.get(LinkTokens).sign(purpose, anId())));
  const papers = [...links, ...(await feeds()), `/api/public/certificates/${await certificate()}`];
  const cookie = await filesCookieOf(world.url, person);
  const all = [
    ...papers.map((path) => [path, ''] as const),
    ...[...FILES, ...ofCohort(), paper()].map((path) => [path, cookie] as const),
  ];
  const statuses = async (from: string) => {
    const said = [];
    for (const [path, by] of all) said.push([path, await read(path, by, from)]);
    return said;
  };
  const before = await statuses('203.0.113.71');
  expect(before.filter(([, status]) => status === 429)).toEqual([]);
  await useUp();
  expect(await statuses(STRANGER)).toEqual(before);
});

it('given what is made up, then it counts at the place, and there is no other way past: every other route that is open to all does, too', async () => {
  await useUp();
  const shown = new Set<string>();
  const cookie = (await filesCookieOf(world.url, person)).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const open: unknown[] = [];
  for (const { method, path } of routesOf(world)) {
    // Files of the web app have no limit: they are kept by who reads them, and cost next to nothing.
    if (method !== 'GET' || !/^\/(api|files|calendar)\//.test(path) || /^\/api\/(docs|openapi)/.test(path)) continue;
    const address = path.replaceAll(/:\w+|\*/g, 'made.up');
    const status = await read(address, cookie);
    if (status === 429) shown.add(path);
    else if (status !== 401) open.push([path, status]);
  }
  expect(open).toEqual([]);
  // All of them stand in the lists above, but those to which nothing can be shown.
  expect([...shown].filter((path) => !path.startsWith('/api/public/workshops/')).toSorted()).toEqual(
    [
      ...['/api/applications/:applicationId', '/api/applications/:applicationId/files/:file'],
      ...[
        '/api/applications/:applicationId/messages',
        '/api/applications/:applicationId/interview',
        '/api/applications/:applicationId/questions',
        '/api/applications/:applicationId/wishes',
        '/api/calls',
        '/api/calls/:slug',
        '/api/calls/feed.atom',
      ],
      ...['/api/auth/invitations/:token', '/api/auth/juries/:token', '/api/auth/password/reset/:token'],
      '/api/forum-feeds/:secret.atom',
      ...['/api/guests/:token', '/api/places/:token', '/api/public/certificates/:code', '/api/session-links/:token'],
      ...['/api/unsubscribe/:token', '/calendar/:secret.ics', '/files/avatars/:name'],
      ...['/files/channels/:channelId/export.html', '/files/channels/:channelId/export.json'],
      ...['/files/cohorts/:cohortId/forum/export.zip', '/files/cohorts/:cohortId/handbook.html'],
      ...['/files/cohorts/:cohortId/handbook.zip', '/files/commons/handbook.html', '/files/commons/handbook.zip'],
      ...['/files/cohorts/:cohortId/workshops/:id/certificate.pdf', '/files/logos/:name', '/files/uploads/:fileId'],
      ...['/files/uploads/:fileId/large', '/files/uploads/:fileId/small'],
    ].toSorted(),
  );
});

it('given a place that is used up, then who applies goes on reading their file there', async () => {
  const { slug } = await aCall(await aMember(world, cohort, 'staff'), cohort);
  const { path, bearer } = await anApplicant(world, slug);
  await useUp();
  const readAs = async (authorization: string) =>
    (await fetch(new URL(path, world.url), { headers: { 'x-forwarded-for': STRANGER, authorization } })).status;
  expect(await readAs(`Bearer ${bearer}`)).toBe(200);
  expect(await readAs(`Bearer ${bearer}x`)).toBe(429);
});

it('given that, then who looks whether the process is alive is told, a device on which somebody signed in reads on, and a link that got about has an end', async () => {
  await useUp();
  expect([await read('/healthz'), await read('/readyz'), await read('/api/public/workshops/none')]).toEqual([
    200, 200, 429,
  ]);
  const login = await fetch(new URL('/api/auth/login', world.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: person.email, password: PASSWORD }),
  });
  const device = login.headers
    .getSetCookie()
    .find((one) => one.startsWith('cordee_device='))!
    .split(';')[0]!;
  expect(await read('/api/public/workshops/none', device)).toBe(404);
  const code = await certificate();
  const { _id } = (await world.db.collection('workshop-certificates').findOne({ code }))!;
  await limits()
    .take(READS, String(_id), READS.points)
    .catch(() => undefined);
  expect(await read(`/api/public/certificates/${code}`)).toBe(429);
});
