import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MyInterview } from '../../../../src/contracts/selection/interviews';
import { useLocale, useZone } from '../../time/clock';
import { capital } from '../../time/format';
import { ButtonLink } from '../../ui/ButtonLink';
import { Part } from '../../ui/forms/Part';
import { Group } from '../../ui/page/Group';
import { lazyPart } from '../../ui/page/lazy-part';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { said } from '../apply/call/timing';
import classes from './interviews.module.css';
import { MyAttendance } from './MyAttendance';
import { MyNote } from './MyNote';
import { NoteList } from './NoteList';
import { Phone, Place } from './Place';
import { useMyInterview } from './queries';
import { hourThere, spanWords } from './times';

// The rules of forms come with what was handed in.
const AnswerList = lazyPart(async () => ({ default: (await import('../call-forms/AnswerList')).AnswerList }));

/** An interview of mine: when and where, what they handed in, and what I note of it. */
export default function MyInterviewPage() {
  const { interviewId } = useParams({ from: '/reviews/interviews/$interviewId' });
  return (
    <div className="page">
      <QueryBoundary query={useMyInterview(interviewId)} ns="interviews" missing={<Gone />}>
        {(interview) => <Shown key={interview.id} interview={interview} />}
      </QueryBoundary>
    </div>
  );
}

function Gone() {
  const { t } = useTranslation('interviews');
  return (
    <>
      <PageHeader title={t('gone.title')} lead={t('gone.body')} />
      <p className="mt16">
        <ButtonLink to="/reviews/interviews">{t('mine.title')}</ButtonLink>
      </p>
    </>
  );
}

function Shown({ interview }: { interview: MyInterview }) {
  const { t } = useTranslation('interviews');
  const [zone, locale] = [useZone(), useLocale()];
  const { number, name, startsAt, endsAt, timeZone, panel, call, file, others } = interview;
  const there = hourThere(startsAt, zone, timeZone, locale);
  return (
    <>
      <PageHeader
        title={name || number}
        crumbs={[{ label: t('mine.title'), link: { to: '/reviews/interviews' } }, { label: panel.name }]}
        lead={
          <p>
            {capital(spanWords(startsAt, endsAt, zone, locale))}
            {there && <> · {there}</>} · <Place place={panel.place} />
            {panel.phone && (
              <>
                {' · '}
                <Phone phone={panel.phone} />
              </>
            )}
          </p>
        }
      />
      <div className={`${classes.talk} mt24`}>
        <div>
          <MyAttendance interview={interview} />
          <MyNote interview={interview} />
          {others && others.length > 0 && (
            <Group title={t('note.others')}>
              <NoteList items={others} criteria={interview.criteria} scale={interview.scale} />
            </Group>
          )}
        </div>
        <Group title={t('file', { number })} className="">
          <p className="t2 mt8">{said(call.title, locale)}</p>
          <div className="mt16">
            <Part fallback={<RowSkeleton rows={4} />}>
              <AnswerList fields={file.form.fields} answers={file.answers} locale={locale} />
            </Part>
          </div>
        </Group>
      </div>
    </>
  );
}
