import { randomUUID } from 'node:crypto';
import type { ChannelSummary, Message } from '../../../src/contracts/chat/chat.js';
import type { LiveClient } from '../client.js';
import { eventually } from '../eventually.js';
import type { TestPerson } from '../factories.js';

/** My channel of a kind, by its end of name where there are several. */
export async function channelOf(person: TestPerson, kind: ChannelSummary['kind'], name = ''): Promise<ChannelSummary> {
  const answer = await person.client.get('/api/channels');
  const items = answer.body.items as ChannelSummary[];
  const found = items.find((channel) => channel.kind === kind && channel.name.endsWith(name));
  if (!found) throw new Error(`${person.name} is in no ${kind} channel ${name}`);
  return found;
}

/** Sends over HTTP and returns the message. */
export async function say(person: TestPerson, channelId: string, body: string, threadId?: string): Promise<Message> {
  const answer = await person.client.post(`/api/channels/${channelId}/messages`, {
    clientId: randomUUID(),
    body,
    ...(threadId && { threadId }),
  });
  expect(answer.status).toBe(201);
  return answer.body as Message;
}

/** Waits for an event that fits; returns its payload. */
export async function heard(
  live: LiveClient,
  event: string,
  fits: (payload: any) => boolean = () => true,
): Promise<any> {
  return await eventually(() => {
    const found = live.events.find((one) => one.event === event && fits(one.payload));
    if (!found) throw new Error(`no ${event} that fits among ${live.events.length} events`);
    return found.payload;
  });
}

/** A private channel by hand. */
export async function aPrivateChannel(maker: TestPerson, cohortId: string, members: TestPerson[]): Promise<string> {
  const answer = await maker.client.post(`/api/cohorts/${cohortId}/channels`, {
    name: `private-${randomUUID().slice(0, 8)}`,
    memberIds: members.map((member) => member.id),
  });
  expect(answer.status).toBe(201);
  return answer.body.id as string;
}
