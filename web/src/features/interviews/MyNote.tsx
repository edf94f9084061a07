import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyInterview, WriteInterviewNote } from '../../../../src/contracts/selection/interviews';
import { Problem } from '../../api/problem';
import { ConfirmDialog } from '../../ui/confirm';
import { LeaveGuard } from '../../ui/forms/LeaveGuard';
import { Group } from '../../ui/page/Group';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Notice, State } from '../../ui/page/State';
import classes from './interviews.module.css';
import { Judging } from './Judging';
import { useMyActs } from './queries';
import { Scores } from './Scores';

/** Another tab was faster, staff changed the criteria, or somebody said that nobody came. */
const BEHIND = new Set<string | undefined>(['edited_meanwhile', 'note_submitted', 'missed', 'invalid']);

/** What I note of an interview, and what I think of it: kept as often as I like, and handed in once. */
export function MyNote({ interview: { id, note, others, criteria, scale, missedAt } }: { interview: MyInterview }) {
  const { t } = useTranslation('interviews');
  const { write, look } = useMyActs();
  // What the field began with: a text is kept over that one, and over none that was not shown.
  const [base, setBase] = useState(note);
  const [typed, setMine] = useState(() => wordsOf(note));
  // A criterion that the call has no more is not scored any more.
  const known = Object.entries(typed.scores).filter(([scored]) => criteria.some(({ key }) => key === scored));
  const mine = { ...typed, scores: Object.fromEntries(known) };
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const isNewer = !isBusy && note.revision > base.revision;
  const take = () => {
    setBase(note);
    setMine(wordsOf(note));
    setProblem(null);
  };
  const [isLikeBase, isLikeNow] = [isSame(mine, wordsOf(base)), isSame(mine, wordsOf(note))];
  // Another tab kept a text, and nothing was typed here, or the same.
  if (isNewer && (isLikeBase || isLikeNow)) take();
  const isTorn = isNewer && !isLikeBase && !isLikeNow;
  const isChanged = !isLikeBase && note.submittedAt === null;
  const keep = async (submit: boolean) => {
    setProblem(null);
    setBusy(true);
    try {
      const now = await write(id, { revision: base.revision, ...mine, submit });
      setBase(now.note);
      setMine((since) => (since === typed ? wordsOf(now.note) : since));
    } catch (error) {
      // What another tab wrote is read, and shown beside what is typed here.
      if (error instanceof Problem && BEHIND.has(error.code)) await look(id);
      throw error;
    } finally {
      setBusy(false);
    }
  };
  if (note.submittedAt !== null)
    return (
      <Group title={t('note.mine')} right={<State tone="ok">{t('note.standing.submitted')}</State>} className="">
        <p className={`${classes.note} mt12`}>{note.text}</p>
        <Scores className="t2 mt8" {...{ criteria, scale, ...wordsOf(note) }} />
        {isTorn && (
          <Notice tone="wait">
            <p>{t('note.notHandedIn')}</p>
            <p className={classes.note}>{mine.text}</p>
            <Scores className="t2" {...{ criteria, scale, ...mine }} />
          </Notice>
        )}
        {others?.length === 0 && <p className="t2 mt12">{t('note.first')}</p>}
      </Group>
    );
  return (
    <Group title={t('note.mine')} className="">
      <LeaveGuard unsaved={isChanged} />
      <Textarea
        className="mt12"
        label={t('note.label')}
        description={t('note.who')}
        autosize
        minRows={8}
        maxRows={24}
        maxLength={10_000}
        value={mine.text}
        onChange={({ currentTarget: { value: text } }) => setMine((now) => ({ ...now, text }))}
      />
      <Judging
        {...{ criteria, scale, ...mine }}
        onScore={(key, score) => setMine((now) => ({ ...now, scores: scored(now.scores, key, score) }))}
        onVerdict={(verdict) => setMine((now) => ({ ...now, verdict }))}
      />
      {isTorn && (
        <div className="mt12">
          <Notice tone="wait">
            <p>{t('note.other')}</p>
            <p className={`${classes.note} mt8`}>{note.text}</p>
            <Scores className="t2" {...{ criteria, scale, ...wordsOf(note) }} />
            <div className="row wrap mt8">
              <Button
                size="sm"
                onClick={() => {
                  setBase(note);
                  setProblem(null);
                }}
              >
                {t('note.keepMine')}
              </Button>
              <Button size="sm" onClick={take}>
                {t('note.takeTheirs')}
              </Button>
            </div>
          </Notice>
        </div>
      )}
      {!isTorn && <ProblemAlert error={problem} ns="interviews" />}
      <div className="row wrap mt12">
        <Button loading={isBusy} disabled={!isChanged || isTorn} onClick={() => void keep(false).catch(setProblem)}>
          {t('note.keep')}
        </Button>
        <Button
          variant="filled"
          disabled={mine.text.trim() === '' || isTorn || missedAt !== null}
          onClick={() => setAsking(true)}
        >
          {t('note.submit')}
        </Button>
        <span className="t2" role="status">
          {!isChanged && base.revision > 0 && t('note.kept')}
        </span>
      </div>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('note.submitTitle')}
        act={t('note.submit')}
        ns="interviews"
        onConfirm={() => keep(true)}
      >
        {t('note.submitWhat')}
      </ConfirmDialog>
    </Group>
  );
}

type Words = Pick<WriteInterviewNote, 'text' | 'scores' | 'verdict'>;

/** Null takes a score away. */
function scored(before: Words['scores'], key: string, score: number | null): Words['scores'] {
  const { [key]: _, ...others } = before;
  return score === null ? others : { ...others, [key]: score };
}

const wordsOf = ({ text, scores, verdict }: MyInterview['note']): Words => ({ text, scores, verdict });

/** The server answers with scores in the order in which they were written. */
const isSame = (one: Words, other: Words): boolean =>
  one.text === other.text &&
  one.verdict === other.verdict &&
  [...new Set([...Object.keys(one.scores), ...Object.keys(other.scores)])].every(
    (key) => one.scores[key] === other.scores[key],
  );
