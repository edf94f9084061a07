import { Injectable } from '@nestjs/common';
import { Port } from '../../common/port.js';
import type { CohortActor } from '../../common/actor.js';
import type { ThreadRef } from '../../contracts/forums.js';

/** One message of a thread that goes on as a topic; `body` is markdown that names people as `<@userId>`. */
export interface ThreadMessage {
  messageId: string;
  authorId: string;
  /** The name of what wrote it from outside, which is nobody's account; null for a person. */
  bot: string | null;
  body: string;
}

export interface CarriedThread {
  messages: ThreadMessage[];
  staying: number;
}

/** Where threads of chat come from. The bridge between the two rooms provides it to the forum. */
export abstract class Threads {
  /**
   * What of a thread this person may carry to the forum, and how many messages of it stay where they are; null for who may not read it and for what is no thread of
   * the cohort.
   */
  abstract read(actor: CohortActor, thread: ThreadRef): Promise<CarriedThread | null>;
  /** Which of these messages are there, and not deleted. */
  abstract living(messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** May this person follow a link to the thread? False for what is no message of that channel. */
  abstract isReadable(userId: string, thread: ThreadRef): Promise<boolean>;
}

/** Answered by the bridge to the chat. */
@Injectable()
export class ThreadsPort extends Port<Threads> {}
