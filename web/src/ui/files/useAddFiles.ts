import { useTranslation } from 'react-i18next';
import type { UploadPlace } from './uploads';
import { toast } from '../toast';

/** Adds files to what is written at a place, and says when that were too many. What uploads comes with the first file. */
export function useAddFiles(): (place: UploadPlace, files: readonly File[]) => void {
  const { t } = useTranslation('files');
  return (place, files) =>
    void import('./uploads').then(({ addFiles }) => {
      const left = addFiles(place, files);
      if (left > 0) toast(t('tooMany', { count: left }));
    });
}
