/** A message of the thread from which a topic was made, as chat has it now. */
export interface ThreadMessage<Id> {
  id: Id;
  authorId: Id;
  /** The name of what wrote it from outside; null for a person. */
  bot: string | null;
  /** What would be copied of it today, and then whatever else was when it was another text; nothing once it is deleted. */
  said: readonly string[];
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
}

/** A message that a topic quotes by reference. */
export interface Quote<Id> {
  messageId: Id;
  authorId: Id;
  bot: string | null;
  body: string;
}

/** What a question is made of instead of one text: its author's words, the messages that it quotes, and how many of the thread it has not. */
export interface Parted<Id> {
  body: string;
  quotes: Quote<Id>[];
  staying: number;
}

/** A quotation in the text of a question: who is said to have written it, and what. */
interface Copy {
  at: number;
  head: string;
  text: string;
}

/** Where the thread found no room any more. */
const CUT = '…';

/**
 * Takes the messages that were copied into a question out of its text again. Each copy is told by its form (a quotation below the name of who wrote it) and found in
 * the thread: by its words; else, where the message was edited, deleted or its copy was changed, by its author and its place between the others. Where a copy
 * could be of a message that is there or of one that is deleted, it is of the deleted one. A quotation of nobody in the thread is the author's own text. Null
 * where nothing was copied. `openedAt`: what was said later, or deleted before, was not copied; `editedAt`: of the question.
 */
export function parted<Id>(
  text: string,
  messages: readonly ThreadMessage<Id>[],
  { openedAt, editedAt }: { openedAt: Date; editedAt: Date | null },
): Parted<Id> | null {
  const pieces = text.split('\n\n');
  const thread = messages.filter(
    ({ createdAt, deletedAt }) => createdAt <= openedAt && (deletedAt === null || deletedAt >= openedAt),
  );
  const heads = new Set(thread.map(headOf));
  const copies = pieces.flatMap((piece, at) => copyIn(piece, at) ?? []).filter(({ head }) => heads.has(head));
  const found = originsOf(copies, thread);
  if (found.size === 0) return null;
  const taken = new Set([...found.keys()].map(({ at }) => at));
  const last = Math.max(...taken);
  const own = pieces.filter((piece, at) => !taken.has(at) && !(piece === CUT && at === last + 1));
  const quotes = [...found].map(([copy, { id, authorId, bot, said, editedAt: changedAt }]) => {
    // Nobody but its author puts words into a message: what the topic's author changed is as it was said again.
    const isPutRight = editedAt !== null && (changedAt === null || changedAt <= openedAt);
    return { messageId: id, authorId, bot, body: (isPutRight ? said[0] : undefined) ?? copy.text };
  });
  const origins = new Set([...found.values()]);
  const staying = thread.filter((message) => message.said.length > 0 && !origins.has(message)).length;
  return { body: own.join('\n\n').trim(), quotes, staying };
}

/** A piece is a quotation whole: `> name`, `>`, and what was said. */
function copyIn(piece: string, at: number): Copy | null {
  const lines = piece.split('\n');
  if (lines.length < 3 || lines[1] !== '>' || !lines.every((line) => line === '>' || line.startsWith('> ')))
    return null;
  const [head = '', , ...said] = lines.map((line) => line.slice(2));
  return { at, head: head.toLowerCase(), text: said.join('\n') };
}

const headOf = <Id>({ authorId, bot }: ThreadMessage<Id>) => (bot ?? `<@${String(authorId)}>`).toLowerCase();

/** Copies stand in the order of the thread. First those whose words are found, then the others between them. */
function originsOf<Id>(copies: readonly Copy[], thread: readonly ThreadMessage<Id>[]): Map<Copy, ThreadMessage<Id>> {
  const origins = new Map<Copy, ThreadMessage<Id>>();
  const isFree = (message: ThreadMessage<Id>) => ![...origins.values()].includes(message);
  const freeOf = (head: string) => thread.filter((message) => headOf(message) === head && isFree(message));
  for (const copy of copies) {
    const origin = freeOf(copy.head).find(({ said }) => said.includes(copy.text));
    if (origin) origins.set(copy, origin);
  }
  const placeOf = new Map([...origins].map(([copy, origin]) => [copy, thread.indexOf(origin)]));
  for (const [index, copy] of copies.entries()) {
    if (origins.has(copy)) continue;
    const from = Math.max(-1, ...copies.slice(0, index).map((one) => placeOf.get(one) ?? -1));
    const to = Math.min(thread.length, ...copies.slice(index).map((one) => placeOf.get(one) ?? thread.length));
    const between = freeOf(copy.head).filter((message) => {
      const place = thread.indexOf(message);
      return place > from && place < to;
    });
    const waiting = copies.filter((one) => one.head === copy.head && !origins.has(one)).length;
    const gone = between.length > waiting ? between.find(({ said }) => said.length === 0) : undefined;
    const origin = gone ?? between[0];
    if (origin) origins.set(copy, origin);
  }
  return new Map([...origins].sort(([one], [other]) => one.at - other.at));
}
