import { Types } from 'mongoose';
import { ApplicantTokens } from '../../../src/calls/applications/applicant-tokens.js';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';

let world: TestWorld;
let [staff, second, fellow, other]: TestPerson[] = [];
let call: Awaited<ReturnType<typeof aCall>>;
let [salome, zoe]: TestApplicant[] = [];
let A: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  second = await aMember(world, cohortId, 'staff', { name: 'Karim Haddad' });
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  call = await aCall(staff!, staff!.cohortId!);
  salome = await anApplicant(world, call.slug);
  zoe = await anApplicant(world, call.slug);
  await handsIn(salome);
  await handsIn(zoe, { ...ANSWERS, name: 'Zoé Arnoux' });
  A = `${call.path}/applications/${salome.id}`;
});

const tag = (said: string, who = staff!, of = A, node = 0) =>
  who.client.on(world.nodes[node]!.url).post(`${of}/tags`, { tag: said });
const untag = (said: string) => staff!.client.delete(`${A}/tags`, { tag: said });
const table = async (query = '') => (await staff!.client.get(`${call.path}/applications${query}`)).body;
const others = () =>
  [
    [fellow!.client, 403],
    [other!.client, 404],
    [clientOf(world.url), 401],
    [salome!.client, 401],
  ] as const;

/** Who applies to another call under an address that has mails already. */
async function applies({ id, slug }: Awaited<ReturnType<typeof aCall>>, email: string): Promise<TestApplicant> {
  await clientOf(world.url).post(`/api/calls/${slug}/applications`, { email, locale: 'en' });
  const row = (await world.db.collection('applications').findOne({ callId: new Types.ObjectId(id), email }))!;
  const token = world.app.get(ApplicantTokens).link({ _id: row._id, key: String(row.key) });
  const { accessToken, application } = (await clientOf(world.url).post('/api/applications/open', { token })).body;
  const path = `/api/applications/${application.id}`;
  return { email, id: application.id, path, token, bearer: accessToken, client: clientOf(world.url, accessToken) };
}

describe('tags of files', () => {
  it('given tags, then files are found by them, one word is one tag, and all of a call are suggested', async () => {
    expect((await tag('To call')).body.tags).toEqual(['To call']);
    expect((await tag(' to  CALL ', second)).body.tags).toEqual(['To call']);
    const Z = `${call.path}/applications/${zoe!.id}`;
    expect((await tag('TO CALL', second, Z)).body.tags).toEqual(['To call']);
    expect((await tag('Été', staff, Z)).body.tags).toEqual(['To call', 'Été']);
    expect(await table('?tag=To%20call')).toMatchObject({
      found: 2,
      tags: ['Été', 'To call'].toSorted((a, b) => a.localeCompare(b)),
    });
    expect(await table(`?tag=${encodeURIComponent('Été')}`)).toMatchObject({ found: 1, items: [{ id: zoe!.id }] });
    expect((await table('?tag=nothing')).found).toBe(0);
    expect((await untag('to call')).body.tags).toEqual([]);
    expect((await untag('to call')).status).toBe(200);
    expect(await table('?tag=To%20call')).toMatchObject({ found: 1 });
    expect(JSON.stringify((await zoe!.client.get(zoe!.path)).body)).not.toContain('Été');
  });

  it('given several at once on two processes, then none is lost, and a file has ten', async () => {
    await Promise.all([1, 2, 3, 4, 5, 6].map((n) => tag(`Tag ${n}`, n % 2 ? staff : second, A, n % 2)));
    expect((await staff!.client.get(A)).body.tags).toHaveLength(6);
    for (const n of [7, 8, 9, 10]) expect((await tag(`Tag ${n}`)).status).toBe(200);
    expect((await tag('One more')).body.code).toBe('too_many_tags');
    expect((await tag('tag 10')).status).toBe(200);
    expect((await tag('')).status).toBe(422);
    expect((await tag('x'.repeat(41))).status).toBe(422);
  });

  it('given tags that differ in letters alone, as two make them at once, then that one goes which is said', async () => {
    const _id = new Types.ObjectId(salome!.id);
    await world.db.collection('applications').updateOne({ _id }, { $set: { tags: ['Urgent', 'urgent'] } });
    expect((await untag('urgent')).body.tags).toEqual(['Urgent']);
    await world.db.collection('applications').updateOne({ _id }, { $set: { tags: ['urgent'] } });
    const Z = `${call.path}/applications/${zoe!.id}`;
    await world.db
      .collection('applications')
      .updateOne({ _id: new Types.ObjectId(zoe!.id) }, { $set: { tags: ['Urgent'] } });
    expect((await untag('URGENT')).body.tags).toEqual([]);
    expect((await staff!.client.get(Z)).body.tags).toEqual(['Urgent']);
  });

  it('given others, then they tag nothing', async () => {
    for (const [client, status] of others()) {
      expect((await client.post(`${A}/tags`, { tag: 'x' })).status).toBe(status);
      expect((await client.delete(`${A}/tags`, { tag: 'x' })).status).toBe(status);
    }
    const theirs = await aCall(other!, other!.cohortId!);
    expect((await tag('x', other, `${theirs.path}/applications/${salome!.id}`)).status).toBe(404);
    expect((await staff!.client.get(A)).body.tags).toEqual([]);
  });
});

describe('notes about files', () => {
  it('given a note, then all staff of the cohort read it, and it says who they are; one deletes one’s own', async () => {
    const written = await staff!.client.post(`${A}/notes`, { text: 'Ask for a portfolio.' });
    expect(written.status).toBe(201);
    const read = (await second!.client.get(`${A}/notes`)).body;
    expect(read).toMatchObject({
      items: [{ by: { name: 'Aurore Tessier' }, text: 'Ask for a portfolio.', at: NOW, isMine: false }],
      canWrite: true,
    });
    expect(read.readers.map(({ name }: any) => name).toSorted()).toEqual(['Aurore Tessier', 'Karim Haddad']);
    const N = `${A}/notes/${read.items[0].id}`;
    expect((await second!.client.delete(N)).status).toBe(404);
    expect((await staff!.client.delete(`${call.path}/applications/${zoe!.id}/notes/${read.items[0].id}`)).status).toBe(
      404,
    );
    expect((await staff!.client.delete(N)).body.items).toEqual([]);
    expect((await staff!.client.delete(N)).status).toBe(404);
    expect((await staff!.client.post(`${A}/notes`, { text: ' ' })).status).toBe(422);
  });

  it('given somebody who joins the team later, then they read what is written from then on', async () => {
    await staff!.client.post(`${A}/notes`, { text: 'Before Noor came.' });
    const noor = await aMember(world, staff!.cohortId!, 'staff', { name: 'Noor Vidal' });
    expect((await noor.client.get(`${A}/notes`)).body.items).toEqual([]);
    await second!.client.post(`${A}/notes`, { text: 'After Noor came.' });
    const texts = async ({ client }: TestPerson) =>
      (await client.get(`${A}/notes`)).body.items.map(({ text }: any) => text);
    expect(await texts(noor)).toEqual(['After Noor came.']);
    expect(await texts(staff!)).toEqual(['Before Noor came.', 'After Noor came.']);
  });

  it('given others, then they neither read nor write, and the file that is erased takes its notes along', async () => {
    await staff!.client.post(`${A}/notes`, { text: 'A secret of staff' });
    for (const [client, status] of others()) {
      expect((await client.get(`${A}/notes`)).status).toBe(status);
      expect((await client.post(`${A}/notes`, { text: 'x' })).status).toBe(status);
    }
    const theirs = await aCall(other!, other!.cohortId!);
    expect((await other!.client.get(`${theirs.path}/applications/${salome!.id}/notes`)).status).toBe(404);
    const mine = await salome!.client.get(salome!.path);
    expect(JSON.stringify(mine.body)).not.toContain('secret of staff');
    await salome!.client.post(`${salome!.path}/withdraw`);
    world.clock.advance(8 * 86_400_000);
    await world.app.get(ApplicationErasing).erase();
    expect(
      await world.db.collection('application-notes').countDocuments({ applicationId: new Types.ObjectId(salome!.id) }),
    ).toBe(0);
  });

  it('given as many as there may be, then no more', async () => {
    const _id = new Types.ObjectId(salome!.id);
    await world.db.collection('applications').updateOne({ _id }, { $set: { notes: 99 } });
    const answers = await Promise.all(
      [0, 1].map((node) => staff!.client.on(world.nodes[node]!.url).post(`${A}/notes`, { text: `Note ${node}` })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect((await staff!.client.get(`${A}/notes`)).body.items).toHaveLength(1);
  });
});

describe('duplicates', () => {
  it('given one name twice in a call, or one address in two calls of the cohort, then each says the other; drafts and other cohorts say nothing', async () => {
    const twin = await anApplicant(world, call.slug);
    await handsIn(twin, { ...ANSWERS, name: ' SALOMÉ  Payet' });
    const projects = await aCall(staff!, staff!.cohortId!, {}, 'fellows');
    const again = await applies(projects, zoe!.email);
    await handsIn(again, { ...ANSWERS, name: 'Zoé A.' });
    const draft = await applies(projects, salome!.email);
    await draft.client.patch(draft.path, { revision: 0, answers: { name: 'Salomé Payet' } });
    const theirs = await aCall(other!, other!.cohortId!);
    await handsIn(await applies(theirs, salome!.email));

    const duplicatesOf = async (path: string, id: string) =>
      (await staff!.client.get(`${path}/applications/${id}`)).body.duplicates;
    expect(await duplicatesOf(call.path, salome!.id)).toEqual([
      { id: twin.id, callId: call.id, call: call.title, number: '8-0003', name: 'SALOMÉ  Payet', because: 'name' },
    ]);
    expect(await duplicatesOf(call.path, zoe!.id)).toMatchObject([
      { id: again.id, callId: projects.id, because: 'address' },
    ]);
    expect(await duplicatesOf(projects.path, again.id)).toMatchObject([{ id: zoe!.id, because: 'address' }]);
    expect((await table('?only=duplicates')).items.map(({ id }: any) => id)).toEqual([salome!.id, zoe!.id, twin.id]);
    expect(await table('?only=duplicates&q=arnoux')).toMatchObject({ found: 1, items: [{ id: zoe!.id }] });
    expect((await table('?only=others')).code ?? 'invalid').toBe('invalid');
  });

  it('given none, then the filter finds nothing', async () => {
    const alone = await aCall(second!, second!.cohortId!);
    await handsIn(await anApplicant(world, alone.slug));
    expect((await second!.client.get(`${alone.path}/applications?only=duplicates`)).body.found).toBe(0);
  });
});
