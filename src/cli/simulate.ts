import { mkdir, readdir } from 'node:fs/promises';
import { environment } from './context.js';
import { isClean } from './simulation/report.js';
import { reportText } from './simulation/report-text.js';
import { simulateCohort } from './simulation/simulation.js';

const SAY_EVERY_MS = 5_000;
const REDRAW_MS = 100;

/**
 * Lives through a cohort's residency on a moved clock and prints what would be sent; exits with 1 where a figure is not 0 that must be.
 * Nobody is sent anything.
 */
export async function simulate({ cohort, mails }: { cohort: string; mails?: string }): Promise<void> {
  if (mails !== undefined) await mustBeEmpty(mails);
  const began = Date.now();
  const interrupted = new AbortController();
  // Once: whoever asks twice does not want to wait for the cleaning up.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => interrupted.abort(new Error('Interrupted: nothing is left of the simulation.')));
  const simulated = await simulateCohort(environment(), cohort, {
    mails,
    onDay: dayTeller(process.stdout),
    signal: interrupted.signal,
  });
  console.log(reportText(simulated, (Date.now() - began) / 1000));
  if (mails !== undefined) console.log(`\nEvery mail is in ${mails}, a folder a person, in the order of time.`);
  if (!isClean(simulated.report)) process.exitCode = 1;
}

/** What another simulation left would be mixed up with this one's. */
async function mustBeEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`The folder ${folder} is not empty.`);
}

/** One line with the date on a terminal; elsewhere a line every five seconds. */
function dayTeller(out: NodeJS.WriteStream): (day: string) => void {
  let toldAt = 0;
  return (day) => {
    if (Date.now() - toldAt < (out.isTTY ? REDRAW_MS : SAY_EVERY_MS)) return;
    toldAt = Date.now();
    out.write(out.isTTY ? `\r  ${day} ` : `  ${day}\n`);
  };
}
