import { ChannelMembershipSync } from '../../chat/channels/channel-membership-sync.js';
import { ChannelLists } from '../../chat/channels/channel-lists.service.js';
import { ChannelMembersRepository } from '../../chat/channels/channel-members.repository.js';
import { ChannelsRepository } from '../../chat/channels/channels.repository.js';
import { ChannelsService } from '../../chat/channels/channels.service.js';
import { MessagesService } from '../../chat/messages/messages.service.js';
import type { ChannelSummary } from '../../contracts/chat/chat.js';
import { idOf } from '../../infra/mongo/ids.js';
import { directExchanges, exchanges, hours, places } from './messages.content.js';
import { projects } from './projects.content.js';
import { type DemoCohort, type DemoPerson, type Stage, actorOf, inRole, memberOf } from './stage.js';
import { WEEKS_IN, at, talkingTime, talkingTimesOfThisWeek } from './times.js';

const MESSAGES = 3000;
const A_WEEK = 100;
const BUSY_CHANNELS = 25;
const LEFT_UNREAD: Record<string, number> = { cohort: 3, direct: 3, craft: 12 };

/** A channel where people talk much. */
export interface BusyChannel {
  channelId: string;
  speakers: DemoPerson[];
  isDirect: boolean;
  /** Among how many others it is picked so often. */
  share: number;
}

/** Channels as membership makes them, a few by hand, and 3,000 messages in the 25 busiest. */
export async function seedChat(stage: Stage, cohort: DemoCohort): Promise<BusyChannel[]> {
  stage.clock.set(at(stage, -WEEKS_IN, 0, 8));
  await stage.app.get(ChannelMembershipSync).reconcile(cohort.id);
  await makeChannelsByHand(stage, cohort);
  const busy = [...(await busiest(stage, cohort)), ...(await directs(stage, cohort))];
  await talk(stage, busy, { from: 0, until: MESSAGES, timeOf: (part) => talkingTime(stage, part) });
  return busy;
}

/** What this week has brought so far, up to a hundred messages; people have read almost everything. */
export async function seedThisWeeksChat(stage: Stage, busy: readonly BusyChannel[]): Promise<void> {
  const hours = talkingTimesOfThisWeek(stage);
  const until = MESSAGES + Math.round(A_WEEK * hours.share);
  await talk(stage, busy, { from: MESSAGES, until, timeOf: hours.at });
  stage.clock.set(stage.now);
  await readSome(stage, busy);
}

async function makeChannelsByHand(stage: Stage, cohort: DemoCohort): Promise<void> {
  const service = stage.app.get(ChannelsService);
  const fellows = inRole(cohort, 'fellow');
  for (const [name, topic] of [
    ['design-review', 'One screen, one problem, fifteen minutes.'],
    ['rgaa-and-access', 'Accessibilité : questions, audits, petites victoires.'],
    ['data-protection', 'AIPD, registres, bonnes phrases.'],
    ['coffee-paris', 'Qui est au bureau, qui prend un café.'],
  ] as const) {
    const [first, ...others] = [...fellows.slice(0, 3), ...stage.random.some(fellows.slice(3), 12)];
    if (first)
      await service.create(memberOf(cohort, first), {
        name,
        topic,
        memberIds: others.map((person) => person.id),
        open: name === 'rgaa-and-access' || name === 'coffee-paris',
      });
  }
}

/** The channels where people talk most: the cohort's, help, crafts, those by hand, and the first teams. */
async function busiest(stage: Stage, cohort: DemoCohort): Promise<BusyChannel[]> {
  const seen = new Map<string, { channel: ChannelSummary; speakers: DemoPerson[] }>();
  for (const person of [...inRole(cohort, 'fellow').slice(0, 40), ...inRole(cohort, 'coach')]) {
    for (const channel of await stage.app.get(ChannelLists).of(person.id)) {
      const known = seen.get(channel.id) ?? { channel, speakers: [] as DemoPerson[] };
      known.speakers.push(person);
      seen.set(channel.id, known);
    }
  }
  const weight: Record<string, number> = { cohort: 40, help: 30, craft: 16, private: 12, team: 7 };
  return [...seen.values()]
    .filter(({ channel, speakers }) => weight[channel.kind] !== undefined && speakers.length > 1)
    .sort((a, b) => (weight[b.channel.kind] ?? 0) - (weight[a.channel.kind] ?? 0))
    .slice(0, BUSY_CHANNELS - 4)
    .map(({ channel, speakers }) => ({
      channelId: channel.id,
      speakers,
      isDirect: false,
      share: weight[channel.kind] ?? 1,
    }));
}

async function directs(stage: Stage, cohort: DemoCohort): Promise<BusyChannel[]> {
  const [ines, tomasz, priya] = inRole(cohort, 'fellow');
  const [bastien] = inRole(cohort, 'coach');
  const [mireille] = inRole(cohort, 'host');
  const pairs = [
    [ines, tomasz],
    [ines, bastien],
    [ines, mireille],
    [tomasz, priya],
  ];
  const service = stage.app.get(ChannelsService);
  const channels: BusyChannel[] = [];
  for (const pair of pairs) {
    const speakers = pair.filter((person) => person !== undefined);
    const [first, ...others] = speakers;
    if (!first) throw new Error('a conversation needs somebody');
    const channel = await service.openDirect(actorOf(first), { userIds: others.map((person) => person.id) });
    channels.push({ channelId: channel.id, speakers, isDirect: true, share: 3 });
  }
  return channels;
}

/** Exchanges one after the other, at the times given for their part (0 to 1) of the messages; the lines of one exchange come at once. */
async function talk(
  stage: Stage,
  busy: readonly BusyChannel[],
  { from, until, timeOf }: { from: number; until: number; timeOf: (part: number) => Date },
): Promise<void> {
  const { random, clock } = stage;
  const urn = busy.flatMap((one) => Array.from({ length: one.share }, () => one));
  for (let written = from; written < until;) {
    const { channelId, speakers, isDirect } = random.pick(urn);
    clock.set(timeOf((written - from) / (until - from)));
    const exchange = random.pick<readonly string[]>(isDirect ? directExchanges : exchanges).slice(0, until - written);
    await say(stage, channelId, random.some(speakers, Math.min(speakers.length, exchange.length)), exchange, written);
    written += exchange.length;
    stage.progress.step('messages', written, until);
  }
}

async function say(
  stage: Stage,
  channelId: string,
  speakers: readonly DemoPerson[],
  exchange: readonly string[],
  from: number,
): Promise<void> {
  const messages = stage.app.get(MessagesService);
  const facts: Record<string, string> = {
    project: stage.random.pick(projects).name,
    place: stage.random.pick(places),
    n: String(stage.random.between(3, 40)),
    hour: stage.random.pick(hours),
  };
  for (const [index, line] of exchange.entries()) {
    const speaker = speakers[index % speakers.length];
    if (!speaker) throw new Error('nobody speaks');
    const body = line.replaceAll(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '');
    await messages.send(actorOf(speaker), channelId, { clientId: `demo-seed-${from + index}`, body });
  }
}

/** People have read almost everything; in some channels a few messages are left to come back to. */
async function readSome(stage: Stage, busy: readonly BusyChannel[]): Promise<void> {
  const members = stage.app.get(ChannelMembersRepository);
  const ids = busy.map(({ channelId }) => idOf(channelId));
  const heads = await stage.app.get(ChannelsRepository).byIds(ids);
  for (const [index, { _id, rev, kind }] of heads.entries()) {
    const seq = rev - (LEFT_UNREAD[kind] ?? 0);
    const everybody = await members.idsIn(_id);
    if (seq > 0) await members.readOwn(_id, new Map(everybody.map((id) => [String(id), seq])));
    stage.progress.step('read marks', index + 1, heads.length);
  }
}
