import type { Config } from '../config/config.js';
import { discreetLine } from '../infra/logging/discreet.js';
import { LinkTokens } from './link-tokens.js';

it('given tokens as they are made, then none of them can be read in the log', () => {
  const links = new LinkTokens({ JWT_SECRET: 'a secret of a test that is long enough' } as Config);
  const id = '6561f0c2a1b2c3d4e5f60718';
  for (let index = 0; index < 2000; index += 1) {
    const token = links.sign('undo', `${id}-${index}`);
    expect(discreetLine(`GET /undo-address/${token}`)).toBe(`GET /undo-address/${id}-${index}.[secret]`);
  }
});
