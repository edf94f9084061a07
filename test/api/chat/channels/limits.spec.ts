import { randomUUID } from 'node:crypto';
import { RateLimits } from '../../../../src/infra/redis/rate-limits.js';
import { startWorld } from '../../../support/app.js';
import { connect } from '../../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { channelOf, say } from '../../../support/rooms/chat.js';

it('given more than forty messages in ten seconds by one person, then 429, and others go on', async () => {
  const strict = await startWorld({ env: { RATE_LIMITS: 'on' } });
  const cohort = await aCohort(strict);
  const [greedy, calm] = [await aMember(strict, cohort, 'fellow'), await aMember(strict, cohort, 'fellow')];
  const { id } = await channelOf(greedy, 'cohort');
  const send = (person: TestPerson) =>
    person.client.post(`/api/channels/${id}/messages`, { clientId: randomUUID(), body: 'x' });
  const answers = await Promise.all(Array.from({ length: 45 }, () => send(greedy)));
  expect(answers.filter((one) => one.status === 201)).toHaveLength(40);
  const refused = answers.find((one) => one.status === 429);
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await send(calm)).status).toBe(201);
  await strict.stop();
});

it('given who moves their pointers without end, by whichever lines, then they are refused, others and what they read before are not', async () => {
  const strict = await startWorld({ env: { RATE_LIMITS: 'on' } });
  const cohort = await aCohort(strict);
  const [greedy, calm] = [await aMember(strict, cohort, 'fellow'), await aMember(strict, cohort, 'fellow')];
  const { id } = await channelOf(greedy, 'cohort');
  const { seq } = await say(calm, id, 'read me');
  const [one, two, other] = await Promise.all([greedy, greedy, calm].map(({ token }) => connect(strict.url, token)));
  const move = (live = one!) => live.ask('channel:read', { channelId: id, seq }) as Promise<{ ok: boolean }>;
  expect(await move(one)).toMatchObject({ ok: true });
  // The server has the limit by now: these count against its own number.
  const limit = { name: 'chat-read', points: 120, seconds: 10, perProcess: true };
  await strict.app.get(RateLimits).take(limit, greedy.id, 79);
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => move(index % 2 === 0 ? one : two)));
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect(await move(two)).toMatchObject({ ok: false, error: { code: 'too_many_requests' } });
  expect(await move(other)).toMatchObject({ ok: true });
  const { items } = (await greedy.client.get('/api/channels')).body;
  expect(items.find((channel: { id: string }) => channel.id === id)).toMatchObject({ unread: 0 });
  for (const live of [one, two, other]) live!.close();
  await strict.stop();
});
