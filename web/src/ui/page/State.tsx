import { IconAlertCircle, IconCheck, IconClock, type Icon as TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../Icon';

export type Tone = 'ok' | 'wait' | 'alert';

const usual: Record<Tone, TablerIcon> = { ok: IconCheck, wait: IconClock, alert: IconAlertCircle };

/** A state is its icon and its word, without a box: Going, 3rd in line, 2 days late. */
export function State({ tone, icon, children }: { tone?: Tone; icon?: TablerIcon; children: ReactNode }) {
  const shape = icon ?? (tone ? usual[tone] : undefined);
  return (
    <span className={`state ${tone ?? 't3'}`}>
      {shape && <Icon of={shape} size={16} />}
      {children}
    </span>
  );
}

/** A badge, only where kinds mix in one row. */
export function Tag({ tone, icon, children }: { tone?: Tone | 'info'; icon?: TablerIcon; children: ReactNode }) {
  return (
    <span className={`badge ${tone ?? ''}`}>
      {icon && <Icon of={icon} size={14} />}
      {children}
    </span>
  );
}

/** A box of one or two sentences inside a page: what happened and what to do now. */
export function Notice({ tone = 'wait', icon, children }: { tone?: Tone; icon?: TablerIcon; children: ReactNode }) {
  return (
    <div className={`notice ${tone}`} role={tone === 'alert' ? 'alert' : 'status'}>
      <Icon of={icon ?? (tone === 'ok' ? IconCheck : IconAlertCircle)} />
      <div className="grow">{children}</div>
    </div>
  );
}
