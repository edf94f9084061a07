/** Null and nothing else, as OpenAPI 3.0 can say it. */
const NULL = { type: 'string', nullable: true, enum: [null] };

interface Schema {
  type?: string;
  nullable?: boolean;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/**
 * A description whose parts allow null wherever they say `nullable`: that adds null to their `type` alone (OpenAPI 3.0.3, 4.7.24), and whatever else is
 * said of the value still forbids it. Describes the same values as it was meant to; what was given stays as it is.
 */
export function allowingNull<T>(description: T): T {
  if (Array.isArray(description)) return description.map(allowingNull) as T;
  if (typeof description !== 'object' || description === null) return description;
  const copy = Object.fromEntries(Object.entries(description).map(([key, value]) => [key, allowingNull(value)]));
  return ((copy as Schema).nullable === true ? withNull(copy) : copy) as T;
}

function withNull({ allOf, anyOf, oneOf, ...schema }: Schema): Schema {
  const ways = oneOf ? [{ oneOf, ...(anyOf && { anyOf }) }] : anyOf;
  return {
    ...schema,
    ...(schema.enum && { enum: [...new Set([...schema.enum, null])] }),
    ...(allOf && { allOf: allOf.map((part) => withoutType(part, schema.type)) }),
    ...(ways && { anyOf: [...ways, NULL] }),
    // Without a type it says nothing.
    ...(schema.type === undefined && { nullable: undefined }),
  };
}

/** The type is said beside `allOf` already, where it may be null. */
function withoutType({ type, ...part }: Schema, said: string | undefined): Schema {
  return type === undefined || type === said ? part : { type, ...part };
}
