import { parseConfig } from './config.js';

const good = {
  NODE_ENV: 'test',
  MONGODB_URI: 'mongodb://127.0.0.1/x',
  REDIS_URL: 'redis://127.0.0.1',
  JWT_SECRET: 'x'.repeat(32),
};

describe('parseConfig', () => {
  it('given the needed variables, then fills in the rest', () => {
    expect(parseConfig(good)).toMatchObject({ PORT: 3000, ROLES: ['web', 'worker'], TRUST_PROXY: 'off' });
  });

  it('given several wrong ones, then lists all of them', () => {
    const wrong = () =>
      parseConfig({ ...good, PORT: 'many', ROLES: 'web,cook', MONGODB_URL: 'typo', JWT_SECRET: 'short' });
    expect(wrong).toThrow(/PORT[\s\S]*JWT_SECRET[\s\S]*ROLES[\s\S]*MONGODB_URL: is not a setting/);
  });

  it('given production, then refuses switched-off limits and a missing mail server', () => {
    expect(() => parseConfig({ ...good, NODE_ENV: 'production', RATE_LIMITS: 'off' })).toThrow(
      /RATE_LIMITS[\s\S]*SMTP_URL/,
    );
  });
});
