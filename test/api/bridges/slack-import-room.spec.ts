import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Types } from 'mongoose';
import { SlackImport } from '../../../src/bridges/slack/slack-import.js';
import type { Import } from '../../../src/contracts/bridges/imports.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { packed, slackMessage as said } from '../../support/rooms/slack-export.js';

const MB = 1_000_000;
const SIZE = 400_000;
const JUNE_1 = Date.UTC(2026, 5, 1, 9) / 1000;

let world: TestWorld;
let admin: TestPerson;
let cohortId: string;
let staff: TestPerson;
let ines: TestPerson;

beforeAll(async () => {
  world = await startWorld({ env: { STORAGE_PERSON_MB: '1', STORAGE_COHORT_MB: '1' } });
  admin = await aPerson(world, { isAdmin: true });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  ines = await aMember(world, cohortId, 'fellow');
});

/** Three files of 400 kB, a message each: more than the cohort may hold. */
const anExport = () => ({
  'users.json': [{ id: 'U1', name: 'ines', profile: { real_name: 'Inès', email: ines.email } }],
  'channels.json': [{ id: 'C1', name: 'photos', members: ['U1'] }],
  'photos/2026-06-01.json': [1, 2, 3].map((at) =>
    said(JUNE_1 + at, 'U1', `file ${at}`, { files: [{ id: `F${at}`, name: `${at}.bin` }] }),
  ),
  ...Object.fromEntries([1, 2, 3].map((at) => [`__uploads/F${at}/${at}.bin`, randomBytes(SIZE)])),
});

const path = (importId = '') => `/api/cohorts/${cohortId}/imports${importId && `/${importId}`}`;
const storage = async () => (await staff.client.get(`/api/cohorts/${cohortId}/storage`)).body;
const give = (cohortMb: number) => admin.client.patch(`/api/cohorts/${cohortId}/storage`, { cohortMb });

async function handedOver(): Promise<string> {
  const zip = await packed(anExport());
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(await readFile(zip))], { type: 'application/zip' }), 'export.zip');
  await rm(dirname(zip), { recursive: true });
  const headers = { authorization: `Bearer ${staff.token}` };
  const response = await fetch(new URL(path(), world.url), { method: 'POST', headers, body: form });
  return ((await response.json()) as Import).id;
}

const untilIn = (id: string, state: Import['state']) =>
  eventually(async () => {
    const { body } = await staff.client.get(path(id));
    expect(body.state).toBe(state);
    return body as Import;
  });

it('given an export with more files than the cohort has room for, then it says so before it begins, and begins once there is room', async () => {
  const id = await handedOver();
  const ready = await untilIn(id, 'ready');
  expect(ready.room).toEqual({ needed: 3 * SIZE, free: MB });
  const refused = await staff.client.post(path(`${id}/run`));
  expect([refused.status, refused.body.code]).toEqual([409, 'storage_full']);
  expect(refused.body).toMatchObject({ of: 'cohort', used: 0, limit: MB, size: 3 * SIZE });
  expect((await untilIn(id, 'ready')).problem).toBeNull();
  expect(await storage()).toMatchObject({ whole: { files: 0, used: 0 } });

  expect((await give(2)).status).toBe(200);
  expect((await staff.client.get(path(id))).body.room).toEqual({ needed: 3 * SIZE, free: 2 * MB });
  expect((await staff.client.post(path(`${id}/run`))).status).toBe(202);
  expect((await untilIn(id, 'done')).room).toBeNull();
  // It is in nobody's own room: they did not ask for it.
  expect(await storage()).toMatchObject({ whole: { files: 3, used: 3 * SIZE }, imported: 3 * SIZE, largest: [] });
  const { items } = (await ines.client.get('/api/me/storage')).body;
  expect(items.map((one: { used: number }) => one.used)).toEqual([0, 0]);

  const again = await untilIn(await handedOver(), 'ready');
  expect([again.counts!.already, again.room!.needed]).toEqual([3, 0]);
});

it('given others who fill the cohort while it comes in, then it stops, takes no room for what did not come, and goes on once there is some', async () => {
  const id = await handedOver();
  await untilIn(id, 'ready');
  // As if there had been enough when it began.
  await world.db.collection('imports').updateOne({ _id: new Types.ObjectId(id) }, { $set: { 'counts.fileBytes': 1 } });
  expect((await staff.client.post(path(`${id}/run`))).status).toBe(202);
  expect(await untilIn(id, 'failed')).toMatchObject({ problem: 'storage_full', room: null });
  expect(await storage()).toMatchObject({ whole: { files: 0, used: 0 } });
  await give(2);
  expect((await staff.client.post(path(`${id}/run`))).status).toBe(202);
  await untilIn(id, 'done');
  expect(await storage()).toMatchObject({ whole: { files: 3, used: 3 * SIZE } });
});

it('given whoever runs the installation brings it in, then the room of the cohort holds, too', async () => {
  const zip = await packed(anExport());
  const run = world.app.get(SlackImport).run(zip, { cohortId, byId: null }, () => Promise.resolve());
  await expect(run).rejects.toMatchObject({ code: 'storage_full' });
  await rm(dirname(zip), { recursive: true });
  expect(await storage()).toMatchObject({ whole: { files: 0, used: 0 } });
});
