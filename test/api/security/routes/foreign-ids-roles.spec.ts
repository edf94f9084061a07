import { ROLES, differencesInMine, differencesInTheirs, foreignCohort } from '../../../support/walks/foreign-ids.js';

/** As `foreign-ids.core.spec.ts`, in the other roles and with bodies that are wrong. */
foreignCohort();

it.each(ROLES.filter((role) => role !== 'staff'))(
  'given %s, then each id gets the answer to an id of nothing',
  async (role) => {
    expect(await differencesInMine(role)).toEqual([]);
  },
);

it.each([[{ nonsense: true }], [[]]])(
  'given the body %j, then the other cohort answers 404 as nothing would',
  async (body) => {
    expect(await differencesInTheirs(body)).toEqual([]);
  },
);
