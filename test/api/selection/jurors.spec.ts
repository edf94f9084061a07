import { Types } from 'mongoose';
import type { Step } from '../../../src/contracts/selection/steps.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { handOverAt } from '../../support/deliveries-turn.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { mailTo } from '../../support/rooms/guests.js';
import { ANSWERS, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { aJuror, aStep, handsInReview, juryTokenIn } from '../../support/rooms/juries.js';

const BEFORE = '2026-10-20T10:00:00.000Z';
const NOON = '2026-11-03T10:00:00.000Z';
const DUE = '2026-11-20T17:00:00.000Z';
const PASSWORD = 'a long password';

let world: TestWorld;
let [staff, fellow]: TestPerson[] = [];
let call: Awaited<ReturnType<typeof aCall>>;
let step: Step;
let made = 0;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(BEFORE);
  call = await aCall(staff!, staff!.cohortId!);
  for (const name of ['Zoé Brière', 'Léa Martin'])
    await handsIn(await anApplicant(world, call.slug), { ...ANSWERS, name });
  world.clock.set(NOON);
  step = await aStep(staff!, call.path, { dueAt: DUE });
});

const anEmail = () => `rosalie-${(made += 1)}@ministry${made}.test`;
const invite = (items: Record<string, unknown>[], node = 0) =>
  staff!.client.on(world.nodes[node]!.url).post(`${call.path}/jurors`, { items });
const jurors = async () => (await staff!.client.get(`${call.path}/jurors?stepId=${step.id}`)).body.items;
const assign = (perFile = 2) => staff!.client.post(`${call.path}/assignment`, { step: step.id, perFile, perJuror: 10 });
const open = () => staff!.client.post(`${call.path}/steps/${step.id}/open`);
const lettersTo = async (email: string) => (await world.mail.to(email)).map(({ subject }) => subject ?? '');
const tokenOf = async (email: string) => juryTokenIn(await mailTo(world, email, 'jury'));
const accept = (token: string, body: Record<string, unknown> = { password: PASSWORD }, node = 0) =>
  clientOf(world.nodes[node]!.url).post(`/api/auth/juries/${token}/accept`, body);

/** The workers of all processes hand over what is due by an instant. */
const at = (instant: string) => handOverAt(world, 'juror', instant);

describe('an invitation to a jury', () => {
  it('is one mail, whoever of the team invites at once, in the language that was chosen', async () => {
    const [email, french] = [anEmail(), anEmail()];
    const items = [
      { email, name: 'Rosalie 🌿 "R"', locale: 'en', organisation: 'Ministry', craft: 'designer' },
      { email: french, name: 'Gilles', locale: 'fr' },
    ];
    const answers = await Promise.all([invite(items), invite(items, 1)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers.map(({ body }) => body.invited).toSorted()).toEqual([0, 2]);
    expect(answers.flatMap(({ body }) => body.there).toSorted()).toEqual([email, french].toSorted());
    expect((await mailTo(world, email, 'You are invited to the jury')).text).toContain('Cohort 8');
    expect((await mailTo(world, french, 'Vous faites partie du jury')).text).toContain('Participer');
    expect(await lettersTo(email)).toHaveLength(1);
    expect((await jurors()).map((one: any) => [one.name, one.state, one.organisation])).toEqual([
      ['Gilles', 'invited', ''],
      ['Rosalie 🌿 "R"', 'invited', 'Ministry'],
    ]);
  });

  it('makes an account for a new person, once, and asks a known one to sign in', async () => {
    const email = anEmail();
    await invite([{ email, name: 'Rosalie', locale: 'en' }]);
    const token = await tokenOf(email);
    expect((await clientOf(world.url).get(`/api/auth/juries/${token}`)).body).toMatchObject({
      ...{ email, name: 'Rosalie', cohortName: 'Cohort 8', known: false, callTitle: call.title },
    });
    expect((await accept(token, {})).body.errors).toEqual([{ field: '/password', code: 'required' }]);
    const both = await Promise.all([accept(token), accept(token, { password: PASSWORD }, 1)]);
    // Who was faster has the account; the other one is asked to sign in.
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    expect((await jurors())[0]).toMatchObject({ state: 'joined' });
    expect((await accept(token)).body.code).toBe('sign_in_to_accept');
    const signedIn = await clientOf(world.url).post('/api/auth/login', { email, password: PASSWORD });
    expect(signedIn.status).toBe(200);
    const me = clientOf(world.url, signedIn.body.accessToken);
    expect((await me.get('/api/me/reviews')).body.isJuror).toBe(true);
    expect((await me.post(`/api/auth/juries/${token}/accept`, {})).status).toBe(200);
    // Somebody else who has the link, and is signed in.
    expect((await fellow!.client.post(`/api/auth/juries/${token}/accept`, {})).body.code).toBe('other_account');
  });

  it('opens nothing after sixty days, until staff send it again', async () => {
    const email = anEmail();
    await invite([{ email, name: 'Rosalie', locale: 'en' }]);
    const token = await tokenOf(email);
    world.clock.set('2027-01-03T10:00:00.000Z');
    expect((await accept(token)).body.code).toBe('jury_expired');
    const [{ id }] = await jurors();
    const again = await staff!.client.post(`${call.path}/jurors/remind`, { stepId: step.id, jurorIds: [id] });
    expect(again.body.reminded).toBe(1);
    expect((await accept(token)).status).toBe(200);
  });

  it('opens nothing where it is made up, or they are a juror no more', async () => {
    const email = anEmail();
    await invite([{ email, name: 'Rosalie', locale: 'en' }]);
    const token = await tokenOf(email);
    expect((await clientOf(world.url).get(`/api/auth/juries/${token}x`)).status).toBe(404);
    expect((await accept('made.up')).status).toBe(404);
    const [{ id }] = await jurors();
    expect((await staff!.client.delete(`${call.path}/jurors/${id}`)).status).toBe(204);
    expect((await accept(token)).body.code).toBe('jury_left');
    // Invited again, with another link.
    expect((await invite([{ email, name: 'Rosalie', locale: 'en' }])).body).toEqual({ invited: 1, there: [] });
    await eventually(async () => expect(await tokenOf(email)).not.toBe(token));
    expect((await accept(token)).body.code).toBe('jury_left');
    expect((await accept(await tokenOf(email))).status).toBe(200);
  });
});

describe('letters to jurors', () => {
  it('are one a juror and reason, however many files, and none where nothing is left', async () => {
    const [one, two] = [await aJuror(world, staff!, call.path), await aJuror(world, staff!, call.path)];
    expect((await assign()).status).toBe(200);
    expect((await open()).status).toBe(200);
    await at(NOON);
    await eventually(async () => {
      expect((await lettersTo(one.email)).filter((subject) => subject.includes('2 files wait'))).toHaveLength(1);
    });
    // Assigned and opened again: nothing is said twice.
    await assign();
    for (const { id } of (await two.client.get('/api/me/reviews')).body.steps[0].items)
      await handsInReview(two, id, { craft: 3, judgement: 3 });
    await at('2026-11-13T17:01:00.000Z');
    await at('2026-11-18T17:01:00.000Z');
    await eventually(async () => {
      expect((await lettersTo(one.email)).filter((subject) => subject.includes('2 files wait'))).toHaveLength(3);
    });
    expect((await lettersTo(two.email)).filter((subject) => subject.includes('files wait'))).toHaveLength(1);
  });

  it('go when staff remind, once an hour, to those who have something left', async () => {
    const [one, two] = [await aJuror(world, staff!, call.path), await aJuror(world, staff!, call.path)];
    await assign();
    await open();
    for (const { id } of (await two.client.get('/api/me/reviews')).body.steps[0].items)
      await handsInReview(two, id, { craft: 3, judgement: 3 });
    const body = { stepId: step.id, jurorIds: [one.id, two.id] };
    const both = await Promise.all(
      world.nodes.map(({ url }) => staff!.client.on(url).post(`${call.path}/jurors/remind`, body)),
    );
    expect(both.map((answer) => answer.body.reminded).toSorted()).toEqual([0, 1]);
    await mailTo(world, one.email, 'A reminder');
    expect((await lettersTo(two.email)).filter((subject) => subject.includes('reminder'))).toEqual([]);
    world.clock.set('2026-11-03T11:01:00.000Z');
    expect((await staff!.client.post(`${call.path}/jurors/remind`, body)).body.reminded).toBe(1);
  });
});

describe('who reads what', () => {
  const reviews = async () => (await staff!.client.get(`${call.path}/reviews?stepId=${step.id}`)).body.files;

  it('keeps a juror from their own file, and from those of their domain', async () => {
    world.clock.set(BEFORE);
    const email = anEmail();
    const own = await anApplicant(world, call.slug, email);
    await handsIn(own, { ...ANSWERS, name: 'Own' });
    world.clock.set(NOON);
    const self = await aJuror(world, staff!, call.path, { email });
    const colleague = await aJuror(world, staff!, call.path, { email: `boss@${email.split('@')[1]}` });
    const free = await aJuror(world, staff!, call.path);
    const assigned = await assign(3);
    expect(assigned.body).toMatchObject({ conflicts: 2, short: [{ applicationId: own.id, jurors: 1 }] });
    const file = (await reviews()).find(({ applicationId }: any) => applicationId === own.id);
    expect(file.reviews.map(({ jurorId }: any) => jurorId)).toEqual([free.id]);
    for (const { id } of [self, colleague]) {
      const body = { stepId: step.id, applicationId: own.id, jurorId: id };
      expect((await staff!.client.post(`${call.path}/reviews`, body)).body.code).toBe('conflict_of_interest');
    }
    const nobody = await staff!.client.post(`${call.path}/reviews`, { stepId: step.id, applicationId: own.id });
    expect(nobody.body.code).toBe('nobody_left');
  });

  it('knows a juror’s own file by each spelling of their mailbox, and by the address that their account has by now', async () => {
    world.clock.set(BEFORE);
    const name = `jean.dupont${(made += 1)}`;
    const [spelled, moved] = [`${name.replace('.', '')}+call@googlemail.com`, `${name}@home.test`];
    const files = [await anApplicant(world, call.slug, spelled), await anApplicant(world, call.slug, moved)];
    for (const file of files) await handsIn(file, { ...ANSWERS, name: 'Jean' });
    world.clock.set(NOON);
    const juror = await aJuror(world, staff!, call.path, { email: `${name}@gmail.com` });
    await assign(1);
    await open();
    const readBy = async ({ id }: { id: string }) =>
      (await reviews()).find(({ applicationId }: any) => applicationId === id).reviews;
    expect(await readBy(files[0]!)).toEqual([]);
    const [asked] = await readBy(files[1]!);
    expect((await juror.client.get(`/api/me/reviews/${asked.id}`)).body.file).not.toBeNull();
    await world.db.collection('users').updateOne({ email: juror.email }, { $set: { email: moved } });
    expect((await juror.client.get(`/api/me/reviews/${asked.id}`)).body).toMatchObject({
      ...{ state: 'conflict', file: null },
    });
    const items = (await juror.client.get('/api/me/reviews')).body.steps[0].items;
    expect(items.find(({ id }: any) => id === asked.id)).toMatchObject({ state: 'conflict' });
    for (const { id } of files) {
      const body = { stepId: step.id, applicationId: id, jurorId: juror.id };
      expect((await staff!.client.post(`${call.path}/reviews`, body)).body.code).toBe('conflict_of_interest');
    }
  });

  it('never gives a file again to who has an interest in it: in a later step, by hand, or opened again', async () => {
    const [one, two] = [await aJuror(world, staff!, call.path), await aJuror(world, staff!, call.path)];
    await assign(1);
    await open();
    const [file] = await reviews();
    const { id, jurorId } = file.reviews[0];
    const juror = [one, two].find((each) => each.id === jurorId)!;
    expect((await juror.client.post(`/api/me/reviews/${id}/conflict`, { reason: 'My sister.' })).status).toBe(200);
    const R = `${call.path}/reviews/${id}`;
    expect((await staff!.client.delete(R)).status).toBe(409);
    expect((await staff!.client.post(`${R}/reopen`)).body.code).toBe('review_open');
    const later = await aStep(staff!, call.path);
    await staff!.client.put(`${call.path}/steps/${later.id}/files`, { applicationIds: [file.applicationId] });
    const body = { step: later.id, perFile: 2, perJuror: 5 };
    const shared = await staff!.client.post(`${call.path}/assignment`, body);
    expect(shared.body.short).toEqual([expect.objectContaining({ applicationId: file.applicationId, jurors: 1 })]);
    const byHand = { stepId: later.id, applicationId: file.applicationId, jurorId };
    expect((await staff!.client.post(`${call.path}/reviews`, byHand)).body.code).toBe('already_assigned');
  });

  it('ends where an interest becomes known, where the file is not chosen any more, and with the cohort', async () => {
    const juror = await aJuror(world, staff!, call.path);
    world.clock.set(BEFORE);
    const agency = await anApplicant(world, call.slug, 'x@agency-of-juror.test');
    await handsIn(agency, { ...ANSWERS, name: 'Agency' });
    world.clock.set(NOON);
    await assign(1);
    await open();
    const file = (await reviews()).find(({ applicationId }: any) => applicationId === agency.id);
    const path = `/api/me/reviews/${file.reviews[0].id}`;
    await juror.client.put(path, { revision: 0, comment: 'begun' });
    await world.db
      .collection('jurors')
      .updateOne({ _id: new Types.ObjectId(juror.id) }, { $set: { email: 'y@agency-of-juror.test' } });
    expect((await juror.client.get(path)).body).toMatchObject({ state: 'conflict', file: null });
    expect((await juror.client.put(path, { revision: 1, comment: 'x' })).body.code).toBe('review_submitted');
    expect((await juror.client.get('/api/me/reviews')).body.steps[0].items).toEqual(
      expect.arrayContaining([expect.objectContaining({ state: 'conflict' })]),
    );
    const later = await aStep(staff!, call.path);
    const F = `${call.path}/steps/${later.id}/files`;
    const other = (await reviews()).find(({ applicationId }: any) => applicationId !== agency.id);
    await staff!.client.put(F, { applicationIds: [other.applicationId] });
    await staff!.client.post(`${call.path}/assignment`, { step: later.id, perFile: 1, perJuror: 5 });
    await staff!.client.post(`${call.path}/steps/${later.id}/open`);
    const [, second] = (await juror.client.get('/api/me/reviews')).body.steps;
    const chosen = `/api/me/reviews/${second.items[0].id}`;
    await juror.client.put(chosen, { revision: 0, comment: 'begun' });
    await staff!.client.put(F, { applicationIds: [] });
    expect((await juror.client.get(chosen)).status).toBe(404);
    const cohort = { _id: new Types.ObjectId(staff!.cohortId!) };
    await world.db.collection('cohorts').updateOne(cohort, { $set: { state: 'closed' } });
    expect((await juror.client.get(path)).status).toBe(404);
    expect((await juror.client.get('/api/me/reviews')).body.steps).toEqual([]);
    await world.db.collection('cohorts').updateOne(cohort, { $set: { state: 'running' } });
  });

  it('says how many places are needed', async () => {
    await aJuror(world, staff!, call.path);
    expect((await assign(2)).body).toMatchObject({ code: 'too_few_jurors', needed: 4, jurors: 1 });
  });

  it('stays whole while several of the team change it at once, and a juror writes', async () => {
    const three = [];
    for (let n = 0; n < 3; n += 1) three.push(await aJuror(world, staff!, call.path));
    await assign(2);
    await open();
    const [first] = (await three[0]!.client.get('/api/me/reviews')).body.steps[0].items;
    const acts = await Promise.all([
      ...world.nodes.map(({ url }) =>
        staff!.client.on(url).post(`${call.path}/assignment`, { step: step.id, perFile: 3, perJuror: 2 }),
      ),
      three[0]!.client.put(`/api/me/reviews/${first.id}`, { revision: 0, comment: 'begun' }),
      staff!.client.delete(`${call.path}/jurors/${three[2]!.id}`),
    ]);
    expect(acts.map(({ status }) => status).filter((status) => ![200, 204, 409].includes(status))).toEqual([]);
    await assign(2);
    const files = await reviews();
    for (const file of files) {
      const readers = file.reviews.filter(({ state }: any) => state !== 'abstained').map(({ jurorId }: any) => jurorId);
      expect(readers.toSorted()).toEqual([three[0]!.id, three[1]!.id].toSorted());
    }
    // What was begun is there still.
    expect((await three[0]!.client.get(`/api/me/reviews/${first.id}`)).body.comment).toBe('begun');
  });

  it('is changed by hand: one more, one less, opened again', async () => {
    const two = [await aJuror(world, staff!, call.path), await aJuror(world, staff!, call.path)];
    await assign(1);
    await open();
    const [file] = await reviews();
    const body = { stepId: step.id, applicationId: file.applicationId };
    const more = await staff!.client.post(`${call.path}/reviews`, body);
    expect(more).toMatchObject({ status: 201, body: { state: 'asked', isLocked: true } });
    const again = { ...body, jurorId: more.body.jurorId };
    expect((await staff!.client.post(`${call.path}/reviews`, again)).body.code).toBe('already_assigned');
    const juror = two.find(({ id }) => id === more.body.jurorId)!;
    await handsInReview(juror, more.body.id, { craft: 1, judgement: 1 }, { comment: 'Mine' });
    const R = `${call.path}/reviews/${more.body.id}`;
    expect((await staff!.client.delete(R)).body.code).toBe('review_submitted');
    expect((await staff!.client.post(`${R}/reopen`)).body.state).toBe('begun');
    expect((await staff!.client.post(`${R}/reopen`)).body.code).toBe('review_open');
    expect((await juror.client.get(`/api/me/reviews/${more.body.id}`)).body).toMatchObject({
      comment: 'Mine',
      others: null,
    });
    expect((await fellow!.client.delete(R)).status).toBe(403);
    expect((await staff!.client.delete(R)).status).toBe(204);
    expect((await juror.client.get(`/api/me/reviews/${more.body.id}`)).status).toBe(404);
  });
});
