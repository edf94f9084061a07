import type { ParsedMail } from 'mailparser';
import type { Call } from '../../../src/contracts/calls/calls.js';
import type { TestWorld } from '../app.js';
import { type Client, clientOf } from '../client.js';
import type { TestPerson } from '../factories.js';
import { handedOver } from '../deliveries-turn.js';
import { mailTo } from './guests.js';

/** When calls of tests open and close: a Thursday, at noon in Paris. */
export const OPENS = '2026-09-21T07:00:00.000Z';
export const CLOSES = '2026-10-22T10:00:00.000Z';

/** What a call is made of where a test does not say otherwise: out now, closing in nine days. */
export const callWords = {
  title: { en: 'Fellows, cohort 8', fr: 'Appel à candidatures' },
  ...{ opensAt: OPENS, closesAt: CLOSES },
};

/** A call that is published, with the questions of its kind's template unless the test gives others. */
export async function aCall(
  staff: TestPerson,
  cohortId: string,
  more: Record<string, unknown> = {},
  kind: Call['kind'] = 'fellows',
): Promise<Call & { path: string }> {
  const C = `/api/cohorts/${cohortId}/calls`;
  const made = await staff.client.post(C, { kind, title: callWords.title });
  if (made.status !== 201) throw new Error(`no call was made: ${made.text}`);
  const path = `${C}/${made.body.id}`;
  // The file that the template asks for: tests of files ask for it themselves.
  const fields = (made.body as Call).fields.map((field) =>
    field.kind === 'file' ? { ...field, required: false } : field,
  );
  const written = await staff.client.patch(path, { ...callWords, fields, ...more, revision: made.body.revision });
  if (written.status !== 200) throw new Error(`no call was written: ${written.text}`);
  const out = await staff.client.post(`${path}/publish`, { revision: written.body.revision });
  if (out.status !== 200) throw new Error(`no call was published: ${out.text}`);
  return { ...out.body, path };
}

/** The token of the link in a letter to who applies. */
export const applicationTokenIn = ({ text }: ParsedMail): string => /\/application\/(\S+)/.exec(text ?? '')![1]!;

/** Somebody who applies: with their file opened by the link of their mail. */
export interface TestApplicant {
  email: string;
  id: string;
  path: string;
  token: string;
  bearer: string;
  client: Client;
}

let made = 0;

/** Asks for a file of a call and opens it by the link of the mail. */
export async function anApplicant(
  world: TestWorld,
  slug: string,
  email = `applicant-${(made += 1)}@people.test`,
  locale: 'en' | 'fr' = 'en',
): Promise<TestApplicant> {
  const asked = await clientOf(world.url).post(`/api/calls/${slug}/applications`, { email, locale });
  if (asked.status !== 202) throw new Error(`an applicant was refused: ${asked.text}`);
  const token = applicationTokenIn(await mailTo(world, email, locale === 'en' ? 'application' : 'candidature'));
  // The clock of a test may jump after this.
  await handedOver(world, 'application');
  const opened = await clientOf(world.url).post('/api/applications/open', { token });
  if (opened.status !== 200) throw new Error(`a file was not opened: ${opened.text}`);
  const { accessToken, application } = opened.body;
  const path = `/api/applications/${application.id}`;
  return { email, id: application.id, path, token, bearer: accessToken, client: clientOf(world.url, accessToken) };
}

/** Answers to all that the template for fellows requires. */
export const ANSWERS = {
  ...{ name: 'Salomé Payet', town: 'Saint-Denis', craft: 'designer', skills: 'Service design, research' },
  ...{ status: 'self', proud: 'The counter kept no trace of why people came.', failed: 'A form.' },
  ...{ public: 'People at a counter.', rules: true },
};

/** Saves answers, and hands in what is there then. */
export async function handsIn(applicant: TestApplicant, answers: Record<string, unknown> = ANSWERS) {
  const now = (await applicant.client.get(applicant.path)).body;
  const saved = await applicant.client.patch(applicant.path, { revision: now.revision, answers });
  if (saved.status !== 200) throw new Error(`answers were refused: ${saved.text}`);
  return await applicant.client.post(`${applicant.path}/submit`, { revision: saved.body.application.revision });
}
