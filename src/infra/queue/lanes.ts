/**
 * The queues in Redis. Kinds of jobs that are alike in what they wait for share one, so that nobody waits for what is slower by nature: a mail server that hangs
 * holds up mails, and nothing else. The number is how many jobs one worker process does at a time.
 */
export const LANES = {
  /** Reminders at their time. */
  reminders: 128,
  /** Letters to a mail server. */
  mails: 16,
  /** Notices to the push services of devices. */
  pushes: 24,
  /** What is sent to the addresses that staff and members gave. */
  webhooks: 20,
  /** Pages and calendars elsewhere that are read. */
  readings: 12,
  /** Workspaces that are brought in, which takes minutes. */
  imports: 1,
  /** What is due at a time or follows from an act, and asks nobody outside: the outbox, offers that end, messages that were planned. */
  alarms: 32,
} as const;

export type Lane = keyof typeof LANES;
