import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProjects } from '../../ui/projects';
import type { LineError, Person } from './importing';
import classes from './people.module.css';

const CHOICES: Record<string, readonly string[]> = {
  role: ['fellow', 'coach', 'host', 'staff'],
  craft: ['developer', 'designer', 'data', 'product', 'other'],
  locale: ['en', 'fr'],
};

interface FixLineProps {
  cohortId: string;
  error: LineError;
  person?: Person;
  onFix: (value: string) => void;
  onLeaveOut: () => void;
}

/** One thing that stops a line: what the file says, why it stops, and what to put instead. */
export function FixLine({ cohortId, error, person, onFix, onLeaveOut }: FixLineProps) {
  const { t } = useTranslation('people');
  const [value, setValue] = useState(error.value ?? '');
  const why = t(`import.errors.${error.field ?? ''}_${error.code}`, {
    defaultValue: t(`import.errors.${error.code}`, { defaultValue: error.detail, line: earlierLine(error) }),
  });
  const canFix = person !== undefined && error.field !== null && error.code !== 'unknown_field';
  return (
    <tr>
      <td className="t3">{error.line}</td>
      <td>
        <b>{person?.name ?? person?.email}</b>
      </td>
      <td>
        {error.value ? (
          <span className={classes.bad}>{error.value}</span>
        ) : (
          <span className="t3">{t('import.nothing')}</span>
        )}
      </td>
      <td>{why}</td>
      <td>
        {canFix && error.field && (
          <Instead cohortId={cohortId} field={error.field} line={error.line} value={value} onChange={setValue} />
        )}
      </td>
      <td>
        <div className="row">
          {canFix && (
            <Button
              size="sm"
              disabled={value === (error.value ?? '') && error.code !== 'not_for_role'}
              onClick={() => onFix(value)}
            >
              {t('import.use')}
            </Button>
          )}
          {person !== undefined && (
            <Button size="sm" variant="subtle" onClick={onLeaveOut}>
              {t('import.leaveOut')}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}

function Instead(props: {
  cohortId: string;
  field: string;
  line: number;
  value: string;
  onChange: (value: string) => void;
}) {
  const { cohortId, field, line, value, onChange } = props;
  const { t } = useTranslation('people');
  const projects = useProjects(cohortId).data ?? [];
  const label = t('import.insteadOf', { field: t(`import.fields.${field}`, { defaultValue: field }), line });
  const choices =
    field === 'project'
      ? projects.map(({ name, agency }) => ({ value: name, label: `${name}, ${agency}` }))
      : CHOICES[field]?.map((one) => ({ value: one, label: t(choiceKey(field, one)) }));
  if (!choices) {
    return (
      <TextInput size="sm" aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
    );
  }
  const known = choices.some((one) => one.value === value);
  return (
    <NativeSelect
      size="sm"
      aria-label={label}
      value={known ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: t(field === 'role' ? 'import.choose1' : 'import.none') }, ...choices]}
    />
  );
}

const choiceKey = (field: string, value: string) =>
  `common:${field === 'role' ? 'roles' : field === 'craft' ? 'crafts' : 'languages'}.${value}`;

/** "Line 12 has the same address." */
const earlierLine = ({ detail }: LineError) => /\d+/.exec(detail)?.[0];
