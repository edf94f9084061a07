import type { Call } from '../../../../../src/contracts/calls/calls';

/** The sum of the weights of what files are read for. */
export const weightOf = ({ criteria }: Pick<Call, 'criteria'>): number =>
  criteria.reduce((sum, { weight }) => sum + weight, 0);
