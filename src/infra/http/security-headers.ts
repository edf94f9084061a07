import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../../config/config.js';

/** Swagger's page has styles of its own in its text; its scripts are files. */
const DOCS_POLICY =
  "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** A strict Content-Security-Policy: scripts and styles of ours by address or nonce, nothing from elsewhere, no frame around us. */
export async function registerSecurityHeaders(app: NestFastifyApplication, config: Config): Promise<void> {
  const https = config.PUBLIC_URL.startsWith('https:');
  await app.register(helmet as never, {
    enableCSPNonces: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        // Libraries that place things (menus, virtual lists) set style attributes; a nonce cannot cover those.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: https,
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (request, reply, _payload, done) => {
      if (request.url.startsWith('/api/docs')) void reply.header('content-security-policy', DOCS_POLICY);
      done();
    });
}
