import ipaddr from 'ipaddr.js';
import type { IncomingMessage } from 'node:http';
import type { Count, Limit } from '../redis/rate-limits.js';

/** One household or machine has a /64 of IPv6 to itself, and any address in it (RFC 6177). */
const IPV6_PREFIX = 64;
/** What one site is given at most (RFC 6177): its owner may send from 65,536 such places. */
const SITE_PREFIX = 48;
/** So many times what one place may, a whole site may. */
export const PLACES_OF_SITE = 4;

/** Where everybody is of whom a proxy says no address. */
const NOWHERE = 'nowhere';

/**
 * What counts as one place for limits: an IPv4 address, also one written as IPv6, or the /64 of an IPv6 address. A port that a proxy wrote behind it is another
 * one for each connection, so it does not count. What is no address is one place for all.
 */
export function networkOf(said: string | undefined): string {
  // Of who is gone by now nobody knows it.
  const address = withoutPort(said ?? '');
  if (!ipaddr.isValid(address)) return NOWHERE;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return networkIn(parsed, IPV6_PREFIX);
}

/**
 * Where a try of a stranger counts: at the place it comes from ({@link networkOf}), and for IPv6 at the site around it as well, so that who owns many
 * networks is not counted as many people.
 */
export function networkCounts(limit: Limit, network: string): Count[] {
  const around = siteOf(network);
  if (around === null) return [[limit, network]];
  const site: Limit = { ...limit, name: `${limit.name}-site`, points: limit.points * PLACES_OF_SITE };
  return [
    [limit, network],
    [site, around],
  ];
}

/** The site around a place of IPv6 ({@link networkOf}); null for all others. */
export function siteOf(network: string): string | null {
  const [address = '', prefix] = network.split('/');
  if (prefix === undefined || !ipaddr.IPv6.isValid(address)) return null;
  return networkIn(ipaddr.IPv6.parse(address), SITE_PREFIX);
}

/** `192.0.2.7:1024` and `[2001:db8::1]:1024` (RFC 3986, section 3.2). */
const withoutPort = (said: string) => said.replace(/^\[([^\]]*)\](:\d+)?$|^([\d.]+):\d+$/, '$1$3');

/** The names and addresses of the loopback interface (RFC 6761 section 6.3, RFC 6890); IPv6 with brackets or without. */
export function isThisMachine(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if (!ipaddr.isValid(address)) return host === 'localhost';
  return ipaddr.process(address).range() === 'loopback';
}

/**
 * Asked on this machine, and not through a proxy: what a proxy passes on may come from this machine as well. A header can only close
 * the door, and whether headers are believed (TRUST_PROXY) decides nothing here.
 */
export function isFromThisMachine({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers.via !== undefined)
    return false;
  return isThisMachine(socket.remoteAddress ?? '');
}

const networkIn = (address: ipaddr.IPv6, prefix: number) =>
  `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toNormalizedString().split('%')[0]}/${prefix}`).toString()}/${prefix}`;
