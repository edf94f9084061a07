import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { handOver, handOverAt } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { rowsOf } from '../../support/reminders/reminders.js';

/** Invitations are prepared now and sent later: on a day, or when staff say so. */
let world: TestWorld;
let cohortId: string;
let C: string;
let path: string;
let staff: TestPerson;

const NOW = '2026-06-10T08:00:00.000Z';
/** Ten in the morning in Paris. */
const DAY = '2026-08-24T08:00:00.000Z';

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  path = `${C}/invitations`;
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});

let count = 0;
const address = () => `later${(count += 1)}@people.test`;
const person = (email: string, more: object = {}) => ({ email, name: 'Ana', role: 'fellow', locale: 'en', ...more });
const list = async () => (await staff.client.get(path)).body.items as any[];
const rowOf = async (email: string) => (await list()).find((one) => one.email === email);
const prepare = async (emails: readonly string[], sendAt: string | null = 'not_yet', more: object = {}) => {
  const people = emails.map((email) => person(email, more));
  expect((await staff.client.post(path, { people, sendAt })).body.created).toBe(emails.length);
  return await Promise.all(emails.map(async (email) => String((await rowOf(email)).id)));
};
const send = async (invitationIds: readonly string[], sendAt?: string | null, node = 0, by = staff) =>
  await by.client.on(world.nodes[node]!.url).post(`${path}/letters`, { invitationIds, sendAt });
const outcomes = ({ body }: { body: any }) => body.items.map(({ outcome }: { outcome: string }) => outcome);
/** Nothing more comes. */
const lettersTo = async (email: string) => {
  await world.settled();
  await followOutbox(world);
  await handOver(world, 'invitation');
  return world.mail.asked(email);
};

describe('saved without sending', () => {
  it('given people who are kept, then no letter goes, their link works and can be copied, and whoever used it gets none either', async () => {
    const [ana, ben] = [address(), address()];
    await prepare([ana, ben]);
    world.clock.advance(100 * 86_400_000);
    expect([await lettersTo(ana), await lettersTo(ben)]).toEqual([0, 0]);
    const row = await rowOf(ana);
    expect(row).toMatchObject({ state: 'pending', letter: 'kept', sentAt: null, sendAt: null, refused: null });
    const token = /\/invitation\/(.+)$/.exec(row.url)![1]!;
    const accepted = await clientOf(world.url).post(`/api/auth/invitations/${token}/accept`, { password: PASSWORD });
    expect(accepted.status).toBe(200);
    expect(outcomes(await send([row.id, (await rowOf(ben)).id]))).toEqual(['accepted', 'under_way']);
    await world.mail.to(ben);
    await eventually(async () => expect(await rowOf(ben)).toMatchObject({ letter: 'sent', state: 'pending' }));
    expect(world.mail.asked(ana)).toBe(1); // to confirm the address, which a copied link does not
  });

  it('given one that is withdrawn before its letter, or whose day is called off, then none goes', async () => {
    const [ana, ben] = [address(), address()];
    const [first, second] = await prepare([ana, ben], DAY);
    expect((await staff.client.delete(`${path}/${first}`)).status).toBe(204);
    expect(outcomes(await send([first!, second!], 'not_yet'))).toEqual(['withdrawn', 'kept']);
    expect(await rowOf(ben)).toMatchObject({ letter: 'kept', sendAt: null });
    await handOverAt(world, 'invitation', '2026-08-24T08:02:00.000Z');
    expect([await lettersTo(ana), await lettersTo(ben)]).toEqual([0, 0]);
    // It is as long good as any that is kept.
    world.clock.set('2027-05-01T08:00:00.000Z');
    expect((await rowOf(ben)).state).toBe('pending');
  });

  it('given a CSV with a day or none, then its people are kept, too', async () => {
    const csv = async (email: string, sendAt: string) =>
      await fetch(`${world.url}${path}?sendAt=${sendAt}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${staff.token}`, 'content-type': 'text/csv' },
        body: `email,name,role\n${email},Ana,fellow\n`,
      });
    const [kept, planned] = [address(), address()];
    expect(await (await csv(kept, 'not_yet')).json()).toMatchObject({ created: 1 });
    expect(await (await csv(planned, DAY)).json()).toMatchObject({ created: 1 });
    expect([(await csv(address(), 'soon')).status, (await csv(address(), NOW)).status]).toEqual([422, 422]);
    expect([await rowOf(kept), await rowOf(planned)]).toMatchObject([
      { letter: 'kept', sendAt: null },
      { letter: 'planned', sendAt: DAY },
    ]);
    expect(await list()).toHaveLength(2);
  });
});

describe('on a day', () => {
  it('given a day, then the letter goes at that hour and not before, once over two nodes, and says what is true by then', async () => {
    const ana = address();
    await staff.client.post(`${C}/projects`, { name: 'EauVive', agency: 'Agency' });
    const [id] = await prepare([ana], DAY, { role: 'host' });
    await handOverAt(world, 'invitation', '2026-08-24T07:59:50.000Z');
    expect(await lettersTo(ana)).toBe(0);
    const [project] = (await staff.client.get(`${C}/projects`)).body.items;
    expect((await staff.client.patch(`${C}/projects/${project.id}`, { invitedIds: [id] })).status).toBe(200);
    await handOverAt(world, 'invitation', '2026-08-24T08:00:01.000Z');
    const [mail] = await world.mail.to(ana);
    for (const words of ['Aurore Tessier invites you', 'EauVive']) expect(mail!.text).toContain(words);
    expect(mail!.text).toMatch(/First day\W+1 September 2026/);
    expect(mail!.text).toContain('works until 23 October 2026');
    expect(await lettersTo(ana)).toBe(1);
    await eventually(async () =>
      expect(await rowOf(ana)).toMatchObject({ letter: 'sent', sentAt: '2026-08-24T08:00:01.000Z', sendAt: null }),
    );
  });

  it('given a day that is moved away and back, then one letter, on that day', async () => {
    const ana = address();
    const [id] = await prepare([ana], DAY);
    for (const [index, day] of ['2026-08-25T08:00:00.000Z', DAY, '2026-08-23T08:00:00.000Z', DAY].entries())
      expect(outcomes(await send([id!], day, index % 2))).toEqual(['planned']);
    await handOverAt(world, 'invitation', '2026-08-23T08:00:01.000Z');
    expect(await lettersTo(ana)).toBe(0);
    await handOverAt(world, 'invitation', '2026-08-24T08:00:01.000Z');
    await handOverAt(world, 'invitation', '2026-08-25T08:02:00.000Z');
    expect(await lettersTo(ana)).toBe(1);
  });

  it('given one that has gone, then another one on a day; a day that is past or too far is none', async () => {
    const ana = address();
    const [id] = await prepare([ana], null);
    await world.mail.to(ana);
    await eventually(async () => expect((await rowOf(ana)).letter).toBe('sent'));
    world.clock.advance(60_000);
    for (const [day, code] of [
      [NOW, 'past'],
      ['2028-01-01T08:00:00.000Z', 'too_far'],
    ] as const) {
      const wrong = { status: 422, body: { errors: [{ field: '/sendAt', code }] } };
      expect(await send([id!], day)).toMatchObject(wrong);
      expect(await staff.client.post(path, { people: [person(address())], sendAt: day })).toMatchObject(wrong);
    }
    expect(outcomes(await send([id!], DAY))).toEqual(['planned']);
    expect(await rowOf(ana)).toMatchObject({ letter: 'planned', sentAt: NOW, sendAt: DAY });
    await handOverAt(world, 'invitation', '2026-08-24T08:00:01.000Z');
    expect(await lettersTo(ana)).toBe(2);
  });
});

describe('sending several', () => {
  it('given two of the staff who send the same at once, over two nodes, and press again, then each gets one letter', async () => {
    const emails = Array.from({ length: 12 }, address);
    const ids = await prepare(emails.slice(0, 8));
    ids.push(...(await prepare(emails.slice(8), DAY)));
    const colleague = await aMember(world, cohortId, 'staff');
    const answers = await Promise.all([
      send(ids, null, 0),
      send(ids, null, 1, colleague),
      send(ids.toReversed(), undefined, 1),
      ...ids.slice(0, 3).map((id) => staff.client.post(`${path}/${id}/send`)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    const asked = answers.slice(0, 3).flatMap(({ body }) => body.items as { invitationId: string; outcome: string }[]);
    expect(new Set(asked.map(({ outcome }) => outcome))).toEqual(new Set(['under_way', 'asked_before']));
    for (const id of ids.slice(3))
      expect(asked.filter((one) => one.invitationId === id && one.outcome === 'under_way')).toHaveLength(1);
    for (const email of emails) await world.mail.to(email);
    expect(new Set(outcomes(await send(ids)))).toEqual(new Set(['asked_before']));
    for (const email of emails) expect(await lettersTo(email)).toBe(1);
  });

  it('given one who sends now and one who sets a day at once, then one letter now or one on that day', async () => {
    const email = address();
    const [id] = await prepare([email]);
    const [now, onDay] = await Promise.all([send([id!], null, 0), send([id!], DAY, 1)]);
    expect(outcomes(now)).toEqual(['under_way']);
    // Whoever was first set a day, which is sent now, or found it under way.
    expect(['planned', 'asked_before']).toContain(outcomes(onDay)[0]);
    expect(await lettersTo(email)).toBe(1);
    await handOverAt(world, 'invitation', '2026-08-24T08:02:00.000Z');
    expect(await lettersTo(email)).toBe(1);
  });

  it('given somebody who has had a letter since, then whoever takes them for one without gets told, and no second one goes', async () => {
    const [ana, ben] = [address(), address()];
    const [first, second] = await prepare([ana, ben], DAY);
    await handOverAt(world, 'invitation', '2026-08-24T08:00:01.000Z');
    await eventually(async () => expect((await rowOf(ana)).letter).toBe('sent'));
    world.clock.advance(120_000);
    const firstOnly = async (invitationIds: unknown[], sendAt?: string) =>
      outcomes(await staff.client.post(`${path}/letters`, { invitationIds, sendAt, firstOnly: true }));
    const [third] = await prepare([address()]);
    expect(await firstOnly([first, third])).toEqual(['sent_before', 'under_way']);
    expect(await firstOnly([first, second], '2026-09-24T08:00:00.000Z')).toEqual(['sent_before', 'sent_before']);
    const alone = await staff.client.post(`${path}/${first}/send?firstOnly=true`);
    expect(alone).toMatchObject({ status: 200, body: { letter: 'sent', sentAt: '2026-08-24T08:00:01.000Z' } });
    expect(await lettersTo(ana)).toBe(1);
    // Sent again is sent again.
    expect((await staff.client.post(`${path}/${second}/send`)).body.letter).toBe('under_way');
    expect(await lettersTo(ben)).toBe(2);
  });

  it('given days that are called off, then each says whether there was one', async () => {
    const [sent, kept, planned, both] = [address(), address(), address(), address()];
    const [a, d] = await prepare([sent, both], null);
    const [b] = await prepare([kept]);
    const [c] = await prepare([planned], DAY);
    for (const email of [sent, both]) await world.mail.to(email);
    await eventually(async () => expect((await rowOf(both)).letter).toBe('sent'));
    world.clock.advance(120_000);
    expect(outcomes(await send([d!], DAY))).toEqual(['planned']);
    const off = await send([a!, b!, c!, d!], 'not_yet');
    expect(outcomes(off)).toEqual(['nothing_planned', 'kept', 'kept', 'kept']);
    expect(await rowOf(both)).toMatchObject({ letter: 'sent', sendAt: null });
    expect(outcomes(await send([d!], 'not_yet'))).toEqual(['nothing_planned']);
  });

  it('given ids of nothing, of another cohort and twice the same, then each is said once; others are refused', async () => {
    const [id] = await prepare([address()]);
    const there = await aCohort(world);
    const outsider = await aMember(world, there, 'staff');
    const answer = await outsider.client.post(`/api/cohorts/${there}/invitations/letters`, {
      invitationIds: [id!, 'nonsense', id!],
    });
    expect(answer.body.items).toEqual([
      { invitationId: id, outcome: 'unknown' },
      { invitationId: 'nonsense', outcome: 'unknown' },
    ]);
    expect((await send([id!], null, 0, outsider)).status).toBe(404);
    for (const role of ['fellow', 'coach', 'host'] as const)
      expect((await send([id!], null, 0, await aMember(world, cohortId, role))).status).toBe(403);
    expect((await clientOf(world.url).post(`${path}/letters`, { invitationIds: [id] })).status).toBe(401);
    for (const body of [{}, { invitationIds: [] }, { invitationIds: [id], sendAt: 'soon' }])
      expect((await staff.client.post(`${path}/letters`, body)).status).toBe(422);
    const admin = await aMember(world, cohortId, 'staff', { isAdmin: true });
    expect((await admin.client.post(`${C}/close`)).status).toBe(200);
    expect(await send([id!])).toMatchObject({ status: 409, body: { code: 'cohort_closed' } });
  });
});

it('given who is kept or planned, then nobody waits for them: not the board, no reminder; from the sending on both do', async () => {
  const [ana, ben] = [address(), address()];
  const [first] = await prepare([ana]);
  const [second] = await prepare([ben], '2026-06-20T08:00:00.000Z');
  const board = async () => (await staff.client.get(`${C}/overview`)).body.neverSignedIn as any[];
  const planned = async (id: string) => {
    await followOutbox(world);
    return (await rowsOf(world, id)).filter(({ state }) => state === 'planned').map(({ dueAt }) => dueAt.toISOString());
  };
  expect(await board()).toEqual([]);
  expect((await staff.client.get(`${C}/set-up`)).body).toMatchObject({ invited: 0, notSent: 2 });
  expect([await planned(first!), await planned(second!)]).toEqual([[], []]);
  const sentTo = async () =>
    ((await staff.client.get(`${path}/people`)).body.items as any[])
      .filter(({ isSent }) => isSent)
      .map((one) => one.email);
  expect(await sentTo()).toEqual([]);
  await handOverAt(world, 'invitation', '2026-06-20T08:00:01.000Z');
  await eventually(async () => expect((await rowOf(ben)).letter).toBe('sent'));
  expect(await board()).toEqual([
    expect.objectContaining({ invitationId: second, invitedAt: '2026-06-20T08:00:01.000Z' }),
  ]);
  expect((await staff.client.get(`${C}/set-up`)).body).toMatchObject({ invited: 1, notSent: 1 });
  expect(await sentTo()).toEqual([ben]);
  const days = (await planned(second!)).map((at) => at.slice(0, 10));
  expect(days.sort()).toEqual(['2026-06-23', '2026-06-27']);
  expect(await planned(first!)).toEqual([]);
});

describe('a letter that does not arrive', () => {
  it('given one that was refused and a day for the next, then the address takes no mail until that day, and after it where the day is called off', async () => {
    const ana = address();
    world.mail.answer(ana, 550, '5.1.1 no such mailbox');
    const [id] = await prepare([ana], null);
    await eventually(async () => expect((await rowOf(ana)).letter).toBe('refused'));
    world.clock.advance(60_000);
    expect(outcomes(await send([id!], DAY))).toEqual(['planned']);
    expect(await rowOf(ana)).toMatchObject({ letter: 'planned', refused: { answer: '550 5.1.1' } });
    await send([id!], 'not_yet');
    expect(await rowOf(ana)).toMatchObject({ letter: 'refused', refused: { answer: '550 5.1.1' } });
    await send([id!], DAY);
    world.mail.answer(ana, 0);
    await handOverAt(world, 'invitation', '2026-08-24T08:00:01.000Z');
    await eventually(async () => expect(await rowOf(ana)).toMatchObject({ letter: 'sent', refused: null }));
  });

  it('given a mail server that takes a letter not for a day, then staff see that it failed, nobody waits, and it is sent again', async () => {
    const ana = address();
    world.mail.answer(ana, 451, '4.3.0 later');
    const [id] = await prepare([ana], null);
    await eventually(() => expect(world.mail.asked(ana)).toBeGreaterThan(0));
    await handOver(world, 'invitation');
    await world.db.collection('deliveries').updateMany({ of: new Types.ObjectId(id) }, { $set: { tries: 1000 } });
    await handOverAt(world, 'invitation', new Date(world.clock.now().getTime() + 86_400_000));
    expect(await rowOf(ana)).toMatchObject({ state: 'pending', letter: 'failed', sentAt: null, refused: null });
    expect((await staff.client.get(`${C}/overview`)).body.neverSignedIn).toEqual([]);
    world.mail.answer(ana, 0);
    expect(outcomes(await send([id!]))).toEqual(['under_way']);
    await eventually(async () => expect((await rowOf(ana)).letter).toBe('sent'));
  });

  it('given a cohort that is closed before the day, then the letter does not go, and does not stand as if it did', async () => {
    const ana = address();
    await prepare([ana], DAY);
    const admin = await aMember(world, cohortId, 'staff', { isAdmin: true });
    expect((await admin.client.post(`${C}/close`)).status).toBe(200);
    await handOverAt(world, 'invitation', '2026-08-24T08:00:01.000Z');
    expect(await rowOf(ana)).toMatchObject({ letter: 'kept', sentAt: null, sendAt: null });
    expect(await lettersTo(ana)).toBe(0);
  });
});
