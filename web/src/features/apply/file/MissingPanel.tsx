import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../../time/clock';
import { Panel } from '../../../ui/page/Panel';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { idOf } from '../../call-forms/FieldInput';
import classes from '../apply.module.css';
import { said } from '../call/timing';
import type { Draft } from './saver';
import type { ShownSection } from './sections';
import { type HandIn, goToField } from './useHandIn';

interface MissingPanelProps {
  sections: readonly ShownSection[];
  draft: Draft;
  handIn: HandIn;
  /** It was handed in before. */
  isAgain: boolean;
  /** There is something to hand in. */
  isChanged: boolean;
  onBack?: () => void;
}

/** What is missing before it can be handed in, each a link to its field; and the act itself. */
export function MissingPanel({ sections, draft, handIn, isAgain, isChanged, onBack }: MissingPanelProps) {
  const { t } = useTranslation('apply');
  const rows = useRows(sections, draft);
  return (
    <Panel className={classes.card}>
      <h2 id="missing" tabIndex={-1} className={classes.panelTitle}>
        {rows.length === 0 ? t('missing.none') : t('missing.title')}
        {rows.length > 0 && <span className="t3"> {rows.length}</span>}
      </h2>
      {rows.length > 0 && (
        <ul className="mt8">
          {rows.map(({ key, label, section }) => (
            <li key={key} className={classes.lack}>
              <a
                className="link"
                href={`#${idOf({ key })}`}
                onClick={(event) => {
                  event.preventDefault();
                  goToField(key);
                }}
              >
                {label}
              </a>
              <span className="t3 xs">{section}</span>
            </li>
          ))}
        </ul>
      )}
      <ProblemAlert error={handIn.problem} ns="apply" />
      {isChanged && (
        <Button className="mt12" variant="filled" size="lg" fullWidth loading={handIn.busy} onClick={handIn.act}>
          {t(isAgain ? 'file.handInAgain' : 'file.handIn')}
        </Button>
      )}
      <p className="t2 mt12">{t(isAgain ? 'missing.again' : 'missing.what')}</p>
      {onBack && (
        <Button className="mt12" size="md" fullWidth onClick={onBack}>
          {t('missing.back')}
        </Button>
      )}
    </Panel>
  );
}

function useRows(sections: readonly ShownSection[], { theirs }: Draft) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  return sections.flatMap(({ section, fields, missing }) => {
    const codes = new Map(missing.map(({ field, code }) => [field, code]));
    return fields
      .filter(({ key }) => key in theirs || codes.has(key))
      .map(({ key, label }) => ({
        key,
        label: t(`missing.code.${key in theirs ? 'two' : (codes.get(key) ?? 'required')}`, {
          label: said(label, locale),
        }),
        section: section ? said(section.label, locale) : '',
      }));
  });
}
