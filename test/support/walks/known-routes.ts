import type { TestNode } from '../app.js';

/** One route as the router itself knows it: `path` with its parameters (`:id`, `*`). */
export interface KnownRoute {
  method: string;
  path: string;
}

const STEP = 4;

/** Every route of the router, whoever declared it: Nest, a plugin, or the files of the web app. Read from the tree that the router prints. */
export function routesOf(node: Pick<TestNode, 'app'>): KnownRoute[] {
  const routes: KnownRoute[] = [];
  const above: string[] = [];
  for (const line of node.app.getHttpAdapter().getInstance().printRoutes().split('\n')) {
    const [, indent, text, methods] = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (indent === undefined || text === undefined) continue;
    const depth = indent.length / STEP;
    above.length = depth;
    above[depth] = text;
    for (const method of methods?.split(', ') ?? []) routes.push({ method, path: above.join('') });
  }
  return routes;
}
