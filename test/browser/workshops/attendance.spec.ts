import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations } from '../../support/pages.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const MINUTE = 60_000;

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let host: TestPerson;
let fellow: TestPerson;
let other: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2, now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  [host, fellow, other] = await Promise.all([
    aMember(world, cohortId, 'coach', { name: 'Pauline Savary' }),
    aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' }),
    aMember(world, cohortId, 'fellow', { name: 'Karim Haddad' }),
  ]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

/** On the grid of five minutes, at least so many minutes from now. */
const minutesAhead = (minutes: number) =>
  new Date(Math.ceil((Date.now() + minutes * MINUTE) / (5 * MINUTE)) * 5 * MINUTE).toISOString();

async function open(person: TestPerson, node: 0 | 1, path: string, width = 1440): Promise<Page> {
  const { url } = world.nodes[node]!;
  const { page, problems } = await signedInPage(browser, person, url, { width, expected: [409, 422] });
  opened.push(problems);
  await page.goto(`${url}/c/${cohortId}/workshops/${path}`);
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

it('given a workshop is about to start, then who reads the code is there at a press, and its host sees it and says the rest', async () => {
  const { id, path } = await aWorkshop(host, cohortId, { startsAt: minutesAhead(5), endsAt: minutesAhead(65) });
  for (const one of [fellow, other]) await one.client.put(`${path}/registration`, {});
  const [screen, phone] = await Promise.all([open(host, 0, id), open(fellow, 1, id, 390)]);
  const { code } = (await host.client.get(`${path}/attendance`)).body;
  await screen.getByText(code, { exact: true }).waitFor();
  await screen.getByText('0 of 2 present').waitFor();
  await screen.getByRole('img', { name: 'QR code of this page' }).waitFor();

  await phone.getByLabel('Code on the hosts’ screen').fill('AAA222');
  await phone.keyboard.press('Enter');
  await phone.getByText('This is not the code.').waitFor();
  await phone.goto(`${phone.url()}?code=${code}`);
  await button(phone, 'I am here').click();
  await phone.getByText('You are present', { exact: true }).waitFor();
  await screen.getByText('1 of 2 present').waitFor();

  await button(screen, 'Absent: Karim Haddad').focus();
  await screen.keyboard.press('Enter');
  await screen.getByRole('button', { name: 'Absent: Karim Haddad', exact: true, pressed: true }).waitFor();
  // The clock of the server stands still: a mark that waited for the one before would be the older of the two.
  world.clock.advance(60_000);
  await button(screen, 'Here: Karim Haddad').click();
  await screen.getByText('2 of 2 present').waitFor();
  await expectNoAxeViolations(screen);
  await expectNoAxeViolations(phone);
  await expectAWholePage(phone);
});

it('given somebody cannot come, then the hosts see it; given who came without a place, then a host adds them', async () => {
  const { id, path } = await aWorkshop(host, cohortId, {
    ...{ title: 'Walk in', capacity: 1, startsAt: minutesAhead(5), endsAt: minutesAhead(65) },
  });
  await fellow.client.put(`${path}/registration`, {});
  const [screen, page] = await Promise.all([open(host, 0, id, 390), open(fellow, 1, id)]);
  await screen.getByText('0 of 1 present').waitFor();
  await button(page, 'Send apologies').click();
  await button(page, 'I can come after all').waitFor();
  await screen.getByRole('button', { name: 'Excused: Inès Carpentier', exact: true, pressed: true }).waitFor();
  await screen.getByRole('combobox', { name: 'Add someone else' }).pressSequentially('Kar');
  await screen.getByRole('option', { name: 'Karim Haddad' }).click();
  await screen.getByRole('button', { name: 'Here: Karim Haddad', exact: true, pressed: true }).waitFor();
  await screen.getByText('1 of 2 present').waitFor();
  await screen.keyboard.press('Escape');
  await expectNoAxeViolations(screen);
  await expectAWholePage(screen);
});

it('given it is over, then who was there says how it was in two clicks, and its host reads it without a name', async () => {
  const { id, path } = await aWorkshop(host, cohortId, {
    ...{ title: 'How it was', startsAt: minutesAhead(5), endsAt: minutesAhead(65) },
  });
  const third = await aMember(world, cohortId, 'fellow');
  for (const one of [fellow, other, third]) {
    await one.client.put(`${path}/registration`, {});
    await host.client.post(`${path}/attendance`, { userId: one.id, status: 'attended' });
  }
  world.clock.set(new Date(Date.now() + 80 * MINUTE));
  const [phone, screen] = await Promise.all([open(fellow, 0, id, 390), open(host, 1, id)]);
  await screen.getByText('Nobody has said it yet.').waitFor();
  await phone.getByRole('radio', { name: '4', exact: true }).check();
  await expectNoAxeViolations(phone);
  await expectAWholePage(phone);
  await button(phone, 'Send').click();
  await phone.getByText('Thank you. Hosts read it without your name.').waitFor();
  await screen.reload();
  // Of one or two it would tell who said what.
  await screen.getByText('1 person has said it.').waitFor();
  for (const one of [other, third])
    expect((await one.client.post(`${path}/feedback`, { rating: 4 })).status).toBeLessThan(300);
  await screen.reload();
  await screen.getByText('of 5, by 3 people').waitFor();
  await expectNoAxeViolations(screen);
  world.clock.set(new Date());
});

it('given a meeting on line, then it is offered until the end, after which the list says who had a place', async () => {
  const { id, path } = await aWorkshop(host, cohortId, {
    ...{ title: 'On line', link: 'https://meet.example/on-line', startsAt: minutesAhead(5), endsAt: minutesAhead(65) },
  });
  await fellow.client.put(`${path}/registration`, {});
  const page = await open(fellow, 0, id);
  const meeting = page.getByRole('link', { name: 'Open meeting' });
  await meeting.waitFor();
  await page.getByRole('heading', { name: 'Attendees' }).waitFor();
  world.clock.set(new Date(Date.now() + 80 * MINUTE));
  await page.clock.setFixedTime(world.clock.now());
  await page.reload();
  await page.getByRole('heading', { name: 'Registered' }).waitFor();
  expect(await meeting.count()).toBe(0);
  world.clock.set(new Date());
});

it('given there is no network, then what a host says is kept on the device, through a reload too, and told when it is back', async () => {
  const { id, path } = await aWorkshop(host, cohortId, {
    ...{ title: 'In the cellar', startsAt: minutesAhead(5), endsAt: minutesAhead(65) },
  });
  for (const one of [fellow, other]) await one.client.put(`${path}/registration`, {});
  const screen = await open(host, 0, id, 390);
  await screen.getByText('0 of 2 present').waitFor();
  // The parts of the page further down come by themselves: they are there before the network goes.
  await screen.waitForLoadState('networkidle');
  await screen.context().setOffline(true);
  await button(screen, 'Here: Karim Haddad').click();
  await button(screen, 'Absent: Inès Carpentier').click();
  await screen.getByLabel('Add a guest').fill('Ada Guest');
  await button(screen, 'Let in').click();
  await screen.getByText('2 of 3 present').waitFor();
  await screen.getByText('3 marks wait for the network.').waitFor();
  await expectNoAxeViolations(screen);
  await expectAWholePage(screen);
  const statuses = async () =>
    ((await host.client.get(`${path}/registrations`)).body.items as { person: { name: string }; status: string }[])
      .map(({ person, status }) => `${person.name}: ${status}`)
      .sort();
  expect(await statuses()).toEqual(['Inès Carpentier: going', 'Karim Haddad: going']);

  // Another host says meanwhile that she came after all: that is later.
  await host.client.post(`${path}/attendance`, { userId: fellow.id, status: 'attended' });
  // A page that goes away with what waits, and comes back with the network.
  await screen.goto('about:blank');
  await screen.context().setOffline(false);
  await screen.goto(`${world.nodes[0]!.url}/c/${cohortId}/workshops/${id}`);
  await screen.getByText('3 of 3 present').waitFor();
  await screen.getByText('wait for the network').waitFor({ state: 'detached' });
  expect(await statuses()).toEqual(['Ada Guest: attended', 'Inès Carpentier: attended', 'Karim Haddad: attended']);
});
