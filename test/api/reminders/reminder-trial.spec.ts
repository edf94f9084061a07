import { LADDER, placeholdersOf } from '../../../src/reminders/schedule/ladder.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

/** How a reminder reads where nothing of its kind is planned, and its mail to whoever asks for a trial. */
let world: TestWorld;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on' } });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world, { name: 'Cohort 7' });
  staff = await aMember(world, cohortId, 'staff', { locale: 'fr' });
});

const at = (what: string, cohort = cohortId) => `/api/cohorts/${cohort}/reminders/ladder/${what}`;
const lettersTo = (person: TestPerson) =>
  world.mail.mails.filter((mail) => JSON.stringify(mail.to).includes(person.email));

it.each(LADDER.map(({ kind, subject }) => [kind, subject] as const))(
  'given an empty cohort, then %s is shown on an invented example that fills all that its words may name',
  async (kind, subject) => {
    const names = placeholdersOf(subject);
    const text = { en: names.map((name) => `<${name}:{${name}}>`).join(' ') || 'Come.', fr: 'Venez.' };
    const usual = await staff.client.post(at('preview'), { kind, text: null });
    expect(usual.status).toBe(200);
    for (const { title, body } of [usual.body.en, usual.body.fr]) {
      expect(title).toMatch(/\p{L}/u);
      expect(`${title} ${body}`).not.toMatch(/[{}]|undefined|null|« ?»|“”| {2}/);
    }
    const own = await staff.client.post(at('preview'), { kind, text });
    expect(own.body).toMatchObject({ fr: { body: expect.stringContaining('Venez.') } });
    expect(own.body.en.body).not.toMatch(/:>/);
  },
);

it('given a trial, then its mail goes to whoever asks alone, in their language and our words, whatever they switched off', async () => {
  const fellow = await aMember(world, cohortId, 'fellow');
  const chosen = (await staff.client.get('/api/me/preferences')).body;
  const kinds = { ...chosen.kinds, workshops: { ...chosen.kinds.workshops, mail: false } };
  expect((await staff.client.put('/api/me/preferences', { ...chosen, kinds })).status).toBe(200);
  const body = { kind: 'workshop.24h', text: { en: 'Bring a form.', fr: 'Apportez un formulaire pour {title}.' } };
  expect((await staff.client.post(at('trial'), body)).status).toBe(204);
  await eventually(() => expect(lettersTo(staff)).toHaveLength(1));
  const [letter] = lettersTo(staff);
  expect(letter!.subject).toContain('Écrire simplement');
  expect(letter!.text).toContain('Apportez un formulaire pour Écrire simplement.');
  expect(letter!.text).toContain('vous avez demandé un essai');
  expect((await staff.client.get('/api/me/inbox')).body.items).toEqual([]);
  expect(lettersTo(fellow)).toEqual([]);
});

it('given a letter to somebody without an account, then its trial says what that would say', async () => {
  for (const kind of ['invitation.3d', 'guest.24h'])
    expect((await staff.client.post(at('trial'), { kind, text: { en: 'Come.', fr: 'Venez donc.' } })).status).toBe(204);
  await eventually(() => expect(lettersTo(staff)).toHaveLength(2));
  expect(lettersTo(staff).every(({ text }) => text?.includes('Venez donc.'))).toBe(true);
});

it('given others, wrong words or more than ten an hour, then no mail goes', async () => {
  const fellow = await aMember(world, cohortId, 'fellow');
  const outsider = await aMember(world, await aCohort(world), 'staff');
  const body = { kind: 'session.24h', text: null };
  expect((await fellow.client.post(at('trial'), body)).status).toBe(403);
  expect((await outsider.client.post(at('trial'), body)).status).toBe(404);
  expect((await clientOf(world.url).post(at('trial'), body)).status).toBe(401);
  const wrong = await staff.client.post(at('trial'), { ...body, text: { en: '{titel}', fr: 'x' } });
  expect([wrong.status, wrong.body.errors[0]]).toMatchObject([422, { field: '/text/en', code: 'unknown_placeholder' }]);
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => staff.client.on(world.nodes[index % 2]!.url).post(at('trial'), body)),
  );
  // The one that was refused counts, too.
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(9);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(3);
  await eventually(() => expect(lettersTo(staff)).toHaveLength(9));
  expect([...lettersTo(fellow), ...lettersTo(outsider)]).toEqual([]);
});
