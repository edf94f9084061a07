import type { TestPerson } from '../factories.js';

/** A post of a topic that all cohorts read, as the API answers it. */
export interface CommonsPost {
  id: string;
  body: string | null;
  isQuestion: boolean;
  carried: boolean;
  author: { id: string; name: string };
  mentions: { id: string }[];
}

/** The posts of a topic of the commons as somebody reads them; none where there is no such topic. */
export const commonsPosts = async (person: TestPerson, topicId: string): Promise<CommonsPost[]> =>
  (await person.client.get(`/api/commons/topics/${topicId}/posts`)).body.items ?? [];
