import { Types } from 'mongoose';
import type { Call } from '../../../src/contracts/calls/calls.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { CLOSES, OPENS, aCall, anApplicant, callWords } from '../../support/rooms/calls.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let [staff, fellow, elsewhere]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  elsewhere = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world, { name: 'Cohort 8' });
  C = `/api/cohorts/${cohortId}/calls`;
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
});

const nobody = () => clientOf(world.url);
const title = { en: 'Fellows, cohort 8', fr: 'Appel à candidatures' };
const make = async (kind = 'fellows') => (await staff!.client.post(C, { kind, title })).body;
const problems = ({ body }: { body: any }) => body.errors.map(({ field, code }: any) => `${field} ${code}`);

describe('a call that is being written', () => {
  it.each(['fellows', 'projects'])(
    'given one of %s, then it begins with words and questions in both languages, and nobody else sees it',
    async (kind) => {
      const call = await make(kind);
      expect(call).toMatchObject({
        ...{
          kind,
          state: 'draft',
          isOpen: false,
          title,
          form: null,
          revision: 0,
          timeZone: 'Europe/Paris',
          opensAt: null,
        },
        ...{ counts: { drafts: 0, submitted: 0, withdrawn: 0 }, publishedAt: null },
        abilities: { edit: true, publish: true, extend: false, close: false },
      });
      expect(call.fields.length).toBeGreaterThan(8);
      expect((call as Call).criteria.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
      expect((await staff!.client.get(C)).body.items).toMatchObject([{ id: call.id, kind, state: 'draft', title }]);
      expect((await nobody().get(`/api/calls/${call.slug}`)).status).toBe(404);
      const written = await staff!.client.patch(`${C}/${call.id}`, { ...callWords, revision: 0 });
      const out = await staff!.client.post(`${C}/${call.id}/publish`, { revision: written.body.revision });
      expect([out.status, out.text]).toEqual([200, expect.any(String)]);
    },
  );

  it('given people who are not of the programme team, then they see and write none', async () => {
    const { id } = await make();
    const acts: ((who: TestPerson['client'], path: string) => Promise<{ status: number }>)[] = [
      (who, path) => who.get(path),
      (who, path) => who.post(path, { kind: 'fellows', title }),
      (who, path) => who.get(`${path}/${id}`),
      (who, path) => who.patch(`${path}/${id}`, { revision: 0, title }),
      (who, path) => who.post(`${path}/${id}/publish`, { revision: 0 }),
      (who, path) => who.post(`${path}/${id}/extend`, { closesAt: CLOSES }),
      (who, path) => who.post(`${path}/${id}/close`),
      (who, path) => who.get(`${path}/${id}/applications`),
      (who, path) => who.get(`${path}/${id}/applications.csv`),
    ];
    for (const act of acts) {
      expect((await act(fellow!.client, C)).status).toBe(403);
      expect((await act(elsewhere!.client, C)).status).toBe(404);
      expect((await act(nobody(), C)).status).toBe(401);
    }
    const other = `/api/cohorts/${elsewhere!.cohortId}/calls`;
    for (const act of acts.slice(2)) expect((await act(elsewhere!.client, other)).status).toBe(404);
  });

  it('given two who write at once, then the second is told, and nothing is half written', async () => {
    const { id } = await make();
    const answers = await Promise.all(
      [0, 1].map((node) =>
        staff!.client
          .on(world.nodes[node]!.url)
          .patch(`${C}/${id}`, { revision: 0, title: { en: `Title ${node}`, fr: `Titre ${node}` } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const kept = (await staff!.client.get(`${C}/${id}`)).body;
    expect(kept.title).toEqual(answers.find(({ status }) => status === 200)!.body.title);
    expect(kept.revision).toBe(1);
  });

  it('given several who make the last call of a cohort at once, on two processes, then there are forty', async () => {
    const first = await make();
    const rows = world.db.collection('calls');
    const row = (await rows.findOne({ _id: new Types.ObjectId(first.id) }))!;
    const copies = Array.from({ length: 37 }, (_, at) => ({
      ...{ ...row, _id: new Types.ObjectId(), slug: `${first.slug}-${at}` },
    }));
    await rows.insertMany(copies);
    const answers = await Promise.all(
      [0, 1, 0, 1, 0].map((node) => staff!.client.on(world.nodes[node]!.url).post(C, { kind: 'fellows', title })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('too_many_calls');
    expect((await staff!.client.get(C)).body.items).toHaveLength(40);
  });

  it('given what lacks, then all of it is named at once, and the call stays a draft', async () => {
    const { id, fields } = await make();
    const broken = [
      ...fields.slice(0, 2),
      { ...fields[2], label: { en: 'Town', fr: '' } },
      { ...fields[3], shownIf: [{ field: 'craft', is: 'designer' }] },
      { ...fields[5], options: fields[5].options.slice(0, 1) },
    ];
    const patch = {
      ...{ fields: broken, criteria: [{ key: 'a', name: { en: 'A', fr: 'A' }, help: { en: '', fr: '' }, weight: 99 }] },
      ...{ title: { en: 'Only English', fr: '' }, opensAt: CLOSES, closesAt: OPENS, revision: 0 },
    };
    expect((await staff!.client.patch(`${C}/${id}`, patch)).status).toBe(200);
    const refused = await staff!.client.post(`${C}/${id}/publish`, { revision: 1 });
    expect(refused.status).toBe(422);
    expect(problems(refused)).toEqual([
      ...['/title/fr required', '/closesAt not_after', '/criteria not_hundred', '/fields/3 not_above'],
      ...['/fields/2 no_fr', '/fields/4 too_few_options', '/closesAt in_the_past'],
    ]);
    expect((await staff!.client.get(`${C}/${id}`)).body).toMatchObject({ state: 'draft', form: null });
    const twice = await staff!.client.patch(`${C}/${id}`, { revision: 1, fields: [fields[1], fields[1]] });
    expect([twice.status, problems(twice)]).toEqual([422, ['/fields/1 doubled']]);
    for (const closesAt of ['1999-12-31T00:00:00Z', '2100-01-01T00:00:00Z', 'tomorrow'])
      expect((await staff!.client.patch(`${C}/${id}`, { revision: 1, closesAt })).status).toBe(422);
    const nowhere = String(new Types.ObjectId());
    expect((await staff!.client.get(`${C}/${nowhere}`)).status).toBe(404);
  });
});

describe('a call that begins from an earlier one', () => {
  it('given one of a cohort that one leads, then its words come along and its days are moved; of others there is none', async () => {
    const dates = [
      { on: '2026-11-17', until: '2026-11-20', title: { en: 'Talks', fr: 'Entretiens' }, text: { en: '', fr: '' } },
    ];
    const earlier = await aCall(staff!, cohortId, { dates, keepRefusedMonths: 5 });
    await world.db
      .collection('cohorts')
      .updateOne({ _id: new Types.ObjectId(elsewhere!.cohortId) }, { $set: { startsOn: '2027-09-01' } });
    const theirs = `/api/cohorts/${elsewhere!.cohortId}/calls`;
    const begin = (client: TestPerson['client'], kind = 'fellows') =>
      client.post(theirs, { kind, title, fromCallId: earlier.id });
    expect(problems(await begin(elsewhere!.client))).toEqual(['/fromCallId unknown']);
    await join(world, elsewhere!.cohortId!, staff!.id, 'staff');
    expect((await staff!.client.get(`${theirs}/earlier`)).body.items).toContainEqual({
      ...{ id: earlier.id, kind: 'fellows', title: callWords.title, closesAt: CLOSES, cohortName: 'Cohort 8' },
    });
    expect(problems(await begin(staff!.client, 'projects'))).toEqual(['/fromCallId other_kind']);
    const made = (await begin(staff!.client)).body;
    expect(made).toMatchObject({
      ...{ state: 'draft', form: null, fields: earlier.fields, text: earlier.text, keepRefusedMonths: 5 },
      dates: [{ on: '2027-11-17', until: '2027-11-20' }],
      // At noon in Paris, a year later.
      ...{ opensAt: '2027-09-21T07:00:00.000Z', closesAt: '2027-10-22T10:00:00.000Z', counts: { submitted: 0 } },
    });
    expect((await elsewhere!.client.get(`${theirs}/earlier`)).body.items.map(({ id }: any) => id)).not.toContain(
      earlier.id,
    );
  });
});

describe('a call that is out', () => {
  it('given it is published, then everybody reads it, the list has it, and other sites are told what it is', async () => {
    const { slug } = await aCall(staff!, cohortId);
    const shown = await nobody().get(`/api/calls/${slug}`);
    expect(shown.body).toMatchObject({
      ...{ slug, kind: 'fellows', isOpen: true, isOver: false, opensAt: OPENS, closesAt: CLOSES },
      ...{ title: callWords.title, form: { version: 1 }, cohort: { name: 'Cohort 8' } },
    });
    expect(shown.body.form.fields.length).toBeGreaterThan(8);
    expect(shown.body).not.toHaveProperty('counts');
    const listed = (await nobody().get('/api/calls')).body.items;
    expect(listed.filter((one: any) => one.slug === slug)).toMatchObject([{ isOpen: true, title: callWords.title }]);
  });

  it('given a reader of feeds, then it has each call that is open or will be, in either language', async () => {
    const { slug } = await aCall(staff!, cohortId, { title: { en: 'A & <b>', fr: 'Été' } });
    const feed = await nobody().get('/api/calls/feed.atom?locale=fr');
    expect(feed.headers.get('content-type')).toContain('application/atom+xml');
    expect(feed.text).toContain(`/calls/${slug}`);
    expect(feed.text).toContain('Été');
    expect((await nobody().get('/api/calls/feed.atom')).text).toMatch(/A &amp;(amp;)? (&lt;|&amp;lt;)b/);
    expect((await nobody().get('/api/calls/feed.atom?locale=de')).status).toBe(422);
  });

  it('given its times, then it opens and closes to the second by itself', async () => {
    const { slug, path } = await aCall(staff!, cohortId);
    const state = async () => {
      const { isOpen, isOver } = (await nobody().get(`/api/calls/${slug}`)).body;
      return { isOpen, isOver, state: (await staff!.client.get(path)).body.state };
    };
    world.clock.set('2026-09-21T06:59:59.999Z');
    expect(await state()).toEqual({ isOpen: false, isOver: false, state: 'published' });
    world.clock.set(OPENS);
    expect(await state()).toEqual({ isOpen: true, isOver: false, state: 'published' });
    world.clock.set('2026-10-22T09:59:59.999Z');
    expect(await state()).toEqual({ isOpen: true, isOver: false, state: 'published' });
    world.clock.set(CLOSES);
    expect(await state()).toEqual({ isOpen: false, isOver: true, state: 'closed' });
    expect((await nobody().get('/api/calls')).body.items.some((one: any) => one.slug === slug)).toBe(false);
  });

  it('given a published form that is changed, then it stays as it was until it goes out as a new version; who has begun keeps theirs', async () => {
    const { path, slug, fields, revision } = await aCall(staff!, cohortId);
    const before = await anApplicant(world, slug);
    const shorter = fields.slice(0, 3);
    const changed = (await staff!.client.patch(path, { revision, fields: shorter })).body;
    expect(changed).toMatchObject({ isFormChanged: true, form: { version: 1 }, abilities: { publish: true } });
    expect((await nobody().get(`/api/calls/${slug}`)).body.form.fields).toHaveLength(fields.length);
    const back = (await staff!.client.patch(path, { revision: changed.revision, fields })).body;
    expect(back).toMatchObject({ isFormChanged: false, abilities: { publish: false } });
    expect((await staff!.client.post(`${path}/publish`, { revision: back.revision })).body.code).toBe(
      'already_published',
    );
    const again = (await staff!.client.patch(path, { revision: back.revision, fields: shorter })).body;
    const both = await Promise.all(
      [0, 1].map((node) =>
        staff!.client.on(world.nodes[node]!.url).post(`${path}/publish`, { revision: again.revision }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await nobody().get(`/api/calls/${slug}`)).body.form).toEqual({ version: 2, fields: shorter });
    expect((await before.client.get(before.path)).body.form).toMatchObject({ version: 1, fields });
    const after = await anApplicant(world, slug);
    expect((await after.client.get(after.path)).body.form.version).toBe(2);
  });

  it('given it is out, then its words stay whole and its closing moves by extending alone', async () => {
    const { path, revision } = await aCall(staff!, cohortId);
    const patch = (body: object) => staff!.client.patch(path, { revision, ...body });
    expect(problems(await patch({ title: { en: 'Only English', fr: '' } }))).toEqual(['/title/fr required']);
    expect(problems(await patch({ closesAt: '2026-10-30T10:00:00.000Z' }))).toEqual(['/closesAt use_extend']);
    expect(problems(await patch({ opensAt: '2026-10-20T10:00:00.000Z' }))).toEqual(['/opensAt already_open']);
    for (const closesAt of [CLOSES, '2026-10-21T10:00:00.000Z'])
      expect(problems(await staff!.client.post(`${path}/extend`, { closesAt }))).toEqual(['/closesAt not_later']);
    const later = '2026-10-29T11:00:00.000Z';
    expect((await staff!.client.post(`${path}/extend`, { closesAt: later })).body.closesAt).toBe(later);
    expect((await staff!.client.post(`${path}/close`)).body).toMatchObject({
      ...{ state: 'closed', isOpen: false, closesAt: NOW },
      abilities: { edit: false, publish: false, extend: false, close: false },
    });
    expect((await staff!.client.post(`${path}/close`)).body.code).toBe('not_published');
    expect((await staff!.client.post(`${path}/extend`, { closesAt: later })).body.code).toBe('not_published');
    const kept = (await staff!.client.get(path)).body.revision;
    expect((await staff!.client.patch(path, { revision: kept, lead: { en: 'a', fr: 'b' } })).body.code).toBe(
      'call_closed',
    );
  });

  it('given it is called off before it opens, then staff can say so', async () => {
    world.clock.set('2026-09-01T09:00:00.000Z');
    const { path, slug } = await aCall(staff!, cohortId);
    const { revision } = (await staff!.client.post(`${path}/close`)).body;
    const outcome = { en: 'Called off.', fr: 'Annulé.' };
    expect((await staff!.client.patch(path, { revision, outcome })).body).toMatchObject({ outcome });
    expect((await nobody().get(`/api/calls/${slug}`)).body).toMatchObject({ outcome, isOver: true });
  });

  it('given it is over, also by hand, then staff say what became of it, in both languages, and its page says it from then on', async () => {
    const { path, slug, revision } = await aCall(staff!, cohortId);
    const outcome = { en: '210 applied, 24 were taken.', fr: '210 candidatures, 24 personnes retenues.' };
    const shown = async () => (await nobody().get(`/api/calls/${slug}`)).body.outcome;
    const early = (await staff!.client.patch(path, { revision, outcome })).body;
    expect(early).toMatchObject({ outcome, abilities: { tellOutcome: false } });
    expect(await shown()).toEqual({ en: '', fr: '' });
    const over = (await staff!.client.post(`${path}/close`)).body;
    expect(over.abilities).toMatchObject({ edit: false, tellOutcome: true });
    expect(await shown()).toEqual(outcome);
    const patch = (body: object) => staff!.client.patch(path, { revision: over.revision, ...body });
    expect(problems(await patch({ outcome: { en: 'Only English', fr: '' } }))).toEqual(['/outcome/fr required']);
    expect((await patch({ outcome, lead: { en: 'a', fr: 'b' } })).body.code).toBe('call_closed');
    expect((await patch({})).body.code).toBe('call_closed');
    const later = { en: '212 applied.', fr: '212 candidatures.' };
    expect((await fellow!.client.patch(path, { revision: over.revision, outcome: later })).status).toBe(403);
    const answers = await Promise.all(
      world.nodes.map(({ url }) => staff!.client.on(url).patch(path, { revision: over.revision, outcome: later })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await shown()).toEqual(later);
    const blank = { en: '', fr: '' };
    const { revision: latest } = (await staff!.client.get(path)).body;
    await staff!.client.patch(path, { revision: latest, outcome: blank });
    expect(await shown()).toEqual(blank);
  });
});
