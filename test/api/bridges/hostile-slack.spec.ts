import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SlackImport } from '../../../src/bridges/slack/slack-import.js';
import type { ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { packed, slackMessage as said } from '../../support/rooms/slack-export.js';

let world: TestWorld;
let cohortId: string;
let [ines, staff]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès' });
  staff = await aMember(world, cohortId, 'staff');
});

const AT = Math.floor(Date.parse(NOW) / 1000) - 86_400;
const general = { id: 'C1', name: 'of slack', members: ['U1'] };
const user = () => ({ id: 'U1', profile: { real_name: 'Inès', email: ines!.email } });
const packedOf = (files: Record<string, unknown>) =>
  packed({ 'users.json': [user()], 'channels.json': [general], ...files });

async function bring(messages: object[]): Promise<any[]> {
  const path = await packedOf({ 'of slack/2026-01-01.json': messages });
  await world.app.get(SlackImport).run(path, { cohortId, byId: staff!.id }, () => Promise.resolve());
  await rm(dirname(path), { recursive: true });
  const { items } = (await ines!.client.get(`/api/cohorts/${cohortId}/channels`)).body;
  const { id } = (items as ChannelSummary[]).find(({ name }) => name === general.name)!;
  return (await ines!.client.get(`/api/channels/${id}/messages`)).body.items;
}

it('given times that are none or to come, an address of half a sign, and words without end, then all comes in, and nothing is the latest for ever', async () => {
  const [odd, broken, long, later] = await bring([
    said(AT, 'U1', 'odd', { edited: { user: 'U1', ts: 'NaN' } }),
    said(AT + 1, 'U1', 'broken', {
      files: [{ id: 'F1', name: 'plan', permalink: 'https://files.example/\ud800' }],
    }),
    said(AT + 2, 'U1', 'a'.repeat(100_000), { attachments: Array(100).fill({ text: 'b'.repeat(40_000) }) }),
    said(99_999_999_999, 'U1', 'to come', { edited: { user: 'U1', ts: '99999999999.000100' } }),
  ]);
  expect([odd.body, odd.editedAt, broken.body]).toEqual(['odd', null, 'broken\n\n📎 plan']);
  expect(long.body.length).toBeLessThanOrEqual(50_000);
  expect(later).toMatchObject({ body: 'to come', createdAt: NOW, editedAt: NOW });
});

it('given names that begin a line of their own or turn those behind them, then they are one line, as names of ours', async () => {
  const odd = 'Eve\r\nBcc: all@b.example\u202e\u0000 ecila';
  const path = await packedOf({
    'users.json': [user(), { id: 'U2', profile: { real_name: odd } }, { id: 'U3', name: '\u202e\n' }],
    'channels.json': [{ ...general, topic: { value: odd } }],
    'of slack/2026-01-01.json': [
      said(AT, 'U2', 'a\u0000\u202eb'),
      said(AT + 1, 'U3', 'nameless'),
      { ...said(AT + 2, 'U1', 'by a program', { subtype: 'bot_message', username: odd }), user: undefined },
    ],
  });
  await world.app.get(SlackImport).run(path, { cohortId, byId: staff!.id }, () => Promise.resolve());
  await rm(dirname(path), { recursive: true });
  const { items } = (await ines!.client.get(`/api/cohorts/${cohortId}/channels`)).body;
  const { id } = (items as ChannelSummary[]).find(({ name }) => name === general.name)!;
  const channel = (await ines!.client.get(`/api/channels/${id}`)).body;
  const line = 'Eve Bcc: all@b.example ecila';
  expect(channel.guests.map(({ name }: { name: string }) => name).sort()).toEqual([line, 'Slack user']);
  const [first, , program] = (await ines!.client.get(`/api/channels/${id}/messages`)).body.items;
  expect([channel.topic, program.bot.name, first.body.includes('\u0000')]).toEqual([line, line, false]);
});

it('given more people or channels than a workspace has, then it is too large, and nothing is here', async () => {
  const reacting = (from: number) =>
    said(AT + from, 'U1', 'hi', {
      reactions: Array.from({ length: 60 }, (_, at) => ({
        name: 'tada',
        users: Array.from({ length: 1000 }, (_all, one) => `U${from}x${at}x${one}`),
      })),
    });
  const channels = Array.from({ length: 5001 }, (_, at) => ({ id: `C${at}`, name: `c${at}` }));
  for (const files of [{ 'of slack/2026-01-01.json': [reacting(1)] }, { 'channels.json': channels }]) {
    const path = await packedOf(files);
    const run = world.app.get(SlackImport).run(path, { cohortId, byId: staff!.id }, () => Promise.resolve());
    await expect(run).rejects.toMatchObject({ more: { errors: [{ field: '/file', code: 'too_large' }] } });
    await rm(dirname(path), { recursive: true });
  }
  const { items } = (await staff!.client.get(`/api/cohorts/${cohortId}/channels`)).body;
  expect(items.some(({ name }: ChannelSummary) => name === general.name)).toBe(false);
});
