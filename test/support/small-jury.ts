import type { InvitableFiles } from '../../src/contracts/selection/interviews.js';
import type { MyReviews } from '../../src/contracts/selection/reviews.js';
import { DAY } from '../../src/common/times/clock.js';
import type { TestWorld } from './app.js';
import type { TestPerson } from './factories.js';
import { type TestApplicant, aCall, anApplicant, handsIn, ANSWERS } from './rooms/calls.js';
import { mailTo } from './rooms/guests.js';
import { aPanel, invites, panelNow } from './rooms/interviews.js';
import { CRITERIA, aJuror, aStep, handsInReview, juryTokenIn } from './rooms/juries.js';

/** A jury that reads: a call that is over, with a step in which two jurors read two files. */
export interface SmallJury {
  juryCallId: string;
  /** A file that `reader` has still to read. */
  reviewId: string;
  /** An interview of the file that `reader` has read, with a panel on which `reader` sits, who has chosen a time. */
  interviewId: string;
  panelId: string;
  /** What the link of somebody's mail ends with, who has not followed it yet. */
  juryToken: string;
}

/** Makes one: `reader` is a person of the cohort who reads files, too. */
export async function aSmallJury(world: TestWorld, staff: TestPerson, reader: TestPerson): Promise<SmallJury> {
  const at = (days: number) => new Date(world.clock.now().getTime() + days * DAY).toISOString();
  const call = await aCall(staff, staff.cohortId!, { opensAt: at(-2), closesAt: at(9), criteria: CRITERIA });
  const files: TestApplicant[] = [];
  // Elsewhere than the reader, who would have an interest in them.
  for (const [name, email] of [
    ['Salomé Payet', 'salome@counters.test'],
    ['Idris Bah', 'idris@counters.test'],
  ] as const) {
    const one = await anApplicant(world, call.slug, email);
    await handsIn(one, { ...ANSWERS, name });
    files.push(one);
  }
  const closed = await staff.client.post(`${call.path}/close`);
  if (closed.status !== 200) throw new Error(`the call was not closed: ${closed.text}`);
  const other = await aJuror(world, staff, call.path, { craft: 'designer', organisation: 'DINUM' });
  const tokenOf = async (email: string, name: string) => {
    const asked = await staff.client.post(`${call.path}/jurors`, { items: [{ email, name, locale: 'en' }] });
    if (asked.status !== 201) throw new Error(`nobody was invited: ${asked.text}`);
    return juryTokenIn(await mailTo(world, email, 'invited to the jury'));
  };
  const token = await tokenOf(reader.email, reader.name);
  const joined = await reader.client.post(`/api/auth/juries/${token}/accept`, {});
  if (joined.status !== 200) throw new Error(`nobody joined the jury: ${joined.text}`);
  const step = await aStep(staff, call.path, { dueAt: at(5) });
  const assigned = await staff.client.post(`${call.path}/assignment`, { step: step.id, perFile: 2, perJuror: 5 });
  if (assigned.status !== 200) throw new Error(`nothing was shared out: ${assigned.text}`);
  const opened = await staff.client.post(`${call.path}/steps/${step.id}/open`);
  if (opened.status !== 200) throw new Error(`the step was not opened: ${opened.text}`);
  const queueOf = async ({ client }: Pick<TestPerson, 'client'>) =>
    ((await client.get('/api/me/reviews')).body as MyReviews).steps.flatMap(({ items }) => items);
  for (const { id } of await queueOf(other))
    await handsInReview(other, id, { craft: 3, judgement: 2 }, { comment: 'Counts before drawing.' });
  const [first, second] = await queueOf(reader);
  await handsInReview(reader, first!.id, { craft: 1, judgement: 2 }, { verdict: 'no' });
  const panel = await aPanel(staff, call.path, [staff.id, reader.id], { times: { on: at(6).slice(0, 10) } });
  // Of the other file the reader does not know yet whose it is.
  const { items } = (await staff.client.get(`${call.path}/interviews/files`)).body as InvitableFiles;
  const read = items.find(({ number }) => number === first!.number);
  const talker = files.find(({ id }) => id === read?.applicationId);
  await invites(staff, call.path, panel.id, [talker!]);
  const chosen = await talker!.client.put(`${talker!.path}/interview/time`, { timeId: panel.times[0]!.id });
  if (chosen.status !== 200) throw new Error(`no time was chosen: ${chosen.text}`);
  const { interviews } = await panelNow(staff, call.path, panel.id);
  return {
    panelId: panel.id,
    interviewId: interviews.find(({ state }) => state === 'chosen')!.id,
    juryCallId: call.id,
    reviewId: second!.id,
    juryToken: await tokenOf('marc@jury.test', 'Marc Noir'),
  };
}
