import { ActionIcon, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon';
import classes from './feeds.module.css';

/** An address that is shown once, to be copied. */
export function AddressLine({ url }: { url: string }) {
  const { t } = useTranslation('feeds');
  return (
    <div className={classes.address}>
      <span className="cut grow">{url}</span>
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <ActionIcon size="sm" autoFocus onClick={copy} aria-label={t(copied ? 'copied' : 'copy')}>
            <Icon of={copied ? IconCheck : IconCopy} size={16} />
          </ActionIcon>
        )}
      </CopyButton>
    </div>
  );
}
