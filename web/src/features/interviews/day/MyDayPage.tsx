import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MyInterviews } from '../../../../../src/contracts/selection/interviews';
import { listOf } from '../../../i18n/list-of';
import { useLocale } from '../../../time/clock';
import type { Crumb } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { said } from '../../apply/call/timing';
import { useMyInterviews } from '../queries';
import { DaySheet, NoPanel, type SheetRow } from './DaySheet';

const FROM = '/reviews/interviews/panels/$panelId';

type Taken = NonNullable<MyInterviews['panels'][number]['times'][number]['interview']>;

/** A day of a panel on which I sit, as I print it: in the zone of its place, wherever I am. */
export default function MyDayPage() {
  const { t } = useTranslation('interviews');
  const { panelId } = useParams({ from: FROM });
  const { day } = useSearch({ from: FROM });
  const navigate = useNavigate();
  const locale = useLocale();
  const crumbs: Crumb[] = [{ label: t('mine.title'), link: { to: '/reviews/interviews' } }];
  const howOf = ({ hasMissed, note }: Taken) => {
    if (hasMissed) return t('attendance.missed');
    return note === 'none' ? t('states.chosen') : t(`note.standing.${note}`);
  };
  const rowsOf = (times: MyInterviews['panels'][number]['times']) =>
    times.map(({ id, startsAt, endsAt, interview }): SheetRow => {
      const span = { id, startsAt, endsAt };
      if (!interview) return { ...span, who: null, number: '', how: '' };
      const { number, name } = interview;
      if (!number) return { ...span, who: t('ended'), number, how: '' };
      const who = (
        <Link className="link" to="/reviews/interviews/$interviewId" params={{ interviewId: interview.id }}>
          {name || number}
        </Link>
      );
      return { ...span, who, number, how: howOf(interview) };
    });
  return (
    <div className="page">
      <QueryBoundary query={useMyInterviews()} ns="interviews">
        {({ panels }) => {
          const panel = panels.find(({ id }) => id === panelId);
          if (!panel) return <NoPanel crumbs={crumbs} why={t('sheet.goneMine')} />;
          return (
            <DaySheet
              {...{ panel, crumbs }}
              zone={panel.timeZone}
              lines={[
                [panel.cohort.name, said(panel.callTitle, locale)].join(' · '),
                ...(panel.with.length > 0 ? [t('mine.with', { names: listOf(panel.with, locale) })] : []),
              ]}
              rows={rowsOf(panel.times)}
              asked={day}
              onDay={(chosen) =>
                void navigate({ to: FROM, params: { panelId }, search: { day: chosen }, replace: true })
              }
            />
          );
        }}
      </QueryBoundary>
    </div>
  );
}
