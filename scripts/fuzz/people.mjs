import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Trouble } from '../services/say.mjs';

const PASSWORD = 'cordee-demo-2026';

/** What a demo person signs in with. */
const loginOf = (name) => ({ email: `${name}@demo.cordee.example`, password: PASSWORD });

/**
 * Signs a demo person in.
 *
 * @returns {Promise<{ask: (path: string) => Promise<unknown>, send: (method: string, path: string, body?: unknown) => Promise<any>}>} `ask` gives
 *   what is there, or null; `send` throws when it is refused
 */
export async function signIn(url, name) {
  const call = async (token, method, path, body) =>
    await fetch(url + path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const send = async (token, method, path, body) => {
    const answer = await call(token, method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new Trouble(`${name} was refused ${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const { accessToken } = await send('', 'POST', '/api/auth/login', loginOf(name));
  return {
    send: (method, path, body) => send(accessToken, method, path, body),
    async ask(path) {
      const answer = await call(accessToken, 'GET', path);
      return answer.ok && /json/.test(answer.headers.get('content-type') ?? '') ? await answer.json() : null;
    },
  };
}

/** Writes how somebody signs in, again and again while it goes on (Web Fuzzing Commons, auth.yaml); returns the file. */
export function loginFile(folder, name) {
  const file = join(folder, `login-${name}.json`);
  const loginEndpointAuth = {
    endpoint: '/api/auth/login',
    verb: 'POST',
    contentType: 'application/json',
    payloadRaw: JSON.stringify(loginOf(name)),
    token: {
      extractFrom: 'body',
      extractSelector: '/accessToken',
      sendIn: 'header',
      sendName: 'Authorization',
      sendTemplate: 'Bearer {token}',
    },
  };
  writeFileSync(file, JSON.stringify({ auth: [{ name, loginEndpointAuth }] }));
  return file;
}
