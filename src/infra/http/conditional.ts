/** Whether the asker has it: one of their tags is its own, or any will do. Proxies make tags weak (RFC 9110 section 13.1.2). */
export function isSeen(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.some((tag) => tag === '*' || tag === etag);
}

/** Whether nothing changed since, to the second. Never asked where there is an If-None-Match (RFC 9110 section 13.1.3). */
export function isUnmodified(ifModifiedSince: string | undefined, modifiedAt: Date | null): boolean {
  const since = Date.parse(ifModifiedSince ?? '');
  return modifiedAt !== null && !Number.isNaN(since) && Math.floor(modifiedAt.getTime() / 1000) * 1000 <= since;
}
