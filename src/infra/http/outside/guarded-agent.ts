import type { Agent } from 'node:http';

/**
 * Inside in spite of what they look like: a metadata service at a public address, and IPv4 addresses written as IPv6 the old way
 * (RFC 4291, section 2.5.5.1), which can name any address of the house.
 */
const DENIED = ['168.63.129.16', '::/96'];

/**
 * Makes connections outside and refuses those inside the house (private, loopback, link-local, metadata services): a name is looked at where
 * it is resolved, and the connection goes to the very address that was looked at. `allowed` are IP addresses that are let through.
 */
export async function guardedAgent(url: URL, allowed: readonly string[]): Promise<Agent> {
  // Loaded with the first request: most processes never make one.
  const { useAgent } = await import('request-filtering-agent');
  return useAgent(url.href, { allowIPAddressList: [...allowed], denyIPAddressList: DENIED });
}

/** Whether a request failed because it would have gone inside. */
export const wasRefused = (error: unknown): boolean => error instanceof Error && /is not allowed/.test(error.message);
