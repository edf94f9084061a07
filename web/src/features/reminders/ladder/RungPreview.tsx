import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RungSetting } from '../../../../../src/contracts/reminders/reminder-ladder';
import { Problem } from '../../../api/problem';
import { useFieldText } from '../../../ui/forms/form';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { Notice } from '../../../ui/page/State';
import classes from './ladder.module.css';
import { usePreview, useTrial } from './queries';

/** How it would read, on the next reminder like it of somebody in the cohort or on an invented example; and the mail itself, to oneself. */
export function RungPreview({ cohortId, rung }: { cohortId: string; rung: RungSetting }) {
  const { t } = useTranslation('reminders');
  const preview = usePreview(cohortId);
  const trial = useTrial(cohortId);
  const { kind, count, text } = rung;
  const shown = preview.data;
  return (
    <div>
      <div className="row wrap g8">
        <Button
          variant="default"
          size="sm"
          loading={preview.isPending}
          onClick={() => preview.mutate({ kind, count, text })}
        >
          {t('ladder.preview.act')}
        </Button>
        <Button
          variant="default"
          size="sm"
          loading={trial.isPending}
          onClick={() => trial.mutate({ kind, count, text })}
        >
          {t('ladder.preview.trial')}
        </Button>
      </div>
      <p role="status" className="t2 xs">
        {trial.isSuccess && t('ladder.preview.sent')}
      </p>
      <div aria-live="polite">
        {shown && (
          <div className={`${classes.languages} mt12`}>
            {(['en', 'fr'] as const).map((locale) => (
              <section key={locale} lang={locale} className={classes.preview}>
                <p className="t3 xs">
                  {shown.person
                    ? t(`ladder.preview.${locale}`, { name: shown.person.name })
                    : t(`ladder.preview.sample.${locale}`)}
                </p>
                <p className="med">{shown[locale].title}</p>
                <p>{shown[locale].body}</p>
              </section>
            ))}
          </div>
        )}
      </div>
      <PreviewProblem error={preview.error ?? trial.error} />
    </div>
  );
}

/** What is wrong with a field is said in its words; the form names it again when it is saved. */
function PreviewProblem({ error }: { error: unknown }) {
  const text = useFieldText('reminders');
  if (!error) return null;
  const [wrong] = error instanceof Problem ? error.errors : [];
  if (wrong) return <Notice tone="alert">{text(wrong.code, wrong.params)}</Notice>;
  return <ProblemAlert error={error} ns="reminders" />;
}
