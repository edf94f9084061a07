/** An iCalendar text in pieces, so that a long one can be read bit by bit, and one broken entry breaks no other. */
export interface IcsPieces {
  /** The calendar without its entries, closed again. */
  head: string;
  /** The VTIMEZONE blocks. */
  zones: string[];
  /** The VEVENT blocks. */
  events: string[];
}

/** Content lines begin at a line's beginning; what goes on from the line before begins with a space (RFC 5545, section 3.1). */
const BYTE_ORDER_MARK = /^\ufeff/;
const BOUNDARY = /^(BEGIN|END):([A-Z-]+)[ \t\r]*$/gim;

/**
 * Cuts a text at its components. Null when it is no calendar at all; throws when it is one that does not end, or in which one entry begins
 * within another.
 */
export function piecesOf(marked: string): IcsPieces | null {
  const text = marked.replace(BYTE_ORDER_MARK, '');
  const pieces: IcsPieces = { head: '', zones: [], events: [] };
  const open: { name: string; at: number }[] = [];
  for (const { 1: word = '', 2: kind = '', 0: line, index } of text.matchAll(BOUNDARY)) {
    const name = kind.toUpperCase();
    if (open.length === 0 && name !== 'VCALENDAR') continue;
    if (word.toUpperCase() === 'BEGIN') {
      if (open.length === 1 && pieces.head === '') pieces.head = headOf(text.slice(open[0]?.at, index));
      open.push({ name, at: index });
      continue;
    }
    const begun = open.pop();
    if (begun?.name !== name) throw new Error(`${name} ends where ${begun?.name ?? 'nothing'} began`);
    const block = () => text.slice(begun.at, index + line.length);
    if (open.length === 0 && pieces.head === '') pieces.head = headOf(text.slice(begun.at, index));
    if (open.length !== 1) continue;
    if (name === 'VEVENT') pieces.events.push(block());
    if (name === 'VTIMEZONE') pieces.zones.push(block());
  }
  if (open.length > 0) throw new Error(`${open[0]?.name ?? ''} does not end`);
  return pieces.head === '' ? null : pieces;
}

const headOf = (opening: string) => `${opening.trimEnd()}\r\nEND:VCALENDAR`;
