import { Button, Menu, VisuallyHidden } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import { type FieldKind, FORM_LIMITS, type FormField } from '../../../../../src/contracts/calls/forms';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { focusWhenThere, keepFocus } from '../../../ui/page/focus';
import { toastUndo } from '../../../ui/toast';
import { askedOf, sectionsOf } from '../../call-forms/sections';
import { useLanguages } from '../edit/InLanguages';
import type { Lack } from '../edit/lacks';
import type { CallDraft } from '../edit/useCallDraft';
import { FieldEditor } from './FieldEditor';
import { type FieldActs, FieldRow } from './FieldRow';
import { ASKED_KINDS, labelOf, movedBefore, movedBy, newField, ofKind, troublesOf, withCopy, without } from './fields';
import classes from './form.module.css';
import { KIND_ICONS } from './kinds';
import { Preview } from './Preview';

interface FormTabProps {
  call: Call;
  writing: CallDraft;
  /** The field that is open; one at most. */
  openKey: string | null;
  onOpen: (key: string | null) => void;
  onGo: (to: Pick<Lack, 'tab' | 'id' | 'field'>) => void;
}

/** The form of a call as it is built, beside how who applies sees it. */
export default function FormTab({ call, writing, openKey, onOpen, onGo }: FormTabProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const [first] = useLanguages();
  const { fields } = writing.draft;
  const [moved, setMoved] = useState('');
  const [isWide, setWide] = useState(false);
  /** Options that a field had before it got another kind: who comes back finds them. */
  const hadOptions = useRef(new Map<string, FormField['options']>());
  const mayEdit = call.abilities.edit;
  const troubles = troublesOf(fields);
  const sections = sectionsOf(fields);
  const isFull = fields.length >= FORM_LIMITS.fields;
  const write = (change: (fields: FormField[]) => FormField[]) =>
    writing.write((draft) => ({ fields: change(draft.fields) }));
  const nameOf = (key: string) => {
    const field = fields.find((one) => one.key === key);
    return (field && labelOf(field, locale)) || t('form.unnamed');
  };
  const focus = (id: string) => focusWhenThere(document.body, `#${CSS.escape(id)}`);

  const add = (kind: FieldKind) => {
    const fresh = newField(kind);
    const at = fields.findIndex(({ key }) => key === openKey);
    write((now) => now.toSpliced(at === -1 ? now.length : at + 1, 0, fresh));
    onOpen(fresh.key);
    // A menu gives the focus back to its button first.
    setTimeout(() => focus(`f-${fresh.key}-label-${first}`), kind === 'section' ? 0 : AFTER_MENU_MS);
  };
  const settle = (key: string, next: FormField[]) => {
    write(() => next);
    const place = next.findIndex((one) => one.key === key) + 1;
    setMoved(t('form.moved', { label: nameOf(key), place, of: next.length }));
    // A row that moved in the page lost the focus with it.
    const before = document.activeElement?.id;
    setTimeout(() => before && document.getElementById(before)?.focus());
  };
  const acts: FieldActs = {
    onToggle: (key) => onOpen(openKey === key ? null : key),
    onMove: (key, by) => settle(key, movedBy(fields, key, by)),
    onPut: (key, edge, other) => {
      const behind = fields[fields.findIndex((one) => one.key === other) + 1];
      settle(key, movedBefore(fields, key, edge === 'before' ? other : (behind?.key ?? null)));
    },
    onCopy: (key) => {
      const { fields: next, copy } = withCopy(fields, key);
      write(() => next);
      onOpen(copy);
      focus(`f-${copy}-label-${first}`);
    },
    onDelete: (key) => {
      const { fields: next, freed, back } = without(fields, key);
      const label = nameOf(key);
      write(() => next);
      onOpen(null);
      keepFocus();
      toastUndo(t('form.deleted', { label, freed: freed.length }), () => write((now) => back(now)));
    },
  };
  const change = (key: string, part: Partial<FormField>) =>
    write((now) => now.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const turn = (field: FormField, kind: FieldKind) => {
    if (field.options.length > 0) hadOptions.current.set(field.key, field.options);
    change(field.key, ofKind(field, kind, hadOptions.current.get(field.key)));
  };
  const underOf = (field: FormField) =>
    field.kind === 'section' ? (sections.find(({ section }) => section === field)?.fields.length ?? 0) : null;

  return (
    <div className={classes.builder} data-wide={isWide}>
      <section aria-labelledby="fields-heading">
        <div className="group">
          <h2 id="fields-heading">{t('form.fields')}</h2>
          <span className="num">
            {t('form.fieldsIn', {
              fields: askedOf(fields).length,
              sections: sections.filter(({ section }) => section !== null).length,
            })}
          </span>
          {mayEdit && (
            <span className="right xs only-wide" id="how-to-move">
              {t('form.howToMove')}
            </span>
          )}
        </div>
        <ol>
          {fields.map((field) => (
            <FieldRow
              key={field.key}
              field={field}
              under={underOf(field)}
              isOpen={field.key === openKey}
              mayEdit={mayEdit}
              troubles={troubles.get(field.key) ?? []}
              acts={acts}
            >
              <FieldEditor
                fields={fields}
                field={field}
                mayEdit={mayEdit}
                troubles={troubles.get(field.key) ?? []}
                onChange={(part) => change(field.key, part)}
                onKind={(kind) => turn(field, kind)}
              />
            </FieldRow>
          ))}
        </ol>
        {mayEdit && (
          <div className="row wrap mt16">
            <Menu position="bottom-start" disabled={isFull}>
              <Menu.Target>
                <Button id="add-field" leftSection={<Icon of={IconPlus} size={16} />} disabled={isFull}>
                  {t('form.add')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {ASKED_KINDS.map((kind) => (
                  <Menu.Item
                    key={kind}
                    leftSection={<Icon of={KIND_ICONS[kind]} size={16} />}
                    onClick={() => add(kind)}
                  >
                    {t(`kind.${kind}`)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            <Button variant="subtle" disabled={isFull} onClick={() => add('section')}>
              {t('form.addSection')}
            </Button>
            {isFull && <span className="t3 xs">{t('form.full', { most: FORM_LIMITS.fields })}</span>}
          </div>
        )}
        <VisuallyHidden role="status">{moved}</VisuallyHidden>
      </section>
      <Preview
        call={call}
        title={writing.draft.title}
        fields={fields}
        troubles={troubles}
        openKey={openKey}
        isWide={isWide}
        onWide={setWide}
        onGo={onGo}
      />
    </div>
  );
}

const AFTER_MENU_MS = 60;
