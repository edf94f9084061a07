import { Problem, problemOf } from '../problem';
import { refresh, token } from '../token';

/** A file that is made when it is asked for, and that may be refused: a plain link would save the refusal. `name`: as it is to be kept. */
export async function madeFile(path: string): Promise<{ name: string; blob: Blob }> {
  const response = await renewed(() => got(path));
  const [, name = ''] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  return { name, blob: await response.blob() };
}

/** A file that the API gives to whoever is signed in, and to no cookie: `/me/reviews/:id/files/:fileId`. */
export async function fileOfApi(path: string): Promise<Blob> {
  const asks = () => got(`/api${path}`, { authorization: `Bearer ${token.get()?.accessToken ?? ''}` });
  return await (await renewed(asks)).blob();
}

async function renewed(ask: () => Promise<Response>): Promise<Response> {
  let response = await ask();
  if (response.status === 401) {
    await refresh();
    response = await ask();
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

const got = (path: string, headers: Record<string, string> = {}) =>
  fetch(path, { headers }).catch(() => {
    throw new Problem(0, 'offline');
  });
