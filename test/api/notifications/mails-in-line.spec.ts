import { Types } from 'mongoose';
import { CHECKED_FOR_MS, NoTurn } from '../../../src/infra/mail/mail-turns.js';
import { Mailer } from '../../../src/infra/mail/mailer.js';
import type { NotificationRow } from '../../../src/notifications/inbox/notification.schema.js';
import { Notifier } from '../../../src/notifications/notifier.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

const DIGEST = '2026-10-14T06:30:00.000Z'; // 08:30 in Paris
const AN_HOUR_LATER = '2026-10-14T07:30:00.000Z';

let world: TestWorld;
let cohort: string;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 1 });
  cohort = await aCohort(world);
});
beforeEach(async () => {
  world.clock.set(NOW);
  fellow = await aMember(world, cohort, 'fellow');
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => world.stop());

/** Mails stand in line for longer than what was known of them holds; meanwhile this happens. */
function longLine(meanwhile: () => Promise<unknown>): void {
  const mailer = world.app.get(Mailer);
  const inTurn = mailer.inTurn.bind(mailer);
  const now = performance.now.bind(performance);
  let stoodMs = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now() + stoodMs);
  jest.spyOn(mailer, 'inTurn').mockImplementation(async (work) => {
    await meanwhile();
    stoodMs += CHECKED_FOR_MS + 100;
    return await inTurn(work);
  });
}
/** The process stops while mails stand in line. */
const stopping = () =>
  jest.spyOn(world.app.get(Mailer), 'inTurn').mockImplementation(() => Promise.reject(new NoTurn(true)));

const tell = (mail?: 'digest') =>
  world.app.get(Notifier).notify({
    ...{ userIds: [fellow.id], cohortId: cohort, kind: 'request.told', why: 'asked', key: `told-${fellow.id}` },
    ...{ params: { by: 'Claire', about: 'Maps', text: 'More' }, link: `/c/${cohort}/coaching` },
    ...(mail && { mail }),
  });
const digestAt = async (at: string) => {
  const { kinds } = (await fellow.client.get('/api/me/preferences')).body;
  const digest = { every: 'day', at, weekday: 1, kinds: ['forum'], without: [] };
  expect((await fellow.client.put('/api/me/preferences', { kinds, quietHours: null, digest })).status).toBe(200);
};
const mine = () => ({ userId: new Types.ObjectId(fellow.id) });
const notice = async () => (await world.db.collection<NotificationRow>('notifications').findOne(mine()))!.mail;
const delivery = async () =>
  await world.db.collection('deliveries').findOne({ of: new Types.ObjectId(fellow.id), kind: 'notice' });
const digests = async () =>
  await world.db
    .collection('deliveries')
    .find({ of: new Types.ObjectId(fellow.id), kind: 'digest' })
    .sort({ at: 1 })
    .toArray();
const mails = () => world.mail.mails.filter(({ to }) => JSON.stringify(to).includes(fellow.email));
const mailed = (count: number) => eventually(() => expect(mails()).toHaveLength(count));

describe('a notice in a long line at the mail server', () => {
  it('given it is read in the app meanwhile, then it is not mailed any more', async () => {
    const readAll = async () => {
      const { items } = (await fellow.client.get('/api/me/inbox')).body;
      await fellow.client.post('/api/me/inbox/read', { ids: [items[0].id] });
    };
    longLine(readAll);
    await tell();
    await eventually(async () => expect(await notice()).toMatchObject({ state: 'skipped', rule: 'read' }));
    expect(mails()).toEqual([]);
  });

  it('given nothing happened meanwhile, then it is mailed', async () => {
    longLine(() => Promise.resolve());
    await tell();
    await mailed(1);
    await eventually(async () => expect(await delivery()).toMatchObject({ state: 'sent', tries: 1 }));
  });

  it('given its process stops, then another one sends it at once', async () => {
    const asked = stopping();
    await tell();
    await eventually(() => expect(asked).toHaveBeenCalled());
    await eventually(async () =>
      expect(await delivery()).toMatchObject({ state: 'waiting', tries: 0, lease: null, dueAt: new Date(NOW) }),
    );
    jest.restoreAllMocks();
    await deliver(world);
    await mailed(1);
  });
});

describe('a digest in a long line at the mail server', () => {
  beforeEach(async () => {
    await digestAt('08:30');
    await tell('digest');
    world.clock.set(DIGEST);
  });
  const sweep = () => deliver(world);

  it('given its person chooses another hour meanwhile, then it comes at that hour, once', async () => {
    longLine(() => digestAt('09:30'));
    await sweep();
    // A turn of the worker may have it already.
    await eventually(async () => expect((await digests())[0]).toMatchObject({ state: 'skipped', because: 'moved' }));
    expect(mails()).toEqual([]);
    jest.restoreAllMocks();
    world.clock.set(AN_HOUR_LATER);
    await sweep();
    await mailed(1);
  });

  it('given its process stops, then another one sends it at once', async () => {
    const asked = stopping();
    await sweep();
    await eventually(() => expect(asked).toHaveBeenCalled());
    await eventually(async () =>
      expect((await digests())[0]).toMatchObject({ state: 'waiting', tries: 0, lease: null }),
    );
    jest.restoreAllMocks();
    await sweep();
    await mailed(1);
  });
});
