import { keys } from '../../api/keys';
import { forgetLeft, leaveChannel, leaveCohort, leftChannels, leftCohorts } from '../../api/left';
import { queryClient } from '../../api/query';
import type { ChannelSummary, Me, Membership } from '../../api/types';
import { fetchChannels } from './channels';
import { askAgain } from '../live';

const channel = (id: string) => ({ id, cohortId: 'cohort', rev: 1 }) as ChannelSummary;
const membership = (cohortId: string) => ({ cohortId }) as Membership;
const me = (...cohortIds: string[]) => ({ id: 'me', isAdmin: false, memberships: cohortIds.map(membership) }) as Me;

/** What the server answers, and what comes over the line while it does. */
function answers(bodies: Record<string, unknown>, meanwhile: () => void = () => undefined): void {
  jest.spyOn(globalThis, 'fetch').mockImplementation((path) => {
    meanwhile();
    return Promise.resolve(Response.json(bodies[path as string] ?? { items: [] }));
  });
}
const listed = async () => (await fetchChannels()).items.map(({ id }) => id);

beforeEach(() => {
  forgetLeft();
  queryClient.clear();
});
afterEach(() => {
  jest.restoreAllMocks();
  queryClient.clear();
});

it('given I came back into a channel while the line was cut, then it is mine again as soon as the server lists it', async () => {
  leaveChannel(channel('a'));
  leaveChannel(channel('b'));
  answers({ '/api/channels': { items: [channel('a')] } });
  expect(await listed()).toEqual(['a']);
  expect([...leftChannels.get().keys()]).toEqual(['b']);
});

it('given I am taken out while the list is on its way, then I stay out, also where I was out and in again', async () => {
  leaveChannel(channel('again'));
  answers({ '/api/channels': { items: [channel('a'), channel('again')] } }, () => {
    leaveChannel(channel('a'));
    leaveChannel(channel('again'));
  });
  expect(await listed()).toEqual([]);
});

it('given I came back into a cohort while the line was cut, then it is mine again; taken out meanwhile, then not', async () => {
  queryClient.setQueryData(keys.me, me('kept'));
  leaveCohort(membership('back'), []);
  answers({ '/api/me': me('kept', 'back', 'going') }, () => {
    if (!leftCohorts.get().has('going')) leaveCohort(membership('going'), []);
  });
  askAgain(queryClient);
  const shown = () => queryClient.getQueryData<Me>(keys.me)!.memberships.map(({ cohortId }) => cohortId);
  while (shown().length === 1) await new Promise((done) => setImmediate(done));
  expect(shown()).toEqual(['kept', 'back']);
  expect([...leftCohorts.get().keys()]).toEqual(['going']);
});
