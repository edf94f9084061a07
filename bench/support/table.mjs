/** One figure as text: three digits that matter. */
const digits = (value) =>
  Number.isNaN(value)
    ? '-'
    : value >= 100
      ? Math.round(value).toLocaleString('en')
      : String(Number(value.toPrecision(3)));

const between = ({ low, high }) => `${digits(low)}-${digits(high)}`;

/** Is a ratio or a figure where performance.md wants it? The middle one counts. */
function verdict(value, { atLeast, atMost }) {
  if (atLeast !== undefined) return `>= ${atLeast}: ${value >= atLeast ? 'reached' : 'short'}`;
  if (atMost !== undefined) return `<= ${atMost}: ${value <= atMost ? 'reached' : 'short'}`;
  return '-';
}

/**
 * The Markdown tables of a bench.
 *
 * @param {{rows?: object[], figures?: object[], notes?: string[]}} result `rows` are comparisons (see `alternate`), `figures` plain
 *   numbers, each with `name` and a target `atLeast` or `atMost`
 */
export function tableOf({ rows = [], figures = [], notes = [] }) {
  const compared = rows.map((row) => [
    row.name,
    `${digits(row.ratio.mid)}x`,
    between(row.ratio),
    verdict(row.ratio.mid, row),
    `${digits(row.same.mid)}x (${between(row.same)})`,
    `${digits(row.appRate)} : ${digits(row.bareRate)} ${row.unit}`,
    `${digits(row.appCpuMs)} : ${digits(row.bareCpuMs)} ms`,
    String(row.lost),
  ]);
  const plain = figures.map((row) => [
    row.name,
    `${digits(row.mid)} ${row.unit}`.trim(),
    row.low === undefined ? '-' : between(row),
    verdict(row.mid, row),
  ]);
  return [
    ...table(
      ['what', 'ratio', 'quartiles', 'target', 'same against itself', 'ours : bare', 'CPU an operation', 'lost'],
      compared,
    ),
    ...table(['what', 'figure', 'quartiles', 'target'], plain),
    ...notes.map((note) => `${note}\n`),
  ].join('\n');
}

function table(head, rows) {
  if (rows.length === 0) return [];
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}
