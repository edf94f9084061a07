import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { Actor } from '../../common/actor.js';
import { cutAtWord } from '../../common/texts/cut.js';
import { MESSAGE_EXCERPT } from '../../common/markdown/excerpt.js';
import type { MessagePreview } from '../../contracts/chat/message-previews.js';
import type { Person } from '../../contracts/primitives.js';
import type { FoundChannel } from '../../contracts/search.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { ChannelNames } from '../channels/channel-names.js';
import { presentMessage, withNames } from '../messages/message.js';
import type { MessageRow } from '../messages/message.schema.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { OwnPlaces } from '../channels/own-places.js';
import { TextNames } from '../messages/text-names.js';

/** What links to messages show to who may read them now; about all others nothing is said. */
@Injectable()
export class MessagePreviews {
  constructor(
    private readonly places: OwnPlaces,
    private readonly messages: MessagesRepository,
    private readonly names: ChannelNames,
    private readonly people: People,
    private readonly textNames: TextNames,
  ) {}

  /** In the order of the links, in a constant number of questions; null for what is not theirs to read. */
  async of(
    actor: Pick<Actor, 'userId'>,
    links: readonly { channelId: string; messageId: string }[],
  ): Promise<(MessagePreview | null)[]> {
    const asked = toIds([...new Set(links.map((link) => link.channelId))]);
    const mine = await this.places.ofPerson(idOf(actor.userId), { channelIds: asked });
    const inside = new Set(mine.map((row) => String(row.channelId)));
    const readable = links.filter((link) => inside.has(link.channelId.toLowerCase()));
    const ids = toIds([...new Set(readable.map((link) => link.messageId.toLowerCase()))]);
    const [found, excerpts] = await Promise.all([this.messages.byIdsAnywhere(ids), this.messages.excerptsOf(ids)]);
    const rows = new Map(found.map((row) => [String(row._id), row]));
    const [channels, people, called] = await Promise.all([
      this.names.of(actor.userId, [...inside]),
      this.people.byId(found.map((row) => String(row.senderId))),
      this.textNames.of(
        found.map((row) => ({
          body: excerpts.get(String(row._id)) ?? '',
          mentions: row.names.map(String),
          cohortIds: row.cohortId ? [String(row.cohortId)] : [],
        })),
      ),
    ]);
    const begins = new Map(
      found.map(({ _id }, at) => [
        String(_id),
        withNames(excerpts.get(String(_id)) ?? '', (named) => called[at]?.(named)),
      ]),
    );
    return links.map(({ channelId, messageId }) => {
      const row = rows.get(messageId.toLowerCase());
      const channel = row && channels.get(String(row.channelId));
      return row && channel?.id === channelId.toLowerCase()
        ? previewOf(row, begins.get(String(row._id)) ?? '', channel, people)
        : null;
    });
  }
}

function previewOf(
  row: MessageRow,
  begins: string,
  channel: FoundChannel,
  people: ReadonlyMap<string, Person>,
): MessagePreview {
  const { id, rev, senderId, bot, attachments, createdAt, deletedAt } = presentMessage(row);
  const image = attachments.find((file) => file.previews !== null);
  return {
    messageId: id,
    rev,
    channel: { ...channel, cohortId: row.cohortId ? String(row.cohortId) : null },
    by: people.get(senderId) ?? null,
    botName: bot?.name ?? null,
    excerpt: cutAtWord(begins, MESSAGE_EXCERPT),
    image: image?.previews ? { url: image.previews.small, alt: image.alt } : null,
    files: attachments.length,
    createdAt,
    deletedAt,
  };
}
