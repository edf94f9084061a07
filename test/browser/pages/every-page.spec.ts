import { DAY } from '../../../src/common/times/clock.js';
import { openPage } from '../../support/browser.js';
import { aStage, everyPageOf, inTurn, look } from '../../support/walks/every-page.js';
import { aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { personLink } from '../../support/rooms/person-links.js';

const stage = aStage();

everyPageOf('fellow', stage);

describe('nobody', () => {
  const LINK = 'a-token-that-nobody-was-given';
  const pages: [string, () => Promise<string> | string][] = [
    ['the sign-in', () => '/sign-in'],
    ['a forgotten password', () => '/forgot'],
    ['a new password', () => `/reset/${LINK}`],
    ['an address given back', () => `/undo-address/${LINK}`],
    ['a new address', () => `/confirm-address/${LINK}`],
    ['an invitation', invitationPath],
    ['an invitation that is over', () => `/invitation/${LINK}`],
    ['a place by the link of a mail', placePath],
    ['a place that leads nowhere', () => `/place/${LINK}`],
    ['a session that leads nowhere', () => `/session/${LINK}`],
    ['a workshop for everybody', () => stage().cohort.publicPath],
    ['a workshop for everybody that is none', () => '/w/none'],
    ['a certificate that is none', () => '/certificates/7KQ2-9M4X-B0TD-W5HA'],
    ['a guest’s place by the link of a mail', () => stage().cohort.guestPath],
    ['a guest’s place that leads nowhere', () => `/guest/${LINK}`],
    ['a session by the link of a mail', sessionLinkPath],
    ['all calls', () => '/calls'],
    ['a call', async () => `/calls/${(await theCall()).slug}`],
    ['a call that is none', () => '/calls/none'],
    ['an application', async () => `/application/${(await anApplicant(stage().world, (await theCall()).slug)).token}`],
    ['an application that was handed in', handedInPath],
    ['an application that leads nowhere', () => `/application/${LINK}`],
    ['the link of a juror', () => `/jury/${stage().cohort.juryToken}`],
    ['the link of a juror that leads nowhere', () => `/jury/${LINK}`],
    ['an address that leads nowhere', () => '/nowhere'],
  ];

  it.each(inTurn(pages).map((turn) => ({ ...turn, name: turn.one[0] })))(
    'sees $name whole: $seen',
    async ({ way, one: [, path] }) => {
      const { browser, world } = stage();
      const { page, problems } = await openPage(browser, { colorScheme: 'light', expected: [401, 404] });
      const address = `${world.url}${await path()}`;
      await page.goto(`${world.url}/sign-in`);
      await look(page, address, (locale) => page.evaluate(`localStorage.setItem('cordee-locale', '${locale}')`), {
        way,
      });
      expect(problems).toEqual([]);
      await page.context().close();
    },
  );
});

let call: Promise<{ slug: string }> | undefined;

/** A call that is open, with the questions of its template. */
function theCall(): Promise<{ slug: string }> {
  const { cohort, world } = stage();
  const at = (days: number) => new Date(world.clock.now().getTime() + days * DAY).toISOString();
  call ??= aCall(cohort.staff, cohort.id, { opensAt: at(-2), closesAt: at(9) });
  return call;
}

async function handedInPath(): Promise<string> {
  const applicant = await anApplicant(stage().world, (await theCall()).slug);
  expect((await handsIn(applicant)).status).toBe(200);
  return `/application/${applicant.token}`;
}

async function invitationPath(): Promise<string> {
  const { cohort } = stage();
  const invitations = await cohort.staff.client.get(`/api/cohorts/${cohort.id}/invitations`);
  return new URL(invitations.body.items[0].url as string).pathname;
}

/** Somebody's who has no place there. */
function placePath(): string {
  const { cohort, world } = stage();
  return `/place/${personLink(world, 'place', cohort.fellow, cohort.workshopId)}`;
}

function sessionLinkPath(): string {
  const { cohort, world } = stage();
  return `/session/${personLink(world, 'session', cohort.fellow, cohort.sessionId)}`;
}
