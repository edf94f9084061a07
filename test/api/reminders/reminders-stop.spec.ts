import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { type ChildNode, startChild } from '../../support/servers/processes.js';
import { allPlanned, remindersTo, rowsIn, rowsOf } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';
import { CHILD_MS } from '../../support/patience.js';

const DUE = '2026-10-14T08:00:00.000Z';
const BEFORE = '2026-10-14T07:30:00.000Z';
const PEOPLE = 24;
/** Two a second: the burst lasts long enough to be stopped in its middle. */
const PACE = { MAIL_CONNECTIONS: '2', MAIL_PER_MINUTE: '120' };
const MODULE = join(import.meta.dirname, '../../support/servers/moved-clock.mjs');

let world: TestWorld;
let folder: string;
const children: ChildNode[] = [];

beforeAll(async () => {
  world = await startWorld();
  folder = await mkdtemp(join(tmpdir(), 'cordee-clocks-'));
});
afterAll(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await world.stop();
  await rm(folder, { recursive: true });
});

/** A process on a clock of its own. */
async function aWorker(name: string): Promise<{ child: ChildNode; setClock: (instant: string) => Promise<void> }> {
  const file = join(folder, name);
  const setClock = (instant: string) => writeFile(file, String(Date.parse(instant) - Date.now()));
  await setClock(BEFORE);
  const child = await startChild(world, { ...PACE, NODE_OPTIONS: `--import ${MODULE}`, MOVED_CLOCK: file });
  children.push(child);
  return { child, setClock };
}

it('given SIGTERM in the middle of a burst, then what is handed over is finished, what waits goes on in the other worker, each once, and it leaves with 0', async () => {
  world.clock.set(NOW);
  const cohort = await aCohort(world);
  const staff = await aMember(world, cohort, 'staff');
  const { path, id } = await aWorkshop(staff, cohort, { link: MEETING, capacity: PEOPLE });
  const fellows: TestPerson[] = [];
  for (let index = 0; index < PEOPLE; index += 1) {
    const fellow = await aMember(world, cohort, 'fellow');
    expect((await fellow.client.put(`${path}/registration`, {})).status).toBeLessThan(300);
    fellows.push(fellow);
  }
  await allPlanned(world);
  await rowsIn(world, id, 'planned', 3 * PEOPLE);
  const [stopped, other] = [await aWorker('stopped'), await aWorker('other')];
  const dayBefore = async () => (await rowsOf(world, id)).filter(({ kind }) => kind === 'workshop.24h');
  const inState = async (...states: string[]) => (await dayBefore()).filter(({ state }) => states.includes(state));
  const mailed = () => fellows.map(({ email }) => remindersTo(world, email).length);

  await stopped.setClock(DUE);
  await eventually(() => expect(mailed().filter((count) => count > 0).length).toBeGreaterThanOrEqual(4));
  const code = stopped.child.stop();
  await other.setClock(DUE);
  // A process that takes longer than its grace leaves with 1 (src/app.ts).
  expect(await code).toBe(0);
  // It was stopped in the middle: some had theirs, most had not.
  expect((await inState('sent')).length).toBeLessThan(PEOPLE);

  // At once: what waited is not put off by the stop.
  await eventually(async () => expect(await inState('sent')).toHaveLength(PEOPLE), CHILD_MS);
  expect(mailed()).toEqual(fellows.map(() => 1));
  expect(await inState('failed', 'dropped')).toEqual([]);
  const inboxes = await Promise.all(fellows.map(async ({ client }) => (await client.get('/api/me/inbox')).body.items));
  expect(inboxes.map((items) => items.filter((one: any) => one.kind === 'workshop.reminder').length)).toEqual(
    fellows.map(() => 1),
  );
  expect(await other.child.stop()).toBe(0);
});
