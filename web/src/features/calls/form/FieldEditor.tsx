import { NativeSelect, NumberInput, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  type FieldKind,
  FileAccept,
  FORM_LIMITS,
  type FormField,
  hasOptions,
  type InBoth,
  MAX_FILE_MB,
} from '../../../../../src/contracts/calls/forms';
import type { Locale } from '../../../api/types';
import { Notice } from '../../../ui/page/State';
import callClasses from '../calls.module.css';
import { InLanguages } from '../edit/InLanguages';
import { ConditionsField } from './ConditionsField';
import { ASKED_KINDS, isFixed, isKnown, isText } from './fields';
import classes from './form.module.css';
import { OptionsField } from './OptionsField';

interface FieldEditorProps {
  fields: readonly FormField[];
  field: FormField;
  mayEdit: boolean;
  troubles: readonly string[];
  onChange: (change: Partial<FormField>) => void;
  onKind: (kind: FieldKind) => void;
}

/** What is wrong with a field as a whole; words that are missing are said at their input. */
const SAID_ABOVE = new Set(['no_name', 'doubled', 'doubled_options', 'not_above', 'unknown_option']);

/** All of a field: its question and help in both languages, its kind, its options, when it is shown, and who must answer and who may read. */
export function FieldEditor({ fields, field, mayEdit, troubles, onChange, onKind }: FieldEditorProps) {
  const { t } = useTranslation('calls');
  const { key, kind, label, help, max, required, isHidden } = field;
  const lacksIn = (language: Locale) => troubles.includes(`no_${language}`);
  const missing = (words: InBoth, isNeeded: boolean) => (language: Locale) =>
    isNeeded && lacksIn(language) && words[language] === '' && t(`troubles.no_${language}`);
  const above = troubles.filter((code) => SAID_ABOVE.has(code));
  const isSection = kind === 'section';
  return (
    <fieldset className={classes.editor} disabled={!mayEdit}>
      {above.map((code) => (
        <Notice key={code}>{t([`troubles.${code}_what`, 'troubles.other'])}</Notice>
      ))}
      {isKnown(key) && <p className="xs t2">{t(`form.known.${key}`)}</p>}
      <InLanguages
        id={`f-${key}-label`}
        label={t(isSection ? 'form.heading' : 'form.question')}
        max={300}
        value={label}
        onChange={(next) => onChange({ label: next })}
        errorIn={missing(label, true)}
      />
      <InLanguages
        id={`f-${key}-help`}
        label={t('form.help')}
        max={500}
        value={help}
        onChange={(next) => onChange({ help: next })}
        errorIn={missing(help, help.en !== '' || help.fr !== '')}
      />
      {!isSection && (
        <div className={callClasses.pair}>
          <NativeSelect
            label={t('form.kind')}
            disabled={isFixed(field)}
            data={ASKED_KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
            value={kind}
            onChange={(event) => onKind(event.currentTarget.value as FieldKind)}
          />
          {kind === 'file' && (
            <NativeSelect
              label={t('form.accept')}
              data={FileAccept.options.map((one) => ({ value: one, label: t(`form.accepts.${one}`) }))}
              value={field.accept}
              onChange={(event) => onChange({ accept: event.currentTarget.value as FileAccept })}
            />
          )}
          {kind === 'file' && (
            <NumberInput
              label={t('form.megabytes')}
              hideControls
              min={1}
              max={MAX_FILE_MB}
              allowDecimal={false}
              clampBehavior="strict"
              value={max ?? MAX_FILE_MB}
              onChange={(next) => onChange({ max: typeof next === 'number' && next > 0 ? next : null })}
            />
          )}
          {isText(kind) && (
            <NumberInput
              label={t('form.max')}
              description={t('form.maxHelp')}
              hideControls
              min={1}
              max={FORM_LIMITS.characters}
              allowDecimal={false}
              thousandSeparator=" "
              clampBehavior="strict"
              value={max ?? ''}
              onChange={(next) => onChange({ max: typeof next === 'number' && next > 0 ? next : null })}
            />
          )}
        </div>
      )}
      {hasOptions(field) && (
        <OptionsField
          id={`f-${key}-options`}
          options={field.options}
          isShort={troubles.includes('too_few_options')}
          lacksIn={lacksIn}
          onChange={(options) => onChange({ options })}
        />
      )}
      {!isFixed(field) && (
        <ConditionsField fields={fields} field={field} onChange={(shownIf) => onChange({ shownIf })} />
      )}
      {!isSection && (
        <div className={classes.switches}>
          <Switch
            label={t(field.shownIf.length > 0 ? 'form.requiredShown' : 'form.required')}
            disabled={isFixed(field)}
            checked={required}
            onChange={(event) => onChange({ required: event.currentTarget.checked })}
          />
          <Switch
            label={t('form.hidden')}
            checked={isHidden}
            onChange={(event) => onChange({ isHidden: event.currentTarget.checked })}
          />
        </div>
      )}
    </fieldset>
  );
}
