/**
 * What the build gives to who imports `temporal-polyfill`: the browser's own Temporal, or the one that `main.tsx` fetched for it before anything is shown. So no page
 * carries one of its own. Looked up as it is used, since a module may be there before it.
 */
export const Temporal: typeof globalThis.Temporal = new Proxy({} as typeof globalThis.Temporal, {
  get: (_, name) => Reflect.get(globalThis.Temporal, name) as unknown,
});
