import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { channelName } from '../../common/texts/channel-names.js';
import { Clock } from '../../common/times/clock.js';
import { inTurns } from '../../common/in-turns.js';
import { OneByOne } from '../../common/one-by-one.js';
import { forbidden } from '../../common/problem.js';
import type { ChannelExportQuery, Message } from '../../contracts/chat/chat.js';
import { LongTexts } from '../../infra/threads/long-texts.js';
import { ChannelAccess } from '../channels/channel-access.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { channelAbilities } from '../chat.policy.js';
import { presentMessage } from '../messages/message.js';
import { MessageWalks } from '../messages/message-walks.repository.js';

/** Messages that are read at once: with more, those who ask meanwhile would wait for the database's answer to be read. */
const A_PIECE = 50;
const textOf = ({ body }: Message) => body;

/**
 * A channel as a file: piece by piece, so that a long one needs no more memory than a short one, and some messages at a time between the requests of
 * others; long ones are read on a thread.
 */
@Injectable()
export class ChannelExports {
  private readonly files = new OneByOne();

  constructor(
    private readonly access: ChannelAccess,
    private readonly walks: MessageWalks,
    private readonly people: People,
    private readonly texts: LongTexts,
    private readonly clock: Clock,
  ) {}

  /** The channel, for who may have it as a file. Throws 404, 403. */
  async channelFor(userId: string, channelId: string): Promise<ChannelRow> {
    const { channel } = await this.access.held({ userId }, channelId);
    if (!channelAbilities(await this.access.reader({ userId }, channel), channel).export) throw forbidden();
    return channel;
  }

  /** The pieces of one file of a person after those of the one before. Throws as {@link channelFor} where they may not have it any more. */
  inLine(userId: string, channel: ChannelRow, pieces: AsyncGenerator<string>): AsyncGenerator<string> {
    return this.files.of(userId, pieces, () => this.channelFor(userId, String(channel._id)));
  }

  /** All messages as JSON: `{channel, exportedAt, people: {id: name}, messages: [...]}`. */
  async *json(channel: ChannelRow): AsyncGenerator<string> {
    const names = new Map<string, string>();
    const head = { id: String(channel._id), name: channel.name, topic: channel.topic };
    yield `{"channel":${JSON.stringify(head)},"exportedAt":${JSON.stringify(this.clock.now())},"messages":[`;
    let isFirst = true;
    for await (const piece of this.pieces(channel, names)) {
      const rows = await inTurns(piece, textOf, ({ previews: _, ...message }) => JSON.stringify(message));
      yield `${isFirst ? '' : ','}\n${rows.join(',\n')}`;
      isFirst = false;
    }
    yield `\n],"people":${JSON.stringify(Object.fromEntries(names))}}\n`;
  }

  /** All messages as one page that needs nothing else. */
  async *html(channel: ChannelRow, { lang, zone }: ChannelExportQuery): AsyncGenerator<string> {
    const { BODY, bodyOf, messageHtml, pageHead } = await import('./channel-export.js');
    const names = new Map<string, string>();
    const reader = { locale: lang, timeZone: zone, nameOf: (id: string) => names.get(id) };
    const name = channelName({ name: channel.name, nameKey: channel.nameKey ?? null }, lang);
    yield pageHead(name, this.clock.now(), reader);
    for await (const piece of this.pieces(channel, names))
      yield (
        await inTurns(piece, textOf, async (message) =>
          messageHtml(message, await this.texts.read(BODY, bodyOf(message, reader)), reader),
        )
      ).join('');
    yield '</html>\n';
  }

  /** In seq order; `names` learns who wrote or is named. */
  private async *pieces(channel: ChannelRow, names: Map<string, string>): AsyncGenerator<Message[]> {
    for (let after = 0; ;) {
      const rows = await this.walks.after(channel._id, after, A_PIECE, channel.headSeq);
      const last = rows.at(-1);
      if (!last) return;
      const piece = rows.map(presentMessage);
      const unknown = piece.flatMap(({ senderId, mentions }) => [senderId, ...mentions]).filter((id) => !names.has(id));
      for (const [id, person] of await this.people.byId([...new Set(unknown)])) names.set(id, person.name);
      yield piece;
      after = last.seq;
    }
  }
}
