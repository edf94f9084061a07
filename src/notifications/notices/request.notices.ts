import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import { cutAt } from '../../common/texts/cut.js';
import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { requestChanged } from '../../mentoring/requests/requests.events.js';
import { type RequestFacts, RequestsReader } from '../../mentoring/requests/requests.reader.js';
import { oneLine } from '../words/one-line.js';
import { Notifier } from '../notifier.js';

const EXCERPT = 300;

/** Who hears of an act, as which notice, and why. */
interface Told {
  userId: string;
  kind: NotificationKind;
  why: string;
}

/** Tells who is asked that somebody looks for their help, and who asked what became of it. */
@Injectable()
export class RequestNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly requests: RequestsReader,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(requestChanged, 'request notices', ({ requestId }) => this.tellAll(requestId));
  }

  /** Tells what was done last, once for each revision, whoever asks. Of two acts within a moment the last is told. */
  private async tellAll(requestId: string): Promise<void> {
    const request = await this.requests.byId(requestId);
    if (!request) return;
    const told = await this.toldOf(request);
    if (told.length === 0) return;
    const params = await this.paramsOf(request);
    for (const { userId, kind, why } of told) {
      await this.notifier.notify({
        userIds: [userId],
        cohortId: request.cohortId,
        ...{ kind, byId: request.lastAct.byId },
        params: params(kind),
        link: `/c/${request.cohortId}/coaching/requests/${request.id}`,
        why,
        key: `${kind}-${request.id}-${request.revision}`,
      });
    }
  }

  /** Nobody is told of what they did themselves. */
  private async toldOf(request: RequestFacts): Promise<Told[]> {
    const { askerId, lastAct } = request;
    const asker = (kind: NotificationKind): Told[] => [{ userId: askerId, kind, why: 'asker' }];
    const all: Record<RequestFacts['lastAct']['act'], () => Told[] | Promise<Told[]>> = {
      asked: () => this.asked(request),
      passed_on: async () => [...(await this.asked(request)), ...asker('request.passed')],
      handed_over: async () => (request.waiting ? [...(await this.asked(request)), ...asker('request.passed')] : []),
      asked_back: () => asker('request.question'),
      told_more: () => owner(request, 'request.told'),
      accepted: () => asker('request.accepted'),
      declined: () => asker('request.declined'),
      withdrawn: () => owner(request, 'request.withdrawn'),
    };
    return (await all[lastAct.act]()).filter(({ userId }) => userId !== lastAct.byId);
  }

  /** Its owner; of a craft, those who are of it, and the staff who own it until one of them takes it up. */
  private async asked(request: RequestFacts): Promise<Told[]> {
    const kind = 'request.asked' as const;
    if (request.ownerId !== null) return owner(request, kind);
    const [craft, staff] = await Promise.all([
      request.craft === null ? [] : this.requests.ofCraft(request.cohortId, request.craft),
      this.members.list(request.cohortId, { roles: ['staff'] }),
    ]);
    const told = [
      ...craft.map((userId) => ({ userId, kind, why: 'craft' })),
      ...staff.map(({ userId }) => ({ userId, kind, why: 'staff_asked' })),
    ];
    return [...new Map(told.reverse().map((one) => [one.userId, one])).values()].filter(
      ({ userId }) => userId !== request.askerId,
    );
  }

  private async paramsOf(request: RequestFacts) {
    const { askerId, ownerId, lastAct } = request;
    const names = await this.people.byId([askerId, lastAct.byId, ...(ownerId ? [ownerId] : [])]);
    const nameOf = (id: string | null) => (id && names.get(id)?.name) || '';
    const facing = (id: string | null) => ({ by: nameOf(id), byId: id });
    const isPassed = lastAct.act === 'passed_on' && lastAct.byId !== askerId;
    return (kind: NotificationKind) => ({
      requestId: request.id,
      ...facing(kind === 'request.asked' ? askerId : lastAct.byId),
      passedBy: isPassed ? nameOf(lastAct.byId) : 'none',
      to: nameOf(ownerId),
      about: oneLine(request.need),
      text: cutAt((kind === 'request.asked' ? request.text : lastAct.text) ?? '', EXCERPT) || 'none',
    });
  }
}

const owner = ({ ownerId }: RequestFacts, kind: NotificationKind): Told[] =>
  ownerId === null ? [] : [{ userId: ownerId, kind, why: 'asked' }];
