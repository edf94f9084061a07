import { Checkbox, NativeSelect, NumberInput, Radio, TextInput, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../src/contracts/calls/answers';
import { FORM_LIMITS, type FieldKind, type FormField } from '../../../../src/contracts/calls/forms';
import type { Locale } from '../../api/types';
import { FileInput } from './FileInput';
import { meantLink } from './links';
import classes from './call-forms.module.css';

/** More choices than these are a list that opens. */
const MOST_IN_SIGHT = 9;

export interface FieldInputProps {
  field: FormField;
  value: Answer | undefined;
  /** Null once there is no answer any more. */
  onChange: (value: Answer | null) => void;
  /** The language in which the form is read, which need not be that of the page. */
  locale: Locale;
  /** What is wrong with the answer, in words. */
  error?: ReactNode;
  /** Beneath it, at the left: when it was saved, or what another tab wrote. */
  below?: ReactNode;
  /** The id of what takes the focus; `field-<key>` by itself. */
  id?: string;
  /** The level of a heading of the form. */
  level?: 2 | 3;
  readOnly?: boolean;
}

/** What the parts for each kind share: the words of the field, what is beneath it, and how its answer is read. */
interface Shared {
  id: string;
  label: ReactNode;
  description: ReactNode;
  error: ReactNode;
  required: boolean;
  withAsterisk: false;
  'data-path': string;
}

/**
 * A field of a call's form, to be filled in: its question, help, how many characters are left, and what is wrong. A heading is said as one. What is asked only after another answer
 * stands a little in, beside a line. Too much text is kept and counted, never cut.
 */
export function FieldInput(props: FieldInputProps) {
  const { field, value, locale, error, below, id = idOf(field), level = 2 } = props;
  const { t } = useTranslation('call-forms', { lng: locale });
  const label = field.label[locale] || field.label[locale === 'fr' ? 'en' : 'fr'] || t('noQuestion');
  const help = field.help[locale];
  const Heading = `h${level}` as const;
  if (field.kind === 'section')
    return (
      <div className={classes.section} lang={locale} id={id} tabIndex={-1}>
        <Heading>{label}</Heading>
        {help && <p className="t2 mt4">{help}</p>}
      </div>
    );
  const length = typeof value === 'string' ? value.trim().length : 0;
  const left = [help, below].filter(Boolean);
  const isCounted = field.max !== null && field.kind !== 'file';
  const hasBelow = left.length > 0 || isCounted;
  const shared: Shared = {
    id,
    label: (
      <>
        {label}
        {!field.required && <span className={classes.optional}> {t('optional')}</span>}
      </>
    ),
    description: hasBelow && (
      <span className={classes.below}>
        <span>
          {help}
          {help && below ? ' ' : null}
          {below}
        </span>
        {isCounted && (
          <span className={classes.count} data-over={length > (field.max ?? length)}>
            {t('count', { length, max: field.max })}
          </span>
        )}
      </span>
    ),
    error: error || undefined,
    required: field.required,
    withAsterisk: false,
    'data-path': field.key,
  };
  return (
    <div className={field.shownIf.length > 0 ? classes.cond : undefined} lang={locale} data-field={field.key}>
      <Input {...props} shared={shared} />
    </div>
  );
}

/** What takes the focus when a link leads to a field. */
export const idOf = ({ key }: Pick<FormField, 'key'>) => `field-${key}`;

const textOf = (value: Answer | undefined) => (typeof value === 'string' ? value : '');
const TYPES: Partial<Record<FieldKind, { type: string; autoComplete?: string; inputMode?: 'email' | 'tel' | 'url' }>> =
  {
    date: { type: 'date' },
    email: { type: 'text', autoComplete: 'email', inputMode: 'email' },
    phone: { type: 'tel', autoComplete: 'tel', inputMode: 'tel' },
    link: { type: 'text', autoComplete: 'url', inputMode: 'url' },
  };
/** The known keys whose answer a browser may know. */
const KNOWN: Partial<Record<string, string>> = { name: 'name', town: 'address-level2', agency: 'organization' };

function Input(props: FieldInputProps & { shared: Shared }) {
  const { field, value, onChange, locale, shared, readOnly = false } = props;
  const { t } = useTranslation('call-forms', { lng: locale });
  const type = (text: string) => onChange(text === '' ? null : text);
  switch (field.kind) {
    case 'long':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={(field.max ?? FORM_LIMITS.characters) > 700 ? 4 : 2}
          maxRows={24}
          maxLength={FORM_LIMITS.characters}
          readOnly={readOnly}
          value={textOf(value)}
          onChange={(event) => type(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          hideControls
          maw={240}
          min={-1e12}
          max={1e12}
          clampBehavior="none"
          decimalSeparator={locale === 'fr' ? ',' : '.'}
          allowedDecimalSeparators={[',', '.']}
          readOnly={readOnly}
          value={typeof value === 'number' ? value : ''}
          onChange={(number) =>
            onChange(typeof number === 'number' && Number.isFinite(number) && Math.abs(number) <= 1e12 ? number : null)
          }
        />
      );
    case 'statement':
      return (
        <Checkbox
          {...shared}
          disabled={readOnly}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked ? true : null)}
        />
      );
    case 'one':
      return <One {...props} />;
    case 'file':
      return <FileInput {...props} readOnly={readOnly} />;
    case 'several':
      return (
        <Checkbox.Group
          {...shared}
          id={groupOf(shared.id)}
          disabled={readOnly}
          value={Array.isArray(value) ? value : []}
          onChange={(chosen) =>
            onChange(
              chosen.length === 0 ? null : field.options.map(({ key }) => key).filter((key) => chosen.includes(key)),
            )
          }
        >
          <Choices>
            {field.options.map((option, at) => (
              <Checkbox
                key={option.key}
                id={at === 0 ? shared.id : undefined}
                value={option.key}
                label={option.label[locale] || t('noWords')}
              />
            ))}
          </Choices>
        </Checkbox.Group>
      );
    default:
      return (
        <TextInput
          {...shared}
          {...(TYPES[field.kind] ?? { autoComplete: KNOWN[field.key] ?? 'off' })}
          maw={field.kind === 'date' || field.kind === 'phone' ? 240 : undefined}
          maxLength={field.kind === 'date' ? undefined : FORM_LIMITS.characters}
          error={shared.error && <WrongText {...props} />}
          readOnly={readOnly}
          value={textOf(value)}
          onChange={(event) => type(event.currentTarget.value)}
        />
      );
  }
}

/** The choices as one: what takes the focus is the first of them. */
const groupOf = (id: string) => `${id}-choices`;

const Choices = ({ children }: { children: ReactNode }) => <div className={classes.choices}>{children}</div>;

/** One of some: all in sight, or of many a list that opens. What need not be answered can be taken back. */
function One({ field, value, onChange, locale, shared, readOnly = false }: FieldInputProps & { shared: Shared }) {
  const { t } = useTranslation('call-forms', { lng: locale });
  const options = field.options.map(({ key, label }) => ({ value: key, label: label[locale] || t('noWords') }));
  const chosen = textOf(value);
  if (options.length > MOST_IN_SIGHT)
    return (
      <NativeSelect
        {...shared}
        disabled={readOnly}
        data={[{ value: '', label: t('choose') }, ...options]}
        value={chosen}
        onChange={(event) => onChange(event.currentTarget.value || null)}
      />
    );
  return (
    <Radio.Group {...shared} id={groupOf(shared.id)} disabled={readOnly} value={chosen} onChange={onChange}>
      <Choices>
        {options.map((option, at) => (
          <Radio key={option.value} id={at === 0 ? shared.id : undefined} value={option.value} label={option.label} />
        ))}
      </Choices>
      {!field.required && chosen !== '' && !readOnly && (
        <button type="button" className="link xs mt8" onClick={() => onChange(null)}>
          {t('takeBack')}
        </button>
      )}
    </Radio.Group>
  );
}

/** What is wrong with a line; of half an address, what it most likely is. */
function WrongText({ field, value, onChange, locale, error }: FieldInputProps) {
  const { t } = useTranslation('call-forms', { lng: locale });
  const meant = field.kind === 'link' ? meantLink(textOf(value)) : null;
  return (
    <>
      {error}
      {meant !== null && (
        <>
          {' '}
          {t('meant', { link: meant })}{' '}
          <button type="button" className="link" onClick={() => onChange(meant)}>
            {t('useIt')}
          </button>
        </>
      )}
    </>
  );
}
