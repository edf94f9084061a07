import type { INestApplicationContext } from '@nestjs/common';
import { AccountService } from '../auth/account.service.js';
import { UsersRepository } from '../auth/users.repository.js';
import { Accounts } from '../cohorts/accounts/accounts.service.js';
import { Email, Line, Locale } from '../contracts/primitives.js';
import { withApp } from './context.js';
import { localeOf } from './locale.js';

/** Makes a person an admin of the installation, with an account if there is none, and prints the link that sets the password. */
export async function makeAdmin(
  address: string,
  { locale, name: called }: { locale?: string; name?: string },
): Promise<void> {
  const { data: email } = Email.safeParse(address);
  if (email === undefined) throw new Error(`${address} is not an email address.`);
  const asked = Locale.optional().safeParse(locale);
  if (!asked.success) throw new Error(`There is no ${locale}: choose ${Locale.options.join(' or ')}.`);
  const name = Line(120).optional().safeParse(called);
  if (!name.success) throw new Error('A name has 1 to 120 signs.');
  await withApp(async (app) => {
    const link = await adminOf(app, email, { locale: asked.data, name: name.data });
    console.log(`${email} is an admin. Set the password at:\n${link}`);
  });
}

/** The link by which an admin sets the password. Throws in words, and changes nothing, for an unconfirmed address and a closed account. A new account speaks the language of this system unless another is asked for; one that is there changes only if one is. */
export async function adminOf(
  app: INestApplicationContext,
  email: string,
  { locale, name }: { locale?: Locale | undefined; name?: string | undefined } = {},
): Promise<string> {
  const users = app.get(UsersRepository);
  const accounts = app.get(Accounts);
  const known = await users.byEmail(email);
  if (known?.unconfirmedIn)
    throw new Error(
      `The address ${email} is not confirmed: let its owner set a new password by a mail, then try again.`,
    );
  if (known?.ended) throw new Error(`The account of ${email} is closed: open it again first.`);
  const userId =
    known?._id ??
    (await users.insert({
      email,
      name: name ?? email,
      passwordHash: null,
      // eslint-disable-next-line no-restricted-properties -- the language of whoever types is said by their shell, no setting of the app
      locale: locale ?? localeOf(process.env),
      timeZone: 'Europe/Paris',
      createdAt: new Date(),
    }));
  // Refuses what it was not when it was looked at: a name is given to nobody who becomes no admin.
  await accounts.makeAdmin(null, String(userId));
  if (known && (locale || name))
    await users.update(userId, { ...(locale && { locale }), ...(name && { name }) }, new Date());
  return await app.get(AccountService).resetLink(email);
}
