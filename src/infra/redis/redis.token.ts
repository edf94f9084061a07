/** Injection token of the process's ioredis connection. */
export const REDIS = Symbol('redis');
