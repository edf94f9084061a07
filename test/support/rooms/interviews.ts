import type { Interviews, OwnInvitation } from '../../../src/contracts/selection/interviews.js';
import type { TestWorld } from '../app.js';
import type { TestPerson } from '../factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from './calls.js';
import { WHILE_OPEN } from './teams.js';

/** When interviews of these tests are planned: some days after the closing; the day on which they are. */
export const PLANNED_AT = '2026-11-03T10:00:00.000Z';
export const DAY_OF_TALKS = '2026-11-23';

/** A call that is over, to which people of these names handed in a file. The clock stands at {@link PLANNED_AT} afterwards. */
export async function aCallToTalkAbout(
  world: TestWorld,
  staff: TestPerson,
  names: readonly string[],
): Promise<{ call: Awaited<ReturnType<typeof aCall>>; people: TestApplicant[] }> {
  world.clock.set(WHILE_OPEN);
  const call = await aCall(staff, staff.cohortId!);
  const people: TestApplicant[] = [];
  for (const [at, name] of names.entries()) {
    const one = await anApplicant(world, call.slug, undefined, at % 2 === 0 ? 'en' : 'fr');
    const handed = await handsIn(one, { ...ANSWERS, name });
    if (handed.status !== 200) throw new Error(`nothing was handed in: ${handed.text}`);
    people.push(one);
  }
  world.clock.set(PLANNED_AT);
  return { call, people };
}

type Panel = Interviews['panels'][number];

/** A panel of people, by their accounts, with times on a morning unless the test says otherwise. `path` is that of the call. */
export async function aPanel(
  staff: TestPerson,
  path: string,
  memberIds: readonly string[],
  {
    times = {},
    name = 'Design A',
    ...more
  }: Record<string, unknown> & { name?: string; times?: Record<string, unknown> | null } = {},
): Promise<Panel> {
  const body = { minutes: 30, place: 'Room Écrins', phone: '04 00 00 00 00', moveHours: 15, ...more, name, memberIds };
  const made = await staff.client.post(`${path}/interviews/panels`, body);
  if (made.status !== 201) throw new Error(`no panel was made: ${made.text}`);
  const { id } = (made.body as Interviews).panels.find((one) => one.name === name)!;
  if (times) {
    const offer = { on: DAY_OF_TALKS, from: '09:00', until: '12:00', pauseMinutes: 10, ...times };
    const offered = await staff.client.post(`${path}/interviews/panels/${id}/times`, offer);
    if (offered.status !== 201) throw new Error(`no times were offered: ${offered.text}`);
  }
  return await panelNow(staff, path, id);
}

/** A panel as it stands. */
export async function panelNow(staff: TestPerson, path: string, id: string): Promise<Panel> {
  const now = (await staff.client.get(`${path}/interviews`)).body as Interviews;
  return now.panels.find((one) => one.id === id)!;
}

/** Invites files to a panel. */
export async function invites(staff: TestPerson, path: string, panelId: string, people: readonly TestApplicant[]) {
  const body = { applicationIds: people.map(({ id }) => id) };
  return await staff.client.post(`${path}/interviews/panels/${panelId}/invitations`, body);
}

/** What an applicant sees of their interview. */
export const seenBy = async ({ client, path }: TestApplicant) =>
  ((await client.get(`${path}/interview`)).body as OwnInvitation).interview;
