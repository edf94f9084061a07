import { Injectable } from '@nestjs/common';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { MessagesService } from '../../chat/messages/messages.service.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { Actor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import { SendMessage } from '../../contracts/chat/chat.js';
import { WriteReply } from '../../contracts/forums.js';
import { WriteNote } from '../../contracts/mentoring/mentoring.js';
import { PostsService } from '../../forums/posts.service.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import type { Answered } from '../../infra/mail/mail-addresses.js';
import { NotesService } from '../../mentoring/notes/notes.service.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';

/** What is written where. `key` is the same for each try of one answer. */
export interface Answer {
  to: Answered;
  subjectId: string;
  actor: Actor;
  body: string;
  key: string;
}

/** Writes answers by the same services that the pages use: who may write there is asked at this moment, by the same rules. */
@Injectable()
export class AnswerTargets {
  constructor(
    private readonly topics: TopicsReader,
    private readonly posts: PostsService,
    private readonly channels: ChannelsReader,
    private readonly messages: MessagesService,
    private readonly sessions: SessionsReader,
    private readonly notes: NotesService,
    private readonly members: Members,
  ) {}

  /** Throws a Problem for what cannot be written, a ZodError for what does not fit. What an earlier try wrote is not written again. */
  async write(answer: Answer): Promise<void> {
    if (answer.to === 't') await this.post(answer);
    else if (answer.to === 's') await this.note(answer);
    else await this.say(answer);
  }

  private async post({ subjectId, actor, body, key }: Answer): Promise<void> {
    const topic = await this.topics.whereNow(subjectId);
    if (!topic) throw notFound();
    const reply = WriteReply.parse({ clientId: idFor(key), body });
    await this.posts.reply(await this.actingIn(actor, topic.cohortId), topic.id, reply);
  }

  /** For the people of the session: what the mail says of its readers must be true. */
  private async note({ subjectId, actor, body, key }: Answer): Promise<void> {
    const session = await this.sessions.byId(subjectId);
    if (!session) throw notFound();
    const note = WriteNote.parse({ clientId: idFor(key), body, audience: 'participants' });
    await this.notes.write(await this.actingIn(actor, session.cohortId), session.id, note);
  }

  /** To a conversation, or beside the message that was answered, in its thread. */
  private async say({ to, subjectId, actor, body, key }: Answer): Promise<void> {
    const message = to === 'm' ? await this.channels.anyMessage(subjectId) : null;
    if (to === 'm' && !message) throw notFound();
    const threadId = message?.threadId ?? message?.id;
    const said = SendMessage.parse({ clientId: idFor(key), body, ...(threadId && { threadId }) });
    await this.messages.send(actor, message?.channelId ?? subjectId, said);
  }

  private async actingIn(actor: Actor, cohortId: string) {
    const acting = await this.members.actorIn(actor, cohortId);
    if (!acting || acting.role === 'admin') throw notFound();
    return acting;
  }
}

const idFor = (key: string) => `mail-${key}`;
