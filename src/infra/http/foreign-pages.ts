import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../../common/problem.js';
import type { Config } from '../../config/config.js';

/**
 * What a form of a foreign page could send without asking first: it is read nowhere but where mail programs unsubscribe with one click (RFC 8058 section 3.2) and where
 * programs write by a secret address, which no cookie goes along with. It is refused everywhere else.
 */
const SENT_BY_FORMS = /^(application\/x-www-form-urlencoded|text\/plain)\b/i;
const ONE_CLICK = '/api/unsubscribe/:token';
/** Programs that were made for Slack send a form with one field. */
const HOOKS = '/api/hooks/:token';
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** `none`: the person did it, no page. */
const OURS = new Set(['same-origin', 'none']);

/**
 * 403 `foreign_page` for what would write and comes from a page of another origin, whatever it sends: cookies alone do not tell, since a page of a sister domain
 * has them go along, and an answer can take them away. 415 for a body that no route of ours reads.
 */
export function refuseForeignPages(app: NestFastifyApplication, config: Config): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', ({ headers, method, routeOptions }, _reply, done) => {
      const isOpen = READS.has(method) || routeOptions.url === ONE_CLICK;
      const readsForms = routeOptions.url === ONE_CLICK || routeOptions.url === HOOKS;
      if (!isOpen && isForeign(headers, config)) {
        done(new Problem(403, 'foreign_page', 'A page of another origin may not do this.'));
      } else if (SENT_BY_FORMS.test(headers['content-type'] ?? '') && !readsForms) {
        done(new Problem(415, 'unsupported_media_type', 'Send JSON, or what the description of the API says.'));
      } else {
        done();
      }
    });
}

/** Browsers say where the page of a request is from; older ones, and those that use plain HTTP, by its origin alone. Programs say nothing. */
function isForeign(headers: IncomingHttpHeaders, config: Pick<Config, 'PUBLIC_URL'>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return !OURS.has(site);
  return !isOurOrigin(headers, config);
}

/** Is a request, or the upgrade of a socket, from a page of ours? Programs send no origin. */
export function isOurOrigin(
  { origin, host }: Pick<IncomingHttpHeaders, 'origin' | 'host'>,
  { PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>,
): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  return origin === new URL(PUBLIC_URL).origin || new URL(origin).host === host;
}
