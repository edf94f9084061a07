import type { Message } from '../../../../../src/contracts/chat/chat';
import { EditsDialog } from '../../reports/EditsDialog';
import { ReportDialog } from '../channels/ReportDialog';
import { RemindDialog } from '../later/RemindDialog';

/** A message that somebody looks at more closely, and for what. */
export interface Looking {
  at: 'report' | 'history' | 'remind';
  message: Message;
}

/** Hands a message over to staff, shows what it said before, or plans that I am reminded of it. */
export default function MessageDialog({ looking, onClose }: { looking: Looking; onClose: () => void }) {
  const { at, message } = looking;
  if (at === 'report') return <ReportDialog message={message} onClose={onClose} />;
  if (at === 'remind') return <RemindDialog message={message} onClose={onClose} />;
  return <EditsDialog channelId={message.channelId} messageId={message.id} onClose={onClose} />;
}
