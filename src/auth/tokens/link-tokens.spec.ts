import type { Config } from '../../config/config.js';
import { discreetLine } from '../../infra/logging/discreet.js';
import { LinkTokens } from './link-tokens.js';

const linksOf = (JWT_SECRET: string) => new LinkTokens({ JWT_SECRET } as Config);
const links = linksOf('a secret of a test that is long enough');
const id = '6561f0c2a1b2c3d4e5f60718';

it('given tokens as they are made, then none of them can be read in the log', () => {
  for (let index = 0; index < 2000; index += 1) {
    const token = links.sign('undo', `${id}-${index}`);
    expect(discreetLine(`GET /undo-address/${token}`)).toBe(`GET /undo-address/${id}-${index}.[secret]`);
  }
});

it('given a token of ours, then it is one for its purpose and its id; whatever is changed about it makes it none', () => {
  const token = links.sign('reset', id);
  const [, mac = ''] = token.split('.');
  expect(links.verify('reset', token)).toBe(id);
  expect(links.verify('place', token)).toBeNull();
  const forged = [
    ...['', '.', id, `${id}.`, `.${mac}`, `${token}.`, `${token}.${mac}`, `${token}a`, token.slice(0, -1)],
    `6561f0c2a1b2c3d4e5f60719.${mac}`,
    `${id}.${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`,
    linksOf('another secret that is long enough, too').sign('reset', id),
  ];
  expect(forged.filter((one) => links.verify('reset', one) !== null)).toEqual([]);
});
