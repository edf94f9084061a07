import { useTranslation } from 'react-i18next';
import type { Lack } from './lacks';

/** Words for what is lacking at an input, by its id. */
export function useErrorAt(lacks: readonly Lack[]): (id: string) => string | undefined {
  const { t } = useTranslation('calls');
  return (id) => {
    const lack = lacks.find((one) => one.id === id);
    return lack && t([`lacks.${lack.code}`, 'lacks.other']);
  };
}
