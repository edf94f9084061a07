import { Button } from '@mantine/core';
import { type FocusEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answers } from '../../../../../src/contracts/calls/answers';
import type { FormField } from '../../../../../src/contracts/calls/forms';
import { useLocale } from '../../../time/clock';
import { Notice } from '../../../ui/page/State';
import { AnswerList } from '../../call-forms/AnswerList';
import { FieldInput } from '../../call-forms/FieldInput';
import { useMissingText } from '../../call-forms/useMissingText';
import classes from '../apply.module.css';
import { said } from '../call/timing';
import type { ShownSection } from './sections';
import type { Draft, Saver } from './saver';
import { goToField } from './useHandIn';

interface SectionFieldsProps {
  section: ShownSection;
  number: number;
  saver: Saver;
  draft: Draft;
  answers: Answers;
  /** Somebody tried to hand it in: what is missing is said at its field. */
  showMissing: boolean;
}

/** A section of the form, to be filled in. What is wrong is said once one is done with a field. */
export function SectionFields({ section, number, saver, draft, answers, showMissing }: SectionFieldsProps) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  const missingText = useMissingText(locale);
  const [typing, setTyping] = useState<string | null>(null);
  const title = section.section ? said(section.section.label, locale) : t('form.first');
  const help = section.section ? said(section.section.help, locale) : '';
  const wrong = new Map(section.missing.map((missing) => [missing.field, missing]));
  const focused = ({ target }: FocusEvent) =>
    setTyping(
      target.matches('input, textarea, select')
        ? (target.closest<HTMLElement>('[data-field]')?.dataset.field ?? null)
        : null,
    );
  const errorOf = (field: FormField) => {
    const missing = wrong.get(field.key);
    if (!missing || (missing.code === 'required' ? !showMissing : field.key === typing && !showMissing))
      return undefined;
    return missingText(missing, field);
  };
  return (
    <section
      id={section.id}
      tabIndex={-1}
      className={classes.section}
      aria-labelledby={`${section.id}-title`}
      onFocus={focused}
      onBlur={() => setTyping(null)}
    >
      <div className="group">
        <h2 id={`${section.id}-title`}>{t('form.section', { number, title })}</h2>
        {section.missing.length > 0 && (
          <span className={`right xs ${classes.lacks}`}>{t('file.missing', { count: section.missing.length })}</span>
        )}
      </div>
      {help !== '' && <p className="t2 mt8">{help}</p>}
      {section.fields.map((field) => (
        <div key={field.key} className={classes.field}>
          <FieldInput
            field={field}
            value={answers[field.key]}
            locale={locale}
            error={errorOf(field)}
            onChange={(value) => saver.type(field.key, value)}
          />
          {field.key in draft.theirs && <TwoTexts field={field} draft={draft} saver={saver} />}
        </div>
      ))}
    </section>
  );
}

/** Somebody, or another tab, wrote something else there meanwhile: one chooses, and neither is lost before. */
function TwoTexts({ field, draft, saver }: { field: FormField; draft: Draft; saver: Saver }) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  const theirs = draft.theirs[field.key] ?? null;
  const choose = (whose: 'mine' | 'theirs') => {
    saver.choose(field.key, whose);
    goToField(field.key);
  };
  return (
    <div className="mt8">
      <Notice>
        <p className="bold">{t('two.title')}</p>
        <div className={classes.theirs}>
          <AnswerList
            fields={[{ ...field, shownIf: [] }]}
            answers={theirs === null ? {} : { [field.key]: theirs }}
            locale={locale}
          />
        </div>
        <div className="row wrap mt8">
          <Button size="sm" onClick={() => choose('mine')}>
            {t('two.mine')}
          </Button>
          <Button size="sm" onClick={() => choose('theirs')}>
            {t('two.theirs')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
