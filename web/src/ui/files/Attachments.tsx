import { IconDownload, IconFile } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../../../src/contracts/files';
import { useLocale } from '../../time/clock';
import { Icon } from '../Icon';
import { FileImage } from './FileImage';
import { formatSize } from '../forms/file-size';
import { lazyPart } from '../page/lazy-part';
import { Part } from '../forms/Part';
import classes from './Files.module.css';

const Lightbox = lazyPart(() => import('./Lightbox'));

const WIDEST = 400;
const HIGHEST = 300;
const LEAST = 80;

/** The box of a single image, in pixels: known before the image is there, so that nothing jumps. */
function boxOf({ width, height }: Attachment): { width: number; aspectRatio: string } {
  const [w, h] = [width ?? WIDEST, height ?? HIGHEST];
  const scale = Math.min(1, WIDEST / w, HIGHEST / h);
  const [shownWidth, shownHeight] = [Math.max(LEAST, Math.round(w * scale)), Math.max(LEAST, Math.round(h * scale))];
  return { width: shownWidth, aspectRatio: `${shownWidth} / ${shownHeight}` };
}

interface AttachmentsProps {
  files: readonly Attachment[];
  /** Present where I may say what an image shows. */
  onDescribe?: ((fileId: string, alt: string) => Promise<void>) | undefined;
}

/** The files of a message: images as a grid that opens large, sounds and films that play, all else as rows to download. */
export function Attachments({ files, onDescribe }: AttachmentsProps) {
  const { t } = useTranslation('files');
  const [at, setAt] = useState<number | null>(null);
  const images = files.filter((one) => one.previews !== null);
  const others = files.filter((one) => one.previews === null);
  if (files.length === 0) return null;
  return (
    <div className={classes.files}>
      {images.length > 0 && (
        <div className={classes.grid} data-many={images.length > 1}>
          {images.map((image, index) => (
            <button
              key={image.id}
              type="button"
              className={classes.box}
              style={images.length === 1 ? boxOf(image) : undefined}
              aria-label={t('open', { name: image.alt || image.name })}
              onClick={() => setAt(index)}
            >
              <FileImage src={image.previews?.small ?? image.url} alt={image.alt} loading="lazy" draggable={false} />
            </button>
          ))}
        </div>
      )}
      {others.map((file) => (
        <OtherFile key={file.id} file={file} />
      ))}
      <Part lost="over">
        {at !== null && (
          <Lightbox images={images} at={at} onAt={setAt} onDescribe={onDescribe} onClose={() => setAt(null)} />
        )}
      </Part>
    </div>
  );
}

function OtherFile({ file }: { file: Attachment }) {
  const { t } = useTranslation('files');
  const locale = useLocale();
  const { kind, name, size, url } = file;
  return (
    <div className={classes.other}>
      {/* What people record has no captions; it stands with its name, and is downloaded as it is. */}
      {kind === 'video' && <video className={classes.video} src={url} controls preload="metadata" aria-label={name} />}
      {kind === 'audio' && <audio className={classes.audio} src={url} controls preload="none" aria-label={name} />}
      <a
        className={classes.row}
        href={url}
        download={name}
        title={name}
        aria-label={t('downloadOf', { name, size: formatSize(size, locale) })}
      >
        <Icon of={IconFile} />
        <bdi className={classes.name}>{name}</bdi>
        <span className={classes.size}>{formatSize(size, locale)}</span>
        <Icon of={IconDownload} size={16} />
      </a>
    </div>
  );
}
