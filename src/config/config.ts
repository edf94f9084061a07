import { z } from 'zod';
import { MAX_STORAGE_MB } from '../contracts/limits.js';
import { dkimContradictions, keyFile } from './dkim.js';
import { vapidContradictions } from './vapid.js';

const flag = z.enum(['on', 'off']);
/** Addresses (IP) with commas between them. */
const addresses = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  )
  .pipe(z.array(z.union([z.ipv4(), z.ipv6()])));
const days = z.coerce.number().int().min(7).max(3650);
const megabytes = z.coerce.number().int().min(1).max(MAX_STORAGE_MB);
const optionalUrl = (protocol: RegExp) => z.url({ protocol }).optional();

/** Every environment variable that the product reads. docs/configuration.md is made from it (`npm run settings`); .env.example is tested against it. */
export const configSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('production')
    .describe("`production` refuses what is only safe on one's own machine."),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3000)
    .describe('The port of HTTP and sockets; 0 takes a free one.'),
  HOST: z
    .union([z.ipv4(), z.ipv6(), z.hostname()])
    .default('127.0.0.1')
    .describe(
      'Where HTTP, sockets and SMTP listen: this machine alone, one of its addresses, or `0.0.0.0` (`::`) for all of them. Of this machine alone, outside production, it answers by the names of this machine and of `PUBLIC_URL` only.',
    ),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:3000')
    .describe(
      'The address that people type. Links in mails and the Origin check use it. By default this machine at `PORT`.',
    ),
  MONGODB_URI: z
    .url({ protocol: /^mongodb(\+srv)?$/ })
    .describe('The database: a replica set, since Cordée uses transactions.'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .describe('Redis holds alarms, counters and what processes tell each other. It must not evict keys.'),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .default('cordee')
    .describe('Stands before every key in Redis, so that several installations can share one.'),
  SMTP_URL: optionalUrl(/^smtps?$/).describe('The mail server that sends. Without it no mail is sent.'),
  MAIL_FROM: z.string().min(3).default('Cordée <no-reply@localhost>').describe('The sender of all mail.'),
  MAIL_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(8)
    .describe('How many mails one process hands over at a time.'),
  MAIL_PER_MINUTE: z
    .union([z.literal('off'), z.coerce.number().int().min(1).max(100_000)])
    .default('off')
    .describe('How many mails all processes together hand over in a minute, or `off`.'),
  MAIL_DKIM_DOMAIN: z
    .union([z.hostname(), z.literal('')])
    .default('')
    .describe('Mails are signed (DKIM, RFC 6376) in the name of this domain. Set all three of `MAIL_DKIM_*`, or none.'),
  MAIL_DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9]([\w.-]{0,61}[a-z0-9])?$/i)
    .or(z.literal(''))
    .default('')
    .describe('The selector whose TXT record holds the public key.'),
  MAIL_DKIM_KEY_PATH: keyFile.describe('The file with the private RSA key.'),
  MAIL_REPLY_DOMAIN: z
    .union([z.hostname().toLowerCase(), z.literal('')])
    .default('')
    .describe(
      'People can answer mails, and mails that do not arrive come back, at addresses of this domain. Its mail server hands them over at `MAIL_IN_PORT`.',
    ),
  MAIL_IN_PORT: z
    .union([z.literal('off'), z.coerce.number().int().min(0).max(65_535)])
    .default('off')
    .describe('The port at which workers take such mails by SMTP, or `off`; 0 takes a free one.'),
  MAIL_IN_RELAYS: addresses.describe(
    'IP addresses of your mail servers that say from where a mail came (XFORWARD, XCLIENT), with commas between them. SPF needs that.',
  ),
  VAPID_PRIVATE_KEY: z
    .string()
    .default('')
    .describe(
      'Proves to push services who writes (a P-256 key, base64url). Without it the key is derived from the signing secret.',
    ),
  VAPID_PUBLIC_KEY: z.string().default('').describe('The public key that belongs to it; it may be left out.'),
  VAPID_SUBJECT: z
    .union([z.url({ protocol: /^(mailto|https)$/ }), z.literal('')])
    .default('')
    .describe('Whom push services can ask about you: `mailto:` or `https:`. Without it the address of `MAIL_FROM`.'),
  JWT_SECRET: z
    .string()
    .min(32)
    .default('')
    .describe(
      'Signs tokens and links; at least 32 characters. Without it a secret is made once and kept in the database.',
    ),
  ROLES: z
    .string()
    .default('web,worker')
    .transform((value) => value.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(['web', 'worker'])).min(1))
    .describe('What this process does: serve (`web`), work off jobs (`worker`), or both, with a comma between them.'),
  TRUST_PROXY: z
    .union([z.literal('off'), z.coerce.number().int().min(1).max(10)])
    .default('off')
    .describe('How many proxies stand before the process, or `off`. Their X-Forwarded-* is believed.'),
  METRICS_TOKEN: z
    .string()
    .min(32)
    .default('')
    .describe(
      'Who shows it (`Authorization: Bearer`) may read `/metrics`; at least 32 characters. Without it nobody may in production or behind `TRUST_PROXY`, and elsewhere this machine alone.',
    ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much is logged.'),
  RATE_LIMITS: flag.default('on').describe('`off` is refused in production.'),
  FILES_PATH: z
    .string()
    .min(1)
    .default('.cordee/files')
    .describe('The folder for files and avatars, unless a bucket is named.'),
  S3_BUCKET: z
    .string()
    .default('')
    .describe('The bucket of an S3-compatible server that holds files and avatars instead. It needs the two keys.'),
  S3_ENDPOINT: optionalUrl(/^https?$/).describe("The address of that server. Without it Amazon's own."),
  S3_REGION: z.string().min(1).default('us-east-1').describe('Its region.'),
  S3_ACCESS_KEY_ID: z.string().default('').describe('The key for the bucket.'),
  S3_SECRET_ACCESS_KEY: z.string().default('').describe('The secret for the bucket.'),
  STORAGE_PERSON_MB: megabytes
    .default(1000)
    .describe(
      'How many megabytes (a million bytes) a person may upload in a cohort, and outside of cohorts. A cohort can have its own number.',
    ),
  STORAGE_COHORT_MB: megabytes
    .default(20_000)
    .describe('How many megabytes all of a cohort may hold. A cohort can have its own number.'),
  KEEP_LOGINS_DAYS: days.default(90).describe('A login is forgotten so many days after it ended.'),
  KEEP_MAIL_REQUESTS_DAYS: days
    .default(30)
    .describe('A mail about an account, with its link, is forgotten after so many days.'),
  KEEP_NOTICES_DAYS: days.default(400).describe('A notice leaves the inbox for good after so many days, read or not.'),
  LINK_PREVIEWS: flag
    .default('off')
    .describe('Whether cohorts may show title and description of pages outside. A worker then asks those pages.'),
  OUTSIDE_ALLOW: addresses.describe(
    'IP addresses inside your network that webhooks may reach all the same, with commas between them.',
  ),
  MAIL_CATCHER_URL: optionalUrl(/^http$/).describe(
    'Outside production: the page and messages of this mail catcher are shown under `/dev/mail`.',
  ),
});

/** The configuration of one process, parsed once at its start. */
export type Config = z.infer<typeof configSchema>;

/** Injection token of {@link Config}. */
export const CONFIG = Symbol('config');

const OUR_FAMILIES =
  /^(MONGODB|REDIS|SMTP|MAIL|JWT|RATE|PUBLIC|TRUST|FILES|S3|LOG|LINK|METRICS|OUTSIDE|VAPID|KEEP|STORAGE|CORDEE)_/;
const NOT_OURS = new Set(['CORDEE_CACHE', 'CORDEE_DATA']);
/** What Kubernetes tells every container of a service that happens to be called `redis` or `mongodb`. */
const SERVICE_LINK = /_(SERVICE_(HOST|PORT.*)|PORT_\d+_\w+)$/;

type Environment = Record<string, string | undefined>;

/**
 * Parses the environment. Throws an Error whose message lists all that is wrong, one line each: wrong values, settings that
 * contradict each other, and variables of our families that nobody reads (a misspelt name would otherwise be silently ignored).
 */
export function parseConfig(env: Environment): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in configSchema.shape && value !== ''),
  );
  if (/^[1-9]\d*$/.test(given['PORT'] ?? '')) given['PUBLIC_URL'] ??= `http://localhost:${given['PORT']}`;
  const parsed = configSchema.safeParse(given, { reportInput: true });
  const problems = [
    ...(parsed.error?.issues ?? []).map(
      (issue) => `${String(issue.path[0])}: ${issue.input === undefined ? 'is needed' : issue.message}`,
    ),
    ...unknownNames(env).map((name) => `${name}: is not a setting of Cordée`),
    ...contradictions(given),
  ];
  if (problems.length > 0 || !parsed.success) {
    throw new Error(
      `The configuration has ${problems.length} problem(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
  }
  return parsed.data;
}

function unknownNames(env: Environment): string[] {
  const isKnown = (name: string) => name in configSchema.shape || NOT_OURS.has(name);
  const isLink = (name: string) => SERVICE_LINK.test(name) || env[name]?.startsWith('tcp://');
  return Object.keys(env).filter((name) => OUR_FAMILIES.test(name) && !isKnown(name) && !isLink(name));
}

/** Asked of what was given, not of what was parsed: one wrong value must not hide these. */
function contradictions(given: Environment): string[] {
  const keys = ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
  const always = [
    ...dkimContradictions(given),
    ...vapidContradictions(given),
    ...(given['MAIL_IN_PORT'] && given['MAIL_IN_PORT'] !== 'off' && !given['MAIL_REPLY_DOMAIN']
      ? ['MAIL_REPLY_DOMAIN: is needed with MAIL_IN_PORT']
      : []),
    ...(given['S3_BUCKET']
      ? keys.filter((name) => !given[name]).map((name) => `${name}: is needed with S3_BUCKET`)
      : [...keys, 'S3_ENDPOINT', 'S3_REGION'].filter((name) => given[name]).map((name) => `${name}: needs S3_BUCKET`)),
  ];
  if ((given['NODE_ENV'] ?? 'production') !== 'production') return always;
  return [
    ...always,
    ...(given['RATE_LIMITS'] === 'off' ? ['RATE_LIMITS: off is refused in production'] : []),
    ...(given['MAIL_CATCHER_URL'] ? ['MAIL_CATCHER_URL: is refused in production'] : []),
  ];
}

/** What is allowed but should not stay unsaid: one line each, for the log of the start. */
export function warnings(config: Config): string[] {
  return [
    ...(config.SMTP_URL ? [] : ['SMTP_URL is not set: reminders reach the inbox, but no mail is sent']),
    ...(config.RATE_LIMITS === 'off' ? ['RATE_LIMITS is off: passwords can be guessed at any speed'] : []),
    ...(config.JWT_SECRET ? [] : ['JWT_SECRET is not set: a secret kept in the database signs tokens and links']),
  ];
}
