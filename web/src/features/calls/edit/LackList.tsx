import { useTranslation } from 'react-i18next';
import type { FormField } from '../../../../../src/contracts/calls/forms';
import { useLocale } from '../../../time/clock';
import { Notice } from '../../../ui/page/State';
import { labelOf } from '../form/fields';
import type { Lack } from './lacks';

interface LackListProps {
  lacks: readonly Lack[];
  fields: readonly FormField[];
  onGo: (lack: Lack) => void;
}

/** What the call lacks before it goes out; each leads to where it is written, and goes once it is there. */
export function LackList({ lacks, fields, onGo }: LackListProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  if (lacks.length === 0) return null;
  const nameOf = ({ field, part }: Lack) => {
    const asked = fields.find(({ key }) => key === field);
    return asked ? t('lacks.field', { label: labelOf(asked, locale) || t('form.unnamed') }) : t(`parts.${part}`);
  };
  return (
    <div className="mt16">
      <Notice tone="alert">
        <p className="med">{t('lacks.title', { count: lacks.length })}</p>
        <ul className="stackv g4 mt4">
          {lacks.map((lack) => (
            <li key={`${lack.pointer} ${lack.code}`}>
              <button type="button" className="link" onClick={() => onGo(lack)}>
                {nameOf(lack)}
              </button>{' '}
              {t([
                `lacks.${lack.code}${lack.code === 'required' && lack.language ? `_${lack.language}` : ''}`,
                'lacks.other',
              ])}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
