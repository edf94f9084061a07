import type { TestWorld } from '../app.js';
import type { TestPerson } from '../factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from './calls.js';

/** While calls of these tests are open, and when all is decided and everybody was told. */
export const WHILE_OPEN = '2026-10-20T10:00:00.000Z';
export const DECIDED_AT = '2026-11-03T10:00:00.000Z';
export const TOLD_AT = '2026-11-03T11:00:00.000Z';

/** What an agency hands in, to the template for projects. */
export const PROPOSAL = {
  ...{ agency: 'Harbour Office', name: 'Ines Roux', title: 'QuaiLibre', problem: 'Berths are free, and nobody knows.' },
  ...{ tried: 'A notice board.', crafts: ['developer', 'designer', 'data'], after: 'The port.', mandate: true },
};

/** Files that are handed in to a new call of a kind, and then accepted, so that everybody was told; with `confirmBy` they are to confirm their places. The clock stands at {@link TOLD_AT} afterwards. */
export async function accepted(
  world: TestWorld,
  staff: TestPerson,
  kind: 'projects' | 'fellows',
  answers: readonly Record<string, unknown>[],
  more: { confirmBy?: string } = {},
): Promise<TestApplicant[]> {
  world.clock.set(WHILE_OPEN);
  const call = await aCall(staff, staff.cohortId!, {}, kind);
  const people: TestApplicant[] = [];
  for (const [at, own] of answers.entries()) {
    const one = await anApplicant(world, call.slug, undefined, at % 2 === 0 ? 'en' : 'fr');
    const handed = await handsIn(one, { ...(kind === 'fellows' ? ANSWERS : PROPOSAL), ...own });
    if (handed.status !== 200) throw new Error(`nothing was handed in: ${handed.text}`);
    people.push(one);
  }
  world.clock.set(DECIDED_AT);
  const words = { en: 'Dear {name}.', fr: 'Bonjour {name}.' };
  const body = { applicationIds: people.map(({ id }) => id), decision: 'accepted', words, ...more };
  const decided = await staff.client.post(`${call.path}/decisions`, body);
  if (decided.body?.decided !== people.length) throw new Error(`not all were accepted: ${decided.text}`);
  world.clock.set(TOLD_AT);
  return people;
}

/** A project that wants these crafts. */
export async function aProject(staff: TestPerson, name: string, crafts: readonly string[], agency = 'An agency') {
  const places = crafts.map((craft) => ({ craft, must: [], nice: [] }));
  const made = await staff.client.post(`/api/cohorts/${staff.cohortId!}/projects`, { name, agency, places });
  if (made.status !== 201) throw new Error(`no project was made: ${made.text}`);
  return made.body as { id: string; name: string };
}

/** The people of a team that staff may publish. */
export interface TeamToPublish {
  agency: TestApplicant;
  people: TestApplicant[];
}

/** A project for a developer and a designer, made of the proposal of its agency, and a fellow for each place. */
export async function aTeamToPublish(world: TestWorld, staff: TestPerson): Promise<TeamToPublish> {
  const matching = `/api/cohorts/${staff.cohortId!}/matching`;
  const [agency] = await accepted(world, staff, 'projects', [{ crafts: ['developer', 'designer'] }]);
  const people = await accepted(world, staff, 'fellows', [
    { name: 'Rayan Aubert', craft: 'developer' },
    { name: 'Faïza Guerroudj', craft: 'designer' },
  ]);
  // As the page does: what is made is what the proposal said.
  const { items } = (await staff.client.get(`${matching}/proposals`)).body;
  const { projectId: _, host: __, number: ___, ...proposal } = items[0];
  await staff.client.post(`${matching}/projects`, { projects: [proposal] });
  return { agency: agency!, people };
}
