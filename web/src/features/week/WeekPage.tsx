import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohort, useMembership } from '../../api/session';
import { useApplyEvents } from '../../api/socket';
import { useNow } from '../../time/clock';
import { PageHeader } from '../../ui/page/PageHeader';
import { Rope } from '../../ui/Rope';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { agendaEvents } from '../agenda/agenda';
import { Days } from './Days';
import { Hello } from './Hello';
import { Lead } from './Lead';
import { MyActions } from './MyActions';
import { MyFellows } from './MyFellows';
import { Residency } from './Residency';
import { StaffGlance } from './StaffGlance';
import { useRope } from './rope';
import { TeamSide } from './TeamSide';
import { Waiting } from './Waiting';
import classes from './week.module.css';

const OpenCycles = lazyPart(() => import('../cycles/OpenCycles'));

/** The first page of everybody: what comes, who is on my rope, what waits for me. */
export default function WeekPage() {
  const { t } = useTranslation('week');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/week' });
  const membership = useMembership();
  const cohort = useCohort();
  const now = useNow();
  const projectId = membership?.projectId ?? null;
  const { data: project } = useQuery({
    queryKey: keys.in(cohortId, 'projects', 'one', projectId),
    queryFn: ({ signal }) => api.get<Project>(`/cohorts/${cohortId}/projects/${projectId ?? ''}`, { signal }),
    enabled: projectId !== null,
  });
  const rope = useRope(project);
  useApplyEvents(agendaEvents);
  const role = membership?.role;

  return (
    <div className="page">
      <PageHeader title={t('title')} lead={<Lead cohort={cohort} cohortId={cohortId} now={now} />}>
        {projectId !== null && (
          <div className={`only-wide ${classes.rope}`}>
            {rope.length > 1 && <Rope members={rope} label={t('rope')} cohortId={cohortId} />}
          </div>
        )}
      </PageHeader>
      {cohort ? <Residency cohort={cohort} now={now} /> : <div className={classes.way} />}
      <div className={`two ${classes.split}`}>
        <div className={classes.days}>
          <Hello cohortId={cohortId} />
          <Days cohortId={cohortId} />
        </div>
        <aside className={`side ${classes.side}`}>
          <Waiting cohortId={cohortId} role={role} />
          {role === 'staff' && <StaffGlance cohortId={cohortId} />}
          {role === 'coach' && <MyFellows cohortId={cohortId} />}
          {(role === 'fellow' || role === 'coach') && (
            <Part>
              <OpenCycles cohortId={cohortId} />
            </Part>
          )}
          {role !== 'staff' && role !== 'host' && <MyActions cohortId={cohortId} />}
          {project && rope.length > 1 && <TeamSide project={project} rope={rope} />}
        </aside>
      </div>
    </div>
  );
}
