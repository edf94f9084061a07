import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Scope } from '../series/series';

interface ScopeFieldProps {
  label: string;
  value: Scope;
  onChange: (scope: Scope) => void;
}

/** Which dates of a series an act is about. */
export function ScopeField({ label, value, onChange }: ScopeFieldProps) {
  const { t } = useTranslation('workshops');
  return (
    <Radio.Group label={label} description={t('scope.help')} value={value} onChange={(one) => onChange(one)}>
      <div className="stackv g8 mt8">
        {(['one', 'following', 'all'] as const).map((scope) => (
          <Radio key={scope} value={scope} label={t(`scope.${scope}`)} />
        ))}
      </div>
    </Radio.Group>
  );
}
