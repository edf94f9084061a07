import type { ParsedMail } from 'mailparser';
import type { Review } from '../../../src/contracts/selection/reviews.js';
import type { Step } from '../../../src/contracts/selection/steps.js';
import type { TestWorld } from '../app.js';
import { type Client, clientOf } from '../client.js';
import type { TestPerson } from '../factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from './calls.js';
import { mailTo } from './guests.js';

/** What jurors of tests score, and what it weighs. */
export const CRITERIA = [
  { key: 'craft', name: { en: 'Craft', fr: 'Métier' }, help: { en: '', fr: '' }, weight: 60 },
  { key: 'judgement', name: { en: 'Judgement', fr: 'Discernement' }, help: { en: '', fr: '' }, weight: 40 },
];

const NAME = { en: 'Reading', fr: 'Lecture' };

/** A step of a call, not open yet. `call` is the path of the call. */
export async function aStep(staff: TestPerson, call: string, more: Record<string, unknown> = {}): Promise<Step> {
  const made = await staff.client.post(`${call}/steps`, { name: NAME });
  if (made.status !== 201) throw new Error(`no step was made: ${made.text}`);
  const change = { criteria: CRITERIA, ...more, revision: made.body.revision };
  const written = await staff.client.patch(`${call}/steps/${made.body.id}`, change);
  if (written.status !== 200) throw new Error(`no step was written: ${written.text}`);
  return written.body;
}

/** The token of the link in a letter to a juror. */
export const juryTokenIn = ({ text }: ParsedMail): string => /\/jury\/(\S+)/.exec(text ?? '')![1]!;

/** Somebody who reads files: signed in with the account that following the link of their mail made. */
export interface TestJuror {
  id: string;
  email: string;
  token: string;
  client: Client;
}

let made = 0;

/** Invites somebody as a juror, who follows the link of the mail. */
export async function aJuror(
  world: TestWorld,
  staff: TestPerson,
  call: string,
  more: Record<string, unknown> = {},
): Promise<TestJuror> {
  made += 1;
  const one = { email: `juror-${made}@jury${made}.test`, name: `Juror ${made}`, locale: 'en', ...more };
  const invited = await staff.client.post(`${call}/jurors`, { items: [one] });
  if (invited.status !== 201) throw new Error(`no juror was invited: ${invited.text}`);
  const token = juryTokenIn(await mailTo(world, one.email, one.locale === 'en' ? 'invited to the jury' : 'du jury'));
  const joined = await clientOf(world.url).post(`/api/auth/juries/${token}/accept`, { password: 'a long password' });
  if (joined.status !== 200) throw new Error(`a juror did not join: ${joined.text}`);
  const { items } = (await staff.client.get(`${call}/jurors`)).body as { items: { id: string; email: string }[] };
  const { id } = items.find(({ email }) => email === one.email)!;
  return { id, email: one.email, token, client: clientOf(world.url, joined.body.accessToken) };
}

/** Writes a whole review and hands it in. */
export async function handsInReview(
  { client }: Pick<TestJuror, 'client'>,
  id: string,
  scores: Record<string, number>,
  more: Partial<Pick<Review, 'verdict' | 'comment' | 'toApplicant'>> = {},
): Promise<Review> {
  const path = `/api/me/reviews/${id}`;
  const now = (await client.get(path)).body as Review;
  const written = await client.put(path, { revision: now.revision, scores, verdict: 'yes', ...more });
  if (written.status !== 200) throw new Error(`a review was refused: ${written.text}`);
  const submitted = await client.post(`${path}/submit`, { revision: written.body.review.revision });
  if (submitted.status !== 200) throw new Error(`a review was not handed in: ${submitted.text}`);
  return submitted.body;
}

/** A call with two files, a step and two jurors, after the end of the call. */
export interface CallToRead {
  call: Awaited<ReturnType<typeof aCall>>;
  step: Step;
  files: TestApplicant[];
  jurors: TestJuror[];
}

/**
 * A call that is over, with two files, a step that is not open yet and two jurors.
 *
 * @param from when the call is made and the files are handed in
 * @param to what the clock of the world shows afterwards
 */
export async function aCallToRead(world: TestWorld, staff: TestPerson, from: string, to: string): Promise<CallToRead> {
  world.clock.set(from);
  const call = await aCall(staff, staff.cohortId!);
  const files: TestApplicant[] = [];
  for (const name of ['Zoé Brière', 'Léa Martin']) {
    const one = await anApplicant(world, call.slug);
    await handsIn(one, { ...ANSWERS, name, proud: `${name} did it. ${name.toUpperCase()} alone.` });
    files.push(one);
  }
  world.clock.set(to);
  const step = await aStep(staff, call.path);
  return { call, step, files, jurors: [await aJuror(world, staff, call.path), await aJuror(world, staff, call.path)] };
}
