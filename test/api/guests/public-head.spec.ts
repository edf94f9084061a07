import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

/** What a workshop's page says to other sites and to calendars, without a login. */
let world: TestWorld;
let staff: TestPerson;
let cohortId: string;

beforeAll(async () => {
  world = await startWorld({});
  cohortId = await aCohort(world, { name: 'Promotion 7' });
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());

const TITLE = '"Open" <data> & 🎉';
async function aPage(on = true): Promise<{ slug: string; path: string }> {
  const { path } = await aWorkshop(staff, cohortId, { title: TITLE, link: 'https://meet.example/secret-room' });
  const page = { on, guests: true, plusOne: false, shownHosts: [], questions: [] };
  const { body } = await staff.client.put(`${path}/public-page`, page);
  return { slug: body.slug as string, path };
}
const read = async (path: string) => {
  const answer = await fetch(new URL(path, world.url));
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
};

it('given its page is on, then other sites read its title, when it is and for whom; the meeting’s link is not there', async () => {
  const { slug } = await aPage();
  const { status, text } = await read(`/w/${slug}`);
  expect(status).toBe(200);
  expect(text).toContain('<meta property="og:title" content="&quot;Open&quot; &lt;data&gt; &amp; 🎉"/>');
  expect(text).toMatch(/og:description" content="[^"]+\(Paris\) · Promotion 7/);
  expect(text).not.toContain('secret-room');
  expect(text.match(/nonce="__CSP_NONCE__"/)).toBeNull();
});

it('given its page is off, a draft, or none, then the page is as any other', async () => {
  const { slug, path } = await aPage();
  const page = { on: false, guests: false, plusOne: false, shownHosts: [], questions: [] };
  expect((await staff.client.put(`${path}/public-page`, page)).status).toBe(200);
  for (const address of [slug, 'no-such-workshop', '%00', 'a'.repeat(400)]) {
    const { text } = await read(`/w/${address}`);
    expect([address, text.includes('og:title')]).toEqual([address, false]);
  }
  expect((await read(`/api/public/workshops/${slug}/calendar.ics`)).status).toBe(404);
});

it('given somebody from outside who keeps it, then their calendar gets one entry that leads to the page, without the link', async () => {
  const { slug } = await aPage();
  const { status, type, text } = await read(`/api/public/workshops/${slug}/calendar.ics`);
  expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
  expect(text.replaceAll('\r\n ', '')).toContain(`/w/${slug}`);
  expect(text).not.toContain('secret-room');
  expect(text).not.toContain('ATTENDEE');
});
