import { interestIn } from './interests.js';

const juror = { addresses: ['rosalie@dinum.gouv.fr'], organisation: 'Direction du Numérique' };

describe('interestIn', () => {
  it.each([
    ['own', { email: 'rosalie@dinum.gouv.fr', agency: undefined }, juror],
    ['own', { email: 'jeandupont+call@googlemail.com' }, { addresses: ['jean.dupont@gmail.com'], organisation: '' }],
    ['own', { email: 'r@home.fr' }, { addresses: ['rosalie@dinum.gouv.fr', 'r@home.fr'], organisation: '' }],
    ['domain', { email: 'x@insee.fr' }, { addresses: ['rosalie@dinum.gouv.fr', 'r@insee.fr'], organisation: '' }],
    ['agency', { email: 'x@other.fr', agency: 'direction  du numerique.' }, juror],
    ['domain', { email: 'x@dinum.gouv.fr', agency: 'Elsewhere' }, juror],
    [null, { email: 'x@interieur.gouv.fr', agency: 'Elsewhere' }, juror],
    [null, { email: 'x@gmail.com', agency: '' }, { addresses: ['y@gmail.com'], organisation: '' }],
    [null, { email: 'x@a.fr', agency: '…' }, { addresses: ['y@b.fr'], organisation: '!' }],
  ])('finds %s in %j', (interest, file, of) => {
    expect(interestIn(of, { agency: undefined, ...file })).toBe(interest);
  });
});
