import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StorageUse } from '../../../../src/contracts/storage';
import { useLocale } from '../../time/clock';
import { formatSize } from '../../ui/forms/file-size';

/** From this share on it is time to make room. */
const NEARLY = 0.9;

/** "Used 340 MB of 1 GB", with a bar; `name` says whose. */
export function UseBar({ name, use: { files, used, limit } }: { name: string; use: StorageUse }) {
  const { t } = useTranslation('storage');
  const locale = useLocale();
  const share = used / limit;
  return (
    <div className="grow">
      <div className="row wrap">
        <b className="cut">{name}</b>
        <span className="right t2 num">
          {t('used', { used: formatSize(used, locale), limit: formatSize(limit, locale) })}
        </span>
      </div>
      <Progress
        mt={6}
        color={share >= NEARLY ? 'corde' : undefined}
        value={Math.min(100, share * 100)}
        aria-label={name}
      />
      <p className="t2 xs mt4">
        {t('files', { count: files })}
        {share >= NEARLY && ` ${t(share >= 1 ? 'full' : 'nearly')}`}
      </p>
    </div>
  );
}
