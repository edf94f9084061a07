/** A text with its selection, as a textarea holds it. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

/** Puts marks around the selection; takes them away where they are already. */
export function wrap({ text, start, end }: Selected, mark: string): Selected {
  const before = text.slice(0, start);
  const chosen = text.slice(start, end);
  const after = text.slice(end);
  const size = mark.length;
  if (before.endsWith(mark) && after.startsWith(mark)) {
    return { text: before.slice(0, -size) + chosen + after.slice(size), start: start - size, end: end - size };
  }
  return { text: before + mark + chosen + mark + after, start: start + size, end: end + size };
}

/** Makes the selection the words of a link; the address is selected next, to be typed over. */
export function link({ text, start, end }: Selected, words: string): Selected {
  const address = 'https://';
  const shown = text.slice(start, end) || words;
  const at = start + shown.length + 3;
  return {
    text: `${text.slice(0, start)}[${shown}](${address})${text.slice(end)}`,
    start: at,
    end: at + address.length,
  };
}

/** Puts lines around the selection, each on a line of its own; what was chosen is chosen still. */
export function enclose({ text, start, end }: Selected, before: string, after: string): Selected {
  const head = start > 0 && text[start - 1] !== '\n' ? `\n${before}\n` : `${before}\n`;
  const tail = end < text.length && text[end] !== '\n' ? `\n${after}\n` : `\n${after}`;
  return {
    text: text.slice(0, start) + head + text.slice(start, end) + tail + text.slice(end),
    start: start + head.length,
    end: end + head.length,
  };
}

/** A table with an empty row, below the line of the caret; its first head is chosen, to be typed over. */
export function table({ text, end }: Selected, head: string): Selected {
  const next = text.indexOf('\n', end);
  const at = next === -1 ? text.length : next;
  const line = text.slice(0, at);
  const gap = line === '' ? '' : line.endsWith('\n') ? '\n' : '\n\n';
  const start = at + gap.length + 2;
  const made = `${gap}| ${head} | ${head} |\n| --- | --- |\n|  |  |\n`;
  return { text: line + made + text.slice(at), start, end: start + head.length };
}

/** Puts a sign before each line of the selection ("- ", "> "); takes it away where all have it. */
export function prefix({ text, start, end }: Selected, sign: string): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next === -1 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const all = lines.every((line) => line.startsWith(sign));
  const changed = lines.map((line) => (all ? line.slice(sign.length) : sign + line)).join('\n');
  const shift = all ? -sign.length : sign.length;
  return {
    text: text.slice(0, from) + changed + text.slice(to),
    start: Math.max(start + shift, from),
    end: from + changed.length,
  };
}
