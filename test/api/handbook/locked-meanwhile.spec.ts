import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';

/** What staff say of a page holds for what was asked before it and is written after it. */
let world: TestWorld;
let C: string;
let [zoe, ali, staff]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}/handbook`;
  zoe = await aMember(world, cohortId, 'fellow');
  ali = await aMember(world, cohortId, 'fellow');
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());

const aPage = async (title: string) =>
  (await zoe!.client.post(C, { en: { title, body: 'As it is' }, parentId: null })).body;
const stands = async (id: string) => {
  const { title, parentId, owner, checked, en } = (await staff!.client.get(`${C}/${id}`)).body;
  return { title, parentId, owner, checked, en };
};

type Act = (page: any, below: string) => PromiseLike<{ status: number; body: any }>;

const ACTS: [string, Act, string[]][] = [
  ['moves it', ({ id }, parentId) => zoe!.client.put(`${C}/${id}/place`, { parentId, before: null }), ['lock', 'give']],
  ['deletes it', ({ id }) => zoe!.client.delete(`${C}/${id}`), ['lock', 'give']],
  ['gives it on', ({ id }) => zoe!.client.put(`${C}/${id}/owner`, { userId: ali!.id }), ['lock']],
  [
    'says that it is right',
    ({ id, version, editedAt }) => ali!.client.put(`${C}/${id}/checked`, { version, editedAt }),
    ['lock'],
  ],
];
const MEANWHILE: Record<string, { act: (id: string) => Promise<any>; refused: [number, string] }> = {
  lock: { act: async (id) => await staff!.client.put(`${C}/${id}/lock`), refused: [409, 'page_locked'] },
  give: {
    act: async (id) => await staff!.client.put(`${C}/${id}/owner`, { userId: staff!.id }),
    refused: [403, 'forbidden'],
  },
};

it.each(ACTS.flatMap(([name, act, all]) => all.map((what) => [name, what, act] as const)))(
  'given who %s while staff %s it, then that is refused, and nothing changed',
  async (_name, what, act) => {
    const [page, below] = [await aPage('Refusals'), await aPage('Below')];
    const { act: happens, refused } = MEANWHILE[what]!;
    let before: unknown;
    const came = beforeItIsWritten(world, async () => {
      expect((await happens(page.id)).status).toBe(200);
      before = await stands(page.id);
    });
    const { status, body } = await act(page, below.id);
    expect(came()).toBe(true);
    expect([status, body.code]).toEqual(refused);
    expect(await stands(page.id)).toEqual(before);
  },
);
