import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** English or French, each in its own words. */
export function LocaleSelect(props: Omit<SelectProps, 'data'>) {
  const { t } = useTranslation();
  return (
    <Select
      {...props}
      allowDeselect={false}
      data={[
        { value: 'en', label: t('common:languages.en') },
        { value: 'fr', label: t('common:languages.fr') },
      ]}
    />
  );
}
