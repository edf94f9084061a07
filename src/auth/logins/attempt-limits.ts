import { Injectable } from '@nestjs/common';
import { networkCounts } from '../../infra/http/network.js';
import { type Count, type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import { sinceTheirs } from '../given-back.js';
import { Devices, type Marked } from '../tokens/devices.js';
import type { Origin } from '../origin.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What strangers may try: at one account, from one place, and at the whole installation. */
interface Limits {
  account: Limit;
  network: Limit;
  all: Limit;
  /** What one device may on which that person signed in before, and what all such devices may. */
  device: Limit;
  devices: Limit;
}

/** And how many logins the right password may make: of strangers together, on one device on which that person signed in before, and on all such devices. */
interface SignInLimits extends Limits {
  login: Limit;
  loginOnDevice: Limit;
  loginOnDevices: Limit;
}

/** What a try took. It is given back as the try that it was not, or as the login that it did not become. `last`: where it was the last try, if it was one. */
export interface Taken {
  tries: readonly Count[];
  logins: readonly Count[];
  last: readonly Count[];
}

/**
 * An agency sits behind one address, so a place may do more than an account. Who gets in is no try, but one login more: who got hold of a password must not make
 * them without end, nor have passwords looked at.
 */
export const signInLimits: SignInLimits = {
  account: { name: 'login', points: 10, seconds: 15 * MINUTE, growsTo: DAY },
  network: { name: 'login-network', points: 100, seconds: 15 * MINUTE, growsTo: HOUR },
  all: { name: 'login-all', points: 1000, seconds: HOUR },
  device: { name: 'login-device', points: 10, seconds: 15 * MINUTE, growsTo: DAY },
  devices: { name: 'login-devices', points: 60, seconds: HOUR },
  login: { name: 'login-made', points: 30, seconds: HOUR },
  loginOnDevice: { name: 'login-made-device', points: 30, seconds: HOUR },
  loginOnDevices: { name: 'login-made-devices', points: 120, seconds: HOUR },
};

/** The longest wait of an account is shorter than the life of a link: while nobody can ask, a good one lies in the mailbox. */
export const forgotLimits: Limits = {
  account: { name: 'forgot', points: 3, seconds: 15 * MINUTE, growsTo: 100 * MINUTE },
  network: { name: 'forgot-network', points: 60, seconds: HOUR, growsTo: 6 * HOUR },
  all: { name: 'forgot-all', points: 600, seconds: HOUR },
  device: { name: 'forgot-device', points: 3, seconds: 15 * MINUTE, growsTo: DAY },
  devices: { name: 'forgot-devices', points: 10, seconds: HOUR },
};

/** An address gets so many letters from places that may ask for no more: shorter than the life of a link, too. */
const beyondPlace: Limit = { name: 'forgot-beyond', points: 1, seconds: 100 * MINUTE };

/**
 * Tries at an account by whoever knows its address. Strangers are counted together, over all places and by place; a device on which that
 * person signed in before has a count of its own, so that no stranger locks anybody out.
 */
@Injectable()
export class AttemptLimits {
  constructor(
    private readonly limits: RateLimits,
    private readonly devices: Devices,
  ) {}

  /**
   * Takes a try, and where it may become one a login; returns what of it to give back. `user`: whose address it is, null for nobody's; the answer is the
   * same. Throws 429 with Retry-After, and then nothing is taken. `whenItBegins` is called once in a series of tries of strangers, when they
   * have run out.
   */
  async take(
    limits: Limits | SignInLimits,
    { email, user }: { email: string; user: Marked | null },
    origin: Origin,
    whenItBegins?: () => Promise<void>,
  ): Promise<Taken> {
    const device = user && this.devices.of(origin.devices, user);
    const tries: readonly Count[] = device
      ? [
          [limits.device, device],
          [limits.devices, sinceTheirs(user._id, user.disputedUntil)],
        ]
      : [...networkCounts(limits.network, origin.network), [limits.account, email, whenItBegins], [limits.all, 'all']];
    const logins: readonly Count[] = 'login' in limits ? loginsOf(limits, email, user, device) : [];
    const last = await this.limits.takeForNow([...tries, ...logins]);
    return { tries, logins, last };
  }

  /**
   * Takes the right to have a link sent. A place where no more may be asked for does not keep an address from one: whoever is refused has a good link in their mailbox.
   * What is asked for counts for all others only where it leads to a letter, or who makes addresses up would use up what all may ask for; the answer is the same.
   * False: nothing is to be sent, nor to be kept. Throws as {@link take}.
   */
  async takeLetter(asked: { email: string; user: Marked | null }, origin: Origin): Promise<boolean> {
    const { email, user } = asked;
    if (user && this.devices.of(origin.devices, user)) {
      await this.wasWrong(await this.take(forgotLimits, asked, origin));
      return true;
    }
    const { account, network, all } = forgotLimits;
    const place = networkCounts(network, origin.network);
    const others: Count[] = [
      [account, email],
      [all, 'all'],
    ];
    const lastOfPlace = await this.limits.tryAll(place);
    const isBeyond = lastOfPlace === null;
    try {
      await this.limits.takeAll([...others, ...(isBeyond ? [[beyondPlace, email] as const] : [])]);
    } catch (refused) {
      if (!isBeyond) await this.limits.giveAllBack(place);
      throw refused;
    }
    await this.limits.beginWaits(lastOfPlace ?? []);
    // Not waited for: the time of the answer says nothing. What is lost is one of many, for an hour.
    if (!user) void this.limits.giveBack(all, 'all').catch(() => undefined);
    return !isBeyond || user !== null;
  }

  /** Takes one of the logins of a person that need no try. Throws 429. */
  async takeLogin(limits: SignInLimits, user: Marked & { email: string }, origin: Origin): Promise<void> {
    const device = this.devices.of(origin.devices, user);
    await this.limits.takeAll(loginsOf(limits, user.email, user, device));
  }

  /** It was the right password. */
  async wasRight({ tries }: Taken): Promise<void> {
    await this.limits.giveAllBack(tries);
  }

  /** It was a wrong one: a try, and perhaps the last. */
  async wasWrong({ logins, last }: Taken): Promise<void> {
    await this.limits.giveAllBack(logins);
    await this.limits.beginWaits(last);
  }
}

/** What becomes a login if the password is right. */
function loginsOf(limits: SignInLimits, email: string, user: Marked | null, device: string | null): Count[] {
  return user && device
    ? [
        [limits.loginOnDevice, device],
        [limits.loginOnDevices, sinceTheirs(user._id, user.disputedUntil)],
      ]
    : [[limits.login, email]];
}
