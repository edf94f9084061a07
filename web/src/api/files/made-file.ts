import { Problem, problemOf } from '../problem';
import { refresh } from '../token';

/** A file that is made when it is asked for, and that may be refused: a plain link would save the refusal. `name`: as it is to be kept. */
export async function madeFile(path: string): Promise<{ name: string; blob: Blob }> {
  let response = await got(path);
  if (response.status === 401) {
    await refresh();
    response = await got(path);
  }
  if (!response.ok) throw await problemOf(response);
  const [, name = ''] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  return { name, blob: await response.blob() };
}

const got = (path: string) =>
  fetch(path).catch(() => {
    throw new Problem(0, 'offline');
  });
