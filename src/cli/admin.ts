import type { INestApplicationContext } from '@nestjs/common';
import { AccountService } from '../auth/account.service.js';
import { UsersRepository } from '../auth/users.repository.js';
import { Email, Locale } from '../contracts/primitives.js';
import { withApp } from './context.js';
import { localeOf } from './locale.js';

/** Makes a person an admin of the installation, with an account if there is none, and prints the link that sets the password. */
export async function makeAdmin(address: string, { locale }: { locale?: string }): Promise<void> {
  const { data: email } = Email.safeParse(address);
  if (email === undefined) throw new Error(`${address} is not an email address.`);
  const asked = Locale.optional().safeParse(locale);
  if (!asked.success) throw new Error(`There is no ${locale}: choose ${Locale.options.join(' or ')}.`);
  await withApp(async (app) => {
    const link = await adminOf(app, email, asked.data);
    console.log(`${email} is an admin. Set the password at:\n${link}`);
  });
}

/** The link by which an admin sets the password. A new account speaks the language of this system unless another is asked for; one that is there changes only if one is. */
export async function adminOf(app: INestApplicationContext, email: string, asked?: Locale): Promise<string> {
  const users = app.get(UsersRepository);
  const known = await users.byEmail(email);
  const userId =
    known?._id ??
    (await users.insert({
      email,
      name: email,
      passwordHash: null,
      // eslint-disable-next-line no-restricted-properties -- the language of whoever types is said by their shell, no setting of the app
      locale: asked ?? localeOf(process.env),
      timeZone: 'Europe/Paris',
      createdAt: new Date(),
    }));
  if (known && asked) await users.update(userId, { locale: asked }, new Date());
  await users.setAdmin(userId);
  return await app.get(AccountService).resetLink(email);
}
