import { ActionIcon, Modal, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from '@tabler/icons-react';
import { useState, type SubmitEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../../../src/contracts/files';
import { MAX_ALT } from '../../../../src/contracts/limits';
import { useLocale } from '../../time/clock';
import { refocus, useFocusBack } from '../page/focus';
import { Icon } from '../Icon';
import { useProblemText } from '../page/ProblemAlert';
import { SaveButton } from '../forms/SaveButton';
import { toastProblem } from '../toast';
import { FileImage } from './FileImage';
import { formatSize } from '../forms/file-size';
import classes from './Files.module.css';

interface LightboxProps {
  images: readonly Attachment[];
  at: number;
  onAt: (at: number) => void;
  onDescribe: ((fileId: string, alt: string) => Promise<void>) | undefined;
  onClose: () => void;
}

/** The images of a message, one at a time and as large as the window; arrows turn, Escape closes. */
export default function Lightbox({ images, at, onAt, onDescribe, onClose }: LightboxProps) {
  const { t } = useTranslation('files');
  const locale = useLocale();
  useFocusBack(true);
  const image = images[Math.min(at, images.length - 1)];
  if (!image) return null;
  const turn = (by: number) => onAt((at + by + images.length) % images.length);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return;
    if (event.key === 'ArrowLeft') turn(-1);
    if (event.key === 'ArrowRight') turn(1);
  };
  return (
    <Modal.Root opened onClose={onClose} fullScreen padding={0} radius={0} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content className={classes.viewing} aria-label={t('viewer', { name: image.name })}>
        <Modal.Body className={classes.viewer} onKeyDown={onKeyDown}>
          <div className={classes.viewHead}>
            <bdi className={classes.name}>{image.name}</bdi>
            <span className={classes.size}>{formatSize(image.size, locale)}</span>
            <span className="right row g4">
              {images.length > 1 && (
                <>
                  <ActionIcon aria-label={t('previous')} onClick={() => turn(-1)}>
                    <Icon of={IconChevronLeft} />
                  </ActionIcon>
                  <span className="t2" aria-live="polite">
                    {t('count', { at: at + 1, of: images.length })}
                  </span>
                  <ActionIcon aria-label={t('next')} onClick={() => turn(1)}>
                    <Icon of={IconChevronRight} />
                  </ActionIcon>
                </>
              )}
              <ActionIcon component="a" href={image.url} download={image.name} aria-label={t('download')}>
                <Icon of={IconDownload} />
              </ActionIcon>
              <ActionIcon aria-label={t('close')} onClick={onClose} data-autofocus>
                <Icon of={IconX} />
              </ActionIcon>
            </span>
          </div>
          <div className={classes.stage}>
            <FileImage
              key={image.id}
              src={largest(image)}
              alt={image.alt}
              width={image.width ?? undefined}
              height={image.height ?? undefined}
            />
          </div>
          {onDescribe ? (
            <Description key={image.id} image={image} onDescribe={onDescribe} />
          ) : (
            image.alt !== '' && <p className={classes.caption}>{image.alt}</p>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** What moves is shown as it came: its previews stand still. */
const largest = (image: Attachment) => (image.type === 'image/gif' ? image.url : (image.previews?.large ?? image.url));

function Description({
  image,
  onDescribe,
}: { image: Attachment } & { onDescribe: NonNullable<LightboxProps['onDescribe']> }) {
  const { t } = useTranslation('files');
  const text = useProblemText('chat');
  const [alt, setAlt] = useState(image.alt);
  const [busy, setBusy] = useState(false);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const focused = document.activeElement;
    setBusy(true);
    onDescribe(image.id, alt.trim())
      .catch((error: unknown) => toastProblem(text(error)))
      .finally(() => {
        setBusy(false);
        refocus(focused);
      });
  };
  return (
    <form className={classes.describing} onSubmit={save}>
      <TextInput
        className={classes.altField}
        label={t('alt')}
        placeholder={t('altHelp')}
        maxLength={MAX_ALT}
        value={alt}
        onChange={(event) => setAlt(event.currentTarget.value)}
      />
      <SaveButton variant="default" dirty={alt.trim() !== image.alt} busy={busy}>
        {t('save')}
      </SaveButton>
    </form>
  );
}
