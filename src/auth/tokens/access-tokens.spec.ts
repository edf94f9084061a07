import type { Config } from '../../config/config.js';
import { AccessTokens } from './access-tokens.js';

const tokens = new AccessTokens({ JWT_SECRET: 'a secret of a test that is long enough' } as Config);
const person = { userId: '6561f0c2a1b2c3d4e5f60718', loginId: '6561f0c2a1b2c3d4e5f60719', isAdmin: false };

it('given a token, then it ends within ten minutes: what cannot be ended at once ends soon', async () => {
  const { token, expiresAt } = await tokens.sign(person, 'api');
  const left = expiresAt.getTime() - Date.now();
  expect(left).toBeLessThanOrEqual(10 * 60_000);
  expect(left).toBeGreaterThan(9 * 60_000);
  const claims = await tokens.read(token, 'api');
  expect(claims).toMatchObject({
    sub: person.userId,
    sid: person.loginId,
    exp: Math.floor(expiresAt.getTime() / 1000),
  });
  expect(claims).not.toHaveProperty('adm');
});

it('given a token of files, then it is none of the API, and the other way round', async () => {
  const [api, files] = await Promise.all([tokens.sign(person, 'api'), tokens.sign(person, 'files')]);
  expect(await tokens.read(files.token, 'api')).toBeNull();
  expect(await tokens.read(api.token, 'files')).toBeNull();
  expect(await tokens.read(files.token, 'files')).not.toBeNull();
});
