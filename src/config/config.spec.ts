import { createECDH, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig, warnings } from './config.js';

const good = {
  NODE_ENV: 'test',
  MONGODB_URI: 'mongodb://127.0.0.1/x',
  REDIS_URL: 'redis://127.0.0.1',
  JWT_SECRET: 'x'.repeat(32),
};

describe('parseConfig', () => {
  it('given the needed variables, then fills in the rest', () => {
    expect(parseConfig(good)).toMatchObject({
      PORT: 3000,
      ROLES: ['web', 'worker'],
      TRUST_PROXY: 'off',
      LINK_PREVIEWS: 'off',
    });
  });

  it('given only the two servers, then it starts as the production process', () => {
    const { MONGODB_URI, REDIS_URL } = good;
    expect(parseConfig({ MONGODB_URI, REDIS_URL })).toMatchObject({ NODE_ENV: 'production', RATE_LIMITS: 'on' });
  });

  it.each([
    [{}, 'http://localhost:3000'],
    [{ PORT: '8080' }, 'http://localhost:8080'],
    [{ PORT: '8080', PUBLIC_URL: 'https://cordee.example' }, 'https://cordee.example'],
  ])('given %j, then its address is %s', (env, address) => {
    expect(parseConfig({ ...good, ...env }).PUBLIC_URL).toBe(address);
  });

  it('given several wrong ones, then lists all of them', () => {
    const wrong = () =>
      parseConfig({ ...good, PORT: 'many', ROLES: 'web,cook', MONGODB_URL: 'typo', JWT_SECRET: 'short' });
    expect(wrong).toThrow(/PORT[\s\S]*JWT_SECRET[\s\S]*ROLES: [\s\S]*MONGODB_URL: is not a setting/);
    expect(wrong).toThrow('The configuration has 4 problem(s):');
  });

  it('given wrong values, unknown names and a contradiction at once, then none hides another', () => {
    const wrong = () =>
      parseConfig({ NODE_ENV: 'production', RATE_LIMITS: 'off', TRUST_PROXIES: '1', REDIS_URL: 'http://x' });
    expect(wrong).toThrow(/MONGODB_URI: is needed\n.*REDIS_URL: .*\n.*TRUST_PROXIES: is not.*\n.*RATE_LIMITS: off is/);
  });

  it.each([['production'], [''], [undefined]])(
    'given production (%j: it is what holds when nobody says), then refuses switched-off limits and the page of the mail catcher',
    (NODE_ENV) => {
      const env = { ...good, NODE_ENV, RATE_LIMITS: 'off', MAIL_CATCHER_URL: 'http://127.0.0.1:1' };
      expect(() => parseConfig(env)).toThrow(/RATE_LIMITS[\s\S]*MAIL_CATCHER_URL/);
    },
  );

  it('given a bucket without its keys, or keys without a bucket, then says what is missing', () => {
    expect(() => parseConfig({ ...good, S3_BUCKET: 'files', S3_ACCESS_KEY_ID: 'me' })).toThrow(
      /1 problem.*\n.*S3_SECRET_ACCESS_KEY: is needed with S3_BUCKET/,
    );
    expect(() => parseConfig({ ...good, S3_ENDPOINT: 'https://s3.example' })).toThrow('S3_ENDPOINT: needs S3_BUCKET');
    expect(() => parseConfig({ ...good, S3_BUKET: 'files' })).toThrow('S3_BUKET: is not a setting');
    const keys = { S3_ACCESS_KEY_ID: 'me', S3_SECRET_ACCESS_KEY: 'secret' };
    expect(parseConfig({ ...good, ...keys, S3_BUCKET: 'files' })).toMatchObject({ S3_REGION: 'us-east-1' });
  });

  it('given what Kubernetes says of services called redis and mongodb, then these are no settings', () => {
    const links = {
      REDIS_SERVICE_HOST: '10.0.0.1',
      REDIS_SERVICE_PORT_TCP: '6379',
      REDIS_PORT: 'tcp://10.0.0.1:6379',
      MONGODB_PORT_27017_TCP_ADDR: '10.0.0.2',
    };
    expect(() => parseConfig({ ...good, ...links })).not.toThrow();
    expect(() => parseConfig({ ...good, REDIS_PORT: '6379' })).toThrow('REDIS_PORT: is not a setting');
  });
});

describe('the keys of web push', () => {
  const curve = createECDH('prime256v1');
  curve.generateKeys();
  const [secret, shown] = [curve.getPrivateKey('base64url'), curve.getPublicKey('base64url')];

  it('given a private key, with or without its public one, then it starts', () => {
    expect(parseConfig({ ...good, VAPID_PRIVATE_KEY: secret }).VAPID_PRIVATE_KEY).toBe(secret);
    const both = { VAPID_PRIVATE_KEY: secret, VAPID_PUBLIC_KEY: shown, VAPID_SUBJECT: 'mailto:a@cordee.example' };
    expect(parseConfig({ ...good, ...both })).toMatchObject(both);
  });

  it.each([
    [{ VAPID_PUBLIC_KEY: shown }, 'VAPID_PRIVATE_KEY: is needed with VAPID_PUBLIC_KEY'],
    [{ VAPID_PRIVATE_KEY: 'short' }, 'VAPID_PRIVATE_KEY: is not a private key'],
    [{ VAPID_PRIVATE_KEY: secret, VAPID_PUBLIC_KEY: secret }, 'VAPID_PUBLIC_KEY: is not the public key of'],
    [{ VAPID_SUBJECT: 'http://cordee.example' }, 'VAPID_SUBJECT: '],
    [{ VAPID_KEY: secret }, 'VAPID_KEY: is not a setting'],
  ])('given %j, then it says what is wrong', (env, message) => {
    expect(() => parseConfig({ ...good, ...env })).toThrow(message);
  });
});

describe('signing mails', () => {
  const file = (content: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'cordee-unit-')), 'key.pem');
    writeFileSync(path, content);
    return path;
  };
  const pem = (privateKey: { export: (as: { type: 'pkcs8'; format: 'pem' }) => string | Buffer }) =>
    String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const rsa = (bits: number) => pem(generateKeyPairSync('rsa', { modulusLength: bits }).privateKey);
  const dkim = { MAIL_DKIM_DOMAIN: 'cordee.example', MAIL_DKIM_SELECTOR: 's1' };

  it('given domain, selector and a key, then the key itself; without any of them, none', () => {
    const key = rsa(1024);
    expect(parseConfig({ ...good, ...dkim, MAIL_DKIM_KEY_PATH: file(key) }).MAIL_DKIM_KEY_PATH).toBe(key);
    expect(parseConfig(good).MAIL_DKIM_KEY_PATH).toBeNull();
  });

  it.each([
    ['no file', () => '/nowhere/key.pem', 'MAIL_DKIM_KEY_PATH: cannot be read'],
    ['a file that is no key', () => file('hello'), 'MAIL_DKIM_KEY_PATH: is not a private RSA key'],
    ['another kind of key', () => file(pem(generateKeyPairSync('ed25519').privateKey)), 'is not a private RSA key'],
    ['a short key', () => file(rsa(768)), 'MAIL_DKIM_KEY_PATH: is too short a key'],
  ])('given %s, then it does not start', (_, path, message) => {
    expect(() => parseConfig({ ...good, ...dkim, MAIL_DKIM_KEY_PATH: path() })).toThrow(message);
  });

  it('given one without the others, a wrong domain or a wrong selector, then it says so', () => {
    expect(() => parseConfig({ ...good, MAIL_DKIM_DOMAIN: 'cordee.example' })).toThrow(
      /MAIL_DKIM_SELECTOR: is needed with MAIL_DKIM_DOMAIN\n.*MAIL_DKIM_KEY_PATH: is needed/,
    );
    expect(() => parseConfig({ ...good, ...dkim, MAIL_DKIM_DOMAIN: 'not a name' })).toThrow('MAIL_DKIM_DOMAIN: ');
    expect(() => parseConfig({ ...good, ...dkim, MAIL_DKIM_SELECTOR: '../x' })).toThrow('MAIL_DKIM_SELECTOR: ');
  });
});

describe('warnings', () => {
  it('given a mail server, limits and a secret, then there are none', () => {
    expect(warnings(parseConfig({ ...good, SMTP_URL: 'smtp://mail.example' }))).toEqual([]);
  });

  it('given none of them, then each is named', () => {
    const { MONGODB_URI, REDIS_URL } = good;
    expect(warnings(parseConfig({ NODE_ENV: 'test', MONGODB_URI, REDIS_URL, RATE_LIMITS: 'off' }))).toEqual([
      expect.stringContaining('SMTP_URL is not set'),
      expect.stringContaining('RATE_LIMITS is off'),
      expect.stringContaining('JWT_SECRET is not set'),
    ]);
  });
});
