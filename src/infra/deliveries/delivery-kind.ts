import { DAY, MINUTE } from '../../common/times/clock.js';
import type { OutgoingMail } from '../mail/mailer.js';
import type { DeliveryRow, DeliveryWay } from './delivery.schema.js';

const SECOND = 1000;
const THEN_MS = 10 * MINUTE;

/** For letters that somebody waits for, or that are of no use after a day: at first soon, then every ten minutes. */
export const SOON_THEN_FOR_A_DAY_MS: readonly number[] = [
  ...[SECOND, 2 * SECOND, 4 * SECOND, 8 * SECOND, MINUTE],
  ...Array<number>(DAY / THEN_MS - 1).fill(THEN_MS),
];

/** A mail to be handed over. */
export interface PreparedLetter {
  letter: OutgoingMail;
  /** Asked last of all, when nobody else can take it: false when it must not leave as it was written, and is to be prepared again. */
  mayLeave?: () => Promise<boolean>;
}

/** What is handed over by its kind, to a push service or another server. */
export interface PreparedPost {
  post: () => Promise<Posted>;
}

/** What became of a post: `busy` says when there is room for it, and was no try. */
export type Posted =
  | { to: 'sent' }
  | { to: 'later'; because: string }
  | { to: 'failed'; because: string }
  | { to: 'busy'; until: Date };

/**
 * What a kind says of a delivery that is due: what to hand over, why it is not to go after all (`skip`; `isKept`: it goes with a digest), when it may (`later`; that was no try), or that what it is
 * about is not there, since it is written right after the delivery (`missing`).
 */
export type Prepared =
  | PreparedLetter
  | PreparedPost
  | { skip: string; isKept?: boolean }
  | { later: Date; because?: string }
  | 'missing';

/** Where a delivery goes from its worker's hands. `error` is what the mail server said. */
export type DeliveryMove =
  | { to: 'sent' }
  | { to: 'skipped'; because: string; isKept?: boolean | undefined }
  | { to: 'failed'; because: string; error?: unknown }
  | { to: 'waiting'; dueAt: Date; untried: boolean; because: string | null };

/** One kind of thing that leaves us: it says what to send, or why not. All else is done for it (docs/adr/0049). */
export interface DeliveryKind<About extends object> {
  /** A name that stays: rows remember it. Deliveries are counted by it. */
  name: string;
  way: DeliveryWay;
  /** How long until the next try, after the first, the second...; without, for some seven hours, as letters to a busy mail server go. */
  pausesMs?: readonly number[];
  /** Never twice: one of which nobody knows whether it was taken has failed. All others go again, under the same id. */
  isOnce?: boolean;
  /** What it is counted as, if not as its kind. */
  countedAs?: (about: About) => string;
  /** Reads the state as it is now. May be asked several times for one delivery: it stood in line for long, or its process died. */
  prepare: (delivery: DeliveryRow<About>) => Promise<Prepared>;
  /** Told what becomes of one: of what was handed over before that is written down, and perhaps twice; else after. What was sent is written down though this fails. */
  moved?: (delivery: DeliveryRow<About>, move: DeliveryMove) => Promise<void>;
}
