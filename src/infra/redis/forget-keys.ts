interface RedisKeys {
  scan: (cursor: string, ...args: ['MATCH', string, 'COUNT', number]) => Promise<[string, string[]]>;
  del: (keys: string[]) => Promise<number>;
}

/** Throws away all keys that begin so: of an app that had a prefix of its own, once it has stopped. */
export async function forgetKeys(redis: RedisKeys, prefix: string): Promise<void> {
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1000);
    if (keys.length > 0) await redis.del(keys);
    cursor = next;
  } while (cursor !== '0');
}
