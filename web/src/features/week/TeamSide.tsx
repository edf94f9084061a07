import { IconMessage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../../../src/contracts/cohorts/cohorts';
import { useMe } from '../../api/session';
import { Group } from '../../ui/page/Group';
import { Icon } from '../../ui/Icon';
import { IconLink } from '../../ui/ButtonLink';
import { type RopeMember, RopeList } from '../../ui/Rope';
import classes from './week.module.css';
import { useCohortId } from '../../api/session';

/** The rope standing, where a phone has no room for it lying. */
export function TeamSide({ project, rope }: { project: Project; rope: RopeMember[] }) {
  const { t } = useTranslation('week');
  const me = useMe();
  const cohortId = useCohortId();
  return (
    <div className={classes.phone}>
      <Group title={t('rope')} right={project.name} className="">
        <div className="mt12">
          <RopeList
            members={rope}
            act={(member) =>
              member.id === me.id ? null : (
                <IconLink
                  to="/c/$cohortId/people/$userId"
                  params={{ cohortId, userId: member.id }}
                  aria-label={t('reach', { name: member.name })}
                >
                  <Icon of={IconMessage} />
                </IconLink>
              )
            }
          />
        </div>
      </Group>
    </div>
  );
}
