import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { listOf } from '../../../i18n/list-of';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatAbsolute } from '../../../time/format';

/** For whom it is, and from when until when one joins: said to who does not stand yet, while it lies ahead. */
export function WhoMayJoin({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const { mine, opensAt, closesAt, requires, startsAt } = workshop;
  if (mine || Date.parse(startsAt) <= now) return null;
  const at = (instant: string) => formatAbsolute(instant, zone, locale);
  const named = (names: string[]) => listOf(names, locale, 'disjunction');
  const isClosed = closesAt !== null && Date.parse(closesAt) <= now;
  return (
    <>
      {requires && requires.roles.length > 0 && (
        <p className="t2 mt8">
          {t('joining.roles', { roles: named(requires.roles.map((role) => t(`common:roles.${role}`))) })}
        </p>
      )}
      {requires && requires.crafts.length > 0 && (
        <p className="t2 mt8">
          {t('joining.crafts', { crafts: named(requires.crafts.map((craft) => t(`common:crafts.${craft}`))) })}
        </p>
      )}
      {opensAt && Date.parse(opensAt) > now && <p className="t2 mt8">{t('joining.opens', { at: at(opensAt) })}</p>}
      {closesAt && <p className="t2 mt8">{t(isClosed ? 'joining.closed' : 'joining.closes', { at: at(closesAt) })}</p>}
    </>
  );
}
