import type {} from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHELL_HEADER, isPage, isUnlisted, plainPath } from '../../contracts/shell/pages.js';
import { type PageHead, withHead } from './page-head.js';
import { THE_CAMERA_ALONE } from './security-headers.js';

const WEB_FOLDER = join(import.meta.dirname, '../../../web/dist');

/** Files that are the same for everybody, and large; at the root the service worker is. */
const FILES = /^\/(assets\/|api\/docs\/|api\/openapi\.json$|[^/]+\.\w+$)/;

/**
 * Called before anything is packed on its way: to pack a large file costs a hundred times more than to ask for it, and anybody may ask. Files of the web app
 * lie there packed, those of the API's page and its description go as they are.
 */
export function packNoFiles(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      if (FILES.test(route.url)) route.compress = false;
    });
}

/** What other sites are told of a page, by its route: null where they are told nothing. */
export type PageHeads = Record<string, (request: FastifyRequest) => Promise<{ head: PageHead; url: string } | null>>;

/** Serves the built web app: files with a hash in their name for a year, and the same page for every other address; those of `heads` say in their head what they are. */
export async function serveWebApp(app: NestFastifyApplication, heads: PageHeads): Promise<void> {
  const index = join(WEB_FOLDER, 'index.html');
  if (!existsSync(index)) return;
  const page = readFileSync(index, 'utf8');
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic as never, {
    root: WEB_FOLDER,
    wildcard: false,
    index: false,
    preCompressed: true,
    // The page has nonces of its own for each who asks, under whatever name.
    globIgnore: ['index.html', '**/*.{br,gz}'],
    cacheControl: false,
    setHeaders: (reply: FastifyReply, path: string) =>
      reply
        .header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
        // As the page, which answers for a file at an odd address.
        .header('permissions-policy', THE_CAMERA_ALONE),
  });
  const sendPage = (request: FastifyRequest<{ Params: { '*'?: string } }>, reply: FastifyReply) => {
    const address = plainPath(request.params['*'] ?? '');
    if (!isPage(address)) {
      reply.callNotFound();
      return;
    }
    if (isUnlisted(address)) void reply.header('x-robots-tag', 'noindex');
    void reply.header(SHELL_HEADER, '1').header('permissions-policy', THE_CAMERA_ALONE);
    return reply.type('text/html').header('cache-control', 'no-cache').send(withNonces(page, reply));
  };
  for (const [url, headOf] of Object.entries(heads))
    fastify.get(url, async (request, reply) => {
      const said = await headOf(request);
      const headed = said ? withHead(page, said.head, said.url) : page;
      void reply.header('permissions-policy', THE_CAMERA_ALONE);
      return reply.type('text/html').header('cache-control', 'no-cache').send(withNonces(headed, reply));
    });
  fastify.get('/', sendPage);
  fastify.get('/*', sendPage);
}

function withNonces(page: string, reply: FastifyReply): string {
  const { script, style } = reply.cspNonce;
  return page
    .replaceAll('nonce="__CSP_NONCE__"', `nonce="${script}"`)
    .replaceAll('content="__CSP_NONCE__"', `content="${style}"`);
}
