import type {
  ApplicationMessages,
  WriteApplicationMessage,
} from '../../../../../src/contracts/calls/application-messages';
import type {
  Application,
  OpenedApplication,
  SaveAnswers,
  SavedAnswers,
} from '../../../../../src/contracts/calls/applications';
import type { FileAnswer } from '../../../../../src/contracts/calls/answers';
import type { AskProject, OwnProjectQuestions } from '../../../../../src/contracts/selection/questions';
import type { SaveWishes, Wishes } from '../../../../../src/contracts/selection/wishes';
import type { ChooseTime, OwnInvitation } from '../../../../../src/contracts/selection/interviews';
import { type Watching, uploadFile } from '../../../api/files/upload';
import { api } from '../../../api/http';
import { Problem, problemOf } from '../../../api/problem';
import { saveAsFile } from '../../../ui/forms/save-file';

/** More than this does not go along with a page that is being closed (fetch of the WHATWG). */
const MAX_KEPT_ALIVE = 60_000;
/** A request that hangs for so long is taken for lost, and what it brought is sent again. */
const PATIENCE_MS = 30_000;

/** How a file is opened, and opened again. */
export type Opens = () => Promise<OpenedApplication>;

/** By the link of a letter, without a login. */
export const byLink =
  (token: string): Opens =>
  () =>
    request<OpenedApplication>('POST', '/open', { body: { token } });

/** By the account of who applies. */
export const byAccount =
  (applicationId: string): Opens =>
  () =>
    api.post<OpenedApplication>(`/me/applications/${encodeURIComponent(applicationId)}/open`);

/**
 * The routes of one file. Its bearer lives here and nowhere else; where it is not taken any more, the file is opened again. Apart from `api`: that one speaks for who is signed in,
 * and whoever applies need not be the same.
 */
export function fileClient(opens: Opens) {
  let bearer = '';

  async function open(): Promise<Application> {
    const opened = await opens();
    bearer = opened.accessToken;
    return opened.application;
  }

  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    try {
      return await send<T>(method, path, body);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
    }
    await open();
    return await send<T>(method, path, body);
  }

  const send = <T>(method: string, path: string, body?: unknown) => request<T>(method, path, { body, bearer });

  return {
    open,
    load: (id: string) => ask<Application>('GET', `/${id}`),
    save: (id: string, body: SaveAnswers) => ask<SavedAnswers>('PATCH', `/${id}`, body),
    submit: (id: string, revision: number) => ask<Application>('POST', `/${id}/submit`, { revision }),
    upload: (id: string, field: string, file: File, watching: Watching) =>
      uploadFile<Application>(`/applications/${id}/files/${field}`, file, watching, { get: () => bearer, renew: open }),
    download: async (id: string, { fileId, name, type }: FileAnswer) => {
      const ask = async () =>
        await fetch(`/api/applications/${id}/files/${fileId}`, { headers: { authorization: `Bearer ${bearer}` } });
      let response = await ask();
      if (response.status === 401) {
        await open();
        response = await ask();
      }
      if (!response.ok) throw await problemOf(response);
      saveAsFile(name, type, await response.blob());
    },
    messages: (id: string) => ask<ApplicationMessages>('GET', `/${id}/messages`),
    write: (id: string, body: WriteApplicationMessage) => ask<ApplicationMessages>('POST', `/${id}/messages`, body),
    answerPlace: (id: string, takes: boolean) => ask<Application>('POST', `/${id}/place`, { takes }),
    wishes: (id: string) => ask<Wishes>('GET', `/${id}/wishes`),
    wish: (id: string, body: SaveWishes) => ask<Wishes>('PUT', `/${id}/wishes`, body),
    questions: (id: string) => ask<OwnProjectQuestions>('GET', `/${id}/questions`),
    ask: (id: string, body: AskProject) => ask<OwnProjectQuestions>('POST', `/${id}/questions`, body),
    interview: (id: string) => ask<OwnInvitation>('GET', `/${id}/interview`),
    chooseTime: (id: string, body: ChooseTime) => ask<OwnInvitation>('PUT', `/${id}/interview/time`, body),
    giveTimeBack: (id: string) => ask<OwnInvitation>('DELETE', `/${id}/interview/time`),
    withdraw: (id: string) => ask<Application>('POST', `/${id}/withdraw`),
  };
}

async function request<T>(
  method: string,
  path: string,
  { body, bearer = '' }: { body?: unknown; bearer?: string },
): Promise<T> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (text !== undefined) headers['content-type'] = 'application/json';
  if (bearer !== '') headers.authorization = `Bearer ${bearer}`;
  const keepalive = method === 'PATCH' && (text?.length ?? 0) < MAX_KEPT_ALIVE;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(`/api/applications${path}`, { method, headers, body: text, keepalive, signal }).catch(
    () => {
      throw new Problem(0, 'offline');
    },
  );
  if (!response.ok) throw await problemOf(response);
  // An answer that breaks off is none.
  return (await response.json().catch(() => {
    throw new Problem(0, 'offline');
  })) as T;
}
