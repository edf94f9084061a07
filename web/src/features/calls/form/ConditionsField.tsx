import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FORM_LIMITS, type FormField } from '../../../../../src/contracts/calls/forms';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { askable, choicesOf, labelOf } from './fields';
import classes from './form.module.css';

interface ConditionsFieldProps {
  fields: readonly FormField[];
  field: FormField;
  onChange: (shownIf: FormField['shownIf']) => void;
}

/** By which answers above a field is asked: all of its conditions hold. */
export function ConditionsField({ fields, field, onChange }: ConditionsFieldProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const id = `f-${field.key}-conditions`;
  const group = useRef<HTMLFieldSetElement>(null);
  const { shownIf } = field;
  const asked = askable(fields, field.key);
  const nameOf = (one: FormField) => labelOf(one, locale) || t('form.unnamed');
  const first = (one: FormField) => ({ field: one.key, is: choicesOf(one)[0] ?? '' });
  const add = () => {
    const last = asked.at(-1);
    if (!last) return;
    onChange([...shownIf, first(last)]);
    setTimeout(() => [...(group.current?.querySelectorAll<HTMLElement>('[data-asked]') ?? [])].at(-1)?.focus());
  };
  const remove = (at: number) => {
    onChange(shownIf.toSpliced(at, 1));
    setTimeout(() => group.current?.querySelector<HTMLElement>('select, button')?.focus());
  };
  const answers = (one: FormField | undefined) =>
    !one
      ? []
      : one.kind === 'statement'
        ? [{ value: 'yes', label: t('conditions.agreed') }]
        : one.options.map(({ key, label }, at) => ({
            value: key,
            label: label[locale] || t('conditions.option', { n: at + 1 }),
          }));
  return (
    <fieldset ref={group}>
      <legend className="med">{t('conditions.title')}</legend>
      {shownIf.map((condition, at) => {
        const other = fields.find(({ key }) => key === condition.field);
        // One that stands below meanwhile is still said, and that it is wrong.
        const choices = other && !asked.includes(other) ? [...asked, other] : asked;
        return (
          <div key={at} className={classes.condition}>
            <NativeSelect
              data-asked
              id={at === 0 ? id : undefined}
              aria-label={t('conditions.field', { n: at + 1 })}
              data={choices.map((one) => ({ value: one.key, label: nameOf(one) }))}
              value={condition.field}
              onChange={(event) => {
                const next = fields.find(({ key }) => key === event.currentTarget.value);
                if (next) onChange(shownIf.with(at, first(next)));
              }}
            />
            <span className="t2">{t(other?.kind === 'several' ? 'conditions.has' : 'conditions.is')}</span>
            <NativeSelect
              aria-label={t('conditions.answer', { n: at + 1 })}
              data={[
                ...(other && choicesOf(other).includes(condition.is)
                  ? []
                  : [{ value: condition.is, label: t('conditions.gone') }]),
                ...answers(other),
              ]}
              value={condition.is}
              onChange={(event) => onChange(shownIf.with(at, { ...condition, is: event.currentTarget.value }))}
            />
            <ActionIcon aria-label={t('conditions.remove', { n: at + 1 })} onClick={() => remove(at)}>
              <Icon of={IconX} size={16} />
            </ActionIcon>
          </div>
        );
      })}
      <p className="row wrap mt4">
        {asked.length > 0 && shownIf.length < FORM_LIMITS.conditions && (
          <button type="button" id={shownIf.length === 0 ? id : undefined} className="link" onClick={add}>
            {t(shownIf.length === 0 ? 'conditions.first' : 'conditions.add')}
          </button>
        )}
        <span className="t3 xs">
          {t(
            asked.length > 0 ? 'conditions.above' : shownIf.length === 0 ? 'conditions.noneAbove' : 'conditions.above',
          )}
        </span>
      </p>
    </fieldset>
  );
}
