import { Button } from '@mantine/core';
import { IconCheck, IconDownload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys';
import { Problem } from '../../api/problem';
import { useFieldText, wrongFields } from '../../ui/forms/form';
import { FilePlace } from '../../ui/forms/FilePlace';
import { Icon } from '../../ui/Icon';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Notice } from '../../ui/page/State';
import { toast } from '../../ui/toast';
import { CheckLines } from './CheckLines';
import { type Draft, inviteGood, type Letters, readFile } from './importing';
import classes from './people.module.css';
import { AT_ONCE, isWhole } from './sending';

/** A file in three steps: choose it, check it line by line, invite. Nothing is saved before the last. */
export function ImportFile({ cohortId, onDone }: { cohortId: string; onDone: () => void }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const fieldText = useFieldText('people');
  const [draft, setDraft] = useState<Draft | null>(null);
  const [letters, setLetters] = useState<Letters>({ note: '', sending: AT_ONCE });
  const [wrongDay, setWrongDay] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const choose = (file: File) => void run(async () => setDraft(await readFile(cohortId, file)));
  const change = (next: Letters) => {
    setWrongDay(null);
    setLetters(next);
  };
  const invite = (ready: Draft) => {
    if (!isWhole(letters.sending)) {
      setWrongDay(fieldText('required'));
      return;
    }
    void run(async () => {
      const result = await inviteGood(cohortId, ready, letters).catch((error: unknown) => {
        const { sendAt } = error instanceof Problem ? wrongFields(error.errors, fieldText) : {};
        if (!sendAt) throw error;
        setWrongDay(sendAt);
      });
      if (!result) return;
      await client.invalidateQueries({ queryKey: keys.in(cohortId, 'invitations') });
      toast(t('import.done', { count: result.created, when: letters.sending.when }));
      onDone();
    });
  };

  return (
    <div aria-busy={busy}>
      <Steps at={draft ? 'check' : 'file'} />
      {problem !== null && (
        <div className="mt16">
          <ProblemAlert error={problem} ns="people" />
        </div>
      )}
      {draft ? (
        <CheckLines
          cohortId={cohortId}
          draft={draft}
          busy={busy}
          letters={letters}
          wrongDay={wrongDay}
          onLetters={change}
          onDraft={setDraft}
          onOther={() => setDraft(null)}
          onInvite={() => invite(draft)}
        />
      ) : (
        <Choose onFile={choose} busy={busy} />
      )}
      <div role="status">{busy && <p className="t2 mt16">{t('import.busy')}</p>}</div>
    </div>
  );
}

function Steps({ at }: { at: 'file' | 'check' }) {
  const { t } = useTranslation('people');
  const steps = ['file', 'check', 'invite'] as const;
  return (
    <ol className={classes.steps} aria-label={t('import.steps.label')}>
      {steps.map((step) => (
        <li key={step} aria-current={step === at ? 'step' : undefined}>
          {step === 'file' && at === 'check' && <Icon of={IconCheck} size={16} />}
          {t(`import.steps.${step}`)}
        </li>
      ))}
    </ol>
  );
}

function Choose({ onFile, busy }: { onFile: (file: File) => void; busy: boolean }) {
  const { t } = useTranslation('people');
  return (
    <>
      <FilePlace
        title={t('import.drop')}
        lead={t('import.columns')}
        choose={t('import.choose')}
        accept=".csv,.txt,.tsv,text/csv"
        busy={busy}
        onFile={onFile}
        aside={
          <Button
            component="a"
            variant="subtle"
            leftSection={<Icon of={IconDownload} />}
            href={`data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${t('import.exampleHead')}\n`)}`}
            download={t('import.exampleName')}
          >
            {t('import.example')}
          </Button>
        }
      />
      <div className="measure mt16">
        <Notice tone="ok">{t('import.dryRun')}</Notice>
      </div>
    </>
  );
}
