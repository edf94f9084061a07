import { randomUUID } from 'node:crypto';

const DAY = 24 * 60 * 60 * 1000;

/** A full hour (UTC), in so many days. */
const inDays = (days, hour) =>
  `${new Date(Date.now() + days * DAY).toISOString().slice(0, 10)}T${String(hour).padStart(2, '0')}:00:00.000Z`;

const lastPartOf = (url) => url.split('/').at(-1);

/**
 * Makes what the demo lacks, and finds what no list names by the path of one such thing (see realIds).
 *
 * @param {{staff: any, fellow: any, coach: any}} people see signIn
 * @returns {Promise<Record<string, string[]>>} values by the name of the parameter
 */
export async function makeThings({ staff, fellow, coach }) {
  // One that all of them are in: staff make others ready.
  const [cohort] = (await fellow.send('GET', '/api/cohorts')).items;
  const base = `/api/cohorts/${cohort.id}`;
  return {
    cohortId: [cohort.id],
    side: ['want', 'give'],
    emoji: ['👍', '🎉'],
    ...(await ofTheForum(base, fellow)),
    ...(await ofChat(base, { staff, fellow })),
    ...(await ofWorkshops(base, staff)),
    ...(await ofCoaching(base, coach)),
    ...(await ofOnesOwn(cohort, { staff, fellow })),
  };
}

async function ofTheForum(base, fellow) {
  const [topic] = (await fellow.send('GET', `${base}/topics`)).items;
  const posts = (await fellow.send('GET', `${base}/topics/${topic.id}/posts`)).items;
  const [other] = posts.filter(({ abilities }) => !abilities.delete);
  if (other) await fellow.send('POST', `${base}/posts/${other.id}/flag`, { reason: 'Please look at this' });
  return { postId: posts.map(({ id }) => id) };
}

async function ofChat(base, { staff, fellow }) {
  const [channel] = (await fellow.send('GET', `${base}/channels`)).items;
  const path = `/api/channels/${channel.id}`;
  const message = await staff.send('POST', `${path}/messages`, { clientId: randomUUID(), body: 'Welcome to all' });
  await fellow.send('POST', `${path}/messages/${message.id}/report`, { reason: 'other' });
  await fellow.send('POST', `${path}/scheduled`, { clientId: randomUUID(), body: 'Later', dueAt: inDays(2, 10) });
  await staff.send('POST', `${path}/webhooks`, { direction: 'in', name: 'Builds' });
  return { channelId: [channel.id], messageId: [message.id] };
}

async function ofWorkshops(base, staff) {
  const [workshop] = (await staff.send('GET', `${base}/workshops`)).items;
  const path = `${base}/workshops/${workshop.id}`;
  const material = { title: 'Read this', url: 'https://example.org/', phase: 'before' };
  await staff.send('POST', `${path}/materials`, material);
  const page = { on: true, guests: true, plusOne: false, shownHosts: [], questions: [] };
  const { slug } = await staff.send('PUT', `${path}/public-page`, page);
  await staff.send('POST', `${base}/workshop-templates`, { workshopId: workshop.id, name: 'As always' });
  const series = await staff.send('POST', `${base}/workshop-series`, {
    title: 'Morning round',
    startsAt: inDays(21, 7),
    endsAt: inDays(21, 8),
    timeZone: 'Europe/Paris',
    capacity: 20,
    key: randomUUID(),
    repeat: { unit: 'week', weekdays: [new Date(inDays(21, 7)).getUTCDay() || 7], count: 4 },
  });
  return { id: [workshop.id], slug: [slug], seriesId: [series.id] };
}

async function ofCoaching(base, coach) {
  const [session] = (await coach.send('GET', `${base}/sessions`)).items;
  const action = { text: 'Try it', ownerId: session.participants[0] };
  await coach.send('POST', `${base}/sessions/${session.id}/actions`, action);
  return { sessionId: [session.id] };
}

async function ofOnesOwn(cohort, { staff, fellow }) {
  const feed = await fellow.send('POST', '/api/me/calendar-feeds', { cohortId: cohort.id });
  const invitations = (await staff.send('GET', `/api/cohorts/${cohort.id}/invitations`)).items;
  return {
    secret: [lastPartOf(feed.url).replace(/\.ics$/, '')],
    token: invitations
      .map(({ url }) => url)
      .filter(Boolean)
      .map(lastPartOf),
  };
}
