import { ActionIcon, Progress, TextInput } from '@mantine/core';
import {
  IconAlertCircle,
  IconClock,
  IconFile,
  IconPhotoDown,
  IconRefresh,
  IconTextCaption,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_ALT } from '../../../../src/contracts/limits';
import { useLocale } from '../../time/clock';
import { Icon } from '../Icon';
import { useProblemText } from '../page/ProblemAlert';
import { FileImage } from './FileImage';
import { formatSize } from '../forms/file-size';
import { describe, removeUpload, tryAgain, type Upload } from './uploads';
import classes from './Files.module.css';

interface UploadTrayProps {
  uploads: readonly Upload[];
  /** Puts an image into the text, where that is possible. */
  placing?: { label: (name: string) => string; place: (upload: Upload) => void };
}

/** The files that will go with what is being written: how far each is, and what can be done with it. */
export default function UploadTray({ uploads, placing }: UploadTrayProps) {
  const { t } = useTranslation('files');
  const [describing, setDescribing] = useState<string | null>(null);
  const described = uploads.find((one) => one.key === describing);
  return (
    <div className={classes.tray}>
      <ul className={classes.items} aria-label={t('tray')}>
        {uploads.map((one) => (
          <li key={one.key} className={classes.item} data-refused={one.state === 'refused'}>
            <Face upload={one} />
            <div className={classes.about}>
              <bdi className={classes.name} title={one.name}>
                {one.name}
              </bdi>
              <Progressing upload={one} />
            </div>
            {placing && one.uploaded?.previews && (
              <ActionIcon
                size="sm"
                aria-label={placing.label(one.name)}
                title={placing.label(one.name)}
                onClick={() => placing.place(one)}
              >
                <Icon of={IconPhotoDown} size={16} />
              </ActionIcon>
            )}
            {one.uploaded?.previews && (
              <ActionIcon
                size="sm"
                aria-label={t('describe', { name: one.name })}
                title={t('alt')}
                aria-expanded={describing === one.key}
                onClick={() => setDescribing(describing === one.key ? null : one.key)}
              >
                <Icon of={IconTextCaption} size={16} />
              </ActionIcon>
            )}
            {(one.state === 'waiting' || isWorthTrying(one)) && (
              <ActionIcon size="sm" aria-label={t('retry', { name: one.name })} onClick={() => tryAgain(one.key)}>
                <Icon of={IconRefresh} size={16} />
              </ActionIcon>
            )}
            <ActionIcon
              size="sm"
              aria-label={t(one.state === 'sending' ? 'cancel' : 'remove', { name: one.name })}
              onClick={() => removeUpload(one)}
            >
              <Icon of={IconX} size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {described && (
        <TextInput
          size="sm"
          label={t('altOf', { name: described.name })}
          placeholder={t('altHelp')}
          maxLength={MAX_ALT}
          value={described.alt}
          autoFocus
          onChange={(event) => describe(described.key, event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') setDescribing(null);
          }}
        />
      )}
    </div>
  );
}

/** Too many at once, or too many that wait: later it may be taken. */
const isWorthTrying = ({ problem, state }: Upload) =>
  state === 'refused' && (problem?.status === 409 || problem?.status === 429);

function Face({ upload }: { upload: Upload }) {
  const picture = upload.state === 'refused' ? null : (upload.local ?? upload.uploaded?.previews?.small);
  return (
    <span className={classes.face} data-dim={upload.state !== 'done'}>
      {picture ? <FileImage src={picture} alt="" /> : <Icon of={IconFile} />}
    </span>
  );
}

function Progressing({ upload }: { upload: Upload }) {
  const { t } = useTranslation('files');
  const text = useProblemText('files');
  const locale = useLocale();
  const { state, share, name } = upload;
  if (state === 'refused')
    return (
      <span className={classes.refused} role="alert">
        <Icon of={IconAlertCircle} size={14} /> {text(upload.problem)}
      </span>
    );
  if (state === 'waiting')
    return (
      <span className={classes.size} role="status">
        <Icon of={IconClock} size={14} /> {t('waiting')}
      </span>
    );
  if (state === 'done') return <span className={classes.size}>{formatSize(upload.size, locale)}</span>;
  return <Progress size="sm" value={Math.round(share * 100)} aria-label={t('progress', { name })} mt={6} />;
}
