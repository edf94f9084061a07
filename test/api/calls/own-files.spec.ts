import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aMember } from '../../support/factories.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { aStep } from '../../support/rooms/juries.js';
import { type OwnFileCall, REFUSED, aCallWithOwnFile, changesAddress, said } from '../../support/rooms/own-files.js';

/** Somebody of the programme team applies themself: others decide, and what the team says of them is not theirs to read. */
let world: TestWorld;
let { staff, self, call, own, other } = {} as OwnFileCall;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  ({ staff, self, call, own, other } = await aCallWithOwnFile(world));
});

const decide = (who: TestPerson, applicationIds: string[], decision = 'declined') =>
  who.client.post(`${call.path}/decisions`, {
    ...{ applicationIds, decision },
    words: { en: 'Thank you for applying to this call.', fr: 'Merci de votre candidature.' },
  });

it('given decisions about many, then their own is left and named; others decide about it, and they undo nothing of that', async () => {
  const mixed = await decide(self, [own.id, other.id]);
  expect(mixed.body).toMatchObject({ decided: 1, left: [{ applicationId: own.id, because: 'own_file' }] });
  expect((await decide(staff, [own.id])).body).toMatchObject({ decided: 1, left: [] });
  const undo = async (who: TestPerson) =>
    (await who.client.delete(`${call.path}/decisions`, { applicationIds: [own.id] })).body;
  expect([await undo(self), await undo(staff)]).toEqual([{ undone: 0 }, { undone: 1 }]);
});

it('given their account has another address by now, then their file is theirs still', async () => {
  await changesAddress(world, self, `new-${self.email}`);
  expect((await decide(self, [own.id, other.id])).body).toMatchObject({
    ...{ decided: 1, left: [{ applicationId: own.id, because: 'own_file' }] },
  });
  await changesAddress(world, self, `newer-${self.email}`);
  expect((await decide(self, [own.id])).body).toMatchObject({ decided: 0, left: [{ because: 'own_file' }] });
  // Whose address it was is kept from everybody.
  expect(JSON.stringify((await self.client.get('/api/me')).body)).not.toContain(`new-${self.email}`);
  const people = await staff.client.get(`/api/cohorts/${staff.cohortId}/members`);
  expect(people.text).not.toContain(`new-${self.email}`);
});

it('given the waiting list, then they rank nobody on it, whether they wait themself or not', async () => {
  const rank = (who: TestPerson, one: TestApplicant, before: string | null) =>
    who.client.put(`${call.path}/waiting-list/${one.id}`, { before });
  expect((await decide(staff, [other.id], 'waiting')).body.decided).toBe(1);
  expect(said(await rank(self, other, null))).toEqual(REFUSED);
  expect((await decide(staff, [own.id], 'waiting')).body.decided).toBe(1);
  const listed = async (who: TestPerson) =>
    (await who.client.get(`${call.path}/waiting-list`)).body.items.map(({ id }: any) => id);
  expect([await listed(self), await listed(staff)]).toEqual([[other.id], [own.id, other.id]]);
  expect(said(await rank(self, own, other.id))).toEqual(REFUSED);
  expect(said(await rank(self, other, null))).toEqual(REFUSED);
  expect((await rank(staff, own, other.id)).status).toBe(200);
});

it('given a file that came by mail, then they take none away, nor say that places are passed on, since theirs may be the next', async () => {
  const A = `${call.path}/applications`;
  const added = await self.client.post(A, { email: 'by-mail@people.test', locale: 'fr', answers: { name: 'Anouk' } });
  expect(added.status).toBe(201);
  expect(said(await self.client.delete(`${A}/${added.body.id}`))).toEqual(REFUSED);
  expect((await staff.client.delete(`${A}/${added.body.id}`)).status).toBe(204);
  const offering = async (who: TestPerson) =>
    said(await who.client.patch(`${call.path}/waiting-list`, { isOffering: true }));
  expect([await offering(self), await offering(staff)]).toEqual([REFUSED, [200, undefined]]);
});

it('given the call is closed, then others of the team say whether what somebody of it handed in late still counts', async () => {
  const late = await aMember(world, staff.cohortId!, 'staff');
  const add = async (who: TestPerson) =>
    said(
      await who.client.post(`${call.path}/applications`, {
        ...{ email: late.email.replace('@', '+late@'), locale: 'fr', answers: { name: 'Late' } },
      }),
    );
  expect([await add(late), await add(staff)]).toEqual([REFUSED, [201, undefined]]);
});

it('given what they asked as an applicant, then others of the team answer it, or say that it needs no answer', async () => {
  expect((await own.client.post(`${own.path}/messages`, { text: 'Am I in?' })).status).toBe(201);
  const M = `${call.path}/applications/${own.id}/messages`;
  const asked = (await self.client.get(M)).body;
  expect(asked).toMatchObject({ items: [{ from: 'applicant', text: 'Am I in?' }], canWrite: false, waits: true });
  const seen = asked.items[0].id;
  expect(said(await self.client.post(M, { text: 'You are.', seen }))).toEqual(REFUSED);
  expect(said(await self.client.put(`${M}/answered`, { seen }))).toEqual(REFUSED);
  expect((await staff.client.get(M)).body).toMatchObject({
    items: [{ text: 'Am I in?' }],
    canWrite: true,
    waits: true,
  });
  expect((await staff.client.post(M, { text: 'We will say.', seen })).body).toMatchObject({ waits: false });
});

it('given their own file, then they ask nothing for it, and read and write no notes about it, also with another address later', async () => {
  const A = `${call.path}/applications/${own.id}`;
  const ask = { fields: ['proud'], until: '2026-11-20T10:00:00.000Z', words: 'One more line, please.' };
  expect(said(await self.client.post(`${A}/asking`, ask))).toEqual(REFUSED);
  expect((await staff.client.post(`${A}/asking`, ask)).status).toBeLessThan(300);
  expect(said(await self.client.delete(`${A}/asking`))).toEqual(REFUSED);
  const written = await staff.client.post(`${A}/notes`, { text: 'Knows the house too well.' });
  expect(written.status).toBe(201);
  expect(written.body.readers.map(({ id }: any) => id)).toEqual([staff.id]);
  expect(said(await self.client.get(`${A}/notes`))).toEqual(REFUSED);
  expect(said(await self.client.post(`${A}/notes`, { text: 'Take them.' }))).toEqual(REFUSED);
  await changesAddress(world, self, `new-${self.email}`);
  expect(said(await self.client.get(`${A}/notes`))).toEqual(REFUSED);
  expect((await self.client.get(`${call.path}/applications/${other.id}/notes`)).status).toBe(200);
});

it('given what was decided about theirs, or kept with it, then they learn it from their letter alone', async () => {
  const A = `${call.path}/applications`;
  const erasedFirst = (await self.client.get(`${A}/${own.id}`)).body.eraseAt;
  expect((await staff.client.post(`${A}/${own.id}/tags`, { tag: 'strong' })).status).toBeLessThan(300);
  expect((await decide(staff, [own.id], 'accepted')).body.decided).toBe(1);
  const file = async (who: TestPerson) => (await who.client.get(`${A}/${own.id}`)).body;
  expect(await file(staff)).toMatchObject({
    tags: ['strong'],
    decision: { kind: 'accepted' },
    acts: [{ act: 'decided' }],
  });
  const seen = { tags: [], decision: null, eraseAt: erasedFirst };
  expect(await file(self)).toMatchObject({ ...seen, acts: [] });
  const page = async (who: TestPerson, query = '') => (await who.client.get(`${A}${query}`)).body;
  const all = await page(self);
  expect(all.items.find(({ id }: any) => id === own.id)).toMatchObject({ tags: [], decision: null });
  expect(all).toMatchObject({ tags: [], decisions: { none: 1, accepted: 0 }, found: 2 });
  expect(await page(staff)).toMatchObject({ tags: ['strong'], decisions: { none: 1, accepted: 1 }, found: 2 });
  for (const query of ['?decision=accepted', '?tag=strong'])
    expect([await page(self, query), await page(staff, query)]).toMatchObject([{ found: 0, items: [] }, { found: 1 }]);
  expect((await page(self, '?decision=none')).items.map(({ id }: any) => id)).toEqual([other.id]);
  const csv = async (who: TestPerson) => (await who.client.get(`${call.path}/applications.csv`)).text;
  expect([(await csv(self)).includes('Retenue'), (await csv(staff)).includes('Retenue')]).toEqual([false, true]);
  expect(said(await self.client.post(`${A}/${own.id}/tags`, { tag: 'mine' }))).toEqual(REFUSED);
  expect(said(await self.client.delete(`${A}/${own.id}/tags`, { tag: 'strong' }))).toEqual(REFUSED);
  world.clock.advance(61 * 60_000);
  const told = await file(self);
  expect(told).toMatchObject({ tags: [], decision: { kind: 'accepted', isSent: true } });
  expect([told.eraseAt > erasedFirst, told.eraseAt]).toEqual([true, (await file(staff)).eraseAt]);
});

it('given a tag that their file alone has, then no spelling of it on another one tells so', async () => {
  const tag = async (who: TestPerson, { id }: TestApplicant, text: string) =>
    (await who.client.post(`${call.path}/applications/${id}/tags`, { tag: text })).body.tags;
  expect(await tag(staff, own, 'Doubtful')).toEqual(['Doubtful']);
  expect(await tag(self, other, 'doubtful')).toEqual(['doubtful']);
  // What others have is written as it is there, also for them.
  expect(await tag(staff, other, 'Strong')).toEqual(['doubtful', 'Strong']);
  expect(await tag(self, other, 'STRONG')).toEqual(['doubtful', 'Strong']);
});

it('given what was asked of theirs, then no list of what is asked tells when it is decided', async () => {
  const A = `${call.path}/applications`;
  const ask = { fields: ['proud'], until: '2026-11-20T10:00:00.000Z', words: 'One more line, please.' };
  for (const { id } of [own, other]) {
    expect((await staff.client.post(`${A}/${id}/asking`, ask)).status).toBeLessThan(300);
    expect((await staff.client.delete(`${A}/${id}/asking`)).status).toBeLessThan(300);
  }
  const asked = async (who: TestPerson) => {
    const { found, asked: count, items } = (await who.client.get(`${A}?state=asked`)).body;
    return [found, count, items.length];
  };
  expect([await asked(self), await asked(staff)]).toEqual([
    [1, 1, 1],
    [2, 2, 2],
  ]);
  expect((await decide(staff, [own.id])).body.decided).toBe(1);
  expect([await asked(self), await asked(staff)]).toEqual([
    [1, 1, 1],
    [1, 1, 1],
  ]);
});

it('given a place that is passed on to them, then who lost it names them only once their own letter is due', async () => {
  const words = { en: 'Dear {name}.', fr: 'Bonjour {name}.' };
  const confirmBy = '2026-11-13T17:00:00.000Z';
  for (const [{ id }, decision, more] of [
    [own, 'waiting', { offer: words }],
    [other, 'accepted', { confirmBy }],
  ] as const)
    await staff.client.post(`${call.path}/decisions`, { applicationIds: [id], decision, words, ...more });
  const step = await aStep(staff, call.path);
  world.clock.advance(61 * 60_000);
  expect((await other.client.post(`${other.path}/place`, { takes: false })).status).toBe(200);
  const A = `${call.path}/applications`;
  const passedTo = async (who: TestPerson) => {
    const [page, file, results] = await Promise.all(
      [A, `${A}/${other.id}`, `${call.path}/results?stepId=${step.id}`].map((path) => who.client.get(path)),
    );
    const found = page!.body.items.find(({ id }: any) => id === other.id);
    const result = results!.body.items.find(({ applicationId }: any) => applicationId === other.id);
    return [found, file!.body, result].map(({ decision }) => [decision.kind, decision.place.passedTo]);
  };
  const { number } = (await staff.client.get(`${A}/${own.id}`)).body;
  const thrice = (named: string | null) => Array.from({ length: 3 }, () => ['lapsed', named]);
  expect([await passedTo(self), await passedTo(staff)]).toEqual([thrice(null), thrice(number)]);
  world.clock.advance(61 * 60_000);
  expect(await passedTo(self)).toEqual(thrice(number));
});
