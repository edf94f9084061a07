import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../../../src/contracts/cohorts/cohorts';
import { fold } from '../../../../src/common/texts/fold';
import { useProjects } from '../../ui/projects';
import type { LineError, Person } from './importing';
import classes from './people.module.css';

const CHOICES: Record<string, readonly string[]> = {
  role: ['fellow', 'coach', 'host', 'staff'],
  craft: ['developer', 'designer', 'data', 'product', 'other'],
  locale: ['en', 'fr'],
};

const MAY_BE_EMPTY = new Set(['project', 'craft', 'locale']);
/** So many first letters in common make a project the one that was meant. */
const ALIKE = 3;

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
  const projects = useProjects(cohortId).data ?? [];
  const [typed, setTyped] = useState<string | null>(null);
  const value = typed ?? guess(error, projects);
  const why = t(`import.errors.${error.field ?? ''}_${error.code}`, {
    defaultValue: t(`import.errors.${error.code}`, { defaultValue: error.detail, line: error.otherLine }),
  });
  const canUse = value !== (error.value ?? '') && (value !== '' || MAY_BE_EMPTY.has(error.field ?? ''));
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
          <Instead field={error.field} line={error.line} value={value} projects={projects} onChange={setTyped} />
        )}
      </td>
      <td>
        <div className="row">
          {canFix && (
            <Button size="sm" disabled={!canUse} onClick={() => onFix(value)}>
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

interface InsteadProps {
  field: string;
  line: number;
  value: string;
  projects: readonly Project[];
  onChange: (value: string) => void;
}

function Instead({ field, line, value, projects, onChange }: InsteadProps) {
  const { t } = useTranslation('people');
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

/** What was meant, where it can be told: of names and addresses what is there, of projects the one that begins alike. */
function guess({ field, value }: LineError, projects: readonly Project[]): string {
  if (field === 'project') {
    const common = (name: string) => Array.from(fold(name)).findIndex((letter, at) => letter !== fold(value ?? '')[at]);
    const ranked = projects
      .map(({ name }) => ({ name, length: common(name) === -1 ? name.length : common(name) }))
      .sort((a, b) => b.length - a.length);
    return ranked[0] && ranked[0].length >= ALIKE ? ranked[0].name : '';
  }
  return field !== null && field in CHOICES ? '' : (value ?? '');
}
