import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Why it is done: shown to all who read the topic. */
export function WhyField({ value, onChange }: { value: string; onChange: (why: string) => void }) {
  const { t } = useTranslation('forum');
  return (
    <TextInput
      mt="sm"
      label={t('moderation.why')}
      description={t('moderation.whyShown')}
      value={value}
      maxLength={200}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
