import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { Step } from '../../../../../src/contracts/selection/steps';
import { isProblem } from '../../../api/problem';
import { useLocale } from '../../../time/clock';
import { LeaveGuard } from '../../../ui/forms/LeaveGuard';
import { focusWhenThere } from '../../../ui/page/focus';
import { Group } from '../../../ui/page/Group';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { Notice } from '../../../ui/page/State';
import { toast } from '../../../ui/toast';
import { said } from '../../apply/call/timing';
import { CriteriaFields } from '../../calls/edit/CriteriaFields';
import { InLanguages } from '../../calls/edit/InLanguages';
import { MomentField } from '../../../ui/times/MomentField';
import { type OfCall, useStepActs } from '../queries';
import classes from '../selection.module.css';
import { ScaleFields } from './ScaleFields';
import { changesOf, draftOf, lacksOf, over, type StepDraft } from './step-draft';

interface StepFormProps {
  of: OfCall;
  call: Call;
  step: Step;
}

/** What jurors of a step see and score, and until when. What is scored stays once the step is open. */
export function StepForm({ of, call, step }: StepFormProps) {
  const { t } = useTranslation('selection');
  const locale = useLocale();
  const { write, look } = useStepActs(of);
  const [known, setKnown] = useState(() => ({ revision: step.revision, draft: draftOf(step) }));
  const [draft, setDraft] = useState<StepDraft>(known.draft);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const isDraft = step.state === 'draft';
  const changes = changesOf(known.draft, draft);
  const isChanged = Object.keys(changes).length > 0;
  const lacks = isDraft ? lacksOf(draft) : [];
  const set = (change: Partial<StepDraft>) => setDraft((so) => ({ ...so, ...change }));

  // Another act, or somebody else, has a newer one: what I wrote stays over it.
  if (step.revision !== known.revision) {
    setDraft(over(known.draft, draft, draftOf(step)));
    setKnown({ revision: step.revision, draft: draftOf(step) });
  }

  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const now = await write(step.id, { revision: known.revision, ...changes });
      // As it came back: without spaces at the ends. What was written on meanwhile stays over it.
      setKnown({ revision: now.revision, draft: draftOf(now) });
      setDraft((written) => over(draft, written, draftOf(now)));
      toast(t('step.saved'));
    } catch (error) {
      if (isProblem(error, 'edited_meanwhile')) await look();
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const { fields } = step;
  return (
    <fieldset className={`${classes.form} mt16`} disabled={!step.abilities.edit}>
      <LeaveGuard unsaved={isChanged} />
      {lacks.length > 0 && (
        <Notice tone="wait">
          <p className="med">{t('lacks.title', { count: lacks.length })}</p>
          <ul className="stackv g4 mt4">
            {lacks.map(({ id, part, place, code }) => (
              <li key={`${id} ${code}`}>
                <button
                  type="button"
                  className="link"
                  onClick={() => focusWhenThere(document.body, `#${CSS.escape(id)}`)}
                >
                  {place === null ? t(`lacks.${part}`) : t(`lacks.${part}_at`, { n: place + 1 })}
                </button>{' '}
                {t(`lacks.codes.${code}`)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <InLanguages
        id="step-name"
        label={t('step.name')}
        max={80}
        value={draft.name}
        onChange={(name) => set({ name })}
      />
      <MomentField
        id="step-due"
        label={t('step.due')}
        timeLabel={t('step.dueTime')}
        usual="18:00"
        zone={call.timeZone}
        value={draft.dueAt}
        description={t('step.dueHelp')}
        onChange={(dueAt) => set({ dueAt })}
      />
      <Group title={t('step.hidden')} className="mt8">
        <p className="t2 mt8 measure">{t('step.hiddenHelp')}</p>
        {fields.length === 0 ? (
          <p className="t2 mt8">{t('step.noFields')}</p>
        ) : (
          <ul className={classes.hidden}>
            {fields.map(({ key, label }) => (
              <li key={key}>
                <Checkbox
                  label={said(label, locale) || t('step.unnamed')}
                  checked={draft.hidden.includes(key)}
                  onChange={(event) =>
                    set({
                      hidden: event.currentTarget.checked
                        ? [...draft.hidden, key]
                        : draft.hidden.filter((one) => one !== key),
                    })
                  }
                />
              </li>
            ))}
          </ul>
        )}
      </Group>
      <fieldset disabled={!isDraft} className={classes.form}>
        <Group title={t('step.scale')} className="mt8">
          <p className="t2 mt8 measure">{t(isDraft ? 'step.scaleHelp' : 'step.fixed')}</p>
          <ScaleFields scale={draft.scale} onChange={(scale) => set({ scale })} />
        </Group>
        <Group title={t('step.criteria')} count={draft.criteria.length} className="mt8">
          <CriteriaFields
            criteria={draft.criteria}
            onChange={(change) => setDraft((so) => ({ ...so, criteria: change(so.criteria) }))}
            errorAt={() => undefined}
          />
        </Group>
      </fieldset>
      {step.abilities.edit && (
        <div className="save-bar stackv g12">
          <ProblemAlert error={problem} ns="selection" />
          <div className="row">
            <Button variant="filled" loading={busy} disabled={!isChanged} onClick={() => void save()}>
              {t('step.save')}
            </Button>
            {isChanged && (
              <Button variant="subtle" onClick={() => setDraft(known.draft)}>
                {t('step.undo')}
              </Button>
            )}
          </div>
        </div>
      )}
    </fieldset>
  );
}
