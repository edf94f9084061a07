import { Checkbox, VisuallyHidden } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PreferenceKind } from '../../../../../src/contracts/notifications/notifications';
import { Icon } from '../../../ui/Icon';
import type { PartProps } from './NoticeSections';
import classes from '../settings.module.css';

const KINDS: PreferenceKind[] = ['sessions', 'workshops', 'milestones', 'chat', 'forum'];
const WAYS = ['inbox', 'mail', 'push'] as const;
/** What nobody can switch off. */
const ALWAYS = ['moved', 'security'] as const;

/** The row that a notice led to: seen, and its first choice under the finger. */
function comeTo(row: HTMLTableRowElement | null): void {
  row?.scrollIntoView({ block: 'center' });
  row?.querySelector('input')?.focus({ preventScroll: true });
}

/** Which notice comes by which way: a small grid, saved at each click. */
export function NotificationGrid({ preferences, onChange }: PartProps) {
  const { t } = useTranslation('settings');
  const here = useLocation().hash;
  const { digest } = preferences;
  const set = (kind: PreferenceKind, way: (typeof WAYS)[number], on: boolean) =>
    onChange({
      ...preferences,
      kinds: { ...preferences.kinds, [kind]: { ...preferences.kinds[kind], [way]: on } },
    });
  const gather = (kind: PreferenceKind, on: boolean) =>
    digest &&
    onChange({
      ...preferences,
      digest: { ...digest, kinds: KINDS.filter((one) => (one === kind ? on : digest.kinds.includes(one))) },
    });
  return (
    <div className="mt24">
      <table className={classes.grid}>
        <thead>
          <tr>
            <th scope="col">{t('notifications.when')}</th>
            {WAYS.map((way) => (
              <th key={way} scope="col" className={classes.choice}>
                {t(`notifications.ways.${way}`)}
              </th>
            ))}
            {digest && (
              <th scope="col" className={classes.choice}>
                {t('notifications.ways.digest')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind} data-here={kind === here} ref={kind === here ? comeTo : undefined}>
              <th scope="row">
                <b>{t(`notifications.kinds.${kind}.title`)}</b>
                <div className="t3">{t(`notifications.kinds.${kind}.what`)}</div>
              </th>
              {WAYS.map((way) => (
                <td key={way} className={classes.choice}>
                  <span className={classes.tap}>
                    <Checkbox
                      aria-label={`${t(`notifications.kinds.${kind}.title`)}, ${t(`notifications.ways.${way}`)}`}
                      checked={
                        preferences.kinds[kind][way] !== false && (way !== 'push' || preferences.kinds[kind].inbox)
                      }
                      // A push is a hint at the inbox.
                      disabled={way === 'push' && !preferences.kinds[kind].inbox}
                      onChange={(event) => set(kind, way, event.currentTarget.checked)}
                    />
                  </span>
                </td>
              ))}
              {digest && (
                <td className={classes.choice}>
                  <span className={classes.tap}>
                    <Checkbox
                      aria-label={`${t(`notifications.kinds.${kind}.title`)}, ${t('notifications.ways.digest')}`}
                      disabled={!preferences.kinds[kind].mail}
                      checked={preferences.kinds[kind].mail && digest.kinds.includes(kind)}
                      onChange={(event) => gather(kind, event.currentTarget.checked)}
                    />
                  </span>
                </td>
              )}
            </tr>
          ))}
          {ALWAYS.map((what) => (
            <tr key={what}>
              <th scope="row">
                <b>{t(`notifications.always.${what}.title`)}</b>
                <div className="t3">{t(`notifications.always.${what}.what`)}</div>
              </th>
              {WAYS.map((way) => (
                <td key={way} className={`${classes.choice} t2`} title={t('notifications.alwaysOn')}>
                  <Icon of={IconLock} />
                  <VisuallyHidden>{t('notifications.alwaysOn')}</VisuallyHidden>
                </td>
              ))}
              {digest && <td />}
            </tr>
          ))}
        </tbody>
      </table>
      {digest && <p className="t3 xs mt8">{t('notifications.inDigest')}</p>}
    </div>
  );
}
