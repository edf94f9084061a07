import { Types } from 'mongoose';
import { ApplicantTokens } from '../../../src/calls/applications/applicant-tokens.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, applicationTokenIn } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';

const BEFORE = '2026-10-20T10:00:00.000Z';
const NOW = '2026-11-03T10:00:00.000Z';

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
let call: Awaited<ReturnType<typeof aCall>>;
let draft: TestApplicant;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(BEFORE);
  call = await aCall(staff!, staff!.cohortId!);
  draft = await anApplicant(world, call.slug);
  world.clock.set(NOW);
});

/** To the rules of the call they agree themselves. */
const BY_MAIL = Object.fromEntries(Object.entries(ANSWERS).filter(([key]) => key !== 'rules'));

let made = 0;
const address = () => `by-mail-${(made += 1)}@people.test`;
const add = (body: object, who = staff!, node = 0) =>
  who.client.on(world.nodes[node]!.url).post(`${call.path}/applications`, { locale: 'fr', ...body });

describe('a file that came by mail', () => {
  it('given the call is closed, then staff add it, who applies gets the receipt with the link, and it says who added it', async () => {
    const email = address();
    const answers = { name: 'Salomé Payet', craft: 'designer', proud: 'The counter.' };
    const added = await add({ email, answers });
    expect([added.status, added.body]).toMatchObject([
      201,
      {
        ...{ email, name: 'Salomé Payet', number: '8-0001', state: 'submitted', locale: 'fr', answers, times: 1 },
        added: { by: { name: 'Aurore Tessier' }, at: NOW, isOpened: false },
      },
    ]);
    const mail = await mailTo(world, email, 'Déposée');
    expect(mail.text).toContain('L’équipe du programme a ajouté votre candidature');
    expect(mail.text).toContain('The counter.');
    const opened = await clientOf(world.url).post('/api/applications/open', { token: applicationTokenIn(mail) });
    expect(opened.body.application).toMatchObject({
      ...{ id: added.body.id, state: 'submitted', abilities: { edit: false } },
      submitted: { answers },
    });
    expect((await staff!.client.get(`${call.path}/applications?q=payet`)).body.found).toBe(1);
    expect((await staff!.client.get(call.path)).body.counts).toEqual({ drafts: 1, submitted: 1, withdrawn: 0 });
  });

  it('given one address twice, also at once on two processes, or of a draft, then one is there', async () => {
    const email = address();
    const answers = { name: 'Anouk Lescure' };
    const both = await Promise.all([0, 1].map((node) => add({ email, answers }, staff, node)));
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)!.body.code).toBe('address_taken');
    expect((await add({ email: draft.email, answers })).body.code).toBe('address_taken');
    expect((await draft.client.get(draft.path)).body).toMatchObject({ state: 'draft', answers: {} });
  });

  it('given a link that somebody asked for and nobody opened, then the file is added all the same, and that link leads nowhere', async () => {
    const email = address();
    world.clock.set(BEFORE);
    const asked = await clientOf(world.url).post(`/api/calls/${call.slug}/applications`, { email, locale: 'en' });
    expect(asked.status).toBe(202);
    const before = applicationTokenIn(await mailTo(world, email, 'application'));
    const answers = { name: 'Anouk Lescure' };
    const both = await Promise.all([0, 1].map((node) => add({ email, answers }, staff, node)));
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect((await clientOf(world.url).post('/api/applications/open', { token: before })).status).toBe(404);
    const mail = await mailTo(world, email, 'Déposée');
    const opened = await clientOf(world.url).post('/api/applications/open', { token: applicationTokenIn(mail) });
    expect(opened.body.application).toMatchObject({ state: 'submitted', submitted: { answers } });
  });

  it('given what is not right, then it is said by its question, and nothing is there', async () => {
    const wrong = await add({
      ...{ email: address() },
      answers: { craft: 'cook', proud: 'x'.repeat(5000), nothing: 'x', cv: 'x' },
    });
    expect(wrong.body.errors.map(({ field, code }: any) => `${field} ${code}`).toSorted()).toEqual([
      ...['/answers/craft unknown_option', '/answers/cv wrong_format', '/answers/name required'],
      ...['/answers/nothing unknown', '/answers/proud too_long'],
    ]);
    expect((await add({ email: 'nobody', answers: { name: 'A' } })).status).toBe(422);
    expect((await staff!.client.get(`${call.path}/applications`)).body.found).toBe(0);
    const unpublished = await staff!.client.post(`/api/cohorts/${staff!.cohortId}/calls`, {
      ...{ kind: 'fellows', title: { en: 'A', fr: 'B' } },
    });
    const early = `/api/cohorts/${staff!.cohortId}/calls/${unpublished.body.id}/applications`;
    const body = { email: address(), locale: 'en', answers: BY_MAIL };
    expect((await staff!.client.post(early, body)).body.code).toBe('not_published');
    world.clock.set('2027-03-01T10:00:00.000Z');
    expect((await add({ email: address(), answers: BY_MAIL })).body.code).toBe('too_late');
  });

  it('given a wrong address, then staff take the file away with its link, until the link was opened', async () => {
    const email = address();
    const added = (await add({ email, answers: BY_MAIL })).body;
    const path = `${call.path}/applications/${added.id}`;
    const token = applicationTokenIn(await mailTo(world, email, 'Déposée'));
    await staff!.client.post(`${path}/notes`, { text: 'A note about nobody' });
    for (const [client, status] of [
      [fellow!.client, 403],
      [other!.client, 404],
      [clientOf(world.url), 401],
      [draft.client, 401],
    ] as const)
      expect((await client.delete(path)).status).toBe(status);
    expect((await staff!.client.delete(`${call.path}/applications/${draft.id}`)).status).toBe(404);
    expect((await staff!.client.delete(path)).status).toBe(204);
    expect((await staff!.client.get(path)).status).toBe(404);
    expect((await clientOf(world.url).post('/api/applications/open', { token })).status).toBe(404);
    expect(
      await world.db.collection('application-notes').countDocuments({ applicationId: new Types.ObjectId(added.id) }),
    ).toBe(0);

    const again = (await add({ email, answers: BY_MAIL })).body;
    const opened = await clientOf(world.url).post('/api/applications/open', {
      token: world.app
        .get(ApplicantTokens)
        .link(
          (await world.db.collection('applications').findOne({ callId: new Types.ObjectId(call.id), email })) as never,
        ),
    });
    expect(opened.status).toBe(200);
    const theirs = `${call.path}/applications/${again.id}`;
    expect((await staff!.client.get(theirs)).body.added.isOpened).toBe(true);
    expect((await staff!.client.delete(theirs)).body.code).toBe('already_opened');
  });

  it('given it is opened while staff take it away, on two processes, then it is theirs or it is gone', async () => {
    for (let time = 0; time < 4; time += 1) {
      const email = address();
      const { id } = (await add({ email, answers: BY_MAIL })).body;
      const row = (await world.db
        .collection('applications')
        .findOne({ callId: new Types.ObjectId(call.id), email })) as never;
      const token = world.app.get(ApplicantTokens).link(row);
      const [opened, removed] = await Promise.all([
        clientOf(world.nodes[1]!.url).post('/api/applications/open', { token }),
        staff!.client.delete(`${call.path}/applications/${id}`),
      ]);
      expect([
        [200, 409],
        [404, 204],
      ]).toContainEqual([opened.status, removed.status]);
    }
  });

  it('given a statement, then nobody agrees to it in the name of who applies', async () => {
    const said = await add({ email: address(), answers: ANSWERS });
    expect([said.status, said.body.errors]).toMatchObject([422, [{ field: '/answers/rules', code: 'theirs' }]]);
  });

  it('given others, then they add none', async () => {
    const body = { email: address(), locale: 'en', answers: BY_MAIL };
    for (const [client, status] of [
      [fellow!.client, 403],
      [other!.client, 404],
      [clientOf(world.url), 401],
      [draft.client, 401],
    ] as const)
      expect((await client.post(`${call.path}/applications`, body)).status).toBe(status);
    expect((await staff!.client.get(`${call.path}/applications`)).body.found).toBe(0);
  });
});
