import { Button, Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { Result, Strictness } from '../../../../../src/contracts/selection/results';
import type { Step } from '../../../../../src/contracts/selection/steps';
import { listOf } from '../../../i18n/list-of';
import { useLocale, useNow } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { State } from '../../../ui/page/State';
import { formatScore } from '../../../ui/scores';
import { toast, toastProblem } from '../../../ui/toast';
import { FileState } from '../../calls/files/FilesTable';
import { VERDICTS } from '../../reviews/review';
import { type OfCall, useReadingActs } from '../queries';
import { mayChoose } from './choice';
import { DotPlot } from './DotPlot';
import classes from './results.module.css';

interface ResultRowProps {
  of: OfCall;
  call: Call;
  step: Step;
  result: Result;
  by: 'levelled' | 'raw';
  top: number;
  jurors: readonly Strictness[];
  isChosen: boolean;
  /** What each juror gave and wrote stands below it. */
  isOpen: boolean;
  /** The line is drawn below it. */
  isLast: boolean;
  onChoose: (isChosen: boolean) => void;
  onOpen: (isOpen: boolean) => void;
}

/** A file in the table of results: its rank, mean and spread, the verdicts, and what is to be known or done about it. */
export function ResultRow(props: ResultRowProps) {
  const { of, call, step, result, by, top, jurors, isChosen, isOpen, isLast, onChoose, onOpen } = props;
  const { t } = useTranslation('selection');
  const locale = useLocale();
  const { applicationId, number, name, rank, mean, spread, verdicts, scores } = result;
  const said = VERDICTS.filter((one) => verdicts[one] > 0)
    .map((one) => t(`results.said.${one}`, { count: verdicts[one] }))
    .join(', ');
  return (
    <>
      <tr data-chosen={isChosen} data-last={isLast}>
        <td className={classes.choice}>
          {mayChoose(result) && (
            <Checkbox
              aria-label={t('results.choose', { number })}
              checked={isChosen}
              onChange={(event) => onChoose(event.currentTarget.checked)}
            />
          )}
        </td>
        <td className={`${classes.number} t2`}>{rank ?? '–'}</td>
        <th scope="row" className={classes.fileCell}>
          <Link
            className="title nowrap"
            to="/c/$cohortId/calls/$callId"
            params={{ cohortId: of.cohortId, callId: call.id }}
            search={{ tab: 'applications', file: applicationId } as never}
          >
            {number}
          </Link>
          <small className="t3 xs cut">{name}</small>
        </th>
        <td className={classes.number}>
          <b>{mean === null ? '–' : formatScore(mean, locale)}</b>
        </td>
        <td className={classes.plot}>
          <DotPlot {...{ result, by, top }} />
        </td>
        <td className={`${classes.number} ${classes.less} t2`}>
          {spread === null ? '–' : formatScore(spread, locale, { digits: 1 })}
        </td>
        <td>
          {scores.length > 0 ? (
            <button type="button" className={classes.said} aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
              {said || t('results.noVerdict')}
            </button>
          ) : (
            <span className="t3">{t('results.none')}</span>
          )}
        </td>
        <td className={classes.note}>
          <Note {...{ of, step, result }} />
        </td>
      </tr>
      {isOpen && (
        <tr className={classes.opened}>
          <td colSpan={8}>
            <ul className="stackv g8">
              {scores.map(({ reviewId, jurorId, raw, levelled, verdict, comment, toApplicant }) => (
                <li key={reviewId}>
                  <p className="row wrap g12">
                    <b>{jurors.find((one) => one.jurorId === jurorId)?.name ?? t('reading.former')}</b>
                    {verdict && <span>{t(`reviews:verdicts.${verdict}`)}</span>}
                    <span className="t2">
                      {t('results.both', { raw: formatScore(raw, locale), levelled: formatScore(levelled, locale) })}
                    </span>
                  </p>
                  {comment !== '' && <p className={classes.comment}>{comment}</p>}
                  {toApplicant !== '' && (
                    <p className={classes.comment}>{t('results.toApplicant', { words: toApplicant })}</p>
                  )}
                </li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </>
  );
}

type NoteProps = Pick<ResultRowProps, 'of' | 'step' | 'result'>;

/** One thing at the right: what was decided, where other weights move it, one more juror for a wide spread, what is late, a tie. */
function Note(props: NoteProps) {
  const { step, result } = props;
  const { t } = useTranslation('selection');
  const [locale, now] = [useLocale(), useNow()];
  const { decision, moved, isWide, open, tiedWith, scores } = result;
  if (decision) return <FileState state="submitted" waits={false} asked={null} decision={decision} />;
  if (moved)
    return (
      <State tone={moved === 'in' ? 'ok' : 'alert'} icon={moved === 'in' ? IconArrowUp : IconArrowDown}>
        {t(`results.moved.${moved}`)}
      </State>
    );
  const isLate = step.dueAt !== null && Date.parse(step.dueAt) < now;
  if (open > 0 && (isLate || !isWide))
    return (
      <State {...(isLate && { tone: 'wait' as const })}>
        {t(isLate ? 'results.late' : 'results.open', { count: open })}
      </State>
    );
  if (isWide && step.state === 'open') return <OneMore {...props} />;
  if (tiedWith.length > 0)
    return (
      <span className="t2">
        {t('results.tie', { numbers: listOf(tiedWith.slice(0, 2), locale), more: Math.max(tiedWith.length - 2, 0) })}
      </span>
    );
  return scores.length > 2 ? <span className="t2">{t('results.jurors', { count: scores.length })}</span> : null;
}

function OneMore({ of, step, result }: NoteProps) {
  const { t } = useTranslation('selection');
  const text = useProblemText('selection');
  const { add } = useReadingActs(of);
  const act = useMutation({
    mutationFn: () => add({ stepId: step.id, applicationId: result.applicationId }),
    onSuccess: ({ jurorName }) => toast(t('results.added', { number: result.number, name: jurorName })),
    onError: (error) => toastProblem(text(error)),
  });
  return (
    <Button
      size="sm"
      leftSection={<Icon of={IconPlus} size={16} />}
      loading={act.isPending}
      aria-label={t('results.oneMoreFor', { number: result.number })}
      onClick={() => act.mutate()}
    >
      {t('results.oneMore')}
    </Button>
  );
}
