import { parseConfig } from '../../src/config/config.js';
import { Intervals } from '../../src/infra/queue/intervals.js';

const rolesOf = (ROLES: string) =>
  parseConfig({ MONGODB_URI: 'mongodb://localhost/x', REDIS_URL: 'redis://localhost', ROLES });

describe('intervals', () => {
  it.each([
    ['worker', ['of workers', 'everywhere']],
    ['web,worker', ['of workers', 'everywhere']],
    ['web', ['everywhere']],
  ])('given the roles %s, then %j interval', async (roles, expected) => {
    const intervals = new Intervals(rolesOf(roles));
    const heard = new Set<string>();
    const threeTimes = new Promise<void>((resolve) => {
      let times = 0;
      intervals.every(1, 'a interval of workers', () => Promise.resolve(void heard.add('of workers')));
      const hear = () => {
        heard.add('everywhere');
        if ((times += 1) === 3) resolve();
        return Promise.resolve();
      };
      intervals.every(2, 'a interval everywhere', hear, 'everywhere');
    });
    intervals.onApplicationBootstrap();
    // Timers do not keep a process alive; the test does.
    const alive = setInterval(() => undefined, 1000);
    await threeTimes;
    clearInterval(alive);
    await intervals.stop();
    expect([...heard].sort()).toEqual([...expected].sort());
  });
});
