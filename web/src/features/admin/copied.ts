import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CohortCopyPreview, CopyKind } from '../../../../src/contracts/cohorts/cohort-copies';
import { api } from '../../api/http';
import { useLocale } from '../../time/clock';

/** What of a cohort a new one can begin with, as it is offered. */
export const ALL_KINDS: CopyKind[] = ['phases', 'milestones', 'rules', 'workshops', 'channels', 'handbook'];

/** What is known of what would come along: until it is told for the days that are chosen, as it is for others. */
interface Known {
  data?: CohortCopyPreview;
  isPlaceholderData: boolean;
}

/** Those of the kinds that were chosen of which there is something, as far as that is known. */
export const kindsToCopy = (chosen: readonly CopyKind[], known: Known): CopyKind[] =>
  ALL_KINDS.filter((kind) => chosen.includes(kind) && !isEmpty(kind, known));

/** Whether it is known that there is nothing of a kind. */
export function isEmpty(kind: CopyKind, { data, isPlaceholderData }: Known): boolean {
  if (!data || kind === 'phases' || data[kind].count > 0) return false;
  // Workshops alone hang on the days: what is past by one first day is not by another.
  return !(kind === 'workshops' && isPlaceholderData && data.workshops.left > 0);
}

/** No cohort begins earlier. */
const FIRST_DAY = '2000-01-01';

interface Asked {
  kinds: readonly CopyKind[];
  startsOn: string;
  months: number | string;
  country?: string;
}

/** What would come along from a cohort; asked once its first day is chosen, and again where that changes what would come. */
export function useCopyPreview(fromCohortId: string, { kinds, startsOn, months, country }: Asked) {
  const locale = useLocale();
  const withPhases = kinds.includes('phases');
  const asked = { startsOn, country, locale, withPhases, ...(!withPhases && { months }) };
  return useQuery({
    queryKey: ['cohort-copy', fromCohortId, asked],
    queryFn: ({ signal }) => api.post<CohortCopyPreview>(`/cohorts/${fromCohortId}/copies/preview`, asked, { signal }),
    // While a year is typed, its first digits are a year as well.
    enabled: fromCohortId !== '' && startsOn >= FIRST_DAY,
    placeholderData: (before, query) => (query?.queryKey[1] === fromCohortId ? keepPreviousData(before) : undefined),
    retry: false,
  });
}
