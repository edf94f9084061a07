import { z } from 'zod';

const flag = z.enum(['on', 'off']);
const optionalUrl = (protocol: RegExp) => z.url({ protocol }).optional();

/** Every environment variable that the product reads; docs/deploy and .env.example are tested against this list. */
export const configSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  /** The port of HTTP and sockets; 0 takes a free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** The address people type; links in mails and the Origin check of sockets come from it. */
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
  /** Signs tokens and links; at least 32 characters. */
  JWT_SECRET: z.string().min(32),
  /** What this process does: serve (web), work off jobs (worker), or both. */
  ROLES: z
    .string()
    .default('web,worker')
    .transform((value) => value.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(['web', 'worker'])).min(1)),
  /** How many proxies stand before the process (their X-Forwarded-* is believed), or `off`. */
  TRUST_PROXY: z.union([z.literal('off'), z.coerce.number().int().min(1).max(10)]).default('off'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  RATE_LIMITS: flag.default('on'),
  /** Where avatars are kept. */
  FILES_PATH: z.string().min(1).default('.cordee/files'),
  /** Outside production: the page and messages of the mail catcher are shown under /dev/mail. */
  MAIL_CATCHER_URL: optionalUrl(/^http$/),
});

/** The configuration of one process, parsed once at its start. */
export type Config = z.infer<typeof configSchema>;

/** Injection token of {@link Config}. */
export const CONFIG = Symbol('config');

const OUR_FAMILIES = /^(MONGODB|REDIS|SMTP|MAIL|JWT|RATE|CORDEE)_/;
const NOT_OURS = new Set(['CORDEE_CACHE', 'CORDEE_DATA']);

/**
 * Parses the environment. Throws an Error whose message lists all that is wrong, one line each: wrong values and variables
 * of our families that nobody reads (a misspelt name would otherwise be silently ignored).
 */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in configSchema.shape && value !== ''),
  );
  const unknown = Object.keys(env).filter(
    (name) => OUR_FAMILIES.test(name) && !(name in configSchema.shape) && !NOT_OURS.has(name),
  );
  const parsed = configSchema.safeParse(given);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...unknown.map((name) => `${name}: is not a setting of Cordée`),
    ...(parsed.success ? contradictions(parsed.data) : []),
  ];
  if (problems.length > 0 || !parsed.success) {
    throw new Error(
      `The configuration has ${problems.length} problem(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
  }
  return parsed.data;
}

function contradictions(config: Config): string[] {
  if (config.NODE_ENV !== 'production') return [];
  return [
    ...(config.RATE_LIMITS === 'off' ? ['RATE_LIMITS: off is refused in production'] : []),
    ...(config.SMTP_URL ? [] : ['SMTP_URL: is needed in production, reminders go by mail']),
    ...(config.MAIL_CATCHER_URL ? ['MAIL_CATCHER_URL: is refused in production'] : []),
  ];
}
