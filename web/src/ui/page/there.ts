import { useTranslation } from 'react-i18next';
import type { There } from '../../../../src/contracts/calendar';
import { useMaybeMe } from '../../api/session';
import { useLocale, useZone } from '../../time/clock';
import { formatRange } from '../../time/format';

/** What somebody has at a time, as one sentence, with its hours in my zone: the same on every page. */
export function useThereText(): (there: There) => string {
  const { t } = useTranslation('problems');
  const me = useMaybeMe();
  const [zone, locale] = [useZone(), useLocale()];
  return (there) => {
    const { kind, hosting, title, name, startsAt, endsAt } = there;
    const what = kind === 'workshop' ? (hosting ? 'hosting' : 'going') : kind;
    const words = {
      what,
      title: title ?? '',
      name: name ?? t('there.somebody'),
      when: formatRange(startsAt, endsAt, zone, locale),
    };
    return t(there.userId === me?.id ? 'there.mine' : 'there.theirs', words);
  };
}
