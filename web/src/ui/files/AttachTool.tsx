import { ActionIcon } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../Icon';

interface AttachToolProps {
  size?: 'sm' | undefined;
  disabled?: boolean;
  onFiles: (files: File[]) => void;
}

/** Chooses files that go with what is being written. */
export function AttachTool({ size, disabled = false, onFiles }: AttachToolProps) {
  const { t } = useTranslation('files');
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <ActionIcon
        {...(size && { size })}
        aria-label={t('attach')}
        title={t('attach')}
        disabled={disabled}
        onClick={() => picker.current?.click()}
      >
        <Icon of={IconPaperclip} {...(size && { size: 16 })} />
      </ActionIcon>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        disabled={disabled}
        aria-label={t('attach')}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
