import { Radio, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FlagKind, type FlagPost } from '../../../../src/contracts/forum/flags';

/** Why somebody asks staff to look at a post. */
export type Why = FlagPost;

interface FlagFieldsProps {
  why: Why;
  onChange: (why: Why) => void;
  /** Whose words it is asked in. */
  ns: 'forum' | 'commons';
}

/** One of the kinds, and a reason in words, which another kind needs. */
export function FlagFields({ why: { kind, reason }, onChange, ns }: FlagFieldsProps) {
  const { t } = useTranslation(ns);
  return (
    <>
      <Radio.Group
        className="mt12"
        label={t('flagAsk.kind')}
        value={kind}
        onChange={(chosen) => onChange({ kind: FlagKind.parse(chosen), reason })}
      >
        {FlagKind.options.map((one) => (
          <Radio key={one} className="mt8" value={one} label={t(`flagKinds.${one}`)} />
        ))}
      </Radio.Group>
      <Textarea
        className="mt12"
        required={kind === 'other'}
        label={t('flagAsk.reason')}
        value={reason}
        maxLength={500}
        onChange={(event) => onChange({ kind, reason: event.currentTarget.value })}
      />
    </>
  );
}
