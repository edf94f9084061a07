import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { followOutbox } from '../../support/outbox.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import {
  DAY_OF_TALKS,
  PLANNED_AT,
  aCallToTalkAbout,
  aPanel,
  invites,
  panelNow,
} from '../../support/rooms/interviews.js';
import { aStep } from '../../support/rooms/juries.js';

/** Who plans a call, decides and sits on a panel is asked again as it is written: whoever is of the team no more writes to nobody and decides nothing. */
let world: TestWorld;
let cohortId: string;
let [lead, acting]: TestPerson[] = [];
let path: string;
let [first, second]: TestApplicant[] = [];
let panel: Awaited<ReturnType<typeof aPanel>>;
let interviewId: string;
let stepId: string;
let draft: { path: string; revision: number };

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  lead = await aMember(world, cohortId, 'staff', { name: 'Aurore Lead' });
  const made = await aCallToTalkAbout(world, lead, ['Salomé Payet', 'Idris Bah']);
  [first, second] = made.people;
  ({ path } = made.call);
  acting = await aMember(world, cohortId, 'staff', { name: 'Ben Acting' });
  panel = await aPanel(lead, path, [lead.id]);
  await invites(lead, path, panel.id, [first!]);
  panel = await panelNow(lead, path, panel.id);
  interviewId = panel.interviews[0]!.id;
  await lead.client.put(`${path}/interviews/${interviewId}/time`, { timeId: panel.times[0]!.id });
  stepId = (await aStep(lead, path)).id;
  await lead.client.post(`${path}/jurors`, {
    items: [{ email: 'juror@jury.test', name: 'Juror', locale: 'en' }],
  });
  const other = await lead.client.post(`/api/cohorts/${cohortId}/calls`, {
    kind: 'fellows',
    title: { en: 'Next', fr: 'Suite' },
  });
  draft = { path: `/api/cohorts/${cohortId}/calls/${other.body.id}`, revision: other.body.revision };
  await world.settled();
  await followOutbox(world);
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(PLANNED_AT);
  const back = await lead!.client.patch(`/api/cohorts/${cohortId}/members/${acting!.id}`, { role: 'staff' });
  expect(back.status).toBe(200);
});

type Answer = PromiseLike<{ status: number; body: any }>;
type Act = (client: TestPerson['client']) => Answer;
const WRITTEN = [
  'calls',
  'applications',
  'application-acts',
  'application-notes',
  'application-messages',
  'interview-panels',
  'interview-times',
  'interviews',
  'interview-notes',
  'selection-steps',
  'reviews',
  'jurors',
];

/** What these acts write, without what counts that a row was held. */
async function stands(): Promise<string> {
  const names = new Set((await world.db.listCollections()).map(({ name }) => name));
  const rows = WRITTEN.filter((name) => names.has(name)).map(async (name) => {
    const found = await world.db.collection(name).find({}).sort({ _id: 1 }).toArray();
    return [name, found.map(({ held: _, ...row }) => row)];
  });
  return JSON.stringify(await Promise.all(rows));
}

async function meanwhile(act: Act) {
  let before = '';
  const came = beforeItIsWritten(world, async () => {
    const demoted = await lead!.client.patch(`/api/cohorts/${cohortId}/members/${acting!.id}`, { role: 'coach' });
    expect(demoted.status).toBe(200);
    before = await stands();
  });
  const { status } = await act(acting!.client);
  const after = await stands();
  return { came: came(), status, isAsBefore: after === before };
}

const words = { en: 'Hello', fr: 'Bonjour' };
const OF_STAFF: [string, Act][] = [
  [
    'decides',
    (client) =>
      client.post(`${path}/decisions`, {
        applicationIds: [second!.id],
        decision: 'declined',
        words: { en: 'Thank you.', fr: 'Merci.' },
      }),
  ],
  ['writes to who applied', (client) => client.post(`${path}/applications/${second!.id}/messages`, { text: 'Hello' })],
  ['notes something of a file', (client) => client.post(`${path}/applications/${second!.id}/notes`, { text: 'Good.' })],
  ['changes a call', (client) => client.patch(draft.path, { revision: draft.revision, title: words })],
  ['makes a call', (client) => client.post(`/api/cohorts/${cohortId}/calls`, { kind: 'fellows', title: words })],
  ['offers the waiting list', (client) => client.patch(`${path}/waiting-list`, { isOffering: false })],
  [
    'makes a panel',
    (client) =>
      client.post(`${path}/interviews/panels`, {
        name: 'B',
        minutes: 30,
        place: 'Room B',
        phone: '04 00 00 00 01',
        moveHours: 15,
        memberIds: [lead!.id],
      }),
  ],
  [
    'offers times',
    (client) =>
      client.post(`${path}/interviews/panels/${panel.id}/times`, {
        on: DAY_OF_TALKS,
        from: '14:00',
        until: '15:00',
        pauseMinutes: 10,
      }),
  ],
  ['takes a time away', (client) => client.delete(`${path}/interviews/times/${panel.times[0]!.id}`)],
  [
    'invites',
    (client) => client.post(`${path}/interviews/panels/${panel.id}/invitations`, { applicationIds: [second!.id] }),
  ],
  ['sets a time', (client) => client.put(`${path}/interviews/${interviewId}/time`, { timeId: panel.times[1]!.id })],
  ['calls an interview off', (client) => client.delete(`${path}/interviews/${interviewId}`)],
  [
    'invites a juror',
    (client) =>
      client.post(`${path}/jurors`, {
        items: [{ email: 'late@jury.test', name: 'Late', locale: 'en' }],
      }),
  ],
  ['opens a step', (client) => client.post(`${path}/steps/${stepId}/open`)],
  ['gives files to jurors', (client) => client.post(`${path}/assignment`, { step: stepId, perFile: 1, perJuror: 2 })],
];

it.each(OF_STAFF)('given who %s is of the team no more meanwhile, then 403, and nothing is written', async (_, act) => {
  expect(await meanwhile(act)).toEqual({ came: true, status: 403, isAsBefore: true });
});

it('given a file is marked as missed, and undone what was decided, by who is of the team no more, then 403', async () => {
  const decided = await lead!.client.post(`${path}/decisions`, {
    applicationIds: [second!.id],
    decision: 'waiting',
    words: { en: 'Thank you.', fr: 'Merci.' },
  });
  expect(decided.body.decided).toBe(1);
  const refused = { came: true, status: 403, isAsBefore: true };
  expect(await meanwhile((client) => client.delete(`${path}/decisions`, { applicationIds: [second!.id] }))).toEqual(
    refused,
  );
  await lead!.client.patch(`/api/cohorts/${cohortId}/members/${acting!.id}`, { role: 'staff' });
  world.clock.set(`${DAY_OF_TALKS}T13:00:00.000Z`);
  const marks = (client: TestPerson['client']) =>
    client.put(`${path}/interviews/${interviewId}/attendance`, { missed: true });
  expect(await meanwhile(marks)).toEqual(refused);
});

const OF_PANEL: [string, Act][] = [
  [
    'offers times',
    (client) =>
      client.post(`/api/me/interviews/panels/${panel.id}/times`, {
        on: DAY_OF_TALKS,
        from: '14:00',
        until: '15:00',
        pauseMinutes: 10,
      }),
  ],
  ['takes a time away', (client) => client.delete(`/api/me/interviews/times/${panel.times[0]!.id}`)],
  [
    'notes something',
    (client) =>
      client.put(`/api/me/interviews/${interviewId}/note`, {
        revision: 0,
        text: 'Good.',
        scores: {},
        verdict: null,
        submit: false,
      }),
  ],
];

it.each(OF_PANEL)(
  'given who sits on a panel %s and is of the team no more meanwhile, then 404, also before the panel follows',
  async (_, act) => {
    await world.db
      .collection('interview-panels')
      .updateOne({ _id: new Types.ObjectId(panel.id) }, { $addToSet: { memberIds: new Types.ObjectId(acting!.id) } });
    expect(await meanwhile(act)).toMatchObject({ came: true, status: 404 });
    expect(
      await world.db.collection('interview-notes').countDocuments({ interviewId: new Types.ObjectId(interviewId) }),
    ).toBe(0);
  },
);
