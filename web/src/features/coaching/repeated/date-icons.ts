import { IconCalendarX, IconClock, type Icon } from '@tabler/icons-react';
import type { DateReason } from '../../../../../src/contracts/mentoring/session-series';
import { reasonIcons } from '../booking/reasons';

/** The sign of each reason for which a date is not free. */
export const dateIcons: Record<DateReason, Icon> = { ...reasonIcons, in_the_past: IconClock, clash: IconCalendarX };
