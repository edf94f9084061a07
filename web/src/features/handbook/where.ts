import { type LinkProps, useParams } from '@tanstack/react-router';
import { COMMONS_PLACE } from '../../../../src/contracts/limits';

type To = Pick<LinkProps, 'to' | 'params'>;

/** Whether a handbook is that of the commons, which is of no cohort. */
export const isCommons = (cohortId: string): boolean => cohortId === COMMONS_PLACE;

/** The cohort as one in which people have pages; none in the commons. */
export const peopleIn = (cohortId: string): { cohortId?: string } => (isCommons(cohortId) ? {} : { cohortId });

/** Where the handbook on screen is, and which of its pages. */
export function useWhere(): { cohortId: string; pageId: string } {
  const { cohortId = COMMONS_PLACE, pageId = '' }: { cohortId?: string; pageId?: string } = useParams({
    strict: false,
  });
  return { cohortId, pageId };
}

export const toStart = (cohortId: string): To =>
  isCommons(cohortId) ? { to: '/commons/handbook' } : { to: '/c/$cohortId/handbook', params: { cohortId } };

export const toPage = (cohortId: string, pageId: string): To =>
  isCommons(cohortId)
    ? { to: '/commons/handbook/$pageId', params: { pageId } }
    : { to: '/c/$cohortId/handbook/$pageId', params: { cohortId, pageId } };

export const toNew = (cohortId: string): To =>
  isCommons(cohortId) ? { to: '/commons/handbook/new' } : { to: '/c/$cohortId/handbook/new', params: { cohortId } };

export const toDeleted = (cohortId: string): To =>
  isCommons(cohortId)
    ? { to: '/commons/handbook/deleted' }
    : { to: '/c/$cohortId/handbook/deleted', params: { cohortId } };

/** Where its files are opened. */
export const filesOf = (cohortId: string): string =>
  isCommons(cohortId) ? '/files/commons' : `/files/cohorts/${cohortId}`;

/** The step above the handbook of the commons. */
export const toCommons = (t: (key: string) => string) => ({
  label: t('common:nav.commons'),
  link: { to: '/commons' as const },
});

/** The steps above a page of a handbook. */
export const aboveIn = (cohortId: string, t: (key: string) => string) => [
  ...(isCommons(cohortId) ? [toCommons(t)] : []),
  { label: t('title'), link: toStart(cohortId) },
];
