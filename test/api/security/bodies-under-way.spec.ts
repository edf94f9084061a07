import { once } from 'node:events';
import { connect } from 'node:net';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

/** What is under way of bodies has an end: who is refused early and goes away takes nothing from the next. */
let world: TestWorld;
let port: number;
let member: TestPerson;

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  port = Number(new URL(world.url).port);
  member = await aMember(world, await aCohort(world), 'fellow');
});
afterAll(() => world.stop());

/** Sends no more than a head, takes the answer, and closes the line; the status. */
async function announced(head: string[]): Promise<string> {
  const line = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(line, 'connect');
  line.write(`${[...head, 'Host: 127.0.0.1'].join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(line, 'data')) as [Buffer];
  line.destroy();
  return /^HTTP\/1\.1 (\d+)/.exec(answer.toString())![1]!;
}

const LONG = 'x'.repeat(20_000);
const post = async (path: string, headers: Record<string, string>) =>
  (
    await fetch(`${world.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ text: LONG }),
    })
  ).status;

it.each([
  ['too long', 'Content-Length: 4000000', 'Content-Type: application/json', '413'],
  ['nothing that is read here', 'Content-Length: 60000', 'Content-Type: application/xml', '415'],
])(
  'given strangers whose bodies are %s, and who go away, then others are read',
  async (_what, length, type, status) => {
    for (let times = 0; times < 40; times += 1)
      expect(await announced(['POST /api/auth/login HTTP/1.1', length, type])).toBe(status);
    await eventually(async () => expect(await post('/api/auth/login', {})).toBe(422));
  },
);

it('given a member whose uploads and long bodies were refused early, and who went away, then their next one is read', async () => {
  const authorization = `Authorization: Bearer ${member.token}`;
  for (let times = 0; times < 12; times += 1) {
    const path = times < 5 ? '/api/cohorts/0123456789abcdef01234567/files' : '/api/me';
    const type = times < 5 ? 'multipart/form-data; boundary=x' : 'application/json';
    const head = [`${times < 5 ? 'POST' : 'PATCH'} ${path} HTTP/1.1`, authorization, `Content-Type: ${type}`];
    expect(await announced([...head, `Content-Length: ${times < 5 ? 20_000 : 4_000_000}`])).toMatch(/^4(04|13)$/);
  }
  const form = new FormData();
  form.append('file', new Blob([LONG]), 'a.txt');
  await eventually(async () => {
    const sent = await fetch(`${world.url}/api/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${member.token}` },
      body: form,
    });
    expect(sent.status).toBe(201);
    expect(await post('/api/direct', { authorization: `Bearer ${member.token}` })).toBe(422);
  });
});
