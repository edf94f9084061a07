import { type TestWorld, startWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember, join } from '../../../support/factories.js';
import { aRequest, requestsOf } from '../../../support/rooms/requests.js';

let world: TestWorld;
let cohort: string;
let base: string;
let fellow: TestPerson;
let designer: TestPerson;
let coach: TestPerson;
let staff: TestPerson;
let host: TestPerson;
let outsider: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  base = requestsOf(cohort);
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier', craft: 'data' });
  designer = await aMember(world, cohort, 'fellow', { name: 'Léo Fabre', craft: 'designer', gives: ['sketching'] });
  coach = await aMember(world, cohort, 'coach', { name: 'Tomasz Wilk' });
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
  host = await aMember(world, cohort, 'host', { gives: ['everything'], craft: 'designer' });
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());

const act = (person: TestPerson, request: { id: string; revision: number }, verb: string, body: object = {}) =>
  person.client.post(`${base}/${request.id}/${verb}`, { revision: request.revision, ...body });
const allowed = (abilities: Record<string, boolean>) => Object.keys(abilities).filter((name) => abilities[name]);
const listed = async (person: TestPerson, query: string) =>
  (await person.client.get(`${base}?${query}&limit=200`)).body.items.map((one: any) => one.id) as string[];

describe('asking', () => {
  it('given a person, then they own it, and who asked sees until when something happens', async () => {
    const request = await aRequest(cohort, fellow, { ownerId: coach.id }, { wishedOn: '2026-10-20' });
    expect(request).toMatchObject({
      asker: { id: fellow.id },
      owner: { id: coach.id, name: 'Tomasz Wilk' },
      ownerIsCoach: true,
      craft: null,
      state: 'open',
      wishedOn: '2026-10-20',
      expectedBy: '2026-10-15T09:45:00.000Z',
      revision: 1,
      trail: [{ act: 'asked', by: { id: fellow.id }, to: { id: coach.id } }],
    });
    expect(allowed(request.abilities)).toEqual(['withdraw']);
    expect(await listed(fellow, 'box=mine')).toContain(request.id);
    expect(await listed(coach, 'box=for_me')).toContain(request.id);
    expect(await listed(staff, 'box=all')).toContain(request.id);
    expect(await listed(staff, 'box=for_me')).not.toContain(request.id);
    expect(await listed(designer, 'box=for_me')).not.toContain(request.id);
  });

  it('given a craft, then staff own it, and everybody of it may take it up', async () => {
    const request = await aRequest(cohort, fellow, { craft: 'designer' });
    expect(request).toMatchObject({ owner: null, ownerIsCoach: false, craft: 'designer' });
    expect(await listed(designer, 'box=for_me')).toContain(request.id);
    expect(await listed(staff, 'box=for_me')).toContain(request.id);
    const seen = (await designer.client.get(`${base}/${request.id}`)).body;
    expect(allowed(seen.abilities)).toEqual(['accept', 'askBack', 'passOn']);
    const taken = await act(designer, request, 'accept');
    expect(taken.body).toMatchObject({ state: 'accepted', owner: { id: designer.id } });
  });

  describe('given who says of themselves that they are of a craft', () => {
    const sees = async (person: TestPerson, request: { id: string }) => [
      (await listed(person, 'box=for_me')).includes(request.id),
      (await person.client.get(`${base}/${request.id}`)).status,
    ];
    const members = () => `/api/cohorts/${cohort}/members`;

    it('then what is asked of it stays hidden from them, nor can they act on it or hear of it, until staff give it to them', async () => {
      const curious = await aMember(world, cohort, 'fellow');
      expect((await curious.client.patch('/api/me', { craft: 'designer' })).status).toBe(200);
      const request = await aRequest(cohort, fellow, { craft: 'designer' });
      expect(await sees(designer, request)).toEqual([true, 200]);
      expect(await sees(curious, request)).toEqual([false, 404]);
      const refused = await act(curious, request, 'accept');
      expect([refused.status, refused.body.now]).toEqual([404, undefined]);
      await world.settled();
      const heard = async (person: TestPerson) =>
        ((await person.client.get('/api/me/inbox')).body.items as { kind: string; params: any }[]).filter(
          ({ params }) => params.requestId === request.id,
        );
      await eventually(async () => expect(await heard(designer)).toHaveLength(1));
      expect(await heard(curious)).toEqual([]);

      const change = { givenCraft: 'designer' };
      expect((await curious.client.patch(`${members()}/${curious.id}`, change)).status).toBe(403);
      expect((await outsider.client.patch(`${members()}/${curious.id}`, change)).status).toBe(404);
      expect((await curious.client.patch('/api/me', change)).status).toBe(422);
      const given = await staff.client.patch(`${members()}/${curious.id}`, change);
      expect([given.status, given.body.givenCraft, given.body.role]).toEqual([200, 'designer', 'fellow']);
      expect(await sees(curious, request)).toEqual([true, 200]);
      await staff.client.patch(`${members()}/${curious.id}`, { givenCraft: null });
      expect(await sees(curious, request)).toEqual([false, 404]);
      expect((await act(curious, request, 'accept')).status).toBe(404);
    });

    it('then another craft in their profile takes nothing from them that staff gave', async () => {
      const known = await aMember(world, cohort, 'fellow', { craft: 'designer' });
      const request = await aRequest(cohort, fellow, { craft: 'designer' });
      expect((await known.client.patch('/api/me', { craft: 'data' })).status).toBe(200);
      expect(await sees(known, request)).toEqual([true, 200]);
      expect(await sees(known, await aRequest(cohort, fellow, { craft: 'data' }))).toEqual([false, 404]);
    });

    it('then what staff of another cohort gave them counts there alone', async () => {
      const elsewhere = await aMember(world, await aCohort(world), 'fellow', { craft: 'designer' });
      await join(world, cohort, elsewhere.id, 'fellow');
      const request = await aRequest(cohort, fellow, { craft: 'designer' });
      expect(await sees(elsewhere, request)).toEqual([false, 404]);
    });

    it('then members who are no staff do not read which was given to whom', async () => {
      const shown = async (person: TestPerson) => (await person.client.get(`${members()}/${designer.id}`)).body;
      expect(await shown(staff)).toMatchObject({ givenCraft: 'designer' });
      expect(await shown(fellow)).not.toHaveProperty('givenCraft');
    });
  });

  it.each<[string, () => object, string, string]>([
    ['neither a person nor a craft', () => ({}), '/ownerId', 'person_or_craft'],
    ['both', () => ({ ownerId: coach.id, craft: 'data' }), '/ownerId', 'person_or_craft'],
    ['oneself', () => ({ ownerId: fellow.id }), '/ownerId', 'yourself'],
    ['a host', () => ({ ownerId: host.id }), '/ownerId', 'cannot_be_asked'],
    ['somebody of another cohort', () => ({ ownerId: outsider.id }), '/ownerId', 'not_a_member'],
    ['nobody', () => ({ ownerId: 'nobody' }), '/ownerId', 'not_a_member'],
    ['three lines', () => ({ ownerId: coach.id, need: 'a\nb\nc' }), '/need', 'too_many_lines'],
    ['no word', () => ({ ownerId: coach.id, need: ' ' }), '/need', 'too_small'],
    ['no such day', () => ({ ownerId: coach.id, wishedOn: '2026-02-30' }), '/wishedOn', 'wrong_format'],
    ['a field too many', () => ({ ownerId: coach.id, state: 'accepted' }), '/state', 'unknown_field'],
  ])('given %s, then 422', async (_name, body, field, code) => {
    const answer = await fellow.client.post(base, { need: 'Help', ...body() });
    expect([answer.status, answer.body.errors]).toEqual([422, [expect.objectContaining({ field, code })]]);
  });

  it('given other roles, then 403; given no login, then 401; given another cohort, then 404', async () => {
    const body = { need: 'Help', ownerId: coach.id };
    for (const person of [coach, staff, host]) expect((await person.client.post(base, body)).status).toBe(403);
    expect((await clientOf(world.url).post(base, body)).status).toBe(401);
    expect((await outsider.client.post(base, body)).status).toBe(404);
  });
});

describe('answering', () => {
  it('given a question back, then who asked is to act, tells more, and the owner goes on', async () => {
    const asked = await aRequest(cohort, fellow, { ownerId: coach.id });
    const back = await act(coach, asked, 'ask-back', { text: 'Which form?' });
    expect(back.body).toMatchObject({ state: 'asked_back', owner: { id: coach.id } });
    const mine = (await fellow.client.get(`${base}/${asked.id}`)).body;
    expect(allowed(mine.abilities)).toEqual(['tellMore', 'withdraw']);
    expect((await act(coach, mine, 'tell-more', { text: 'Mine' })).status).toBe(403);
    const told = await act(fellow, mine, 'tell-more', { text: 'The one for permits.' });
    expect(told.body).toMatchObject({ state: 'open', revision: 3 });
    const accepted = await act(coach, told.body, 'accept');
    expect(accepted.body.trail.map((one: any) => [one.act, one.text])).toEqual([
      ['asked', null],
      ['asked_back', 'Which form?'],
      ['told_more', 'The one for permits.'],
      ['accepted', null],
    ]);
    expect(allowed(accepted.body.abilities)).toEqual([]);
    expect(await listed(coach, 'box=for_me')).not.toContain(asked.id);
    expect(await listed(coach, 'box=for_me&state=answered')).toContain(asked.id);
    expect(await listed(fellow, 'box=mine&state=answered')).toContain(asked.id);
  });

  it('given a no with its reason, then who asked sees others and takes it to one of them, anew', async () => {
    const asked = await aRequest(cohort, fellow, { ownerId: designer.id });
    const other = await aMember(world, cohort, 'alumni', { craft: 'designer' });
    expect((await fellow.client.get(`${base}/${asked.id}/others`)).status).toBe(403);
    expect((await act(designer, asked, 'decline', { reason: '' })).body.errors[0].field).toBe('/reason');
    const no = await act(designer, asked, 'decline', { reason: 'Away until Monday.' });
    expect(no.body).toMatchObject({ state: 'declined', owner: { id: designer.id }, expectedBy: null });
    const others = await fellow.client.get(`${base}/${asked.id}/others`);
    expect(others.body.items.map((one: any) => one.person.id)).toEqual([other.id]);
    expect((await designer.client.get(`${base}/${asked.id}/others`)).status).toBe(403);
    const again = await act(fellow, no.body, 'pass-on', { toId: other.id });
    expect(again.body).toMatchObject({ state: 'open', owner: { id: other.id }, revision: 3 });
    expect((await designer.client.get(`${base}/${asked.id}`)).status).toBe(404);
  });

  it('given it is passed on, then who asked is shown to whom, and it is gone from who passed it', async () => {
    const asked = await aRequest(cohort, fellow, { ownerId: coach.id });
    const passed = await act(coach, asked, 'pass-on', { toId: designer.id, text: 'Léo did this last year.' });
    expect(passed.body).toMatchObject({ owner: { id: designer.id }, ownerIsCoach: false });
    expect((await coach.client.get(`${base}/${asked.id}`)).status).toBe(404);
    const mine = (await fellow.client.get(`${base}/${asked.id}`)).body;
    expect(mine.trail.at(-1)).toMatchObject({
      act: 'passed_on',
      by: { name: 'Tomasz Wilk' },
      to: { name: 'Léo Fabre' },
      text: 'Léo did this last year.',
    });
    for (const [toId, code] of [
      [fellow.id, 'yourself'],
      [designer.id, 'has_it'],
      [host.id, 'cannot_be_asked'],
      [outsider.id, 'not_a_member'],
    ]) {
      const refused = await act(designer, mine, 'pass-on', { toId });
      expect(refused.body.errors).toEqual([{ field: '/toId', code }]);
    }
    const late = await act(coach, asked, 'accept');
    expect([late.status, late.body.code, late.body.now]).toEqual([409, 'stale', null]);
  });

  it('given an act twice, then the second is told what it is now', async () => {
    const asked = await aRequest(cohort, fellow, { ownerId: coach.id });
    expect((await act(coach, asked, 'accept')).status).toBe(200);
    const twice = await act(coach, asked, 'accept');
    expect([twice.status, twice.body.code, twice.body.now.state]).toEqual([409, 'stale', 'accepted']);
    expect((await act(coach, twice.body.now, 'decline', { reason: 'No' })).status).toBe(403);
  });

  it('given a withdrawal, then nobody can answer any more', async () => {
    const asked = await aRequest(cohort, fellow, { craft: 'designer' });
    expect((await act(designer, asked, 'withdraw')).status).toBe(403);
    expect((await act(fellow, asked, 'withdraw')).body).toMatchObject({ state: 'withdrawn', expectedBy: null });
    const late = await act(designer, asked, 'accept');
    expect([late.status, late.body.now]).toEqual([409, null]);
    expect((await designer.client.get(`${base}/${asked.id}`)).status).toBe(404);
  });
});

describe('who sees a request', () => {
  it('given others, then 404 as for an id of nothing; hosts 403; no login 401; another cohort 404', async () => {
    const asked = await aRequest(cohort, fellow, { ownerId: coach.id });
    const bystander = await aMember(world, cohort, 'fellow', { craft: 'data', gives: ['sql'] });
    const verbs: [string, object][] = [
      ['accept', {}],
      ['decline', { reason: 'No' }],
      ['ask-back', { text: 'What?' }],
      ['tell-more', { text: 'This' }],
      ['pass-on', { toId: coach.id }],
      ['withdraw', {}],
    ];
    const nothing = await bystander.client.get(`${base}/64b000000000000000000000`);
    for (const path of ['', '/others']) {
      const answer = await bystander.client.get(`${base}/${asked.id}${path}`);
      expect([answer.status, answer.text]).toEqual([404, nothing.text]);
      expect((await outsider.client.get(`${base}/${asked.id}${path}`)).text).toBe(nothing.text);
      expect((await host.client.get(`${base}/${asked.id}${path}`)).status).toBe(403);
      expect((await clientOf(world.url).get(`${base}/${asked.id}${path}`)).status).toBe(401);
    }
    for (const [verb, body] of verbs) {
      expect([verb, (await act(bystander, asked, verb, body)).text]).toEqual([verb, nothing.text]);
      expect([verb, (await act(outsider, asked, verb, body)).text]).toEqual([verb, nothing.text]);
      expect([verb, (await act(host, asked, verb, body)).status]).toEqual([verb, 403]);
      expect([verb, (await bystander.client.post(`${base}/${asked.id}/${verb}`, {})).status]).toEqual([verb, 422]);
    }
    expect((await bystander.client.get(`${base}?box=all`)).status).toBe(403);
    expect((await host.client.get(base)).status).toBe(403);
    expect((await bystander.client.get(`${base}?box=theirs`)).status).toBe(422);
  });

  it('given many, then page by page each once, the oldest first', async () => {
    const asker = await aMember(world, cohort, 'fellow');
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push((await aRequest(cohort, asker, { craft: 'product' })).id);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await asker.client.get(`${base}?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map((one: any) => one.id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen).toEqual(ids);
    expect((await asker.client.get(`${base}?cursor=nonsense`)).status).toBe(422);
  });
});
