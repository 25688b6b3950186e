import { DOMParser } from '@xmldom/xmldom';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { BudgetCheck } from '../../compare/gate/budget-checks.ts';
import { outcomeOf, reasonsOf, type Findings } from '../../compare/gate/decide.ts';
import type { Judgement } from '../../compare/gate/judgement.ts';
import type { RegressionCheck } from '../../compare/gate/regression.ts';
import type { Trend } from '../../compare/gate/trend.ts';
import { gateFormats, renderGate } from './render.ts';
import { gateShape } from './shape.ts';

/** What nobody would call a target, and what a file from outside may hold all the same. */
const nasty = 'a|b <c> "d" \'e\' & 50%, f:g\r\n::error::h\u0007\u202e';

const latency = { measured: 290.4, interval: { low: 283, high: 297 } };

const budget = (target: string, more: Partial<BudgetCheck> = {}): BudgetCheck => ({
  ...{ kind: 'p50', target, vantage: 'syd', scenario: 'search', limit: 100, verdict: 'broken' },
  ...(more.kind === undefined ? latency : {}),
  ...more,
});

function check(verdict: 'slower' | 'faster' | 'inconclusive', vantage?: string): RegressionCheck {
  const effect = {
    ...{ baselineMs: 100, candidateMs: 120, ms: 20, lowMs: 18, highMs: 22 },
    ...{ percent: 20, lowPercent: 18, highPercent: 22, detectablePercent: 4, informative: true },
    ...{ sd: 0.02, p: { slower: 1e-6, faster: 1 } },
  };
  return {
    candidate: 'a',
    gated: true,
    cell: {
      ...{ vantage, scenario: 'search', metric: 'ttfb_warm', quantile: 'p50', rounds: 10 },
      ...{ verdict, effect },
    },
  };
}

const trends: Trend[] = [
  {
    ...{ kind: 'creep', candidate: 'a', vantage: 'syd', scenario: 'search', percent: 12.3 },
    ...{ metric: 'ttfb_warm/read', quantile: 'p95', fixedRunId: 'day-0', runs: 5 },
  },
];

function judgement(findings: Partial<Findings> = {}, more: Partial<Judgement> = {}): Judgement {
  const all: Findings = {
    ...{ distrust: [], gaps: [], thin: [], budgets: [] },
    regression: { method: 'none', reason: 'no baseline' },
    ...findings,
  };
  const reasons = reasonsOf(all);
  const { budgets, regression } = all;
  return {
    ...{ runId: 'run-1', outcome: outcomeOf(reasons), reasons, budgets, regression },
    ...{ trends: [], notes: [] },
    ...more,
  };
}

const passed = judgement({ budgets: [budget('a', { verdict: 'met', measured: 50 })] });
const failed = judgement(
  {
    budgets: [
      budget('a'),
      budget(nasty, { kind: 'error_rate', limit: 0.01, measured: 0.034, reason: '34 of 1000' }),
      budget('b', { verdict: 'inconclusive', reason: 'the interval holds the limit' }),
      budget('c', { verdict: 'met', measured: 40 }),
    ],
    regression: {
      ...{ method: 'same-rounds', baseline: 'base', confirmationRunId: 'run-2' },
      checks: [
        { ...check('slower', 'syd'), confirmation: { state: 'confirmed', percent: 19, p: 1e-5 } },
        { ...check('slower', 'ord'), confirmation: { state: 'refuted', percent: 1, p: 0.3 } },
        { ...check('slower', 'scl'), confirmation: { state: 'missing', reason: 'no time' } },
        { ...check('inconclusive', 'cdg'), gated: false },
        check('faster'),
      ],
    },
    gaps: ['Nothing was measured from ord: it ended.'],
    thin: [{ target: 'a', vantage: 'syd', scenario: 's', metric: 'ttfb_warm', rounds: 5 }],
    distrust: ['The link cdg–syd is off.'],
  },
  { trends, notes: ['A note.'] },
);

describe('text', () => {
  test('of a gate that passed is short', () => {
    expect(renderGate(passed, 'text')).toBe('Gate passed\nrun-1\n\nBudgets: 1 of 1 met\n');
  });

  test('tells the gravest reasons first, then the tables', () => {
    const text = renderGate(failed, 'text', { color: false, columns: 300 });
    expect(text).toMatch(
      /^Gate failed: 2 budgets broken, 1 slow-down confirmed\nrun-1\n\n- The error rate/,
    );
    expect(text).toContain('3.4 %, above its budget of 1 %: 34 of 1000.');
    expect(text).toContain('Budgets: 1 of 4 met');
    expect(text).toMatch(
      /syd p50 +100 +120 +\+20\.0 \(\+18\.0 to \+22\.0\) +\d+ % +slower ▲ confirmed/,
    );
    expect(text).toMatch(/ord p50.*slower ▲ not confirmed/);
    expect(text).toMatch(/cdg p50.*not judged/);
    expect(text).toContain(
      'has crept up: the last 5 runs lie +12.3 % above the first accepted one',
    );
    for (const steering of ['\u0007', '\u202e']) expect(text).not.toContain(steering);
    expect(text.endsWith('A note.\n')).toBe(true);
  });

  test('fits a narrow terminal and has colours where they are wanted', () => {
    const lines = renderGate(failed, 'text', { color: false, columns: 80 }).split('\n');
    expect(
      Math.max(...lines.filter((line) => !line.includes('a|b')).map((line) => line.length)),
    ).toBeLessThanOrEqual(80);
    expect(renderGate(passed, 'text', { color: true, columns: 80 })).toContain('\u001b[32m');
  });
});

describe('github', () => {
  const lines = (one: Judgement) => renderGate(one, 'github').trimEnd().split('\n');

  test('a gate that passed is a notice', () => {
    expect(lines(passed)).toEqual(['::notice title=Gate passed::run-1']);
  });

  test('every line is a command, whatever names hold', () => {
    for (const line of lines(failed)) {
      expect(line).toMatch(/^::(error|warning|notice) title=[^:,]+::/);
      // No percent sign but in an escape.
      expect(line.replace(/%(25|0D|0A|3A|2C)/g, '')).not.toContain('%');
    }
    expect(lines(failed).filter((line) => line.startsWith('::error'))).toHaveLength(5);
    expect(lines(failed).filter((line) => line.startsWith('::warning'))).toHaveLength(3);
  });

  test('shows ten of a kind, as GitHub does', () => {
    const many = judgement({ budgets: Array.from({ length: 30 }, (_, i) => budget(`t${i}`)) });
    expect(lines(many).filter((line) => line.startsWith('::error'))).toHaveLength(10);
  });
});

describe('junit', () => {
  const refuse = (level: string, message: string) => {
    if (level !== 'warning') throw new Error(message);
  };

  /** The counts that the document gives itself; throws if it is no XML. */
  function countsIn(xml: string) {
    const root = new DOMParser({ onError: refuse }).parseFromString(
      xml,
      'text/xml',
    ).documentElement;
    const count = (name: string) => Number(root?.getAttribute(name));
    return {
      ...{ tests: count('tests'), failures: count('failures') },
      ...{ errors: count('errors'), skipped: count('skipped') },
    };
  }

  test('is XML that counts what it holds', () => {
    const xml = renderGate(failed, 'junit');
    expect(() => countsIn(xml.replace('</testsuites>', ''))).toThrow();
    // Two budgets and a slow-down; distrust, thin cell and gap; an open budget, an unconfirmed and an ungated cell.
    expect(countsIn(xml)).toEqual({ tests: 12, failures: 3, errors: 3, skipped: 3 });
    expect(xml.match(/<failure /g)).toHaveLength(3);
    expect(xml.match(/<error /g)).toHaveLength(3);
    expect(xml.match(/<skipped /g)).toHaveLength(3);
  });

  test('brings names through as they are, without what XML can not hold', () => {
    const xml = renderGate(failed, 'junit');
    expect(xml).toContain('classname="a|b &lt;c&gt; &quot;d&quot; &apos;e&apos; &amp; 50%, f:g');
    expect(xml.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    const halves = judgement({ budgets: [budget('x\ud800\uffff')] });
    expect(renderGate(halves, 'junit')).toContain('classname="x\\ud800\ufffd"');
  });

  test('of a gate that passed has no failure', () => {
    const counts = { tests: 2, failures: 0, errors: 0, skipped: 0 };
    expect(countsIn(renderGate(passed, 'junit'))).toEqual(counts);
  });
});

describe('markdown', () => {
  test('has a heading, reasons and tables, and names stay text', () => {
    const markdown = renderGate(failed, 'markdown');
    expect(markdown).toMatch(
      /^## ❌ Gate failed: 2 budgets broken, 1 slow-down confirmed\n\nrun-1\n\n- The error/,
    );
    expect(markdown).toMatch(
      /\| syd p50 \| 100 \| 120 \| \+20\.0 \(\+18\.0 to \+22\.0\) \| \d+ % \| slower ▲ confirmed \|/,
    );
    expect(markdown).toContain('a\\|b \\<c\\>');
    for (const row of markdown.split('\n').filter((line) => line.startsWith('| ')))
      expect(row.replace(/\\\|/g, '').split('|').length).toBeOneOf([8, 9]);
  });
});

describe('json', () => {
  test.each([
    ['passed', passed],
    ['failed', failed],
    [
      'by a control',
      judgement({
        regression: { method: 'control', control: 'base', accepted: 3, needed: 10, checks: [] },
      }),
    ],
  ])('is what the schema says: %s', (_, one) => {
    const json: unknown = JSON.parse(renderGate(one, 'json'));
    expect(gateShape.parse(json)).toEqual(json);
  });

  test('has the schema that is published', async () => {
    const schema = z.toJSONSchema(gateShape, { io: 'input' });
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
      '../../../schema/gate.schema.json',
    );
  });
});

test('every format says that the gate is inconclusive, or why not', () => {
  const open = judgement({ budgets: [budget('b', { verdict: 'inconclusive' })] });
  for (const format of gateFormats) {
    const text = renderGate(open, format);
    expect(text).toMatch(/inconclusive|skipped/);
    expect(text.endsWith('\n')).toBe(true);
  }
});
