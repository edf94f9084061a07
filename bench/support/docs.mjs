import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

const file = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md');

/** Puts the latest table of a bench, with the machine it ran on, between its two marks in docs/benchmarks.md. */
export function keepInDocs(name, table, engine) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from === -1 || to < from) throw new Error(`docs/benchmarks.md has no place for ${name}`);
  writeFileSync(file, `${text.slice(0, from + open.length)}\n\n${machine(engine)}\n\n${table}\n${text.slice(to)}`);
}

function machine(engine) {
  const memory = Math.round(totalmem() / 1e9);
  const day = new Date().toISOString().slice(0, 16).replace('T', ' ');
  return (
    `${day} UTC; ${availableParallelism()} cores (${cpus()[0]?.model.trim() || 'unnamed'}), ${memory} GB, Node ${process.versions.node}, ` +
    `database ${engine}; load of the machine at the end ${loadavg()[0].toFixed(1)}.`
  );
}
