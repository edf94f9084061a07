import type { ThreadMessage } from './threads.js';

/** As long as a post may be. */
const MOST = 30_000;
const CUT = '…';

/**
 * The question of a topic that continues a thread: what its author says first, then the messages as quotations, each under the name
 * of who wrote it. From the first that finds no room on they are left out, with `…` in their place.
 */
export function questionFrom(intro: string, thread: readonly ThreadMessage[], most = MOST): string {
  let text = intro;
  for (const message of thread) {
    const longer = below(text, quotationOf(message));
    if (below(longer, CUT).length > most) {
      const cut = below(text, CUT);
      return cut.length > most ? text : cut;
    }
    text = longer;
  }
  return text;
}

const quotationOf = ({ authorId, bot, body }: ThreadMessage) =>
  `${bot ?? `<@${authorId}>`}\n\n${body.trim()}`.replace(/^(.+)$/gm, '> $1').replace(/^$/gm, '>');

const below = (text: string, more: string) => (text === '' ? more : `${text}\n\n${more}`);
