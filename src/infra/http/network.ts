import ipaddr from 'ipaddr.js';

import type { Count, Limit } from '../redis/rate-limits.js';

/** One household or machine has a /64 of IPv6 to itself, and any address in it (RFC 6177). */
const IPV6_PREFIX = 64;
/** What one site is given at most (RFC 6177): its owner may send from 65,536 such places. */
const SITE_PREFIX = 48;
/** So many times what one place may, a whole site may. */
const PLACES_OF_SITE = 4;

/** What counts as one place for limits: an IPv4 address, also one written as IPv6, or the /64 of an IPv6 address. Anything else stays as it is. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return networkIn(parsed, IPV6_PREFIX);
}

/**
 * Where a try of a stranger counts: at the place it comes from ({@link networkOf}), and for IPv6 at the site around it as well, so that who owns many
 * networks is not counted as many people.
 */
export function networkCounts(limit: Limit, network: string): Count[] {
  const [address = '', prefix] = network.split('/');
  if (prefix === undefined || !ipaddr.IPv6.isValid(address)) return [[limit, network]];
  const site: Limit = { ...limit, name: `${limit.name}-site`, points: limit.points * PLACES_OF_SITE };
  return [
    [limit, network],
    [site, networkIn(ipaddr.IPv6.parse(address), SITE_PREFIX)],
  ];
}

/** The names and addresses of the loopback interface (RFC 6761 section 6.3, RFC 6890); IPv6 with brackets or without. */
export function isThisMachine(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if (!ipaddr.isValid(address)) return host === 'localhost';
  return ipaddr.process(address).range() === 'loopback';
}

const networkIn = (address: ipaddr.IPv6, prefix: number) =>
  `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toNormalizedString().split('%')[0]}/${prefix}`).toString()}/${prefix}`;
