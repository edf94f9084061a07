import type { TestWorld } from '../app.js';
import { clientOf } from '../client.js';
import { eventually } from '../eventually.js';

/** A login: its id, the newest access token and the cookie with the refresh token. */
export interface Login {
  id: string;
  token: string;
  cookie: string;
}

/** The login that an answer began or renewed. */
export function loginOf(headers: Headers, token: string): Login {
  const cookie = headers
    .getSetCookie()
    .find((one) => one.startsWith('cordee_refresh='))!
    .split(';')[0]!;
  const { sid } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sid: string };
  return { id: sid, token, cookie };
}

/** Signs in by the API. */
export async function aLogin(world: TestWorld, email: string, password: string): Promise<Login> {
  const answer = await clientOf(world.url).post('/api/auth/login', { email, password });
  expect(answer.status).toBe(200);
  return loginOf(answer.headers, answer.body.accessToken);
}

/** Waits until every node refuses the access token of a login. */
export const loginEnds = (world: TestWorld, login: Login): Promise<void> =>
  eventually(async () => {
    for (const { url } of world.nodes) expect((await clientOf(url, login.token).get('/api/me')).status).toBe(401);
  });
