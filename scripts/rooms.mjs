/**
 * The rooms of the house as a rule of the linter (.oxlintrc.json, docs/architecture.md).
 * A room imports from rooms of an earlier row only; rooms of one row never import each other.
 */
import { dirname, join, relative, resolve, sep } from 'node:path';
import { waits } from './waits.mjs';

export const rows = [
  ['contracts'],
  ['common', 'config'],
  ['infra'],
  ['auth'],
  ['cohorts'],
  ['calendar', 'files'],
  ['workshops', 'mentoring', 'forums', 'chat', 'calls'],
  ['handbook', 'selection', 'commons'],
  ['agenda', 'search', 'notifications'],
  ['reminders'],
  ['bridges'],
];

const house = join(import.meta.dirname, '..');
const rowOf = (room) => rows.findIndex((row) => row.includes(room));
/** The folders of a path within the house, without the file. */
const folders = (path) => relative(house, path).split(sep).slice(0, -1);

/** Whether what stands in `file` may be built on what `source` names. Packages are everybody's. */
export function mayImport(file, source) {
  const [src, room] = folders(file);
  if (src !== 'src' || rowOf(room) < 0 || !source.startsWith('.')) return true;
  const [top, other] = folders(resolve(dirname(file), source));
  if (top === 'test') return /\.spec\.tsx?$/.test(file);
  return top === 'src' && (other === room || (rowOf(other) >= 0 && rowOf(other) < rowOf(room)));
}

const rooms = {
  create(context) {
    const check = (node, source) => {
      if (typeof source?.value !== 'string' || mayImport(context.filename, source.value)) return;
      const message = `${folders(context.filename)[1]} may only import rooms before it (docs/architecture.md).`;
      context.report({ node, message });
    };
    const bySource = (node) => check(node, node.source);
    return {
      ImportDeclaration: bySource,
      ImportExpression: bySource,
      ExportNamedDeclaration: bySource,
      ExportAllDeclaration: bySource,
      TSImportType: bySource,
    };
  },
};

export default { meta: { name: 'house' }, rules: { rooms, waits } };
