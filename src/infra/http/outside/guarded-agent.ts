import ipaddr from 'ipaddr.js';
import { Resolver } from 'node:dns/promises';
import http, { type Agent, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { LookupAddress } from 'node:dns';
import { type LookupFunction, isIP } from 'node:net';

/** Inside in spite of what it looks like: a metadata service at a public address. */
const DENIED = ['168.63.129.16'];
/** IPv4 addresses written as IPv6 the old way (RFC 4291, section 2.5.5.1), which can name any address of the house. */
const OLD_WAY = ipaddr.IPv6.parseCIDR('::/96');

const isOldWay = (address: string) => ipaddr.IPv6.isValid(address) && ipaddr.IPv6.parse(address).match(OLD_WAY);

/** This machine, whatever a server of names says (RFC 6761, section 6.3). */
const LOCALHOST = /(^|\.)localhost\.?$/i;

/** A server of names that says nothing is waited for so long. */
const resolver = new Resolver({ timeout: 3000, tries: 1 });

/**
 * Asks for the addresses of a name that somebody gave. Not as everything else in the process does (`dns.lookup`): that has two places for the whole process, and a few
 * names that nobody answers for would keep the database and all others waiting.
 */
const lookup: LookupFunction = (name, { all, family }, done) => {
  addressesOf(name, family === 4 || family === 6 ? family : null).then(
    (found) => (all ? done(null, found) : done(null, found[0].address, found[0].family)),
    (error: unknown) => done(error as NodeJS.ErrnoException, []),
  );
};

/** At least one; throws the error of the question, `ENOTFOUND` where nobody knows the name. */
async function addressesOf(name: string, only: 4 | 6 | null): Promise<[LookupAddress, ...LookupAddress[]]> {
  if (LOCALHOST.test(name)) return [{ address: '127.0.0.1', family: 4 }];
  const ask = async (family: 4 | 6) => {
    const found = family === 4 ? await resolver.resolve4(name) : await resolver.resolve6(name);
    return found.filter((address) => isIP(address) === family).map((address) => ({ address, family }));
  };
  const answers = await Promise.allSettled(
    ([4, 6] as const).filter((family) => only === null || family === only).map(ask),
  );
  const [first, ...others] = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if ([first, ...others].some((one) => one && isOldWay(one.address))) throw new Error(`${name} is not allowed`);
  if (first) return [first, ...others];
  const [failed] = answers.filter((answer) => answer.status === 'rejected');
  throw failed?.reason ?? Object.assign(new Error(`no address of ${name}`), { code: 'ENOTFOUND' });
}

/**
 * Makes connections outside and refuses those inside the house (private, loopback, link-local, metadata services): a name is looked at where
 * it is resolved, and the connection goes to the very address that was looked at. `allowed` are IP addresses that are let through.
 */
export async function guardedAgent(url: URL, allowed: readonly string[]): Promise<Agent> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isOldWay(host) && !allowed.includes(host)) throw new Error(`${host} is not allowed`);
  // Loaded with the first request: most processes never make one.
  const { useAgent } = await import('request-filtering-agent');
  return useAgent(url.href, { allowIPAddressList: [...allowed], denyIPAddressList: DENIED, lookup });
}

/**
 * The answer of an address that somebody gave, when its head has come. Throws where none comes. Of who goes on in another protocol (101) Node tells nobody, nor of a signal after that: such a request
 * closes without an answer and without an error, and whoever waited for either would do so for good.
 */
export async function answerOf(
  url: URL,
  allowed: readonly string[],
  options: Pick<RequestOptions, 'method' | 'headers' | 'signal'>,
  body?: string | Buffer,
): Promise<IncomingMessage> {
  const agent = await guardedAgent(url, allowed);
  return await new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, { ...options, agent });
    // What comes after the head is told by the stream of the answer.
    request.on('error', reject);
    request.on('response', resolve);
    request.on('close', () => reject(new Error('closed without an answer')));
    request.end(body);
  });
}

/** Whether a request failed because it would have gone inside. */
export const wasRefused = (error: unknown): boolean => error instanceof Error && /is not allowed/.test(error.message);
