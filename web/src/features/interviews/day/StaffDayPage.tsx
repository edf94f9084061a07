import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { InterviewPanel, PanelInterview } from '../../../../../src/contracts/selection/interviews';
import { listOf } from '../../../i18n/list-of';
import { useLocale } from '../../../time/clock';
import type { Crumb } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { useInterviews } from '../queries';
import { DaySheet, NoPanel, type SheetRow } from './DaySheet';

const HERE = '/c/$cohortId/calls/$callId/interviews/$panelId';
const FROM = `/shell${HERE}` as const;

/** A day of a panel, as staff print it. */
export default function StaffDayPage() {
  const { t } = useTranslation('interviews');
  const { cohortId, callId, panelId } = useParams({ from: FROM });
  const { day } = useSearch({ from: FROM });
  const navigate = useNavigate();
  const locale = useLocale();
  const crumbs: Crumb[] = [
    { label: t('calls:title'), link: { to: '/c/$cohortId/calls', params: { cohortId } } },
    {
      label: t('calls:tabs.interviews'),
      link: { to: '/c/$cohortId/calls/$callId', params: { cohortId, callId }, search: { tab: 'interviews' } as never },
    },
  ];
  const howOf = ({ state, missedAt, handedIn }: PanelInterview) => {
    if (missedAt) return t('attendance.missed');
    return state === 'chosen' && handedIn > 0 ? t('notes.open', { count: handedIn }) : t(`states.${state}`);
  };
  const rowsOf = ({ times, interviews }: InterviewPanel) => {
    const byId = new Map(interviews.map((one) => [one.id, one]));
    return times.map(({ id, startsAt, endsAt, interviewId }): SheetRow => {
      const one = byId.get(interviewId ?? '');
      const span = { id, startsAt, endsAt };
      if (!one) return { ...span, who: interviewId === null ? null : t('ended'), number: '', how: '' };
      const { applicationId, number, name } = one;
      const who = number ? (
        <Link
          className="link"
          to="/c/$cohortId/calls/$callId"
          params={{ cohortId, callId }}
          search={{ tab: 'applications', file: applicationId } as never}
        >
          {name || number}
        </Link>
      ) : (
        t('ended')
      );
      return { ...span, who, number, how: howOf(one) };
    });
  };
  const gone = <NoPanel crumbs={crumbs} why={t('sheet.goneStaff')} />;
  return (
    <div className="page">
      <QueryBoundary query={useInterviews({ cohortId, callId })} ns="interviews" missing={gone}>
        {({ panels, timeZone }) => {
          const panel = panels.find(({ id }) => id === panelId);
          if (!panel) return gone;
          const names = panel.members.map((one) => (one.isThere ? one.name : t('panel.hasLeft')));
          return (
            <DaySheet
              {...{ panel, crumbs }}
              lines={names.length > 0 ? [listOf(names, locale)] : []}
              rows={rowsOf(panel)}
              zone={timeZone}
              asked={day}
              onDay={(chosen) =>
                void navigate({
                  to: HERE,
                  params: { cohortId, callId, panelId },
                  search: { day: chosen },
                  replace: true,
                })
              }
            />
          );
        }}
      </QueryBoundary>
    </div>
  );
}
