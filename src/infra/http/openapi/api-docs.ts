import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { contracts } from '../../../contracts/index.js';
import { ProblemBody } from '../../../contracts/primitives.js';
import type { Access } from '../access.js';
import { allowingNull } from './allowing-null.js';
import { shareSchemas } from './shared-schemas.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** The document as it is kept in the repository, and served: `npm run openapi` writes it, and a test compares it with the code. */
export const OPENAPI_FILE = join(import.meta.dirname, '../../../../docs/openapi.json');

/** Name of the security scheme of routes that are asked with the refresh cookie. */
export const BY_REFRESH_COOKIE = 'refresh';

/** The OpenAPI document of all routes; each carries `x-access`, who may call it. Made of nothing but code, in seconds of the event loop: no request may lead here. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const frame = new DocumentBuilder()
    .setTitle('Cordée')
    .setDescription(
      'Instants are ISO 8601 UTC; wall-clock rules carry an IANA zone. Errors are application/problem+json with a stable code.',
    )
    .setVersion('1')
    .addBearerAuth()
    .addCookieAuth('cordee_refresh', { type: 'apiKey', in: 'cookie' }, BY_REFRESH_COOKIE)
    .build();
  const document = SwaggerModule.createDocument(app, frame, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  const ruled = withRules(document);
  shareSchemas(ruled, contracts);
  return allowingNull(ruled);
}

/** Writes into each operation what guards and filters do for all of them: who must sign in, and how a refusal looks. */
function withRules(document: OpenAPIObject): OpenAPIObject {
  document.components = { ...document.components, responses: { Problem: PROBLEM } };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const operation of Object.values(item as Record<string, Operation>)) {
      const access = (operation as Operation & { 'x-access'?: Access })['x-access'];
      operation.parameters = [...missingParameters(path, operation), ...(operation.parameters ?? [])];
      const csv = contentOf(operation)['text/csv'];
      if (csv) csv.schema = { type: 'string' };
      if (access && access.kind !== 'public') operation.security ??= [{ bearer: [] }];
      for (const status of refusals(access)) operation.responses[status] ??= { $ref: '#/components/responses/Problem' };
    }
  }
  return document;
}

/** What a route takes, by its type. A decorator says one form for all types, but lines of CSV are no object. */
const contentOf = ({ requestBody }: Operation) =>
  requestBody !== undefined && 'content' in requestBody ? requestBody.content : {};

/** Parts of the path that guards read, and no handler. */
function missingParameters(path: string, { parameters = [] }: Operation): NonNullable<Operation['parameters']> {
  const known = new Set(parameters.flatMap((one) => ('in' in one && one.in === 'path' ? [one.name] : [])));
  return [...path.matchAll(/\{(\w+)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !known.has(name))
    .map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

/** The refusals that each route of a kind can answer; `default` stands for those that depend on the body and the state. */
function refusals(access: Access | undefined): string[] {
  switch (access?.kind) {
    case 'signed-in':
      return ['401', 'default'];
    case 'admin':
      return ['401', '403', 'default'];
    case 'cohort':
      return ['401', '403', '404', 'default'];
    default:
      return ['default'];
  }
}

const PROBLEM = {
  description: 'Refused, with a stable `code`; `errors` name the fields (RFC 9457).',
  content: {
    'application/problem+json': {
      schema: z.toJSONSchema(ProblemBody, { target: 'openapi-3.0', io: 'output' }) as never,
    },
  },
};

/** Swagger's page has styles of its own in its text; its scripts are files. */
const DOCS_POLICY =
  "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/**
 * The document as it is sent, and what tells one from another. It is read and summed up once, since each takes milliseconds, and sent as bytes, which all who ask
 * share: of a text, each who reads slowly keeps a copy here.
 */
interface Written {
  bytes: Buffer;
  sum: string;
}

/** `/api/docs` to read, `/api/openapi.json` for programs; read from {@link OPENAPI_FILE} when first asked for. */
export function mountApiDocs(app: NestFastifyApplication): void {
  let document: OpenAPIObject | undefined;
  let written: Written | undefined;
  const write = () => (written ??= writtenIn(OPENAPI_FILE));
  const read = () => (document ??= JSON.parse(write().bytes.toString()) as OpenAPIObject);
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  hangHeadersOnDocs(fastify, () => `"${write().sum}-page"`);
  // Swagger would write the whole document anew for everybody who asks.
  fastify.get('/api/openapi.json', (_request, reply) => {
    const { bytes, sum } = write();
    return reply.type('application/json').header('etag', `"${sum}"`).send(bytes);
  });
  SwaggerModule.setup('api/docs', app, read, {
    raw: false,
    customSiteTitle: 'Cordée API',
    // Its default sends the document to a validator on the internet.
    swaggerOptions: { validatorUrl: null },
  });
}

/**
 * Swagger declares its routes itself: each is given the policy as it is declared, not as it is asked for. The script that holds the whole document is sent as
 * {@link Written} is.
 */
function hangHeadersOnDocs(fastify: FastifyInstance, tagOf: () => string): void {
  let bytes: Buffer | undefined;
  fastify.addHook('onRoute', (route) => {
    if (!/^\/api\/docs(\/|$)/.test(route.url)) return;
    const holdsAll = route.url.endsWith('/swagger-ui-init.js');
    route.onRequest = (_request, reply, done) => {
      void reply.header('content-security-policy', DOCS_POLICY);
      if (holdsAll) void reply.header('etag', tagOf());
      done();
    };
    if (!holdsAll || route.method === 'HEAD') return;
    // Empty for who has it already.
    route.onSend = (_request, { statusCode }, payload, done) =>
      done(null, statusCode === 200 ? (bytes ??= Buffer.from(payload as string)) : payload);
  });
}

function writtenIn(file: string): Written {
  const bytes = readFileSync(file);
  return { bytes, sum: createHash('sha256').update(bytes).digest('base64url') };
}
