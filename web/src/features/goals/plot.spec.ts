import { HEIGHT, plotOf, WIDTH } from './plot';

const up = { kind: 'number', unit: '', start: 0, target: 10 } as const;
const drawn = { measure: up, until: '2026-10-21', createdAt: '2026-10-01T08:00:00.000Z', course: [] };

it('given a course, then days go to the right and more stands above less, between the first day and the last', () => {
  const plot = plotOf({
    ...drawn,
    course: [
      { on: '2026-10-01', value: 0 },
      { on: '2026-10-11', value: 5 },
    ],
  });
  expect(plot).toEqual({
    points: [
      { x: 8, y: HEIGHT - 8 },
      { x: WIDTH / 2, y: HEIGHT / 2 },
    ],
    ...{ start: HEIGHT - 8, target: 8, from: '2026-10-01', to: '2026-10-21' },
  });
});

it('given a target below the start, then it stands below', () => {
  const { start, target } = plotOf({ ...drawn, measure: { ...up, start: 10, target: 0 } });
  expect([start, target]).toEqual([8, HEIGHT - 8]);
});

it('given values beyond the ends, and days outside, then all are in the picture', () => {
  const course = [
    { on: '2026-09-01', value: -10 },
    { on: '2026-12-01', value: 30 },
  ];
  const { points, from, to } = plotOf({ ...drawn, course });
  expect([points, from, to]).toEqual([
    [
      { x: 8, y: HEIGHT - 8 },
      { x: WIDTH - 8, y: 8 },
    ],
    ...['2026-09-01', '2026-12-01'],
  ]);
});

it('given one day alone, then its mark stands at the left', () => {
  const course = [{ on: '2026-10-01', value: 1 }];
  expect(plotOf({ ...drawn, until: null, measure: { kind: 'yes_no' }, course }).points).toEqual([{ x: 8, y: 8 }]);
});
