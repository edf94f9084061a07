import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { encode } from 'uqr';
import { shortPassOf } from '../../../src/contracts/workshops/passes.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signedInPage } from '../../support/browser.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aGuest, aPublicWorkshop } from '../../support/rooms/guests.js';
import { expectAWholePage, expectNoAxeViolations } from '../../support/pages.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const MINUTE = 60_000;
/** In the page: how often the camera has looked for a code. */
const COUNT_LOOKS = `globalThis.looks = 0;
  const { getImageData } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.getImageData = function (...place) { looks += 1; return getImageData.apply(this, place); };`;
const looks = (page: Page) => page.evaluate<number>('globalThis.looks');
/** They take longer than a code must be away to be read anew (web/src/features/workshops/check-in/seen-again.ts). */
const MANY_LOOKS = 20;
const IN_FIELD = `document.activeElement?.labels?.[0]?.textContent === 'Code or name'`;

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let [host, staff, ines, karim]: TestPerson[] = [];
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2, now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  [host, staff, ines, karim] = await Promise.all([
    aMember(world, cohortId, 'coach', { name: 'Pauline Savary' }),
    aMember(world, cohortId, 'staff', { name: 'Sonia Team' }),
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
const soon = () => ({ startsAt: minutesAhead(5), endsAt: minutesAhead(65) });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function open(person: TestPerson, node: 0 | 1, path: string, width = 1440): Promise<Page> {
  const { url } = world.nodes[node]!;
  const { page, problems } = await signedInPage(browser, person, url, { width, expected: [409, 422] });
  opened.push(problems);
  await page.goto(`${url}/c/${cohortId}/workshops/${path}`);
  return page;
}

async function look(page: Page, name: string): Promise<void> {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png` });
}

async function seenWhole(page: Page, name: string): Promise<void> {
  await look(page, name);
  await expectNoAxeViolations(page);
  await expectAWholePage(page);
}

it('given a place, then its code is on my page, large, and stays there without a network; by typing it a host checks me in and takes it back', async () => {
  const { id, path } = await aWorkshop(host!, cohortId, soon());
  for (const one of [ines!, karim!]) await one.client.put(`${path}/registration`, {});
  const phone = await open(ines!, 1, id, 390);
  const qr = phone.getByRole('img', { name: 'Check-in QR code' });
  await qr.waitFor();
  expect((await qr.boundingBox())!.width).toBeGreaterThan(250);
  const short = shortPassOf((await ines!.client.get(path)).body.mine.pass as string);
  await phone.getByText(short, { exact: true }).waitFor();
  await seenWhole(phone, 'my-code-390');
  await phone.emulateMedia({ colorScheme: 'dark' });
  await seenWhole(phone, 'my-code-390-dark');
  await phone.context().setOffline(true);
  await qr.waitFor();
  await phone.context().setOffline(false);

  const screen = await open(host!, 0, id);
  await screen.getByRole('link', { name: 'Open check-in' }).click();
  await screen.getByRole('heading', { name: 'Check-in' }).waitFor();
  await screen.getByText('0 of 2 present').waitFor();
  const door = await open(staff!, 1, `${id}/check-in`, 390);
  await door.getByText('0 of 2 present').waitFor();

  const field = screen.getByLabel('Code or name');
  expect(await field.getAttribute('aria-describedby')).not.toBeNull();
  await field.focus();
  await screen.keyboard.type(short.toLowerCase());
  await screen.keyboard.press('Enter');
  await screen.getByText('Checked in').waitFor();
  await screen.getByText('Inès Carpentier', { exact: true }).waitFor();
  await screen.getByText('1 of 2 present').waitFor();
  await door.getByText('1 of 2 present').waitFor();
  await phone.getByText('You are present', { exact: true }).waitFor();
  await screen.waitForFunction(IN_FIELD);
  expect(await field.inputValue()).toBe('');
  await seenWhole(screen, 'here');

  // Another host, on another process, by name and by keyboard alone.
  await door.getByLabel('Code or name').fill('carp');
  await door.keyboard.press('Enter');
  await door.getByText(/^Already here since \d\d:\d\d$/).waitFor();
  expect(await button(door, 'Undo: Inès Carpentier').count()).toBe(0);
  await door.emulateMedia({ colorScheme: 'dark' });
  await seenWhole(door, 'already-390-dark');

  world.clock.advance(1_000);
  await screen.keyboard.press('Shift+Tab');
  await screen.keyboard.press('Enter');
  await screen.getByText('Undone').waitFor();
  await screen.waitForFunction(IN_FIELD);
  await screen.getByText('0 of 2 present').waitFor();
  await door.getByText('0 of 2 present').waitFor();
  await qr.waitFor();
});

it('given names that several have, codes that are none and places that were given back, then it is said plainly, in both languages', async () => {
  const { id, path } = await aWorkshop(host!, cohortId, { title: 'Plain words', ...soon() });
  const { path: there } = await aWorkshop(staff!, cohortId, {
    ...{ title: 'Elsewhere', startsAt: minutesAhead(120), endsAt: minutesAhead(180) },
  });
  const twin = await aMember(world, cohortId, 'fellow', { name: 'Inès de La Tour' });
  for (const one of [ines!, karim!, twin]) await one.client.put(`${path}/registration`, {});
  await karim!.client.put(`${there}/registration`, {});
  const [mine, other] = await Promise.all(
    [path, there].map(async (of) => (await karim!.client.get(of)).body.mine.pass as string),
  );
  await karim!.client.delete(`${path}/registration`);
  const door = await open(host!, 0, `${id}/check-in`, 390);
  await door.getByText('0 of 2 present').waitFor();
  const give = async (typed: string) => {
    await door.getByRole('textbox').fill(typed);
    await door.keyboard.press('Enter');
  };
  await give('ines');
  await door.getByText('2 people found: choose one').waitFor();
  await seenWhole(door, 'choose-390');
  await door.getByRole('button', { name: 'Inès de La Tour' }).click();
  await door.getByText('1 of 2 present').waitFor();
  await give('Nobody at all');
  await door.getByText('No registered person or code found.').waitFor();
  await give('7777-7777');
  await door.getByText('This code is not for this workshop.').waitFor();
  await give(other!);
  await door.getByText(/^This code is for another workshop: Elsewhere, /).waitFor();
  await give(mine!);
  await door.getByText(/^Karim Haddad gave this place back\./).waitFor();
  await seenWhole(door, 'given-back-390');
  await host!.client.patch('/api/me', { locale: 'fr' });
  await door.emulateMedia({ colorScheme: 'dark' });
  await door.reload();
  await door.getByRole('heading', { name: 'Pointage des arrivées' }).waitFor();
  await give(mine!);
  await door.getByText(/^Karim Haddad a libéré cette place\./).waitFor();
  await seenWhole(door, 'given-back-390-fr-dark');
  await host!.client.patch('/api/me', { locale: 'en' });
  expect((await host!.client.get(path)).body.going).toBe(2);
});

it('given a guest, then their page has their code and that of whom they bring along', async () => {
  const { path, guests } = await aPublicWorkshop(staff!, cohortId, { title: 'Open door', ...soon() });
  const link = await aGuest(world, guests, 'ada@guests.test', { plusOne: true });
  await clientOf(world.url).post(`${link}/confirm`);
  const { page, problems } = await openPage(browser, { viewport: { width: 390, height: 844 } });
  opened.push(problems);
  await page.goto(`${world.url}${link.replace('/api/guests/', '/guest/')}`);
  await page.getByRole('img', { name: 'Check-in QR code', exact: true }).waitFor();
  await page.getByText('Code of the person with you').click();
  await page.getByRole('img', { name: 'QR code of the person with you' }).waitFor();
  await seenWhole(page, 'guest-390');
  const door = await open(staff!, 0, `${path.split('/').at(-1)!}/check-in`);
  await door.getByLabel('Code or name').fill('ada');
  await button(door, 'with Ada Guest').click();
  await door.getByText('1 of 2 present').waitFor();
});

it('given a fellow, then the door is not theirs; given no camera, then one types', async () => {
  const { id } = await aWorkshop(host!, cohortId, { title: 'No camera', ...soon() });
  const page = await open(ines!, 0, `${id}/check-in`);
  await page.getByText('Only hosts and the programme team can check people in.').waitFor();
  expect(await page.getByRole('textbox').count()).toBe(0);
  const door = await open(host!, 0, `${id}/check-in`, 390);
  await button(door, 'Use camera').click();
  await door.getByText('No camera available. Type the code or the name.').waitFor();
  await seenWhole(door, 'no-camera-390');
  const policyAt = async (path: string) => (await fetch(`${world.url}${path}`)).headers.get('permissions-policy');
  expect([await policyAt('/'), await policyAt('/api/me')]).toEqual([
    expect.stringContaining('camera=(self), display-capture=(), '),
    expect.stringContaining('camera=(), '),
  ]);
});

describe('with a camera', () => {
  const WIDTH = 640;
  const HEIGHT = 480;
  let folder: string;
  let seeing: Browser;
  afterEach(async () => {
    await seeing.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A film of one picture (YUV4MPEG2): a code on a phone that is held before the camera. */
  function filmOf(text: string): Buffer {
    const { data, size } = encode(text, { ecc: 'M', border: 4 });
    const module = 7;
    const [left, top] = [WIDTH, HEIGHT].map((side) => Math.floor((side - size * module) / 2));
    const picture = Buffer.alloc(WIDTH * HEIGHT, 90);
    for (let y = 0; y < size * module; y += 1)
      for (let x = 0; x < size * module; x += 1)
        picture[(top! + y) * WIDTH + left! + x] = data[Math.floor(y / module)]![Math.floor(x / module)] ? 16 : 235;
    const head = `YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`;
    return Buffer.concat([Buffer.from(`${head}FRAME\n`), picture, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
  }

  it('given a code is held before it, then it is read once, and who it is stands there', async () => {
    const { id, path } = await aWorkshop(host!, cohortId, { title: 'Seen', ...soon() });
    for (const one of [ines!, karim!]) await one.client.put(`${path}/registration`, {});
    folder = await mkdtemp(join(tmpdir(), 'cordee-film-'));
    const film = join(folder, 'code.y4m');
    await writeFile(film, filmOf((await karim!.client.get(path)).body.mine.pass as string));
    const camera = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
    seeing = await openBrowser(camera, { whole: true });
    const { page: door, problems } = await signedInPage(seeing, host!, world.url, { width: 390 });
    opened.push(problems);
    await door.context().grantPermissions(['camera']);
    await door.addInitScript(COUNT_LOOKS);
    await door.goto(`${world.url}/c/${cohortId}/workshops/${id}/check-in`);
    await door.getByText('Karim Haddad', { exact: true }).waitFor();
    await door.getByText('Checked in').waitFor();
    await door.getByText('1 of 2 present').waitFor();
    // The code is there still: it is not read a second time, however often the camera looks.
    const before = await looks(door);
    await eventually(async () => expect(await looks(door)).toBeGreaterThan(before + MANY_LOOKS));
    await door.getByText('Checked in').waitFor();
    await seenWhole(door, 'camera-390');
    await button(door, 'Turn off camera').click();
    await button(door, 'Use camera').waitFor();
  });
});
