import type { Result } from '../../../../../src/contracts/selection/results';

/** Of who is on the waiting list, and knows it, one decides once more. */
export const mayChoose = ({ decision }: Pick<Result, 'decision'>) =>
  decision === null || (decision.kind === 'waiting' && decision.isSent);
