import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsersRepository } from '../../../src/auth/users.repository.js';
import { SlackImport } from '../../../src/bridges/slack/slack-import.js';
import type { Channel, ChannelSummary, Message } from '../../../src/contracts/chat/chat.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type Client, clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { followOutbox } from '../../support/outbox.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { packed, slackMessage as said } from '../../support/rooms/slack-export.js';

const JUNE_1 = Date.UTC(2026, 5, 1, 9) / 1000;

/** A cohort that imports the workspace, as somebody of its staff who was in the channel there sees it. */
interface Side {
  cohortId: string;
  staff: TestPerson;
}

let world: TestWorld;
let one: Side;
let other: Side;
/** Each test has a workspace and people of its own. */
let workspace = 0;
const marieMail = () => `marie${workspace}@elsewhere.example`;
const zoeMail = () => `zoe${workspace}@elsewhere.example`;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  workspace += 1;
  [one, other] = [await aSide('One'), await aSide('Other')];
});

async function aSide(name: string): Promise<Side> {
  const cohortId = await aCohort(world, { name });
  return { cohortId, staff: await aMember(world, cohortId, 'staff') };
}

/** The same channel and the same people by their ids and addresses; each export calls them by names of its own. */
async function bringIn({ cohortId, staff }: Side, suffix: string, more: unknown[] = []): Promise<void> {
  const user = (id: string, name: string, email?: string) => ({
    ...{ id, team_id: `T${workspace}`, profile: { real_name: `${name} ${suffix}`, ...(email && { email }) } },
  });
  const zip = await packed({
    'users.json': [
      { id: 'U0', team_id: `T${workspace}`, profile: { real_name: 'Staff', email: staff.email } },
      ...[user('U1', 'Marie', marieMail()), user('U2', 'Zoé', zoeMail()), user('U3', 'Nobody')],
    ],
    'channels.json': [],
    'groups.json': [{ id: 'G1', name: 'team', members: ['U0', 'U1', 'U2', 'U3'] }],
    'team/2026-06-01.json': [
      said(JUNE_1, 'U1', 'from Marie', { reactions: [{ name: 'tada', users: ['U2'] }] }),
      said(JUNE_1 + 1, 'U2', 'from Zoé to <@U1>'),
      said(JUNE_1 + 2, 'U3', 'from nobody'),
      ...more,
    ],
  });
  await world.app.get(SlackImport).run(zip, { cohortId, byId: staff.id }, () => Promise.resolve());
  await rm(dirname(zip), { recursive: true });
}

const channelsOf = async (client: Client, { cohortId }: Side) =>
  ((await client.get('/api/channels')).body.items as ChannelSummary[]).filter(
    (channel) => channel.cohortId === cohortId && channel.name === 'team',
  );

/** The imported channel as staff of a cohort read it. */
async function teamOf(side: Side) {
  const [found] = await channelsOf(side.staff.client, side);
  const path = `/api/channels/${found!.id}`;
  const channel = (await side.staff.client.get(path)).body as Channel;
  const faces = new Map([...channel.members, ...channel.guests].map((person) => [person.id, person.name]));
  const messages = (await side.staff.client.get(`${path}/messages?limit=200`)).body.items as Message[];
  return { faces, messages, senders: messages.map(({ senderId }) => faces.get(senderId)) };
}

async function accept({ cohortId, staff }: Side, email: string, name: string, signedInAs?: Client) {
  await staff.client.post(`/api/cohorts/${cohortId}/invitations`, { people: [{ email, name, role: 'fellow' }] });
  // Other mails may come in between.
  const tokens = await eventually(async () => {
    const letters = await world.mail.to(email, signedInAs ? 2 : 1);
    const found = letters.flatMap(({ text }) => /\/invitation\/(\S+)/.exec(text ?? '')?.[1] ?? []);
    expect(found.length).toBeGreaterThanOrEqual(signedInAs ? 2 : 1);
    return found;
  });
  const token = tokens.at(-1)!;
  const person = { name, password: 'a password that is long', timeZone: 'Europe/Paris', locale: 'fr' };
  const { status, body } = await (signedInAs ?? clientOf(world.url)).post(`/api/auth/invitations/${token}/accept`, {
    ...(!signedInAs && person),
  });
  expect(status).toBe(200);
  return { id: body.me.id as string, client: clientOf(world.url, body.accessToken) };
}

it('given two cohorts bring in one workspace, then each calls its people as its own export does, once, however often it comes', async () => {
  await bringIn(one, 'of one');
  const before = await teamOf(one);
  await bringIn(other, 'of other');
  await bringIn(other, 'of other, again', [said(JUNE_1 + 3, 'U3', 'one more')]);
  expect((await teamOf(one)).messages).toEqual(before.messages);
  expect((await teamOf(one)).senders).toEqual(['Marie of one', 'Zoé of one', 'Nobody of one']);
  const there = await teamOf(other);
  expect(there.senders).toEqual(['Marie of other', 'Zoé of other', 'Nobody of other', 'Nobody of other']);
  for (const [id] of before.faces) expect(there.faces.has(id)).toBe(false);
  expect(there.faces.size).toBe(4);
});

it('given somebody accepts in one of them, then they are who wrote there, and in the other one nothing is theirs or called by their name', async () => {
  await bringIn(one, 'of one');
  await bringIn(other, 'of other');
  const [here, there] = [await teamOf(one), await teamOf(other)];
  const marie = await accept(one, marieMail(), 'Marie Curie');
  expect(marie.id).toBe(here.messages[0]!.senderId);
  expect((await teamOf(one)).senders).toEqual(['Marie Curie', 'Zoé of one', 'Nobody of one']);
  await eventually(async () => expect(await channelsOf(marie.client, one)).toHaveLength(1));
  expect(await teamOf(other)).toEqual(there);
  expect(await channelsOf(marie.client, other)).toEqual([]);

  const zoe = await accept(other, zoeMail(), 'Zoé Valdés');
  expect(zoe.id).toBe(there.messages[1]!.senderId);
  expect((await teamOf(other)).senders).toEqual(['Marie of other', 'Zoé Valdés', 'Nobody of other']);
  expect((await teamOf(one)).senders).toEqual(['Marie Curie', 'Zoé of one', 'Nobody of one']);
  await eventually(async () => expect(await channelsOf(zoe.client, other)).toHaveLength(1));
  expect(await channelsOf(zoe.client, one)).toEqual([]);
});

it('given somebody accepts where no placeholder of theirs is, then the one of the other cohort stays nobody', async () => {
  await bringIn(other, 'of other');
  const there = await teamOf(other);
  const marie = await accept(one, marieMail(), 'Marie Curie');
  expect(there.faces.has(marie.id)).toBe(false);
  expect(await teamOf(other)).toEqual(there);
});

it('given who has an account by then joins the other one too, then what they wrote there is theirs, as here, and they are where they were', async () => {
  await bringIn(one, 'of one');
  await bringIn(other, 'of other');
  const there = await teamOf(other);
  const marie = await accept(one, marieMail(), 'Marie Curie');
  expect((await accept(other, marieMail(), 'Marie', marie.client)).id).toBe(marie.id);
  await eventually(async () =>
    expect((await teamOf(other)).senders).toEqual(['Marie Curie', 'Zoé of other', 'Nobody of other']),
  );
  const { messages } = await teamOf(other);
  expect(messages[1]!.body).toBe(`from Zoé to <@${marie.id}>`);
  expect(messages.map(({ seq, rev }) => [seq, rev])).toEqual(there.messages.map(({ seq, rev }) => [seq, rev]));
  await eventually(async () => expect(await channelsOf(marie.client, other)).toHaveLength(1));
  await bringIn(other, 'of other', [said(JUNE_1 + 3, 'U1', 'Marie once more')]);
  expect((await teamOf(other)).senders).toEqual(['Marie Curie', 'Zoé of other', 'Nobody of other', 'Marie Curie']);
  expect((await teamOf(one)).senders).toEqual(['Marie Curie', 'Zoé of one', 'Nobody of one']);
});

/** Marie joins by the link that staff see; the mails to her address are read by somebody else. */
async function acceptCopied({ cohortId, staff }: Side, email: string) {
  const path = `/api/cohorts/${cohortId}/invitations`;
  await staff.client.post(path, { people: [{ email, name: 'Marie', role: 'fellow' }] });
  const copied = (await staff.client.get(path)).body.items.find((row: any) => row.email === email).url as string;
  const person = { name: 'Marie Curie', password: 'a password that is long', timeZone: 'Europe/Paris', locale: 'fr' };
  const accepted = await clientOf(world.url).post(`/api/auth/invitations/${copied.split('/').at(-1)}/accept`, person);
  expect(accepted.status).toBe(200);
  return { id: accepted.body.me.id as string, client: clientOf(world.url, accepted.body.accessToken as string) };
}
const confirm = async (client: Client, email: string) => {
  const letters = await world.mail.to(email, 2);
  const token = letters.flatMap(({ text }) => /\/confirm-address\/(\S+)/.exec(text ?? '')?.[1] ?? [])[0];
  expect((await client.post('/api/auth/email/confirm', { token })).status).toBe(204);
};

it('given who accepted by a copied link before the workspace comes, then no channel or word is theirs until they show that the address is theirs', async () => {
  const email = marieMail();
  const marie = await acceptCopied(one, email);
  await bringIn(one, 'of one');
  await followOutbox(world);
  expect((await teamOf(one)).senders).toEqual(['Marie of one', 'Zoé of one', 'Nobody of one']);
  expect((await teamOf(one)).faces.has(marie.id)).toBe(false);
  expect(await channelsOf(marie.client, one)).toEqual([]);
  await bringIn(one, 'of one', [said(JUNE_1 + 3, 'U1', 'once more')]);
  expect(await channelsOf(marie.client, one)).toEqual([]);
  await confirm(marie.client, email);
  await eventually(async () => expect(await channelsOf(marie.client, one)).toHaveLength(1));
  expect((await teamOf(one)).senders).toEqual(['Marie Curie', 'Zoé of one', 'Nobody of one', 'Marie Curie']);
  // Whose address is shown has theirs at once, and so has who comes to it with the next import.
  await bringIn(one, 'of one', [said(JUNE_1 + 4, 'U1', 'and again')]);
  expect((await teamOf(one)).senders.at(-1)).toBe('Marie Curie');
});

it('given a link that staff copied, then nothing is theirs who accept with it until they show that the address is theirs', async () => {
  await bringIn(one, 'of one');
  const before = await teamOf(one);
  const email = marieMail();
  const marie = await acceptCopied(one, email);
  await followOutbox(world);
  expect((await teamOf(one)).senders).toEqual(before.senders);
  await confirm(marie.client, email);
  await eventually(async () =>
    expect((await teamOf(one)).senders).toEqual(['Marie Curie', 'Zoé of one', 'Nobody of one']),
  );
});

it('given a member with another address, or who is in another cohort only, then the placeholder stays nobody', async () => {
  await bringIn(other, 'of other');
  const there = await teamOf(other);
  await accept(one, marieMail(), 'Marie Curie');
  await accept(other, `not-${marieMail()}`, 'Marie Curie');
  await followOutbox(world);
  await world.settled();
  expect((await teamOf(other)).senders).toEqual(there.senders);
});

it('given somebody accepts while their words are brought in, then these are theirs all the same', async () => {
  await bringIn(one, 'of one');
  const [users, email] = [world.app.get(UsersRepository), marieMail()];
  const placeholders = users.placeholders.bind(users);
  let marie: { id: string } | undefined;
  users.placeholders = async (...asked) => {
    const made = await placeholders(...asked);
    marie = await accept(one, email, 'Marie Curie');
    return new Map([...made].filter(([, id]) => String(id) !== marie?.id));
  };
  try {
    await bringIn(one, 'again', [said(JUNE_1 + 3, 'U1', 'one more')]);
  } finally {
    Reflect.deleteProperty(users, 'placeholders');
  }
  expect((await teamOf(one)).senders).toEqual(['Marie Curie', 'Zoé of one', 'Nobody of one', 'Marie Curie']);
});
