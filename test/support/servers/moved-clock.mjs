import { readFileSync } from 'node:fs';

/**
 * Loaded before a process (`--import`): its wall clock goes as many milliseconds ahead (or behind) as the file MOVED_CLOCK says, and
 * follows when that changes, as it does when somebody sets the clock of the host. Timers and what other servers think are untouched.
 */
const file = process.env.MOVED_CLOCK;
const Real = Date;
let ahead = 0;
const look = () => {
  const said = readFileSync(file, 'utf8');
  // Who writes a file empties it first: read at that moment, the clock would jump to today.
  if (said !== '') ahead = Number(said);
};
look();
setInterval(look, 50).unref();
const now = () => Real.now() + ahead;

globalThis.Date = new Proxy(Real, {
  apply: () => new Real(now()).toString(),
  construct: (target, args, made) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, made === globalThis.Date ? target : made),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
