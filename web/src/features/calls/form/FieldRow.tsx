import { ActionIcon } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconChevronUp,
  IconCopy,
  IconGripVertical,
  IconTrash,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FormField, MAX_FILE_MB } from '../../../../../src/contracts/calls/forms';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { State } from '../../../ui/page/State';
import { type Edge, makeHeld, makePlace } from './drag';
import { isFixed, labelOf } from './fields';
import classes from './form.module.css';
import { KIND_ICONS } from './kinds';

export interface FieldActs {
  onToggle: (key: string) => void;
  onMove: (key: string, by: 1 | -1) => void;
  onPut: (key: string, edge: Edge, other: string) => void;
  onCopy: (key: string) => void;
  onDelete: (key: string) => void;
}

interface FieldRowProps {
  field: FormField;
  /** Of a heading: how many fields stand under it. */
  under: number | null;
  isOpen: boolean;
  mayEdit: boolean;
  troubles: readonly string[];
  acts: FieldActs;
  /** What is written of it, while it is open. */
  children: ReactNode;
}

/** A field in the list of its form: what it asks, in short; open, all of it. One takes it by its handle, or moves it by Alt and the arrows. */
export function FieldRow({ field, under, isOpen, mayEdit, troubles, acts, children }: FieldRowProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const { key, kind } = field;
  const row = useRef<HTMLLIElement>(null);
  const grip = useRef<HTMLButtonElement>(null);
  const [isHeld, setHeld] = useState(false);
  const [over, setOver] = useState<Edge | null>(null);
  const put = useEffectEvent((held: string, edge: Edge) => acts.onPut(held, edge, key));
  useEffect(() => {
    const [element, handle] = [row.current, grip.current];
    if (!element || !handle || !mayEdit) return;
    const stops = [
      makeHeld(element, handle, key, setHeld),
      makePlace(element, key, { onOver: setOver, onDrop: (held, edge) => put(held, edge) }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [key, mayEdit]);

  const label = labelOf(field, locale) || t(kind === 'section' ? 'form.unnamedSection' : 'form.unnamed');
  const onKeyDown = (event: KeyboardEvent) => {
    // A list opens by the same keys.
    if (event.target instanceof HTMLSelectElement) return;
    if (!mayEdit || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    // Elsewhere these keys go to another channel.
    event.stopPropagation();
    acts.onMove(key, event.key === 'ArrowUp' ? -1 : 1);
  };
  const [trouble] = troubles;
  const words = (
    <span className={classes.words}>
      <span className={kind === 'section' ? 'bold' : 'med'}>{label}</span>
      {!isOpen && kind !== 'section' && <Facts field={field} />}
    </span>
  );
  return (
    <li
      ref={row}
      className={classes.field}
      data-section={kind === 'section'}
      data-open={isOpen}
      data-held={isHeld}
      data-over={over ?? undefined}
      onKeyDown={onKeyDown}
    >
      <div className={classes.head}>
        <button
          ref={grip}
          type="button"
          id={`grip-${key}`}
          className={classes.grip}
          aria-label={t('form.move', { label })}
          aria-describedby="how-to-move"
          disabled={!mayEdit}
        >
          <Icon of={IconGripVertical} size={16} />
        </button>
        <button
          type="button"
          id={`f-${key}`}
          className={classes.turn}
          aria-expanded={isOpen}
          onClick={() => acts.onToggle(key)}
        >
          {kind !== 'section' && <Icon of={KIND_ICONS[kind]} />}
          {words}
        </button>
        {trouble !== undefined && !isOpen && (
          <span className={classes.trouble}>
            <State tone="wait">{t([`troubles.${trouble}`, 'troubles.other'])}</State>
          </span>
        )}
        {under !== null && !isOpen && <span className="num">{t('form.under', { count: under })}</span>}
        {isOpen && mayEdit && (
          <span className={classes.acts}>
            <Act
              id={`up-${key}`}
              icon={IconArrowUp}
              label={t('form.up', { label })}
              onClick={() => acts.onMove(key, -1)}
            />
            <Act
              id={`down-${key}`}
              icon={IconArrowDown}
              label={t('form.down', { label })}
              onClick={() => acts.onMove(key, 1)}
            />
            {!isFixed(field) && (
              <>
                <Act icon={IconCopy} label={t('form.copy', { label })} onClick={() => acts.onCopy(key)} />
                <Act icon={IconTrash} label={t('form.delete', { label })} onClick={() => acts.onDelete(key)} />
              </>
            )}
          </span>
        )}
        <Icon of={isOpen ? IconChevronUp : IconChevronDown} size={16} className={classes.chevron} />
      </div>
      {isOpen && children}
    </li>
  );
}

function Act({ id, icon, label, onClick }: { id?: string; icon: TablerIcon; label: string; onClick: () => void }) {
  return (
    <ActionIcon id={id} size="sm" aria-label={label} onClick={onClick}>
      <Icon of={icon} size={16} />
    </ActionIcon>
  );
}

/** "Long text, 2,000 characters. Required. Hidden from jurors." */
function Facts({ field }: { field: FormField }) {
  const { t } = useTranslation('calls');
  const { kind, max, options, required, isHidden, shownIf } = field;
  const facts = [
    kind === 'file'
      ? t('form.fileFact', { accept: t(`form.accepts.${field.accept}`), max: max ?? MAX_FILE_MB })
      : t('form.kindFact', { kind: t(`kind.${kind}`), of: options.length, max: max ?? 0 }),
    required && t('form.requiredFact'),
    isHidden && t('form.hiddenFact'),
    shownIf.length > 0 && t('form.conditionFact'),
  ];
  return <span className="t3 xs">{facts.filter(Boolean).join(' ')}</span>;
}
