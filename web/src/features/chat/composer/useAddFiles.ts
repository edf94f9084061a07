import { useTranslation } from 'react-i18next';
import { toast } from '../../../ui/toast';

/** Adds files to what is written at a place, and says when that were too many. What uploads comes with the first file. */
export function useAddFiles(): (place: string, files: readonly File[]) => void {
  const { t } = useTranslation('chat');
  return (place, files) =>
    void import('./uploads').then(({ addFiles }) => {
      const left = addFiles(place, files);
      if (left > 0) toast(t('files.tooMany', { count: left }));
    });
}
