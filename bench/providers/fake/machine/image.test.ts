import { expect, test } from 'vitest';
import { isPullable } from './image.ts';

const digest = `sha256:${'0f'.repeat(32)}`;

test.each([
  ['grafana/k6:2.2.0', true],
  ['docker.io/grafana/k6:2.2.0', true],
  [`grafana/k6:2.2.0@${digest}`, true],
  [`grafana/k6@${digest}`, true],
  [`docker.io/grafana/k6@${digest}`, true],
  ['grafana/k6@sha256:0f', false],
  [`grafana/k7@${digest}`, false],
  ['grafana/k6:2.3.0', false],
  ['grafana/k6', false],
])('%s: %s', (image, pullable) => {
  expect(isPullable(image, ['grafana/k6:2.2.0'])).toBe(pullable);
});
