import { NoTurn } from '../../../src/infra/mail/mail-turns.js';
import { Mailer } from '../../../src/infra/mail/mailer.js';
import { ReminderSender } from '../../../src/reminders/reminder-sender.js';
import type { ReminderRow } from '../../../src/reminders/reminder.schema.js';
import type { TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type AlertWorld, startAlertWorld } from '../../support/reminders/reminder-alerts.js';
import { allPlanned, liveUntil, remindersTo, rowsOf } from '../../support/reminders/reminders.js';

/** Mails that a mail server puts off: each try moves when they are due, and the admins are to hear of it all the same. */
let alerts: AlertWorld;
let world: TestWorld;
const at = (time: string) => `2026-10-18T${time}.000Z`;
const lookAt = (time: string) => alerts.lookAt(at(time));

beforeAll(async () => {
  alerts = await startAlertWorld(4);
  world = alerts.world;
});
afterAll(() => world.stop());

/** From now on the server says so to all fellows (451: come later; 0: it takes their mails). */
const serverSays = (code: number, people = alerts.fellows) =>
  people.forEach(({ email }) => world.mail.answer(email, code, '4.3.2 not now'));

const toldNow = async () => (await alerts.told(alerts.admins[0]!)).map(({ kind, params }) => `${kind} ${params.alert}`);

const open = async () => (await alerts.state()).alerts.map(({ kind }: { kind: string }) => kind);

/** Those of an hour before. */
const rows = async (workshopId: string) =>
  (await rowsOf(world, workshopId)).filter(({ kind }) => kind === 'workshop.1h');

describe('a mail server that puts all mails off', () => {
  let workshopId: string;

  it('given a minute, then no admin is told', async () => {
    workshopId = await alerts.goingTo(at('07:00:00'), alerts.fellows);
    await liveUntil(world, at('05:59:00'));
    serverSays(451);
    await liveUntil(world, at('06:00:01'));
    await lookAt('06:00:59');
    expect(await toldNow()).toEqual([]);
    expect(await alerts.state()).toMatchObject({ sent: 0, failed: 0, deferred: 4, alerts: [] });
  });

  it('given more than a minute, though each try moved when they are due, then every admin is told once, nobody else', async () => {
    await liveUntil(world, at('06:01:10'));
    await lookAt('06:02:00');
    await liveUntil(world, at('06:08:00'));
    await lookAt('06:08:30');
    const planned = await rows(workshopId);
    expect(planned.map(({ state, attempts }) => [state, attempts])).toEqual(planned.map(() => ['planned', 4]));
    expect(planned.every(({ dueAt }) => dueAt > world.clock.now())).toBe(true);
    for (const admin of alerts.admins) {
      const notices = await alerts.told(admin);
      expect(notices).toHaveLength(1);
      expect(notices[0].params).toMatchObject({ alert: 'deferred', count: 4, among: null, sinceAt: at('06:00:00') });
    }
    for (const other of alerts.others) expect(await alerts.told(other)).toEqual([]);
    const [english, french] = await Promise.all(
      alerts.admins.slice(0, 2).map(async (admin) => (await alerts.told(admin))[0]),
    );
    expect(english.title).toBe('Emails of reminders are put off: 4 wait');
    expect(english.body).toMatch(/was due on Sunday 18 October at 08:00 \(Paris\)\..*only the emails wait/);
    expect(french.title).toBe('Des courriels de rappel sont différés\u00a0: 4 attendent');
    expect(await alerts.state()).toMatchObject({
      deferred: 4,
      alerts: [{ kind: 'deferred', since: at('06:00:00'), count: 4, among: null, wellSince: null }],
    });
  });

  it('given staff, then each says that the mail server put it off, since when, and what it answered', async () => {
    const path = `/api/cohorts/${alerts.cohort}/reminders`;
    const [row] = await rows(workshopId);
    const { body } = await alerts.staff.client.get(`${path}/${String(row!._id)}`);
    expect(body).toMatchObject({ state: 'planned', answer: '451 4.3.2', held: { by: 'mail', from: at('06:00:00') } });
  });

  it('given who is in the way of the sender at the moment of a look, then it is still said', async () => {
    const all = world.db.collection<ReminderRow>('reminders');
    const [row] = await rows(workshopId);
    for (const state of ['sending', 'handing'] as const) {
      await all.updateOne({ _id: row!._id }, { $set: { state } });
      expect((await alerts.state()).deferred).toBe(4);
    }
    await all.updateOne({ _id: row!._id }, { $set: { state: 'planned' } });
  });

  it('given it takes them again, then each goes out once, and a quarter of an hour later it is over', async () => {
    serverSays(0);
    await liveUntil(world, at('06:16:00'));
    const ids = (await rows(workshopId)).map(({ _id }) => String(_id));
    const mails = alerts.fellows.flatMap(({ email }) => remindersTo(world, email));
    expect(mails.filter(({ messageId }) => ids.some((id) => messageId?.includes(id)))).toHaveLength(4);
    expect((await rows(workshopId)).some((row) => 'deferredFrom' in row)).toBe(false);
    await lookAt('06:16:10');
    expect(await alerts.state()).toMatchObject({ sent: 4, deferred: 0 });
    expect(await open()).toEqual(['deferred']);
    await lookAt('06:31:20');
    expect(await open()).toEqual([]);
    expect(await toldNow()).toEqual(['operation.over deferred', 'operation.alert deferred']);
    const [over] = await alerts.told(alerts.admins[0]!);
    expect(over.title).toBe('Emails of reminders are not put off any more');
  });
});

describe('a mail server that puts off the mails of few', () => {
  it('given one person, whose mailbox is full, then it stands on the page and nobody is alerted', async () => {
    await alerts.goingTo(at('10:00:00'), alerts.fellows);
    await alerts.goingTo(at('10:05:00'), alerts.fellows.slice(0, 1));
    await alerts.goingTo(at('10:10:00'), alerts.fellows.slice(0, 1));
    serverSays(452, alerts.fellows.slice(0, 1));
    await liveUntil(world, at('09:15:00'));
    await lookAt('09:15:10');
    expect(await alerts.state()).toEqual({ sent: 3, failed: 0, deferred: 3, alerts: [] });
    expect(await toldNow()).toHaveLength(2);
    serverSays(0);
    await liveUntil(world, at('09:59:00'));
    expect((await alerts.state()).deferred).toBe(0);
  });
});

describe('what puts nothing off', () => {
  it('given a workshop that is called off while its mails wait, then they wait no more', async () => {
    const workshopId = await alerts.goingTo(at('12:00:00'), alerts.fellows);
    serverSays(451);
    await liveUntil(world, at('11:02:00'));
    expect((await alerts.state()).deferred).toBe(4);
    const path = `/api/cohorts/${alerts.cohort}/workshops/${workshopId}/cancel`;
    expect((await alerts.staff.client.post(path, { reason: 'The room is closed.' })).status).toBe(200);
    await allPlanned(world);
    expect((await alerts.state()).deferred).toBe(0);
    expect((await rows(workshopId)).some((row) => 'deferredFrom' in row)).toBe(false);
    serverSays(0);
  });

  it('given mails that would be too late by the next try, then they failed, and wait no more', async () => {
    const workshopId = await alerts.goingTo(at('14:00:00'), alerts.fellows);
    serverSays(451);
    await liveUntil(world, at('13:40:00'));
    expect((await rows(workshopId)).filter(({ state }) => state === 'failed')).toHaveLength(4);
    await lookAt('13:40:10');
    expect(await alerts.state()).toMatchObject({ failed: 4, deferred: 0 });
    expect(await open()).toContain('fail');
    serverSays(0);
  });
});

describe('what waits for the morning', () => {
  it('given mails that were put off until the quiet hours begin, then it is not the mail server that holds them', async () => {
    // Monday evening in Paris, a quarter before eight, a day before it starts.
    const workshopId = await alerts.goingTo('2026-10-20T17:45:00.000Z', alerts.fellows);
    await liveUntil(world, '2026-10-19T17:44:00.000Z');
    serverSays(451);
    await liveUntil(world, '2026-10-19T17:46:30.000Z');
    expect((await alerts.state()).deferred).toBe(4);
    await liveUntil(world, '2026-10-19T18:01:00.000Z');
    expect((await alerts.state()).deferred).toBe(0);
    const dayBefore = (await rowsOf(world, workshopId)).filter(({ kind }) => kind === 'workshop.24h');
    expect(dayBefore.map(({ state, dueAt }) => `${state} ${dueAt.toISOString()}`)).toEqual(
      Array.from({ length: 4 }, () => 'planned 2026-10-20T06:00:00.000Z'),
    );
    serverSays(0);
  });
});

describe('a pace that is too slow for what is to leave', () => {
  let workshopId: string;

  it('given mails that have no turn, then they are put off, too, and no try is counted', async () => {
    workshopId = await alerts.goingTo('2026-10-20T16:00:00.000Z', alerts.fellows);
    await liveUntil(world, '2026-10-20T14:59:00.000Z');
    // The line is too long: who has waited for a minute is sent away.
    for (const node of world.nodes)
      jest.spyOn(node.app.get(Mailer), 'inTurn').mockImplementation(() => Promise.reject(new NoTurn(false)));
    await liveUntil(world, '2026-10-20T15:03:00.000Z');
    expect((await rows(workshopId)).map(({ state, attempts }) => [state, attempts])).toEqual(
      Array.from({ length: 4 }, () => ['planned', 0]),
    );
    await alerts.lookAt('2026-10-20T15:03:10.000Z');
    expect(await open()).toContain('deferred');
    expect((await alerts.state()).deferred).toBe(4);
  });

  it('given a process that stops, then others have them at once, and they are put off as long as before', async () => {
    jest.restoreAllMocks();
    world.app.get(Mailer).beforeApplicationShutdown();
    const [row] = await rows(workshopId);
    world.clock.set(row!.dueAt);
    await world.app.get(ReminderSender).send(row!._id);
    expect(await rows(workshopId)).toContainEqual(expect.objectContaining({ _id: row!._id, dueAt: row!.dueAt }));
    expect((await alerts.state()).alerts).toContainEqual(
      expect.objectContaining({ kind: 'deferred', count: 4, since: '2026-10-20T15:00:00.000Z' }),
    );
  });
});

describe('the metrics', () => {
  it('given what waits, then how many, whoever it is for, and how late it went counts from when it was due first', async () => {
    const { text } = await clientOf(world.url).get('/metrics');
    expect(text).toContain('cordee_reminders_deferred 4');
    const within = (seconds: string) =>
      Number(new RegExp(`lateness_seconds_bucket\\{le="${seconds}",kind="workshop\\.1h"\\} (\\d+)`).exec(text)![1]);
    // Due at eight in Paris, and taken a quarter of an hour later: those of four.
    expect(within('3600') - within('300')).toBeGreaterThanOrEqual(4);
  });
});
