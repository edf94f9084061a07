import { useTranslation } from 'react-i18next';
import type { FormField } from '../../../../../src/contracts/calls/forms';
import { useLocale } from '../../../time/clock';
import { Notice } from '../../../ui/page/State';
import { labelOf } from '../form/fields';
import type { Lack } from './lacks';

interface LackListProps {
  lacks: readonly Lack[];
  fields: readonly FormField[];
  /** It was refused, or what one writes in a published call waits for it. */
  why: 'publish' | 'save';
  onGo: (lack: Lack) => void;
}

/** What the call lacks before it goes out; each leads to where it is written, and goes once it is there. */
export function LackList({ lacks, fields, why, onGo }: LackListProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  if (lacks.length === 0) return null;
  const placeOf = (pointer: string, part: 'dates' | 'criteria') => {
    const at = pointer.split('/')[2];
    return at === undefined ? t(`parts.${part}`) : t(`${part}.number`, { n: Number(at) + 1 });
  };
  const nameOf = ({ field, part, pointer }: Lack) => {
    const asked = fields.find(({ key }) => key === field);
    if (part === 'dates' || part === 'criteria') return placeOf(pointer, part);
    return asked ? t('lacks.field', { label: labelOf(asked, locale) || t('form.unnamed') }) : t(`parts.${part}`);
  };
  return (
    <Notice tone={why === 'publish' ? 'alert' : 'wait'}>
      <p className="med">{t(`lacks.title_${why}`, { count: lacks.length })}</p>
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
  );
}
