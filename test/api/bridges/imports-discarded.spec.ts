import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Types } from 'mongoose';
import type { Import } from '../../../src/contracts/bridges/imports.js';
import { MAX_KEPT_IMPORTS } from '../../../src/contracts/limits.js';
import { FileStore } from '../../../src/infra/files/file-store.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { packed } from '../../support/rooms/slack-export.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
beforeEach(async () => {
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());
afterEach(() => jest.restoreAllMocks());

const path = (importId = '') => `/api/cohorts/${cohortId}/imports${importId && `/${importId}`}`;
const rows = () =>
  world.db
    .collection('imports')
    .find({ cohortId: new Types.ObjectId(cohortId) })
    .toArray();
const store = () => world.app.get(FileStore);
const lies = async (id: string) => (await store().get('imports', id)) !== null;
const listed = async () => ((await staff.client.get(path())).body.items as Import[]).map(({ id }) => id);

async function handOver(node = 0): Promise<{ status: number; body: any }> {
  const zip = await packed({ 'users.json': [], 'channels.json': [{ id: 'C1', name: 'general' }] });
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(await readFile(zip))], { type: 'application/zip' }), 'export.zip');
  await rm(dirname(zip), { recursive: true });
  const headers = { authorization: `Bearer ${staff.token}` };
  const response = await fetch(new URL(path(), world.nodes[node]!.url), { method: 'POST', headers, body: form });
  return { status: response.status, body: await response.json() };
}
const untilIn = (id: string, state: Import['state']) =>
  eventually(async () => expect((await staff.client.get(path(id))).body.state).toBe(state));

/** Hands one over whose bytes do not come until `go`. */
async function slowly() {
  let go = () => {};
  const gate = new Promise<void>((resolve) => (go = resolve));
  const real = store().put.bind(store());
  jest.spyOn(store(), 'put').mockImplementation(async (...args) => {
    await gate;
    await real(...args);
  });
  const coming = handOver();
  const id = await eventually(async () => {
    const [row] = await rows();
    expect(row?.state).toBe('arriving');
    return String(row!._id);
  });
  return { id, coming, go };
}

it('given it is discarded while its bytes are stored, then it is gone at once, nothing is checked, and no byte is left', async () => {
  const { id, coming, go } = await slowly();
  expect((await staff.client.delete(path(id))).status).toBe(204);
  expect([(await staff.client.get(path(id))).status, await listed()]).toEqual([404, []]);
  expect((await staff.client.delete(path(id))).status).toBe(404);
  go();
  expect(await coming).toMatchObject({ status: 409, body: { code: 'not_ready' } });
  expect([await rows(), await lies(id)]).toEqual([[], false]);
});

it('given whoever stored it died, then its bytes go with the day', async () => {
  // As if it had died before it looked.
  const at = { cohortId: new Types.ObjectId(cohortId), createdBy: new Types.ObjectId(staff.id) };
  const left = new Types.ObjectId();
  await store().put('imports', String(left), Buffer.from('half'));
  await world.db.collection('imports').insertOne({
    ...{ _id: left, ...at, state: 'discarded', fileName: 'export.zip', size: 4, done: 0, tries: 0 },
    ...{ createdAt: world.clock.now(), wakeAt: new Date(world.clock.now().getTime() + 60_000) },
  });
  expect(await listed()).toEqual([]);
  world.clock.advance(2 * 60_000);
  await eventually(async () => expect([await rows(), await lies(String(left))]).toEqual([[], false]));
});

it('given its bytes cannot be removed at that moment, then the next look does it, whatever became of it', async () => {
  const { body } = await handOver();
  await untilIn(body.id, 'ready');
  const remove = jest.spyOn(store(), 'remove').mockRejectedValue(new Error('the store is away'));
  expect((await staff.client.delete(path(body.id))).status).toBe(500);
  expect([(await staff.client.get(path(body.id))).status, await listed()]).toEqual([404, []]);
  expect(await lies(body.id)).toBe(true);
  remove.mockRestore();
  world.clock.advance(60_000);
  await eventually(async () => expect([await rows(), await lies(body.id)]).toEqual([[], false]));
});

it('given the store refuses it, then nothing of it stays', async () => {
  jest.spyOn(store(), 'put').mockRejectedValue(new Error('the store is away'));
  expect((await handOver()).status).toBe(500);
  expect([await rows(), await listed()]).toEqual([[], []]);
});

it('given it is done or refused, then its bytes are gone, and nothing wakes for it any more', async () => {
  const { body } = await handOver();
  await untilIn(body.id, 'ready');
  await staff.client.post(path(`${body.id}/run`));
  await untilIn(body.id, 'done');
  await eventually(async () => {
    const [row] = await rows();
    expect([row?.state, row?.wakeAt, await lies(body.id)]).toEqual(['done', undefined, false]);
  });
  expect((await staff.client.delete(path(body.id))).status).toBe(204);
  expect(await rows()).toEqual([]);
});

it('given more of them than a cohort may keep, also at once on two processes, then the disk is filled by none of the rest', async () => {
  const answers = await Promise.all(Array.from({ length: MAX_KEPT_IMPORTS + 3 }, (_, at) => handOver(at % 2)));
  const taken = answers.filter(({ status }) => status === 201);
  expect(taken).toHaveLength(MAX_KEPT_IMPORTS);
  expect(answers.find(({ status }) => status !== 201)).toMatchObject({
    ...{ status: 409, body: { code: 'too_many_imports', most: MAX_KEPT_IMPORTS } },
  });
  expect(await rows()).toHaveLength(MAX_KEPT_IMPORTS);
  const { id } = taken[0]!.body as Import;
  await untilIn(id, 'ready');
  await staff.client.delete(path(id));
  expect((await handOver()).status).toBe(201);
});

it('given who hands one over, or brings one in, is of the team no more meanwhile, then 403, and nothing is kept or begun', async () => {
  const lead = await aMember(world, cohortId, 'staff');
  const demote = async () => {
    const change = { role: 'coach' };
    const { status } = await lead.client.patch(`/api/cohorts/${cohortId}/members/${staff.id}`, change);
    expect(status).toBe(200);
  };
  const handed = beforeItIsWritten(world, demote);
  expect([(await handOver()).status, handed(), await rows()]).toEqual([403, true, []]);

  await lead.client.patch(`/api/cohorts/${cohortId}/members/${staff.id}`, { role: 'staff' });
  const { id } = (await handOver()).body as Import;
  await untilIn(id, 'ready');
  const begun = beforeItIsWritten(world, demote);
  expect([(await staff.client.post(`${path(id)}/run`)).status, begun()]).toEqual([403, true]);
  expect((await lead.client.get(path(id))).body.state).toBe('ready');
});
