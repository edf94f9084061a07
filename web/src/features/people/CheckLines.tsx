import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { Group } from '../../ui/page/Group';
import { Notice, State } from '../../ui/page/State';
import { toast, toastProblem } from '../../ui/toast';
import { FixLine } from './FixLine';
import { check, type Draft, type Letters, type Line, type LineError } from './importing';
import classes from './people.module.css';
import { WhenToSend } from './WhenToSend';

const FIRST_SHOWN = 100;

interface CheckLinesProps {
  cohortId: string;
  draft: Draft;
  busy: boolean;
  letters: Letters;
  /** What is wrong with the day on which they are to go. */
  wrongDay: string | null;
  onLetters: (letters: Letters) => void;
  onDraft: (draft: Draft) => void;
  onOther: () => void;
  onInvite: () => void;
}

/** The dry run: what needs a hand, line by line, and what will be saved. */
export function CheckLines(props: CheckLinesProps) {
  const { cohortId, draft, busy, letters, wrongDay, onLetters, onDraft, onOther, onInvite } = props;
  const { t } = useTranslation('people');
  const text = useProblemText('people');
  const [checking, setChecking] = useState(false);
  const { errors, lines } = draft;
  const bad = new Set(errors.map(({ line }) => line));
  const whole = ofWholeFile(errors, lines);

  const again = async (next: readonly Line[]) => {
    setChecking(true);
    try {
      onDraft(await check(cohortId, draft, next));
    } catch (error) {
      toastProblem(text(error));
    } finally {
      setChecking(false);
    }
  };
  const fix = (error: LineError, value: string) =>
    void again(
      lines.map((one) =>
        one.line === error.line && error.field ? { ...one, person: corrected(one.person, error.field, value) } : one,
      ),
    );
  const leaveOut = (line: number) => void again(lines.filter((one) => one.line !== line));

  if (whole.length > 0) return <Unreadable draft={draft} errors={whole} onOther={onOther} />;
  return (
    <div aria-busy={checking}>
      <div className="row wrap between mt16">
        <p className={`t2 ${classes.told}`}>
          {t('import.file', { name: draft.fileName, count: lines.length })}
          {draft.ignoredColumns.length > 0 && ` ${t('import.ignored', { columns: draft.ignoredColumns.join(', ') })}`}
        </p>
        <div className="row">
          <Button variant="subtle" onClick={onOther}>
            {t('import.other')}
          </Button>
          <Button variant="filled" loading={busy} disabled={draft.created === 0 || checking} onClick={onInvite}>
            {t('import.act', { count: draft.created, when: letters.sending.when })}
          </Button>
        </div>
      </div>
      <p className={classes.totals} role="status">
        <State tone={draft.created > 0 ? 'ok' : undefined}>{t('import.good', { count: draft.created })}</State>
        {bad.size > 0 && <State tone="alert">{t('import.bad', { count: bad.size })}</State>}
        {draft.unchanged > 0 && <span className="t2">{t('import.unchanged', { count: draft.unchanged })}</span>}
      </p>
      <Textarea
        className={`mt16 ${classes.form}`}
        label={t('note')}
        description={t('noteHelp')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
        value={letters.note}
        onChange={(event) => onLetters({ ...letters, note: event.currentTarget.value })}
      />
      <div className="mt16">
        <WhenToSend
          value={letters.sending}
          error={wrongDay}
          onChange={(sending) => onLetters({ ...letters, sending })}
        />
      </div>
      {errors.length > 0 && (
        <Group
          title={t('import.needYou')}
          count={bad.size}
          right={
            <button type="button" className="link" onClick={() => copyList(errors, () => toast(t('import.copied')))}>
              {t('import.copyList')}
            </button>
          }
        >
          <table className={`${classes.table} ${classes.fixes} mt8`}>
            <thead>
              <tr>
                {(['line', 'person', 'says', 'why', 'instead', 'act'] as const).map((head) => (
                  <th key={head} scope="col">
                    {t(`import.heads.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {errors.slice(0, FIRST_SHOWN).map((error) => (
                <FixLine
                  key={`${error.line}-${error.field ?? ''}-${error.code}`}
                  cohortId={cohortId}
                  error={error}
                  person={lines.find(({ line }) => line === error.line)?.person}
                  onFix={(value) => fix(error, value)}
                  onLeaveOut={() => leaveOut(error.line)}
                />
              ))}
            </tbody>
          </table>
          <Rest shown={FIRST_SHOWN} all={errors.length} />
        </Group>
      )}
      {draft.rows.length > 0 && <AsSaved draft={draft} />}
      <p className="mt16 t2">
        {bad.size > 0 && `${t('import.stayOut', { count: bad.size })} `}
        {t('import.go', { when: letters.sending.when })}
      </p>
    </div>
  );
}

/** What is wrong with the file as a whole: no line of it was read. */
const ofWholeFile = (errors: readonly LineError[], lines: readonly Line[]) => (lines.length === 0 ? errors : []);

function Unreadable({ draft, errors, onOther }: { draft: Draft; errors: readonly LineError[]; onOther: () => void }) {
  const { t } = useTranslation('people');
  return (
    <>
      <div className="measure mt16">
        <Notice tone="alert">
          <b>{t('import.whole', { name: draft.fileName })}</b>
          {errors.map(({ code, field }) => (
            <p key={`${code}-${field ?? ''}`}>
              {code === 'missing_column' && field
                ? t('import.wholeColumn', { field: t(`import.fields.${field}`) })
                : t(`import.errors.${code}`)}
            </p>
          ))}
          <p className="mt4">{t('import.wholeHint')}</p>
        </Notice>
      </div>
      <div className="row mt16">
        <Button variant="filled" onClick={onOther}>
          {t('import.otherAct')}
        </Button>
      </div>
    </>
  );
}

function AsSaved({ draft }: { draft: Draft }) {
  const { t } = useTranslation('people');
  const rows = draft.rows.filter((row) => row.outcome === 'created');
  return (
    <Group title={t('import.asSaved')} count={rows.length} className="mt32">
      {/* Scrolls sideways on a phone, so it can be reached by keyboard. */}
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('import.asSaved')}>
        <table className={`${classes.table} mt8`}>
          <thead>
            <tr>
              {(['line', 'person', 'email', 'role', 'project'] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`import.heads.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, FIRST_SHOWN).map((row) => (
              <tr key={row.line}>
                <td className="t3">{row.line}</td>
                <td>
                  <b>{row.name}</b>
                </td>
                <td>{row.email}</td>
                <td>{t(`common:roles.${row.role}`)}</td>
                <td>{row.project}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Rest shown={FIRST_SHOWN} all={rows.length} />
    </Group>
  );
}

function Rest({ shown, all }: { shown: number; all: number }) {
  const { t } = useTranslation('people');
  return all > shown ? <p className="t2 mt8">{t('import.rest', { count: all - shown })}</p> : null;
}

function corrected(person: Line['person'], field: string, value: string): Line['person'] {
  const { [field]: _, ...rest } = person;
  return value.trim() === '' ? rest : { ...rest, [field]: value.trim() };
}

/** For a mail to whoever made the file. */
function copyList(errors: readonly LineError[], done: () => void): void {
  const text = errors.map(({ line, field, value, detail }) => [line, field, value, detail].join('\t')).join('\n');
  void navigator.clipboard.writeText(text).then(done);
}
