import ipaddr from 'ipaddr.js';

/** One household or machine has a /64 of IPv6 to itself, and any address in it (RFC 6177). */
const IPV6_PREFIX = 64;

/** What counts as one place for limits: an IPv4 address, also one written as IPv6, or the /64 of an IPv6 address. Anything else stays as it is. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString().split('%')[0]}/${IPV6_PREFIX}`).toString()}/${IPV6_PREFIX}`;
}
