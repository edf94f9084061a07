import { parseConfig } from '../../config/config.js';
import { Outside } from './outside.js';

const outside = (allow = '') =>
  new Outside(
    parseConfig({
      NODE_ENV: 'test',
      MONGODB_URI: 'mongodb://localhost/x',
      REDIS_URL: 'redis://localhost',
      OUTSIDE_ALLOW: allow,
    }),
  );
const post = (url: string, allow?: string) => outside(allow).post(new URL(url), {}, '{}');

describe('requests to addresses that people give', () => {
  it.each([
    'https://127.0.0.1/',
    'https://localhost/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::127.0.0.1]/',
    'https://0.0.0.0/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'http://example.org/',
  ])('given %s, then nothing is asked', async (url) => {
    expect(await post(url)).toMatchObject({ status: null, problem: 'not_allowed' });
  });

  it('given an address that the installation allows, then it is tried', async () => {
    expect(await post('http://127.0.0.1:9/', '127.0.0.1')).toMatchObject({ status: null, problem: 'unreachable' });
  });
});
