import { Types } from 'mongoose';
import { type Notice, Notifier } from '../../../src/notifications/notifier.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aNotice, choosePreferences, mailsOf } from '../../support/rooms/notices.js';

let world: TestWorld;
let cohort: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const noticeTo = (person: TestPerson, notice: Partial<Notice> = {}) => aNotice(cohort, person, notice);
const tellOn = async (node: number, notice: Notice) => await world.nodes[node % 2]!.app.get(Notifier).notify(notice);
const sweep = () => deliver(world);
const digests = () => deliver(world);
const choose = choosePreferences;
const mailsTo = (person: TestPerson, prefix: string) => mailsOf(world, person, prefix);

const DAILY = { every: 'day', at: '08:30', weekday: 1, kinds: ['forum', 'chat'], without: [] };
const NEXT_DIGEST = '2026-10-14T06:30:00.000Z';

describe('a digest', () => {
  it('given nothing to say, then none is sent', async () => {
    const alone = await aCohort(world, { name: 'Quiet' });
    const fellow = await aMember(world, alone, 'fellow');
    await choose(fellow, { digest: { ...DAILY, without: ['channels'] } });
    world.clock.set(NEXT_DIGEST);
    await digests();
    await eventually(async () =>
      expect(
        await world.db
          .collection('deliveries')
          .findOne({ of: new Types.ObjectId(fellow.id), kind: 'digest', state: 'skipped' }),
      ).toMatchObject({ because: 'empty' }),
    );
    expect(mailsTo(fellow, 'digest-')).toEqual([]);
  });

  it('given it is stopped by its header, then no more of them; what was kept comes once', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    await choose(fellow, { digest: DAILY, quietWeekend: false });
    const post = { kind: 'topic.replied', why: 'watching', params: { by: 'C', title: 'Kept', excerpt: '' } } as const;
    await tellOn(0, noticeTo(fellow, post));
    world.clock.set(NEXT_DIGEST);
    await digests();
    await eventually(() => expect(mailsTo(fellow, 'digest-')).toHaveLength(1));
    const { url } = (mailsTo(fellow, 'digest-')[0]!.headers.get('list') as any).unsubscribe;
    expect((await fetch(new URL(new URL(url).pathname, world.url), { method: 'POST' })).status).toBe(200);
    expect((await fellow.client.get('/api/me/preferences')).body).toMatchObject({ digest: null, quietWeekend: false });
    await tellOn(1, noticeTo(fellow, post));
    await sweep();
    await eventually(() => expect(mailsTo(fellow, 'notice-')).toHaveLength(1));
  });

  it('given the hour or the zone changes, then the next one follows, and there is one', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    await choose(fellow, { digest: DAILY });
    await choose(fellow, { digest: { ...DAILY, every: 'week', at: '17:00', weekday: 5 } });
    await fellow.client.patch('/api/me', { timeZone: 'America/Cayenne' });
    await world.settled();
    const planned = async () =>
      await world.db
        .collection('deliveries')
        .find({ of: new Types.ObjectId(fellow.id), kind: 'digest', state: 'waiting' })
        .toArray();
    await eventually(async () =>
      expect((await planned()).map(({ dueAt }) => dueAt)).toEqual([new Date('2026-10-16T20:00:00.000Z')]),
    );
  });
});
