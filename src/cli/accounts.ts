import type { INestApplicationContext } from '@nestjs/common';
import { UsersRepository } from '../auth/users.repository.js';
import { Accounts } from '../cohorts/accounts/accounts.service.js';
import { BelongingService } from '../cohorts/members/belonging.service.js';
import { Problem } from '../common/problem.js';
import { DeactivateAccount } from '../contracts/auth/accounts.js';
import { Email } from '../contracts/primitives.js';
import { EventBus } from '../infra/events/event-bus.js';
import { withApp } from './context.js';

/** What can be done with an account from the machine itself: as on the page of admins, for when none of them can sign in. */
export type AccountTask =
  | { act: 'deactivate'; reason?: string | undefined }
  | { act: 'reactivate' | 'demote' }
  | { act: 'exclude'; cohort: string };

const DONE = {
  deactivate: 'is out: they cannot sign in, and all their devices are signed out.',
  reactivate: 'can sign in again, and is back in their cohorts.',
  demote: 'is no admin any more, and is signed out.',
  exclude: 'is out of the cohort.',
} as const;

/** Does it in an application of its own, and says so. */
export async function actOnAccount(address: string, task: AccountTask): Promise<void> {
  await withApp(async (app) => {
    await doOnAccount(app, address, task);
    console.log(`${address} ${DONE[task.act]}`);
  });
}

/** Throws in words for an address without an account, and for what is refused. */
export async function doOnAccount(app: INestApplicationContext, address: string, task: AccountTask): Promise<void> {
  const { data: email } = Email.safeParse(address);
  if (email === undefined) throw new Error(`${address} is not an email address.`);
  const known = await app.get(UsersRepository).byEmail(email);
  if (!known) throw new Error(`${email} has no account.`);
  try {
    await run(app, String(known._id), task);
  } catch (error) {
    if (error instanceof Problem)
      throw new Error(error.status === 404 ? `${email} is not there.` : error.detail, { cause: error });
    throw error;
  }
  // Whatever follows is done before the process ends.
  await app.get(EventBus).settled();
}

async function run(app: INestApplicationContext, userId: string, task: AccountTask): Promise<void> {
  const accounts = app.get(Accounts);
  switch (task.act) {
    case 'deactivate': {
      const { data, error } = DeactivateAccount.safeParse({ reason: task.reason });
      if (error) throw new Error('The reason is one line of at most 300 characters.');
      await accounts.deactivate(null, userId, data.reason);
      return;
    }
    case 'reactivate':
      await accounts.reactivate(null, userId);
      return;
    case 'demote':
      await accounts.takeAdmin(null, userId);
      return;
    case 'exclude':
      await app.get(BelongingService).remove({ cohortId: task.cohort, by: null }, userId, {});
      return;
  }
}
