import { useRef, useState, type DragEvent, type HTMLAttributes } from 'react';
import { useTranslation } from 'react-i18next';
import type { UploadPlace } from './uploads';
import { useAddFiles } from './useAddFiles';
import classes from './Files.module.css';

interface DropZoneProps extends HTMLAttributes<HTMLElement> {
  as: 'section' | 'aside' | 'div';
  /** Where dropped files go; null where nothing may be written. */
  place: UploadPlace | null;
}

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** A part of the page on which files can be dropped. */
export function DropZone({ as: Part, place, children, className = '', ...rest }: DropZoneProps) {
  const { t } = useTranslation('files');
  const add = useAddFiles();
  const [isOver, setIsOver] = useState(false);
  // Each part within tells of its own that something comes over it and leaves it.
  const depth = useRef(0);
  const moved = (event: DragEvent, by: 1 | -1) => {
    if (!hasFiles(event)) return;
    depth.current = Math.max(0, depth.current + by);
    setIsOver(depth.current > 0 && place !== null);
  };
  return (
    <Part
      {...rest}
      className={`${className} ${classes.zone}`}
      onDragEnter={(event) => moved(event, 1)}
      onDragLeave={(event) => moved(event, -1)}
      onDragOver={(event) => {
        // Without this the browser would leave the page for the file.
        if (hasFiles(event)) event.preventDefault();
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setIsOver(false);
        if (place !== null) add(place, [...event.dataTransfer.files]);
      }}
    >
      {children}
      {isOver && (
        <div className={classes.drop}>
          {t('drop')}
          <span>{t('dropHint')}</span>
        </div>
      )}
    </Part>
  );
}
