import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../../common/problem.js';
import type { Config } from '../../config/config.js';
import { isThisMachine } from './network.js';

type Named = Pick<Config, 'NODE_ENV' | 'HOST' | 'PUBLIC_URL'>;

/**
 * 421 `foreign_host` for what is asked by a name that is not ours: a page elsewhere can make its own name lead here (DNS rebinding), and to the browser all that
 * answers under it is that page's own. Held where the server listens to this machine alone and is not in production, as `npm start` does, whose people have
 * published passwords. Elsewhere proxies and probes have names of their own for it, and who has no password gets nowhere.
 */
export function refuseForeignHosts(app: NestFastifyApplication, config: Config): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', ({ headers }, _reply, done) => {
      if (isOwnHost(headers, config)) done();
      else
        done(new Problem(421, 'foreign_host', `The name you asked by is none of Cordée's. Open ${config.PUBLIC_URL}`));
    });
}

/** Is a request, or the upgrade of a socket, to one of our names? The port says nothing: a tunnel has another one. */
export function isOwnHost({ host }: Pick<IncomingHttpHeaders, 'host'>, config: Named): boolean {
  if (config.NODE_ENV === 'production' || !isThisMachine(config.HOST)) return true;
  const name = nameIn(host);
  return name !== null && (isThisMachine(name) || name === new URL(config.PUBLIC_URL).hostname);
}

/** The name in a Host header (RFC 9110 section 7.2), in lower case; null for what is none. */
export function nameIn(host = ''): string | null {
  const address = `http://${host}`;
  if (!/^[^\s/?#@\\]+$/.test(host) || !URL.canParse(address)) return null;
  return new URL(address).hostname;
}
