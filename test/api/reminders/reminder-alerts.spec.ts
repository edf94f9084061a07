import { Logger } from '@nestjs/common';
import type { ReminderRow } from '../../../src/reminders/reminder.schema.js';
import type { TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aPerson } from '../../support/factories.js';
import { type AlertWorld, startAlertWorld } from '../../support/reminders/reminder-alerts.js';
import { liveUntil, rowsOf, tick } from '../../support/reminders/reminders.js';

let alerts: AlertWorld;
let world: TestWorld;
let admins: TestPerson[];
let others: TestPerson[];
let fellow: TestPerson;

/** Sunday, Paris in the dark: an hour before these, at 05:30 and at 05:40, who comes is reminded. */
const [FIRST, SECOND] = ['2026-10-18T04:30:00.000Z', '2026-10-18T04:40:00.000Z'];
const at = (time: string) => `2026-10-18T${time}.000Z`;

beforeAll(async () => {
  alerts = await startAlertWorld(12);
  ({ world, admins, others } = alerts);
  fellow = alerts.fellows[0]!;
  await alerts.goingTo(FIRST, [fellow]);
  await alerts.goingTo(SECOND, [fellow]);
  await liveUntil(world, at('03:29:00'));
});
afterAll(() => world.stop());
afterEach(() => jest.restoreAllMocks());

const lookAt = (time: string) => alerts.lookAt(at(time));
const told = (person: TestPerson) => alerts.told(person);
const state = () => alerts.state();
const turnMails = () => alerts.turnMails();
const kindsOf = async (person: TestPerson) => (await told(person)).map(({ kind }) => kind);
const mailsAbout = ({ email }: TestPerson) =>
  world.mail.mails.filter(
    (mail) =>
      /^(Reminders|Des rappels|Les rappels)/.test(mail.subject ?? '') &&
      [mail.to ?? []].flat().some((to) => to.value.some((one) => one.address === email)),
  );

async function expectTold(kinds: string[], mails: number): Promise<void> {
  await Promise.all(admins.map(async (admin) => expect(await kindsOf(admin)).toEqual(kinds)));
  for (const admin of admins) expect(mailsAbout(admin)).toHaveLength(mails);
  await Promise.all(others.map(async (other) => expect(await told(other)).toEqual([])));
  expect(others.flatMap(mailsAbout)).toEqual([]);
}

describe('reminders that are late', () => {
  it('given less than a minute, then nobody is told', async () => {
    await lookAt('03:30:50');
    await expectTold([], 0);
    expect((await state()).alerts).toEqual([]);
  });

  it('given more than a minute, then every admin is told once, at night, by two processes; nobody else', async () => {
    const said: unknown[] = [];
    jest.spyOn(Logger.prototype, 'error').mockImplementation((what) => void said.push(what));
    await lookAt('03:31:30');
    await lookAt('03:31:40');
    const since = new Date(at('03:30:00'));
    expect(said).toContainEqual({ alert: 'reminders_late', since, count: 1, among: null });
    jest.restoreAllMocks();
    // Mails alone: what is late is to stay so.
    await turnMails();
    await expectTold(['operation.alert'], 1);
    const [english, french] = await Promise.all(admins.map(async (admin) => (await told(admin))[0]));
    expect(english).toMatchObject({
      cohortId: null,
      title: 'Reminders are late: one waits',
      link: '/admin',
      why: 'admin',
      group: null,
    });
    expect(english.body).toMatch(/was due on Sunday 18 October at 05:30 \(Paris\)\. First see whether a worker runs/);
    expect(french.title).toBe('Des rappels sont en retard\u00a0: un rappel attend');
    expect(mailsAbout(admins[0]!)[0]!.text).toMatch(/You get this because you are an administrator/);
    expect(mailsAbout(admins[1]!)[0]!.text).toMatch(/parce que vous administrez cette installation/);
    const alert = { kind: 'late', since: since.toISOString(), count: 1, among: null };
    expect(await state()).toMatchObject({ alerts: [{ ...alert, wellSince: null }] });
  });

  it('given it goes on after a moment in which it was well, then it is the same, and nobody is told again', async () => {
    world.clock.set(at('03:32:00'));
    await tick(world);
    await lookAt('03:33:00');
    expect((await state()).alerts).toMatchObject([{ kind: 'late', wellSince: at('03:33:00') }]);
    await lookAt('03:41:30');
    expect((await state()).alerts).toMatchObject([{ kind: 'late', since: at('03:30:00'), wellSince: null }]);
    await turnMails();
    await expectTold(['operation.alert'], 1);
  });

  it('given a process that dies before it tells, then another look tells, and what was told is not told again', async () => {
    const newcomer = await aPerson(world, { isAdmin: true });
    await world.db
      .collection<{ _id: string }>('reminder-alerts')
      .updateOne({ _id: 'late' }, { $set: { toTell: 'start' } });
    await lookAt('03:41:40');
    await turnMails();
    await expectTold(['operation.alert'], 1);
    expect(await kindsOf(newcomer)).toEqual(['operation.alert']);
  });

  it('given it is well for a quarter of an hour, then all admins read once that it is over, and get no mail', async () => {
    world.clock.set(at('03:42:00'));
    await tick(world);
    await lookAt('03:43:00');
    await lookAt('03:57:00');
    await expectTold(['operation.alert'], 1);
    await lookAt('03:58:00');
    await lookAt('04:05:00');
    await turnMails();
    await expectTold(['operation.over', 'operation.alert'], 1);
    const [over] = await told(admins[0]!);
    expect(over).toMatchObject({ title: 'Reminders go out in time again', why: 'admin', link: '/admin' });
    expect(over.body).toMatch(
      /began on Sunday 18 October at 05:30 \(Paris\) and is well again since .* 05:43 \(Paris\)/,
    );
    expect(await state()).toEqual({ sent: 2, failed: 0, deferred: 0, alerts: [] });
  });

  it('given they are late once more, then that is told anew', async () => {
    await lookAt('04:21:30');
    await turnMails();
    await expectTold(['operation.alert', 'operation.over', 'operation.alert'], 2);
  });
});

describe('reminders that fail', () => {
  const failing = async () => (await state()).alerts.find(({ kind }: { kind: string }) => kind === 'fail');
  const toldOfFailures = async (person: TestPerson) =>
    (await told(person)).filter(({ params }) => params.alert === 'fail');

  it('given one of twelve in an hour, whose address is refused, then that is known of the address, and no admin is alerted', async () => {
    await alerts.goingTo('2026-10-18T07:00:00.000Z', alerts.fellows);
    const refused = alerts.fellows[11]!;
    world.mail.answer(refused.email, 550);
    await liveUntil(world, at('06:00:10'));
    await lookAt('06:00:20');
    expect(await state()).toMatchObject({ sent: 11, failed: 1 });
    expect(await failing()).toBeUndefined();
    await Promise.all(admins.map(async (admin) => expect(await toldOfFailures(admin)).toEqual([])));
    expect((await refused.client.get('/api/me/mail-problem')).body.problem).toMatchObject({ address: refused.email });
  });

  it('given more than one in a hundred, of three people, then every admin is told how many; sent again by staff, it is well', async () => {
    const four = alerts.fellows.slice(0, 4);
    const workshopId = await alerts.goingTo('2026-10-18T09:00:00.000Z', four);
    for (const { email } of four.slice(1)) world.mail.answer(email, 554);
    await liveUntil(world, at('08:00:10'));
    await lookAt('08:00:20');
    await turnMails();
    for (const admin of admins) {
      const [notice] = await toldOfFailures(admin);
      expect(notice.params).toMatchObject({ count: 3, among: 4, sinceAt: at('08:00:00') });
    }
    expect((await told(admins[0]!)).map(({ title }) => title)).toContain('Reminders fail: 3 of 4 within an hour');
    await Promise.all(others.map(async (other) => expect(await told(other)).toEqual([])));
    expect(await failing()).toMatchObject({ count: 3, among: 4, wellSince: null });

    const failed = (await rowsOf(world, workshopId)).filter((row: ReminderRow) => row.state === 'failed');
    expect(failed).toHaveLength(3);
    for (const { email } of four) world.mail.answer(email, 0);
    for (const { _id } of failed) {
      const path = `/api/cohorts/${alerts.cohort}/reminders/${String(_id)}/retry`;
      expect((await alerts.staff.client.post(path)).status).toBe(200);
    }
    await tick(world);
    await lookAt('08:01:00');
    expect(await state()).toMatchObject({ sent: 4, failed: 0 });
    expect(await failing()).toMatchObject({ wellSince: at('08:01:00') });
  });
});

describe('how the installation is doing', () => {
  it('given staff, a fellow or nobody, then they are not told', async () => {
    for (const { client } of others) expect((await client.get('/api/operation')).status).toBe(403);
    expect((await clientOf(world.url).get('/api/operation')).status).toBe(401);
  });
});
