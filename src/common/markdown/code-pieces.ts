/** A stretch of a text: code (with its marks), or not. */
export interface Piece {
  text: string;
  isCode: boolean;
}

const FENCE = /^(?: {0,3}>)* {0,3}(`{3,}|~{3,})(.*)$/;

/**
 * A markdown text cut into what is code and what is not, in its order: fenced blocks (one that is not closed goes to the end) and spans
 * between equal runs of backticks within a paragraph. In code nobody is named.
 */
export function codePieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let kept = '';
  let fence: string | null = null;
  const endProse = () => {
    pieces.push(...spansOf(kept));
    kept = '';
  };
  for (const line of text.split(/(?<=\n)/)) {
    const [, mark = '', after = ''] = FENCE.exec(line.trimEnd()) ?? [];
    const opens = fence === null && mark !== '' && !(mark.startsWith('`') && after.includes('`'));
    if (opens) {
      endProse();
      fence = mark;
    }
    kept += line;
    if (fence === null) {
      if (line.trim() === '') endProse();
    } else if (!opens && mark.startsWith(fence) && after.trim() === '') {
      pieces.push({ text: kept, isCode: true });
      kept = '';
      fence = null;
    }
  }
  if (fence === null) endProse();
  else pieces.push({ text: kept, isCode: true });
  return pieces;
}

/** The text with its parts that are no code changed. */
export function changeOutsideCode(text: string, change: (prose: string) => string): string {
  if (!/[`~]/.test(text)) return change(text);
  return codePieces(text)
    .map((piece) => (piece.isCode ? piece.text : change(piece.text)))
    .join('');
}

/** The text without its code: a blank stands in the place of each. */
export function withoutCode(text: string): string {
  if (!/[`~]/.test(text)) return text;
  return codePieces(text)
    .map((piece) => (piece.isCode ? ' ' : piece.text))
    .join('');
}

/** Spans of code within a paragraph: from a run of backticks to the next one of the same length. */
function spansOf(prose: string): Piece[] {
  const runs = [...prose.matchAll(/`+/g)].map(({ 0: run, index }) => ({ from: index, length: run.length }));
  const waiting = new Map<number, { from: number }[]>();
  for (const run of runs.toReversed()) {
    const same = waiting.get(run.length);
    if (same) same.push(run);
    else waiting.set(run.length, [run]);
  }
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, length } of runs) {
    const same = waiting.get(length) ?? [];
    same.pop();
    if (from < at || prose[from - 1] === '\\') continue;
    const close = same.at(-1);
    if (!close) continue;
    if (from > at) pieces.push({ text: prose.slice(at, from), isCode: false });
    at = close.from + length;
    pieces.push({ text: prose.slice(from, at), isCode: true });
  }
  if (at < prose.length) pieces.push({ text: prose.slice(at), isCode: false });
  return pieces;
}
