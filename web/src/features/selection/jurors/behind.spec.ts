import type { Juror } from '../../../../../src/contracts/selection/jurors';
import { byBehind, leftOf } from './behind';

const juror = (name: string, asked: number, submitted: number, state: Juror['state'] = 'joined') =>
  ({ name, state, load: { asked, submitted, abstained: 0, conflicts: 0 } }) as Juror;

it('given jurors of all kinds, then who is behind comes first, who has nothing to read later, who left last', () => {
  const jurors = [
    ...[juror('Done', 12, 12), juror('Left', 12, 0, 'left'), juror('Half', 12, 6), juror('None', 0, 0)],
    ...[juror('Behind', 12, 1), juror('Invited', 12, 0, 'invited'), juror('Alike', 6, 3)],
  ];
  expect(byBehind(jurors).map(({ name }) => name)).toEqual([
    ...['Invited', 'Behind', 'Half', 'Alike', 'Done', 'None', 'Left'],
  ]);
  expect(leftOf(juror('More than was asked', 2, 3))).toBe(0);
});
