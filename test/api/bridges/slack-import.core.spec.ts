import { rm, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { SlackImport } from '../../../src/bridges/slack/slack-import.js';
import type { Channel, ChannelSummary, Message } from '../../../src/contracts/chat/chat.js';
import type { Import } from '../../../src/contracts/bridges/imports.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { say } from '../../support/rooms/chat.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { fetchFile, filesCookieOf, photo } from '../../support/rooms/files.js';
import { packed, slackMessage as said, tsOf } from '../../support/rooms/slack-export.js';

const JUNE_1 = Date.UTC(2026, 5, 1, 9) / 1000;
const JUNE_2 = JUNE_1 + 86_400;

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let ines: TestPerson;
let leo: TestPerson;
let stranger: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo' });
  const otherId = await aCohort(world, { name: 'Other' });
  stranger = await aMember(world, otherId, 'fellow', { name: 'Known elsewhere' });
  other = await aMember(world, otherId, 'staff');
});
afterAll(() => world.stop());

const user = (id: string, name: string, email?: string) => ({
  ...{ id, team_id: 'T1', name: name.toLowerCase(), profile: { real_name: name, ...(email && { email }) } },
});

async function anExport(): Promise<Record<string, unknown>> {
  const image = await photo(40, 30).png().toBuffer();
  return {
    'users.json': [
      user('U1', 'Inès at Slack', ines.email.toUpperCase()),
      user('U2', 'Marie "Zoé" 🦊', 'marie@elsewhere.example'),
      user('U3', 'Gone Without Mail'),
      user('U4', 'Elsewhere', stranger.email),
      user('U5', 'Léo at Slack', leo.email),
    ],
    'channels.json': [
      {
        id: 'C1',
        name: 'général',
        members: ['U1', 'U2', 'U4'],
        topic: { value: 'All of\nus' },
        pins: [{ id: tsOf(JUNE_1) }],
      },
      { id: 'C2', name: 'old', members: ['U5'], is_archived: true },
    ],
    'groups.json': [{ id: 'G1', name: 'secret', members: ['U5', 'U2'] }],
    'dms.json': [{ id: 'D1', members: ['U1', 'U2'] }],
    'D1/2026-06-01.json': [said(JUNE_1, 'U1', 'between us')],
    'général/2026-06-01.json': [
      said(JUNE_1 + 1, 'U2', 'joined', { subtype: 'channel_join' }),
      said(JUNE_1, 'U2', 'Hello <@U1>, *read* <https://a.example|this> :tada: `:tada:` <#C2|old>', {
        reactions: [
          { name: 'wave::skin-tone-3', users: ['U1', 'U3'] },
          { name: 'ours', users: ['U1'] },
        ],
        edited: { user: 'U2', ts: tsOf(JUNE_1 + 60) },
      }),
      said(JUNE_1 + 20, 'U3', 'a look', {
        files: [
          { id: 'F1', name: 'chart.png' },
          { id: 'F2', name: 'plan [2].pdf', permalink: 'https://files.example/plan' },
        ],
      }),
      {
        type: 'message',
        subtype: 'bot_message',
        username: 'CI',
        bot_id: 'B1',
        text: '',
        ts: tsOf(JUNE_1 + 30),
        attachments: [{ title: 'Build', text: '*red*' }],
      },
      { type: 'message', text: 'no ts' },
      said(JUNE_1 + 40, 'U1', '', { subtype: 'tombstone', reply_count: 1 }),
    ],
    'général/2026-06-02.json': [
      said(JUNE_2, 'U1', 'an answer &amp; more', { thread_ts: tsOf(JUNE_1) }),
      said(JUNE_2 + 1, 'U4', 'another', { thread_ts: tsOf(JUNE_1) }),
      said(JUNE_2 + 2, 'U2', 'to nothing', { thread_ts: tsOf(JUNE_1 + 40) }),
      said(JUNE_2 + 3, 'U2', 'to what is not here', { thread_ts: tsOf(5_000_000_000) }),
    ],
    'old/2026-06-01.json': [said(JUNE_1, 'U5', 'old words')],
    'secret/2026-06-01.json': [said(JUNE_1, 'U5', 'closed words about the quokka')],
    '__uploads/F1/chart.png': image,
  };
}

async function handOver(person: TestPerson, path: string, cohort = cohortId): Promise<{ status: number; body: any }> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(await readFile(path))], { type: 'application/zip' }), 'export.zip');
  await rm(dirname(path), { recursive: true });
  const response = await fetch(new URL(`/api/cohorts/${cohort}/imports`, world.nodes[0]!.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${person.token}` },
    body: form,
  });
  return { status: response.status, body: await response.json() };
}

const path = (importId = '') => `/api/cohorts/${cohortId}/imports${importId && `/${importId}`}`;

const untilIn = (id: string, state: Import['state']) =>
  eventually(async () => {
    const { body } = await staff.client.get(path(id));
    expect(body.state).toBe(state);
    return body as Import;
  });

async function brought(files: Record<string, unknown>): Promise<Import> {
  const { status, body } = await handOver(staff, await packed(files));
  expect(status).toBe(201);
  await untilIn(body.id, 'ready');
  expect((await staff.client.post(path(`${body.id}/run`))).status).toBe(202);
  return await untilIn(body.id, 'done');
}

const channelsOf = async (person: TestPerson) =>
  (await person.client.get('/api/channels')).body.items as ChannelSummary[];
const named = async (person: TestPerson, name: string) => {
  const found = (await channelsOf(person)).find((one) => one.name === name);
  if (!found) throw new Error(`${person.name} has no ${name}`);
  return found;
};
const messagesOf = async (person: TestPerson, channelId: string, more = '') =>
  (await person.client.get(`/api/channels/${channelId}/messages?limit=200${more}`)).body.items as Message[];

describe('an export of Slack', () => {
  let checked: Import;

  it('given it is handed over, then it is counted, and nothing is changed', async () => {
    const { body } = await handOver(staff, await packed(await anExport()));
    checked = await untilIn(body.id, 'ready');
    expect(checked.counts).toEqual({
      ...{ channels: 3, messages: 10, replies: 4, reactions: 2, files: 1, missingFiles: 1 },
      fileBytes: expect.any(Number),
      ...{ matched: 2, placeholders: 3, already: 0, notices: 1, unreadable: 1, unknownEmoji: 1, directs: 1 },
    });
    expect((await channelsOf(ines)).map((one) => one.name)).not.toContain('général');
    expect(
      await world.nodes[0]!.app.get<Connection>(getConnectionToken())
        .collection('users')
        .countDocuments({ placeholderFor: { $exists: true } }),
    ).toBe(0);
  });

  it('given staff bring it in, then channels, threads, reactions, pins and files are here, and nothing is unread', async () => {
    expect((await staff.client.post(path(`${checked.id}/run`))).status).toBe(202);
    const { done, problem } = await untilIn(checked.id, 'done');
    expect({ done, problem }).toEqual({ done: 10, problem: null });
    const general = await named(ines, 'général');
    expect(general).toMatchObject({ topic: 'All of us', unread: 0, mentions: 0, archived: false });
    expect(general.readSeq).toBe(general.rev);
    const channel = (await ines.client.get(`/api/channels/${general.id}`)).body as Channel;
    const byName = new Map([...channel.members, ...channel.guests].map((one) => [one.name, one.id]));
    expect(channel.members.map((one) => one.id)).toEqual([ines.id]);
    expect(channel.guests.map((one) => one.name).sort()).toEqual(['Elsewhere', 'Gone Without Mail', 'Marie "Zoé" 🦊']);

    const [hello, look, bot, tombstone, alone] = await messagesOf(ines, general.id);
    expect(hello).toMatchObject({
      body: `Hello <@${ines.id}>, **read** [this](https://a.example) 🎉 \`:tada:\` #old`,
      senderId: byName.get('Marie "Zoé" 🦊'),
      mentions: [],
      imported: true,
      createdAt: '2026-06-01T09:00:00.000Z',
      editedAt: '2026-06-01T09:01:00.000Z',
      replies: 2,
      lastReplyAt: '2026-06-02T09:00:01.000Z',
      reactions: [{ emoji: '👋🏼', userIds: [ines.id, byName.get('Gone Without Mail')] }],
    });
    expect(hello!.pinnedAt).not.toBeNull();
    expect(look).toMatchObject({
      body: 'a look\n\n📎 [plan  2 .pdf](https://files.example/plan)',
      attachments: [{ name: 'chart.png', kind: 'image', width: 40, height: 30 }],
    });
    expect(bot).toMatchObject({ bot: { name: 'CI' }, body: '**Build**\n**red**' });
    expect(tombstone).toMatchObject({ body: '', replies: 1 });
    expect(tombstone!.deletedAt).not.toBeNull();
    expect(alone).toMatchObject({ body: 'to what is not here', threadId: null });
    const replies = await messagesOf(ines, general.id, `&threadId=${hello!.id}`);
    expect(replies.map((one) => one.body)).toEqual(['an answer & more', 'another']);

    const cookie = await filesCookieOf(world.nodes[0]!.url, ines);
    const file = await fetchFile(world.nodes[0]!.url, look!.attachments[0]!.url, cookie);
    expect([file.status, file.headers['content-type']]).toEqual([200, 'image/png']);
    expect((await named(leo, 'old')).archived).toBe(true);
  });

  it('given a channel that was for all there, then anybody of the cohort finds and joins it', async () => {
    const { items } = (await staff.client.get(`/api/cohorts/${cohortId}/channels/browse?q=general`)).body;
    expect(items[0]).toMatchObject({ name: 'général', kind: 'open', joined: false, mayJoin: true });
    expect((await staff.client.get(`/api/cohorts/${cohortId}/channels/browse?q=secret`)).body.items).toEqual([]);
  });

  it('given a private channel of Slack, then only who was in it there reads it, and conversations stayed there', async () => {
    const secret = await named(leo, 'secret');
    for (const person of [ines, staff, other]) {
      expect((await person.client.get(`/api/channels/${secret.id}`)).status).toBe(404);
      expect((await person.client.get('/api/search?q=quokka&in=messages')).body.items).toEqual([]);
    }
    expect((await leo.client.get('/api/search?q=quokka&in=messages')).body.items).toHaveLength(1);
    expect((await leo.client.get('/api/search?q="between us"&in=messages')).body.items).toEqual([]);
  });

  it('given the same export again with one more day, then only that is added, and what was said since stays', async () => {
    const general = await named(ines, 'général');
    const before = await messagesOf(ines, general.id);
    await say(ines, general.id, 'said here since');
    const files = await anExport();
    files['général/2026-06-03.json'] = [said(JUNE_2 + 86_400, 'U2', 'one more')];
    const { counts } = await brought(files);
    expect(counts).toMatchObject({ messages: 11, already: 10 });
    const after = await messagesOf(ines, general.id);
    expect(after.map((one) => one.body)).toEqual([...before.map((one) => one.body), 'said here since', 'one more']);
    const { unread, last } = await named(ines, 'général');
    expect([unread, last?.excerpt]).toEqual([0, 'said here since']);
    const seqs = after.map((one) => one.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  it('given somebody of it is invited later, then what they wrote is theirs, and their channels are open to them', async () => {
    const general = await named(ines, 'général');
    const { guests } = (await ines.client.get(`/api/channels/${general.id}`)).body as Channel;
    const marie = guests.find((one) => one.name.startsWith('Marie'))!;
    const invited = await staff.client.post(`/api/cohorts/${cohortId}/invitations`, {
      people: [{ email: 'marie@elsewhere.example', name: 'Marie', role: 'fellow' }],
    });
    expect(invited.body.created).toBe(1);
    const [letter] = await world.mail.to('marie@elsewhere.example');
    const token = /\/invitation\/(\S+)/.exec(letter!.text ?? '')![1]!;
    const guest = clientOf(world.nodes[0]!.url);
    expect((await guest.get(`/api/auth/invitations/${token}`)).body.known).toBe(false);
    const accepted = await guest.post(`/api/auth/invitations/${token}/accept`, {
      ...{ name: 'Marie Zoé', password: 'a password that is long', timeZone: 'Europe/Paris', locale: 'fr' },
    });
    expect(accepted.body.me).toMatchObject({ id: marie.id, name: 'Marie Zoé', email: 'marie@elsewhere.example' });
    const client = clientOf(world.nodes[0]!.url, accepted.body.accessToken);
    await eventually(async () => {
      const names = ((await client.get('/api/channels')).body.items as ChannelSummary[]).map((one) => one.name);
      expect(names).toEqual(expect.arrayContaining(['général', 'secret']));
    });
    await client.delete(`/api/channels/${general.id}/members/${marie.id}`);
    await brought(await anExport());
    const names = ((await client.get('/api/channels')).body.items as ChannelSummary[]).map((one) => one.name);
    expect(names).not.toContain('général');
  });

  it('given runs that die in the middle, and two at once on two processes, then all is here, once', async () => {
    const days = Object.fromEntries(
      Array.from({ length: 3 }, (_, day) => [
        `long/2026-07-0${day + 1}.json`,
        Array.from({ length: 500 }, (_, index) => said(JUNE_2 + day * 86_400 + index, 'U1', `${day} ${index}`)),
      ]),
    );
    const zip = await packed({
      'users.json': [user('U1', 'Inès', ines.email)],
      'channels.json': [{ id: 'C9', name: 'long', members: ['U1'] }],
      ...days,
    });
    const run = (node: number, onProgress: () => Promise<void> = () => Promise.resolve()) =>
      world.nodes[node]!.app.get(SlackImport).run(zip, { cohortId, byId: staff.id }, onProgress);
    await expect(run(0, () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
    const both = await Promise.allSettled([run(0), run(1)]);
    // Who loses the race for a group is tried again by its worker.
    for (const [node, { status }] of both.entries()) if (status === 'rejected') await run(node);
    await rm(dirname(zip), { recursive: true });
    const { id, rev, readSeq, unread } = await named(ines, 'long');
    expect([rev, readSeq, unread]).toEqual([1500, 1500, 0]);
    const bodies: string[] = [];
    for (let after = 0; bodies.length < 1500;) {
      const page = await messagesOf(ines, id, `&after=${after}`);
      bodies.push(...page.map((one) => one.body));
      after = page.at(-1)!.seq;
    }
    expect(bodies).toEqual(Array.from({ length: 1500 }, (_, at) => `${Math.floor(at / 500)} ${at % 500}`));
  });

  it('given what is no export, then it is refused with the reason, and may be thrown away', async () => {
    const { body } = await handOver(staff, await packed({ 'hello.json': {} }));
    const { problem } = await untilIn(body.id, 'refused');
    expect(problem).toBe('not_a_slack_export');
    expect((await staff.client.post(path(`${body.id}/run`))).body).toMatchObject({ status: 409, code: 'not_ready' });
    expect((await staff.client.delete(path(body.id))).status).toBe(204);
    expect((await staff.client.get(path(body.id))).status).toBe(404);
  });

  it('given somebody else, then nothing of it is theirs', async () => {
    const some = await packed(await anExport());
    expect((await handOver(ines, some)).status).toBe(403);
    expect((await handOver(other, await packed({}))).status).toBe(404);
    expect((await ines.client.get(path())).status).toBe(403);
    expect((await other.client.get(path())).status).toBe(404);
    expect((await clientOf(world.nodes[0]!.url).get(path())).status).toBe(401);
    expect(
      (await other.client.get(`/api/cohorts/${(other as any).cohortId ?? cohortId}/imports/${checked.id}`)).status,
    ).toBe(404);
  });
});
