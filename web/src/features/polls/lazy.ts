import { bringWords } from '../../i18n/i18n';
import { lazyPart } from '../../ui/page/lazy-part';

/** Few topics have a poll: what shows one comes with its words when there is one. */
export const PollOfPost = lazyPart(async () => {
  const [part] = await Promise.all([import('./PollOfPost'), bringWords('polls')]);
  return part;
});

export const PollField = lazyPart(async () => {
  const [part] = await Promise.all([import('./PollField'), bringWords('polls')]);
  return part;
});
