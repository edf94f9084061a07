import { z } from 'zod';
import { MOST_STORAGE_MB } from '../contracts/limits.js';
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
const megabytes = z.coerce.number().int().min(1).max(MOST_STORAGE_MB);
const optionalUrl = (protocol: RegExp) => z.url({ protocol }).optional();

/** Every environment variable that the product reads; docs/deploy and .env.example are tested against this list. */
export const configSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  /** The port of HTTP and sockets; 0 takes a free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Where HTTP, sockets and SMTP are listened for: this machine alone, an address of it, or `0.0.0.0` (`::`) for all of them. */
  HOST: z.union([z.ipv4(), z.ipv6(), z.hostname()]).default('127.0.0.1'),
  /** The address people type; links in mails and the Origin check of sockets come from it. By default this machine at `PORT`. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:3000'),
  MONGODB_URI: z.url({ protocol: /^mongodb(\+srv)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  /** Before every key in Redis, so that several installations may share one. */
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .default('cordee'),
  SMTP_URL: optionalUrl(/^smtps?$/),
  MAIL_FROM: z.string().min(3).default('Cordée <no-reply@localhost>'),
  /** How many mails one process hands over at a time. */
  MAIL_CONNECTIONS: z.coerce.number().int().min(1).max(50).default(8),
  /** How many mails all processes together hand over in a minute, or `off`: no more than the mail server takes. */
  MAIL_PER_MINUTE: z.union([z.literal('off'), z.coerce.number().int().min(1).max(100_000)]).default('off'),
  /** Mails are signed (DKIM, RFC 6376) in the name of this domain, with this selector and the private RSA key in this file. All or none. */
  MAIL_DKIM_DOMAIN: z.union([z.hostname(), z.literal('')]).default(''),
  MAIL_DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9]([\w.-]{0,61}[a-z0-9])?$/i)
    .or(z.literal(''))
    .default(''),
  MAIL_DKIM_KEY_PATH: keyFile,
  /** Mails can be answered, and those that do not arrive come back, at addresses of this domain; its mail server hands them over at MAIL_IN_PORT. */
  MAIL_REPLY_DOMAIN: z.union([z.hostname().toLowerCase(), z.literal('')]).default(''),
  /** The port at which workers take such mails in by SMTP, or `off`; 0 takes a free one. */
  MAIL_IN_PORT: z.union([z.literal('off'), z.coerce.number().int().min(0).max(65_535)]).default('off'),
  /** Addresses (IP) of mail servers that hand mails over and are believed when they say from where one came (XFORWARD, XCLIENT): SPF needs that. */
  MAIL_IN_RELAYS: addresses,
  /** Prove to push services that it is us who write (VAPID): a private key (P-256, base64url); its public one may stand beside it. Without: derived from the signing secret. */
  VAPID_PRIVATE_KEY: z.string().default(''),
  VAPID_PUBLIC_KEY: z.string().default(''),
  /** Whom push services can ask about us: `mailto:` or `https:`. Without it the address of MAIL_FROM. */
  VAPID_SUBJECT: z.union([z.url({ protocol: /^(mailto|https)$/ }), z.literal('')]).default(''),
  /** Signs tokens and links; at least 32 characters. Empty: one is made once and kept in the database. */
  JWT_SECRET: z.string().min(32).default(''),
  /** What this process does: serve (web), work off jobs (worker), or both. */
  ROLES: z
    .string()
    .default('web,worker')
    .transform((value) => value.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(['web', 'worker'])).min(1)),
  /** How many proxies stand before the process (their X-Forwarded-* is believed), or `off`. */
  TRUST_PROXY: z.union([z.literal('off'), z.coerce.number().int().min(1).max(10)]).default('off'),
  /** Who shows this token (`Authorization: Bearer`) may read /metrics; without one only this machine may. At least 32 characters. */
  METRICS_TOKEN: z.string().min(32).default(''),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  RATE_LIMITS: flag.default('on'),
  /** The folder in which files and avatars are kept, unless a bucket is named. */
  FILES_PATH: z.string().min(1).default('.cordee/files'),
  /** The bucket of an S3-compatible server in which files and avatars are kept instead. It needs the two keys. */
  S3_BUCKET: z.string().default(''),
  /** The server's address; Amazon's own without it. */
  S3_ENDPOINT: optionalUrl(/^https?$/),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().default(''),
  S3_SECRET_ACCESS_KEY: z.string().default(''),
  /** So many megabytes (a million bytes) of files a person may upload in a cohort, and outside of cohorts; and all of a cohort together. A cohort may have its own. */
  STORAGE_PERSON_MB: megabytes.default(1000),
  STORAGE_COHORT_MB: megabytes.default(20_000),
  /** So many days after it is over a login is forgotten, and a mail about an account with the link that was in it. */
  KEEP_LOGINS_DAYS: days.default(90),
  KEEP_MAIL_REQUESTS_DAYS: days.default(30),
  /** So many days after it was told a notice leaves the inbox for good, read or not. */
  KEEP_NOTICES_DAYS: days.default(400),
  /** Whether cohorts may have their messages show what pages outside say of themselves: a worker asks those pages. */
  LINK_PREVIEWS: flag.default('off'),
  /** Addresses (IP) inside the house that webhooks may reach all the same, with commas between them. */
  OUTSIDE_ALLOW: addresses,
  /** Outside production: the page and messages of the mail catcher are shown under /dev/mail. */
  MAIL_CATCHER_URL: optionalUrl(/^http$/),
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
  if (given['NODE_ENV'] !== 'production') return always;
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
