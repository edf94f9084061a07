import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const KILOBYTE = 1024;

/**
 * What may be sent to routes that ask for no login, by how their paths begin: forms are short, a message of another program is as long as one may be here. To
 * look at a body costs more than to send it, and nobody knows who sends it.
 */
const MOST_BYTES: readonly (readonly [path: RegExp, bytes: number])[] = [
  [/^\/api\/hooks\//, 256 * KILOBYTE],
  [/^\/api\/(auth|public|guests|places|session-links|unsubscribe)\//, 64 * KILOBYTE],
];

/** Sets the limit of each such route as it is made; more than that is 413. Routes with a smaller limit of their own keep it. */
export function limitPublicBodies(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      const [, bytes] = MOST_BYTES.find(([path]) => path.test(route.url)) ?? [];
      if (bytes !== undefined) route.bodyLimit = Math.min(route.bodyLimit ?? bytes, bytes);
    });
}
