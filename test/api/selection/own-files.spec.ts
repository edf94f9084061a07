import { type TestWorld, startWorld } from '../../support/app.js';
import type { TestPerson } from '../../support/factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { aPanel, invites } from '../../support/rooms/interviews.js';
import { aJuror, aStep, handsInReview } from '../../support/rooms/juries.js';
import { BEFORE, NOON, type OwnFileCall, REFUSED, aCallWithOwnFile, said } from '../../support/rooms/own-files.js';

/** Somebody of the programme team applies themself: others choose who reads theirs, and what the jury says of them is not theirs to read. */
let world: TestWorld;
let { staff, self, call, own, other } = {} as OwnFileCall;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  ({ staff, self, call, own, other } = await aCallWithOwnFile(world));
});

it('given what a jury said, then they find their own file in no results, choose none of its readers, and open no review of it again', async () => {
  const step = await aStep(staff, call.path);
  const juror = await aJuror(world, staff, call.path);
  await staff.client.post(`${call.path}/assignment`, { step: step.id, perFile: 1, perJuror: 10 });
  await staff.client.post(`${call.path}/steps/${step.id}/open`);
  const items = (await juror.client.get('/api/me/reviews')).body.steps[0].items;
  for (const { id } of items) await handsInReview(juror, id, { craft: 2, judgement: 3 }, { comment: `words of ${id}` });
  const R = `${call.path}/reviews`;
  const listed = async (who: TestPerson) => (await who.client.get(`${R}?stepId=${step.id}`)).body.files;
  const ofOwn = (await listed(staff)).find(({ applicationId }: any) => applicationId === own.id).reviews[0].id;
  const results = async (who: TestPerson) => {
    const { body } = await who.client.get(`${call.path}/results?stepId=${step.id}`);
    return [body.total, body.items.map(({ applicationId }: any) => applicationId)];
  };
  const csv = async (who: TestPerson) => (await who.client.get(`${call.path}/results.csv?stepId=${step.id}`)).text;
  expect(await results(self)).toEqual([1, [other.id]]);
  expect((await results(staff))[0]).toBe(2);
  expect((await listed(self)).map(({ applicationId }: any) => applicationId)).toEqual([other.id]);
  expect(await csv(self)).not.toContain(`words of ${ofOwn}`);
  expect(await csv(staff)).toContain(`words of ${ofOwn}`);
  expect(said(await self.client.post(R, { stepId: step.id, applicationId: own.id }))).toEqual(REFUSED);
  expect(said(await self.client.post(`${R}/${ofOwn}/reopen`, {}))).toEqual(REFUSED);
  expect(said(await self.client.delete(`${R}/${ofOwn}`))).toEqual(REFUSED);
  expect((await staff.client.post(`${R}/${ofOwn}/reopen`, {})).status).toBe(200);
  const [reader] = (await staff.client.get(`${call.path}/jurors`)).body.items;
  expect(said(await self.client.delete(`${call.path}/jurors/${reader.id}`))).toEqual(REFUSED);
  expect((await staff.client.delete(`${call.path}/jurors/${reader.id}`)).status).toBe(204);
});

it('given the files of a later step, then they choose those of others, and neither put their own in nor take it out', async () => {
  await aStep(staff, call.path);
  const { id } = await aStep(staff, call.path);
  const choose = async (who: TestPerson, ...of: TestApplicant[]) =>
    said(await who.client.put(`${call.path}/steps/${id}/files`, { applicationIds: of.map((one) => one.id) }));
  expect(await choose(self, other)).toEqual([200, undefined]);
  expect(await choose(self, other, own)).toEqual(REFUSED);
  expect(await choose(staff, other, own)).toEqual([200, undefined]);
  // Whether theirs is in it they learn by no answer: naming it is refused, and what they choose leaves it where it is.
  expect(await choose(self, own)).toEqual(REFUSED);
  expect(await choose(self, other)).toEqual([200, undefined]);
  expect(await choose(self)).toEqual([200, undefined]);
  const files = async (who: TestPerson) => (await who.client.get(`${call.path}/results?stepId=${id}`)).body.total;
  expect([await files(self), await files(staff)]).toEqual([0, 1]);
});

it('given what others of the step reach, then no rank, tie, count or load of theirs tells where their own file stands', async () => {
  world.clock.set(BEFORE);
  const more = [await anApplicant(world, call.slug), await anApplicant(world, call.slug)];
  for (const [index, one] of more.entries()) await handsIn(one, { ...ANSWERS, name: `More ${index}` });
  world.clock.set(NOON);
  const step = await aStep(staff, call.path);
  const S = { step: step.id, perFile: 1, perJuror: 10 };
  const juror = await aJuror(world, staff, call.path);
  await staff.client.post(`${call.path}/assignment`, S);
  await staff.client.post(`${call.path}/steps/${step.id}/open`);
  const { files } = (await staff.client.get(`${call.path}/reviews?stepId=${step.id}`)).body;
  const reviewOf = (one: TestApplicant) => files.find((file: any) => file.applicationId === one.id).reviews[0].id;
  // Theirs is second of four, of one mean with the third.
  for (const [one, score] of [
    [more[0]!, 4],
    [own, 3],
    [other, 3],
    [more[1]!, 1],
  ] as const)
    await handsInReview(juror, reviewOf(one), { craft: score, judgement: score });
  const results = async (who: TestPerson, query = '') =>
    (await who.client.get(`${call.path}/results?stepId=${step.id}&scores=raw&line=2${query}`)).body;
  const [seen, whole] = [await results(self), await results(staff)];
  expect(seen.items.map((one: any) => [one.applicationId, one.rank, one.tiedWith])).toEqual([
    ...[
      [more[0]!.id, 1, []],
      [other.id, 2, []],
      [more[1]!.id, 3, []],
    ],
  ]);
  expect(whole.items.map(({ rank }: any) => rank)).toEqual([1, 2, 2, 4]);
  expect(seen).toMatchObject({ lineCutsTie: false, counts: { files: 3, asked: 3, submitted: 3, ties: 0 } });
  expect(whole).toMatchObject({ lineCutsTie: true, counts: { files: 4, asked: 4, submitted: 4, ties: 2 } });
  expect([seen.jurors[0].files, whole.jurors[0].files]).toEqual([3, 4]);
  const moved = async (who: TestPerson) => (await results(who, '&weights=craft:0,judgement:100')).moves;
  expect(JSON.stringify(await moved(self))).not.toContain(
    files.find((one: any) => one.applicationId === own.id).number,
  );
  const counted = async (who: TestPerson) => [
    (await who.client.get(`${call.path}/steps`)).body.items[0].counts,
    (await who.client.get(`${call.path}/jurors?stepId=${step.id}`)).body.items[0].load,
  ];
  expect(await counted(self)).toMatchObject([
    { files: 3, asked: 3, submitted: 3 },
    { asked: 3, submitted: 3 },
  ]);
  expect(await counted(staff)).toMatchObject([{ files: 4 }, { asked: 4 }]);
});

it('given the jury of the call, then they change nothing of it, so that no refusal tells who reads theirs', async () => {
  const [step, later] = [await aStep(staff, call.path), await aStep(staff, call.path)];
  const [reader, idle] = [await aJuror(world, staff, call.path), await aJuror(world, staff, call.path)];
  const reads = (who: TestPerson, { id: applicationId }: TestApplicant, more = {}) =>
    who.client.post(`${call.path}/reviews`, { stepId: step.id, applicationId, ...more });
  expect((await reads(staff, own, { jurorId: reader.id })).status).toBe(201);
  const { body: review } = await reads(staff, other, { jurorId: reader.id });
  const J = `${call.path}/jurors`;
  const change = (who: TestPerson, { id }: { id: string }) =>
    who.client.patch(`${J}/${id}`, { organisation: 'Agency' });
  const share = async (who: TestPerson) => {
    const { status, body } = await who.client.post(`${call.path}/assignment`, {
      ...{ step: step.id, perFile: 3, perJuror: 10 },
    });
    return [status, body.code, body.needed];
  };
  const invited = { items: [{ email: 'new@jury.test', name: 'New', locale: 'en' }] };
  const asked = { stepId: step.id, jurorIds: [reader.id] };
  for (const answer of [
    await change(self, reader),
    await change(self, idle),
    await self.client.delete(`${J}/${reader.id}`),
    await self.client.delete(`${J}/${idle.id}`),
    await self.client.post(J, invited),
    await self.client.post(`${J}/remind`, asked),
    await reads(self, other),
    await self.client.delete(`${call.path}/reviews/${review.id}`),
    await self.client.post(`${call.path}/reviews/${review.id}/reopen`, {}),
    await self.client.delete(`${call.path}/steps/${later.id}`),
  ])
    expect(said(answer)).toEqual(REFUSED);
  expect(await share(self)).toEqual([...REFUSED, undefined]);
  expect(await share(staff)).toEqual([409, 'too_few_jurors', 6]);
  expect((await change(staff, reader)).status).toBe(204);
  // Nothing is theirs in a call in which they did not apply, or do not any more.
  world.clock.set(BEFORE);
  const elsewhere = await aCall(staff, self.cohortId!);
  world.clock.set(NOON);
  expect((await self.client.post(`${elsewhere.path}/jurors`, invited)).status).toBe(201);
  expect((await own.client.post(`${own.path}/withdraw`)).status).toBe(200);
  expect((await change(self, reader)).status).toBe(204);
  expect(await share(self)).toEqual([409, 'too_few_jurors', 3]);
  expect((await self.client.delete(`${call.path}/steps/${later.id}`)).status).toBe(204);
});

it('given a later step, then by no answer to who reads theirs they learn whether it was chosen', async () => {
  await aStep(staff, call.path);
  const { id: stepId } = await aStep(staff, call.path);
  const ask = async () => said(await self.client.post(`${call.path}/reviews`, { stepId, applicationId: own.id }));
  expect(await ask()).toEqual(REFUSED);
  await staff.client.put(`${call.path}/steps/${stepId}/files`, { applicationIds: [own.id] });
  expect(await ask()).toEqual(REFUSED);
});

it('given they ask a panel to talk to themself, then the refusal does not tell that it was decided a moment ago', async () => {
  const panel = await aPanel(staff, call.path, [staff.id]);
  const words = { en: 'Thank you for applying.', fr: 'Merci de votre candidature.' };
  const asked = async (who: TestPerson, ...of: TestApplicant[]) => said(await invites(who, call.path, panel.id, of));
  expect(await asked(self, own)).toEqual(REFUSED);
  const decision = { applicationIds: [own.id], decision: 'declined', words };
  expect((await staff.client.post(`${call.path}/decisions`, decision)).body.decided).toBe(1);
  expect(await asked(self, own)).toEqual(REFUSED);
  expect(await asked(self, own, other)).toEqual(REFUSED);
  expect(await asked(staff, own)).toEqual([422, 'invalid']);
  expect(await asked(self, other)).toEqual([201, undefined]);
});
