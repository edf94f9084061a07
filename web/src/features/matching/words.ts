import { useTranslation } from 'react-i18next';
import { capital } from '../../time/format';
import type { MatchingOverview, MatchReason } from '../../../../src/contracts/selection/matching';
import { projectsOf } from './board';

type Known = Pick<MatchingOverview, 'people' | 'projects' | 'withoutPlaces'>;

/** A reason as a sentence: projects and people by their names. */
export function useReasonText({ people, ...known }: Known): (reason: MatchReason) => string {
  const { t } = useTranslation('matching');
  const projectOf = (id: string) => projectsOf(known).find((one) => one.id === id)?.name ?? t('gone');
  const personOf = (id: string) => people.find((one) => one.applicationId === id)?.name ?? t('gone');
  return (reason) =>
    t(`reasons.${reason.code}`, {
      ...('rank' in reason && { rank: reason.rank }),
      ...('skill' in reason && { skill: capital(reason.skill) }),
      ...('projectId' in reason && { project: projectOf(reason.projectId) }),
      ...('applicationId' in reason && { person: personOf(reason.applicationId) }),
      ...('craft' in reason && { craft: t(`common:crafts.${reason.craft}`) }),
    });
}
