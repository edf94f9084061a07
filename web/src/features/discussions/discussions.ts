import type { Topic } from '../../../../src/contracts/forums';
import { keys } from '../../api/keys';

type Place = Pick<Topic, 'cohortId' | 'id'>;

/** Beneath that of the topic: asked for again with it. */
export const discussionsKey = ({ cohortId, id }: Place) => [...keys.topic(cohortId, id), 'discussions'];

export const pathOf = ({ cohortId, id }: Place) => `/cohorts/${cohortId}/topics/${id}/discussions`;
