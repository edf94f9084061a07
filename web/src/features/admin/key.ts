/** Under which all cohorts of the installation are kept. */
export const cohortsKey = ['cohorts'] as const;
