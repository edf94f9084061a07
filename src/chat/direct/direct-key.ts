import type { ChannelRow } from '../channels/channel.schema.js';

const PREFIX = 'direct:';

/** The key of the one conversation of some people. */
export const directKey = (userIds: readonly string[]): string => `${PREFIX}${[...userIds].sort().join(',')}`;

/** Whose conversation it is, by its key: nobody ever leaves one, and until something is said in it only who opened it has a place in it. */
export const peopleOfDirect = ({ key }: Pick<ChannelRow, 'key'>): string[] => key.slice(PREFIX.length).split(',');
