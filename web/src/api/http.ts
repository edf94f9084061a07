import { thereOf, wantsDespite } from './despite';
import { leadsOut } from './left';
import { isPlainPath } from './plain-path';
import { Problem, isProblem, problemOf } from './problem';
import { dropComing, takeComing } from './together';
import { refresh, token } from './token';

type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

/** What goes with a request beside its path. `query` leaves out null, undefined and ''. */
export interface Asks {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  /** Sent as they are: the name of a file, an idempotency key. */
  headers?: Record<string, string>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Where a path with a query is asked for. */
export function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue;
    search.set(key, Array.isArray(value) ? value.join(',') : String(value));
  }
  const tail = search.toString();
  return `/api${path}${tail ? `?${tail}` : ''}`;
}

/** Text, files and forms go as they are; everything else goes as JSON. */
function bodyOf(body: unknown): { body?: BodyInit; type?: string } {
  if (body === undefined) return {};
  if (body instanceof FormData || body instanceof Blob) return { body };
  if (typeof body === 'string') return { body, type: 'text/csv; charset=utf-8' };
  return { body: JSON.stringify(body), type: 'application/json' };
}

async function send(method: Method, path: string, asks: Asks): Promise<Response> {
  const { body, type } = bodyOf(asks.body);
  const headers: Record<string, string> = { accept: 'application/json', ...asks.headers };
  if (type) headers['content-type'] = type;
  const held = token.get();
  if (held) headers.authorization = `Bearer ${held.accessToken}`;
  try {
    return await fetch(addressOf(path, asks.query), { method, headers, body, signal: asks.signal });
  } catch (error) {
    if (asks.signal?.aborted) throw error;
    throw new Problem(0, 'offline');
  }
}

/** Sign-in itself answers 401 for a wrong password: there is nothing to renew. */
const renews = (path: string) => !path.startsWith('/auth/');

/** Whoever acts over something else that they have is shown it first, whatever they do and on whichever page; then the same is sent once more. */
async function request<T>(method: Method, path: string, asks: Asks = {}): Promise<T> {
  try {
    return await once<T>(method, path, asks);
  } catch (error) {
    if (!isProblem(error, 'clash') || !(await wantsDespite(thereOf(error)))) throw error;
    return await once<T>(method, path, { ...asks, body: { ...(asks.body as object | undefined), despite: true } });
  }
}

async function once<T>(method: Method, path: string, asks: Asks): Promise<T> {
  if (!isPlainPath(path) || leadsOut(method, path)) throw new Problem(404, 'not_found');
  if (method === 'GET') {
    const part = await takeComing(addressOf(path, asks.query))?.catch(() => undefined);
    if (part !== undefined) return part as T;
  } else dropComing();
  let response = await send(method, path, asks);
  if (response.status === 401 && renews(path)) {
    await refresh();
    response = await send(method, path, asks);
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined as T;
  const type = response.headers.get('content-type') ?? '';
  return (type.includes('json') ? await response.json() : await response.text()) as T;
}

/**
 * The one way to the API: `/api` + path, with the access token, one renewal on 401, and every refusal as a `Problem`.
 * Name the reply's type from the contracts: `api.get<Workshop>(`/cohorts/${cohortId}/workshops/${id}`)`.
 */
export const api = {
  get: <T>(path: string, asks?: Omit<Asks, 'body'>) => request<T>('GET', path, asks),
  post: <T>(path: string, body?: unknown, asks?: Asks) => request<T>('POST', path, { ...asks, body }),
  put: <T>(path: string, body?: unknown, asks?: Asks) => request<T>('PUT', path, { ...asks, body }),
  patch: <T>(path: string, body?: unknown, asks?: Asks) => request<T>('PATCH', path, { ...asks, body }),
  delete: <T>(path: string, body?: unknown, asks?: Asks) => request<T>('DELETE', path, { ...asks, body }),
};
