import { useTranslation } from 'react-i18next';
import type { Project } from '../../../../src/contracts/cohorts/cohorts';
import { useMe } from '../../api/session';
import type { RopeMember } from '../../ui/Rope';
import { firstName } from './week';

/** My rope: I first, then my team, hosts and coach, each once, with what they are in words. */
export function useRope(project: Project | undefined): RopeMember[] {
  const { t } = useTranslation('week');
  const me = useMe();
  if (!project) return [];
  const craft = (one: Project['fellows'][number]) => t(`common:crafts.${one.craft ?? 'other'}`);
  const all = [
    ...project.fellows.map((one) => ({ ...one, role: craft(one) })),
    ...project.hosts.map((one) => ({ ...one, role: t('common:roles.host') })),
    ...(project.coach ? [{ ...project.coach, role: t('common:roles.coach') }] : []),
  ];
  const members = all.map(({ id, name, avatarUrl, role }) => ({
    id,
    name,
    avatarUrl,
    role,
    label: id === me.id ? t('common:you') : firstName(name),
  }));
  const distinct = [...new Map(members.map((member) => [member.id, member])).values()];
  return [...distinct.filter((one) => one.id === me.id), ...distinct.filter((one) => one.id !== me.id)];
}
