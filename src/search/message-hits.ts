import { Injectable } from '@nestjs/common';
import { People } from '../auth/people.js';
import { ChannelNames } from '../chat/channels/channel-names.js';
import { MessageFinder } from '../chat/search/message-finder.js';
import { SavedMessages } from '../chat/marks/saved-messages.service.js';
import { withNames } from '../chat/messages/message.js';
import { TextNames } from '../chat/messages/text-names.js';
import { inTurns } from '../common/in-turns.js';
import type { MessageState } from '../common/texts/search-query.js';
import { NAMES_ALL, fromToken, hasToken, isToken, namesToken, wordsIn } from '../common/texts/search-words.js';
import type { Message } from '../contracts/chat/chat.js';
import type { Person } from '../contracts/primitives.js';
import type { FoundChannel } from '../contracts/search.js';
import { fitsText, needsText } from './ask.js';
import type { Found, HitSource, Scored, Seeking } from './hits.js';
import { plainOf, scoreOf, snippetOf } from './marking.js';

/** Messages of the channels that the seeker may read now. */
@Injectable()
export class MessageHits implements HitSource {
  readonly kind = 'messages';

  constructor(
    private readonly finder: MessageFinder,
    private readonly names: ChannelNames,
    private readonly people: People,
    private readonly textNames: TextNames,
    private readonly saved: SavedMessages,
  ) {}

  async find(seeking: Seeking): Promise<Found> {
    const { wanted, authorIds, has, is, not, userId } = seeking;
    const saved = [...is, ...not.is].includes('saved') ? await this.saved.ids({ userId }) : null;
    const walk = await this.finder.find({
      channelIds: [...seeking.channels.keys()],
      groups: [
        ...wanted.terms.map((term) => term.stems),
        ...(authorIds ? [authorIds.map(fromToken)] : []),
        ...has.map((what) => [hasToken(what)]),
        ...is.flatMap((state) => (state === 'saved' ? [] : [tokensOf(state, userId)])),
      ],
      without: [
        ...not.authorIds.map(fromToken),
        // What I wrote to all names nobody to me.
        ...(is.includes('mention') ? [fromToken(userId)] : []),
        ...not.has.map(hasToken),
        ...not.is.flatMap((state) => (state === 'saved' ? [] : tokensOf(state, userId))),
      ],
      ...(saved && is.includes('saved') && { among: saved }),
      ...(saved && not.is.includes('saved') && { except: saved }),
      from: seeking.from,
      before: seeking.before,
      after: seeking.after,
      limit: seeking.limit,
      ...(needsText(wanted) && { fits: (message: Message) => fitsText(textOf(message), wanted) }),
    });
    const [names, faces, called] = await Promise.all([
      this.names.of(seeking.userId, [...new Set(walk.found.map((message) => message.channelId))]),
      this.people.byId(walk.found.map((message) => message.senderId)),
      this.textNames.of(
        walk.found.map(({ body, mentions, channelId }) => {
          const cohortId = seeking.channels.get(channelId);
          return { body, mentions, cohortIds: cohortId ? [cohortId] : [] };
        }),
      ),
    ]);
    const nameIn = new Map(walk.found.map(({ id }, at) => [id, called[at]]));
    const hits = await inTurns(
      walk.found,
      (message) => message.body,
      (message) => {
        const channel = names.get(message.channelId);
        const body = withNames(message.body, (id) => nameIn.get(message.id)?.(id), 'en');
        return channel ? [hitOf({ ...message, body }, channel, faces, seeking)] : [];
      },
    );
    return { hits: hits.flat(), to: walk.to };
  }
}

/** Any of these says that a message is so, to this reader. */
function tokensOf(state: Exclude<MessageState, 'saved'>, userId: string): string[] {
  return state === 'mention' ? [namesToken(userId), NAMES_ALL] : [isToken(state)];
}

/** All that its words were made of. */
const textOf = ({ body, attachments }: Message) =>
  [plainOf(body), ...attachments.flatMap(({ name, alt }) => [name, alt])].join('\n');

function hitOf(
  message: Message,
  channel: FoundChannel,
  faces: ReadonlyMap<string, Person>,
  { wanted, channels }: Seeking,
): Scored {
  const text = plainOf(message.body);
  const words = wordsIn(text);
  const cohortId = channels.get(channel.id) ?? null;
  const page = cohortId === null ? `/chat/${channel.id}` : `/c/${cohortId}/chat/${channel.id}`;
  return {
    kind: 'messages',
    id: message.id,
    cohortId,
    title: [],
    snippet: snippetOf(text, wanted, words),
    link: `${page}?message=${message.id}`,
    at: message.createdAt,
    by: faces.get(message.senderId) ?? { id: message.senderId, name: message.bot?.name ?? '', avatarUrl: null },
    channel,
    isReply: message.threadId !== null,
    score: scoreOf(words, wanted),
  };
}
