import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Shown } from './shown';

/** English, French, or both beside each other. */
export function LanguageSwitch({ value, onChange }: { value: Shown; onChange: (shown: Shown) => void }) {
  const { t } = useTranslation('handbook');
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('language')}
      value={value}
      onChange={onChange}
      data={(['en', 'fr', 'both'] as const).map((one) => ({
        value: one,
        label: one === 'both' ? t('both') : t(`languages.${one}`),
      }))}
    />
  );
}
