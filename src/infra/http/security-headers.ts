import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../../config/config.js';

/** What browsers let a page ask of the device. */
const OF_THE_DEVICE = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
];
const policyOf = (allowed: (feature: string) => boolean) =>
  OF_THE_DEVICE.map((feature) => `${feature}=(${allowed(feature) ? 'self' : ''})`).join(', ');

/** What answers: nothing of these, so that a script that came in could not either. */
const NOTHING_OF_THE_DEVICE = policyOf(() => false);
/** The app itself: the camera, for hosts who check people in, and for no page within it of another origin. */
export const THE_CAMERA_ALONE = policyOf((feature) => feature === 'camera');

/**
 * Faces and logos: their name changes with the picture, so that a page of forty faces asks for none again. Not for longer than a day (adr/0029): they stay on
 * a machine that others use as well, and with who left.
 */
export const KEPT_FOR_A_DAY = 'private, max-age=86400, immutable';

/** A strict Content-Security-Policy: scripts and styles of ours by address or nonce, nothing from elsewhere, no frame around us; nothing of the device; and no copy of an answer is kept. */
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
    .addHook('onRequest', (_request, reply, done) => {
      void reply.header('permissions-policy', NOTHING_OF_THE_DEVICE);
      done();
    })
    // Who says nothing of caching answers something personal (adr/0029).
    .addHook('onSend', (_request, reply, _payload, done) => {
      if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
      done();
    });
}
