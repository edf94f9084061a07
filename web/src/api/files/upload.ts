import i18next from 'i18next';
import { formatSize } from '../../ui/forms/file-size';
import { Problem, problemOf } from '../problem';
import { refresh, token } from '../token';

export interface Watching {
  /** The share that is on its way, from 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** What a request shows: that of who is signed in, or of who applies to a call. */
export interface Bearer {
  get: () => string | undefined;
  /** Gets another one, where it is not taken any more. */
  renew: () => Promise<unknown>;
}

const MINE: Bearer = { get: () => token.get()?.accessToken, renew: refresh };

/**
 * Uploads one file to `/api` + path and tells how far it is, which `fetch` cannot. Renews the token once on 401. Throws `Problem` with the code of the
 * field where the server refused the file; `offline` when the line was cut; what `signal` throws when it was called off.
 */
export async function uploadFile<T>(path: string, file: File, watching: Watching, bearer = MINE): Promise<T> {
  let response = await send(path, file, watching, bearer);
  if (response.status === 401) {
    await bearer.renew();
    response = await send(path, file, watching, bearer);
  }
  if (response.ok) return (await response.json()) as T;
  const problem = await problemOf(response);
  const why = problem.errors.find(({ field }) => field === '/file')?.code;
  throw why ? new Problem(problem.status, why) : readable(problem);
}

/** Where there is no room, bytes are said as sizes that one can read. */
function readable(problem: Problem): Problem {
  if (problem.code !== 'storage_full') return problem;
  const { of, used, limit, size } = problem.extras;
  const [usedSize, limitSize, more] = [used, limit, size].map((bytes) =>
    formatSize(Number(bytes), i18next.language === 'fr' ? 'fr' : 'en'),
  );
  return new Problem(problem.status, problem.code, [], { of, used: usedSize, limit: limitSize, size: more });
}

function send(path: string, file: File, { onProgress, signal }: Watching, bearer: Bearer): Promise<Response> {
  const form = new FormData();
  form.append('file', file, file.name);
  const request = new XMLHttpRequest();
  const stop = () => request.abort();
  signal.addEventListener('abort', stop);
  return new Promise<Response>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const type = request.getResponseHeader('content-type') ?? '';
      const retryAfter = request.getResponseHeader('retry-after');
      const headers = { 'content-type': type, ...(retryAfter && { 'retry-after': retryAfter }) };
      resolve(new Response(request.responseText, { status: request.status, headers }));
    };
    request.onerror = () => reject(new Problem(0, 'offline'));
    request.onabort = () => reject(signal.reason as Error);
    request.open('POST', `/api${path}`);
    const held = bearer.get();
    if (held) request.setRequestHeader('authorization', `Bearer ${held}`);
    request.send(form);
  }).finally(() => signal.removeEventListener('abort', stop));
}
