import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../../config/config.js';
import { registerSecurityHeaders } from './security-headers.js';

/** What helmet is asked for at an address of ours. */
async function askedAt(PUBLIC_URL: string): Promise<Record<string, unknown>> {
  let asked: Record<string, unknown> = {};
  const instance = { addHook: () => instance };
  const app = {
    register: (_: unknown, options: Record<string, unknown>) => Promise.resolve(void (asked = options)),
    getHttpAdapter: () => ({ getInstance: () => instance }),
  };
  await registerSecurityHeaders(app as unknown as NestFastifyApplication, { PUBLIC_URL } as Config);
  return asked;
}

it('given an address with TLS, then browsers keep to it; without, they are not told what nobody could keep', async () => {
  const [safe, plain] = await Promise.all([askedAt('https://cordee.example'), askedAt('http://127.0.0.1:4000')]);
  expect(safe).toMatchObject({
    strictTransportSecurity: true,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: [] } },
  });
  expect(plain).toMatchObject({ strictTransportSecurity: false });
  expect(plain).not.toHaveProperty('contentSecurityPolicy.directives.upgradeInsecureRequests');
});
