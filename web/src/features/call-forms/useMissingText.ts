import { useTranslation } from 'react-i18next';
import type { Missing } from '../../../../src/contracts/calls/answers';
import type { FormField } from '../../../../src/contracts/calls/forms';
import type { Locale } from '../../api/types';

/** Words for what is missing or wrong in an answer, in the language in which the form is read. */
export function useMissingText(locale: Locale) {
  const { t } = useTranslation('call-forms', { lng: locale });
  return ({ code, over = 0 }: Omit<Missing, 'field'>, { kind }: Pick<FormField, 'kind'>) =>
    t(`missing.${code}`, { kind, over });
}
