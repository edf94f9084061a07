import { Types } from 'mongoose';
import type { Access } from '../../../src/infra/http/access.js';
import type { TestWorld } from '../app.js';
import { type Answer, type Client, clientOf } from '../client.js';

/** A route of the OpenAPI file, and who may call it. */
export interface DocumentRoute {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  access: Access;
}

export const randomId = () => String(new Types.ObjectId());

/** All routes of the OpenAPI file that a world serves. */
export async function documentRoutes(world: TestWorld): Promise<DocumentRoute[]> {
  const document = (await clientOf(world.url).get('/api/openapi.json')).body;
  return Object.entries(document.paths as Record<string, Record<string, any>>).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method as DocumentRoute['method'],
      path,
      access: operation['x-access'] as Access,
    })),
  );
}

/** The address of a route. Parameters without a value get a random id. */
export const addressOf = ({ path }: DocumentRoute, values: Record<string, string> = {}) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? randomId());

/** Asks a route, with an empty body where it takes one. */
export function ask(
  client: Client,
  route: DocumentRoute,
  values?: Record<string, string>,
  body: unknown = {},
): Promise<Answer> {
  const address = addressOf(route, values);
  return route.method === 'get' ? client.get(address) : client[route.method](address, body);
}

/** Checks all routes and names those whose answer is not as expected, so that one run shows all of them. */
export async function exceptions(
  routes: readonly DocumentRoute[],
  check: (route: DocumentRoute) => Promise<string | null>,
): Promise<string[]> {
  const found: string[] = [];
  for (const route of routes) {
    const problem = await check(route);
    if (problem) found.push(`${route.method.toUpperCase()} ${route.path}: ${problem}`);
  }
  return found;
}
