/** Under which all cohorts of the installation are kept. */
export const cohortsKey = ['cohorts'] as const;

/** Under which it is kept how the installation is doing. */
export const operationKey = ['operation'] as const;

/** Under which it is kept whether MongoDB and Redis answer. */
export const partsKey = ['operation', 'parts'] as const;

/** Under which it is kept what must follow an act and fails. */
export const followUpsKey = ['operation', 'follow-ups'] as const;

/** Under which the accounts of the installation are kept. */
export const accountsKey = ['accounts'] as const;
