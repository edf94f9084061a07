import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SessionKind } from '../../../../../src/contracts/mentoring/mentoring';
import { Group } from '../../../ui/page/Group';
import classes from '../coaching.module.css';
import type { PartProps } from '../notes/editor';
import { KINDS } from './kinds';

const CHOICES = [30, 45, 60, 75, 90, 120];

/** The kinds of session that a coach offers beside their usual one, each with its length. */
export function Kinds({ draft, onChange, errorAt }: PartProps) {
  const { t } = useTranslation('coaching');
  const lengths = draft.lengths ?? {};
  const put = (kind: SessionKind, minutes: number | undefined) => {
    const next = { ...lengths, [kind]: minutes };
    const none = KINDS.every((one) => next[one] === undefined);
    onChange({ lengths: none ? undefined : next });
  };
  return (
    <Group className="mt32" title={t('kinds.title')}>
      <p className="t2 mt12">{t('kinds.what')}</p>
      <div className={classes.limits}>
        {KINDS.map((kind) => (
          <NativeSelect
            key={kind}
            label={t(`kinds.${kind}`)}
            value={String(lengths[kind] ?? '')}
            error={errorAt(`/lengths/${kind}`)}
            data={[
              { value: '', label: t('kinds.notOffered') },
              ...withOwn(CHOICES, lengths[kind]).map((count) => ({
                value: String(count),
                label: t('minutes', { count }),
              })),
            ]}
            onChange={(event) => put(kind, Number(event.currentTarget.value) || undefined)}
          />
        ))}
      </div>
    </Group>
  );
}

const withOwn = (choices: readonly number[], own: number | undefined) =>
  [...new Set([...choices, ...(own === undefined ? [] : [own])])].sort((a, b) => a - b);
