import { fileURLToPath } from 'node:url';

/**
 * The path of the module that a thread loads, by its address without ending: what was built. Tests run the sources, and Node cannot: where this
 * module is a source, others below `src/` of the app are meant as they stand in `dist/`.
 */
export function builtPath(module: URL, here = import.meta.url): string {
  const sources = new URL('../../', here).href;
  const fromSource = here.endsWith('.ts') && module.href.startsWith(sources);
  const { href } = fromSource ? new URL(`../dist/${module.href.slice(sources.length)}`, sources) : module;
  return fileURLToPath(`${href}.js`);
}
