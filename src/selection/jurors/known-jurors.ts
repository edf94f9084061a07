import { Injectable } from '@nestjs/common';
import { UsersRepository, knownAddresses } from '../../auth/users.repository.js';
import type { JurorRow } from './juror.schema.js';

/** A juror with the addresses that are known to be theirs: to which they were invited, and those that the account with which they read has or had. */
export type KnownJuror = JurorRow & { addresses: readonly string[] };

/** Jurors as their interests are looked at. */
@Injectable()
export class KnownJurors {
  constructor(private readonly users: UsersRepository) {}

  async of(rows: readonly JurorRow[]): Promise<KnownJuror[]> {
    const accounts = await this.users.profiles(rows.flatMap(({ userId }) => userId ?? []));
    const theirs = new Map(accounts.map((account) => [String(account._id), knownAddresses(account)]));
    return rows.map((row) => ({ ...row, addresses: [row.email, ...(theirs.get(String(row.userId)) ?? [])] }));
  }
}
