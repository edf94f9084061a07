import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';

type Schema = Record<string, unknown>;

/** Shorter ones are said where they are: a name would be no shorter. */
const MIN_LENGTH = 100;

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A schema that a module exports: as it is taken, or as it is given. */
interface Named {
  name: string;
  io: 'input' | 'output';
}

/** The schemas that modules export, by their text. */
function namesOf(modules: readonly Record<string, unknown>[]): Map<string, Named> {
  const names = new Map<string, Named>();
  for (const [name, schema] of modules.flatMap((module) => Object.entries(module))) {
    if (!(schema instanceof z.ZodType)) continue;
    for (const io of ['input', 'output'] as const) {
      const text = textOf(schema, io);
      if (text.length >= MIN_LENGTH && !names.has(text)) names.set(text, { name, io });
    }
  }
  return names;
}

function textOf(schema: z.ZodType, io: 'input' | 'output'): string {
  return JSON.stringify(z.toJSONSchema(schema, { target: 'openapi-3.0', io, unrepresentable: 'any' }));
}

/**
 * Says each schema that bears a name once, in `components.schemas` (OpenAPI 3.0.3, section 4.7.7), and refers to it elsewhere. What may be null as
 * well refers to it by `anyOf`, since nothing beside a `$ref` counts (section 4.7.23); allowing-null.ts adds the null.
 *
 * @param document is changed
 * @param modules whose exports give the names: the contracts
 */
export function shareSchemas(document: OpenAPIObject, modules: readonly Record<string, unknown>[]): void {
  const names = namesOf(modules);
  const shared: Record<string, Schema> = {};
  const bearers = new Map<string, Named>();
  const refer = (named: Named, schema: Schema): Schema => {
    // Where one contract reads differently when it is taken and when it is given, and both are there, the second says which it is.
    const isFree = (bearers.get(named.name) ?? named) === named;
    const name = isFree ? named.name : `${named.name}${named.io === 'input' ? 'Input' : 'Reply'}`;
    if (!bearers.has(name)) {
      bearers.set(name, named);
      shared[name] = within(schema);
    }
    return { $ref: `#/components/schemas/${name}` };
  };
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isObject(value)) return value;
    const { nullable, ...rest } = value;
    const named = names.get(JSON.stringify(value));
    if (named) return refer(named, value);
    const orNull = nullable === true ? names.get(JSON.stringify(rest)) : undefined;
    return orNull ? { nullable, anyOf: [refer(orNull, rest)] } : within(value);
  };
  const within = (value: Schema): Schema =>
    Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one)]));
  document.paths = walk(document.paths) as OpenAPIObject['paths'];
  const components = walk(document.components ?? {}) as NonNullable<OpenAPIObject['components']>;
  const sorted = Object.fromEntries(Object.entries(shared).sort(([one], [other]) => (one < other ? -1 : 1)));
  document.components = { ...components, schemas: { ...components.schemas, ...sorted } };
}
