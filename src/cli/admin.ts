import { AccountService } from '../auth/account.service.js';
import { UsersRepository } from '../auth/users.repository.js';
import { Email } from '../contracts/primitives.js';
import { withApp } from './context.js';

/** Makes a person an admin of the installation, with an account if there is none, and prints the link that sets the password. */
export async function makeAdmin(address: string): Promise<void> {
  const { data: email } = Email.safeParse(address);
  if (email === undefined) throw new Error(`${address} is not an email address.`);
  await withApp(async (app) => {
    const users = app.get(UsersRepository);
    const known = await users.byEmail(email);
    const userId =
      known?._id ??
      (await users.insert({
        email,
        name: email,
        passwordHash: null,
        locale: 'en',
        timeZone: 'Europe/Paris',
        createdAt: new Date(),
      }));
    await users.setAdmin(userId);
    console.log(`${email} is an admin. Set the password at:\n${await app.get(AccountService).resetLink(email)}`);
  });
}
