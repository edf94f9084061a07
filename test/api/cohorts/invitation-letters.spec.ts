import { InvitationMails } from '../../../src/cohorts/invitations/invitation-mails.js';
import { INVITATIONS_OF_DAY } from '../../../src/cohorts/invitations/letters-of-day.js';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { deliver, handOver } from '../../support/deliveries-turn.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';

/** Letters of invitations go to people who asked for nothing: one mailbox gets five in a day, whoever of the staff invites it and however it is written. */
let world: TestWorld;
let staff: TestPerson;
let path: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on' } });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world);
  path = `/api/cohorts/${cohortId}/invitations`;
  staff = await aMember(world, cohortId, 'staff');
});

let count = 0;
const stranger = () => `stranger${(count += 1)}@people.test`;
const person = (email: string) => ({ email, name: 'Ana', role: 'fellow' });
const nodeAt = (index: number) => world.nodes[index % 2]!.url;
const invite = async (emails: string[], index = 0, as = staff) =>
  (await as.client.on(nodeAt(index)).post(path, { people: emails.map(person) })).body;
const firstId = async (): Promise<string> => (await staff.client.get(path)).body.items[0].id;
const sendAgain = (id: string, index = 0) => staff.client.on(nodeAt(index)).post(`${path}/${id}/send`);
const lettersTo = async (email: string) => {
  await world.settled();
  await followOutbox(world);
  await handOver(world, 'invitation');
  return world.mail.asked(email);
};
const full = (line: number, value: string) => ({ line, code: 'mailbox_full', field: 'email', value });

it('given one invitation that is sent again and again, over two nodes, then five letters in a day, and who asks is told why; other people are invited', async () => {
  const email = stranger();
  expect((await invite([email])).created).toBe(1);
  const id = await firstId();
  const answers: Awaited<ReturnType<typeof sendAgain>>[] = [];
  for (let index = 0; index < 8; index += 1) {
    await deliver(world);
    world.clock.advance(60_000);
    answers.push(await sendAgain(id, index));
  }
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.map(({ body }) => body.code)).toEqual(Array(4).fill('mailbox_full'));
  const after = refused.map(({ headers }) => Number(headers.get('retry-after')));
  expect(Math.min(...after)).toBeGreaterThan(80_000);
  await world.mail.to(email);
  expect(await lettersTo(email)).toBeLessThanOrEqual(5);
  expect((await invite([stranger()])).created).toBe(1);
});

it('given an invitation that is withdrawn and made again, by two of the staff, then the sixth names its line and invites nobody', async () => {
  const email = stranger();
  const other = await aMember(world, path.split('/')[3]!, 'staff');
  for (let index = 0; index < 5; index += 1) {
    expect((await invite([email], index, index % 2 ? other : staff)).created).toBe(1);
    expect((await staff.client.delete(`${path}/${await firstId()}`)).status).toBe(204);
  }
  const beside = stranger();
  expect(await invite([beside, email])).toMatchObject({ created: 0, errors: [full(2, email)] });
  expect(await invite([beside])).toMatchObject({ created: 1, errors: [] });
  expect(await lettersTo(beside)).toBe(1);
});

it('given a letter that could not be asked for, then it counts for nobody', async () => {
  const email = stranger();
  await staff.client.post(path, { people: [person(email)], sendAt: 'not_yet' });
  const id = await firstId();
  const asking = jest
    .spyOn(world.nodes[0]!.app.get(InvitationMails), 'ask')
    .mockRejectedValue(new Error('no database'));
  for (let round = 0; round < 3; round += 1) {
    expect((await sendAgain(id)).status).toBe(500);
    const several = await staff.client.on(nodeAt(0)).post(`${path}/letters`, { invitationIds: [id] });
    expect(several.status).toBe(500);
  }
  asking.mockRestore();
  expect((await sendAgain(id)).status).toBe(200);
  expect(await lettersTo(email)).toBe(1);
});

it('given one mailbox under many names, then it is one, also within one import and in another cohort', async () => {
  const name = stranger().split('@')[0]!;
  const names = Array.from({ length: 6 }, (_, index) => `${name}+${index}@people.test`);
  const answer = await invite(names);
  expect(answer).toMatchObject({ created: 0, errors: [{ code: 'mailbox_full' }] });
  // Nobody was invited, so none of the five is used.
  expect((await invite(names.slice(0, 5))).created).toBe(5);
  const there = await aCohort(world);
  const elsewhere = await aMember(world, there, 'staff');
  const dotted = `${name[0]}.${name.slice(1)}@people.test`;
  const sent = await elsewhere.client.post(`/api/cohorts/${there}/invitations`, { people: [person(dotted)] });
  expect(sent.body).toMatchObject({ created: 0, errors: [full(1, dotted)] });
});

it('given an invitation that was used or withdrawn, then sending it again is none, and takes no letter', async () => {
  const email = stranger();
  expect((await invite([email])).created).toBe(1);
  const id = await firstId();
  await staff.client.delete(`${path}/${id}`);
  for (let index = 0; index < 6; index += 1) expect((await sendAgain(id)).body.code).toBe('invitation_revoked');
  expect((await invite([email])).created).toBe(1);
});

it('given dry runs and people who are there already, then they take no letter', async () => {
  const email = stranger();
  for (let index = 0; index < 6; index += 1)
    expect((await staff.client.post(path, { people: [person(email)], dryRun: true })).body.created).toBe(1);
  expect((await invite([email])).created).toBe(1);
  for (let index = 0; index < 6; index += 1) expect((await invite([email])).unchanged).toBe(1);
  expect((await sendAgain(await firstId())).status).toBe(200);
});

it('given one who invites ever more people, then 6,000 letters in a day and no more; others of the staff go on', async () => {
  const many = (of: string, most: number) => Array.from({ length: most }, (_, index) => `${of}${index}@people.test`);
  // Whoever invites a cohort of 200 and sends each letter again has used 400.
  await world.app.get(RateLimits).take(INVITATIONS_OF_DAY, staff.id, 5_990);
  expect((await invite(many('last', 10), 1)).created).toBe(10);
  const refused = await staff.client.post(path, { people: many('more', 2).map(person) });
  expect(refused).toMatchObject({ status: 429, body: { code: 'invitations_day_full' } });
  expect((await staff.client.get(path)).body.items).toHaveLength(10);
  await deliver(world);
  world.clock.advance(60_000);
  expect(await sendAgain(await firstId())).toMatchObject({ status: 429, body: { code: 'invitations_day_full' } });
  const other = await aMember(world, path.split('/')[3]!, 'staff');
  expect((await invite([stranger()], 1, other)).created).toBe(1);
});
