import { useTranslation } from 'react-i18next';
import type { Project } from '../../../src/contracts/cohorts/cohorts';
import { useMe } from '../api/session';
import type { RopeMember } from './Rope';

/** The people of a project on their rope: fellows, hosts, coach. */
export function useRope(project: Project): RopeMember[] {
  const { t } = useTranslation();
  const me = useMe();
  const label = ({ id, name }: { id: string; name: string }) => (id === me.id ? t('you') : name);
  return [
    ...project.fellows.map((one) => ({
      ...one,
      label: label(one),
      role: one.craft ? t(`crafts.${one.craft}`) : t('roles.fellow'),
    })),
    ...project.hosts.map((one) => ({ ...one, label: label(one), role: t('roles.host') })),
    ...(project.coach ? [{ ...project.coach, label: label(project.coach), role: t('roles.coach') }] : []),
  ];
}
