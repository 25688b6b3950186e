import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isHangUpIgnored, type Start } from './hang-up.ts';

interface Process {
  readonly parent: number;
  readonly session: number;
  /** Numbers of the signals that it ignores. */
  readonly ignores?: readonly number[];
}

/** `/proc` of these processes; we are number 9. */
const started = (processes: Record<number, Process>, more: Partial<Start> = {}): Start => ({
  ...{ env: { _: '/usr/bin/node' }, pid: 9, writesNohupOut: false },
  proc: (pid, file) => {
    const found = processes[pid];
    if (found === undefined) return undefined;
    const { parent, session, ignores = [] } = found;
    const mask = ignores.reduce((sum, signal) => sum | (1n << BigInt(signal - 1)), 0n);
    return file === 'stat'
      ? `${pid} (a) b (c) S ${parent} ${pid} ${session} 0 -1`
      : `Name:\tx\nSigBlk:\t0000000000000001\nSigIgn:\t${mask.toString(16).padStart(16, '0')}\nSigCgt:\t0000000000000001\n`;
  },
  ...more,
});

const usual = { 9: { parent: 5, session: 4 }, 5: { parent: 4, session: 4 } };

test.each([
  ['a shell', started({ ...usual, 4: { parent: 1, session: 4 } }), false],
  ['nohup', started(usual, { env: { _: '/usr/bin/nohup' } }), true],
  [
    'a shell that says nothing of it, into nohup.out',
    started(usual, { writesNohupOut: true }),
    true,
  ],
  ["trap '' HUP", started({ ...usual, 5: { parent: 4, session: 4, ignores: [1, 2] } }), true],
  [
    'a script that nohup started',
    started({ ...usual, 4: { parent: 1, session: 4, ignores: [1] } }),
    true,
  ],
  [
    'one of another session that ignores it',
    started({ ...usual, 4: { parent: 1, session: 1, ignores: [1] } }),
    false,
  ],
  ['no /proc', started({}), false],
])('started by %s: ignored is %s', (_, start, expected) => {
  expect(isHangUpIgnored(start)).toBe(expected);
});

test('other signals that a parent ignores say nothing of this one', () => {
  const signals = fc.uniqueArray(fc.integer({ min: 1, max: 64 }));
  fc.assert(
    fc.property(signals, (ignores) => {
      const start = started({ ...usual, 5: { parent: 1, session: 4, ignores } });
      expect(isHangUpIgnored(start)).toBe(ignores.includes(1));
    }),
  );
});

test('parents that go round in circles are no reason to wait for ever', () => {
  const circle = { 9: { parent: 8, session: 4 }, 8: { parent: 9, session: 4 } };
  expect(isHangUpIgnored(started(circle))).toBe(false);
});
