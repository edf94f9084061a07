import { hashPassword, passwordFits } from './passwords.js';

describe('a password that is kept', () => {
  it('then it is hashed by argon2id with 19 MiB and two passes, anew each time: whoever gets the hashes pays for each guess', async () => {
    const hashes = await Promise.all([hashPassword('one of many'), hashPassword('one of many')]);
    for (const one of hashes) expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22,}\$[\w+/]{43}$/);
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  it('then it alone fits, however its signs are composed; without a hash nothing fits', async () => {
    const kept = await hashPassword('caf\u00e9 au lait');
    const typed = ['caf\u00e9 au lait', 'cafe\u0301 au lait', 'cafe au lait', ''];
    expect(await Promise.all(typed.map((one) => passwordFits(kept, one)))).toEqual([true, true, false, false]);
    expect(await passwordFits(null, 'nobody has this password')).toBe(false);
  });
});
