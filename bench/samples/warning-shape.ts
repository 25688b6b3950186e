import * as z from 'zod';
import { boundedList } from './bounded-list.ts';
import { longest, most } from './limits.ts';

const text = z.string().max(longest.text);
const number = z.number();
const numbers = boundedList(number, most.rounds);
const texts = boundedList(text, most.words);

/** What the wording of each warning is made of; of a later version's nothing is known, and its code is shown. */
const fields: Readonly<Record<string, z.ZodRawShape>> = {
  'calibration-off': { from: text, to: text, wantedMs: number, measuredMs: number },
  'link-off': { from: text, to: text, wantedMs: number, rounds: numbers, vantages: texts },
  'block-invalid': { vantage: text, target: text, scenario: text, round: number, reason: text },
  'too-few-rounds': { vantage: text, target: text, scenario: text, valid: number, needed: number },
  'dropped-iterations': { vantage: text, dropped: number, planned: number },
  'answers-cut': {
    ...{ vantage: text, target: text, scenario: text, cut: number, requests: number },
    ...{ afterMs: number, atLeastMs: z.record(text, number) },
  },
  'body-unfinished': { vantage: text, target: text, scenario: text, unfinished: number },
  'measured-again': { rounds: number, reason: text },
  'vantage-failed': { vantage: text, reason: text },
  'checks-failed': { vantage: text, target: text, scenario: text, check: text, failed: number },
  'script-exceptions': { vantage: text, target: text, scenario: text, error: text, failed: number },
  'script-trouble': { vantage: text, where: text, error: text },
  'thresholds-crossed': { vantage: text, target: text, metrics: texts },
  'cold-requests': { vantage: text, target: text, scenario: text, share: number },
  'warm-up-short': { vantage: text, target: text, scenario: text },
  'generator-busy': { vantage: text, cpuShare: number },
  'cut-short': { reason: text },
  'distance-not-emulated': { target: text },
  'target-failed': { target: text, reason: text },
  'early-hints': { target: text, status: number, laterMs: number },
  'redirects-followed': { target: text, hops: number, to: text },
  'file-altered': { file: text, reason: text },
  'part-failed': { part: text, how: text, spoilt: z.boolean(), ended: z.boolean() },
  'rows-unreadable': { vantage: text, rows: number, reason: text },
};

/** Where they are there. */
const optional = {
  ...{ topology: text.optional(), step: text.optional(), vantage: text.optional() },
  ...{ measuredMs: number.optional(), of: number.optional(), answers: number.optional() },
};

const shapes = new Map(
  Object.entries(fields).map(([code, own]) => [code, z.looseObject({ ...optional, ...own })]),
);

/** A warning in a manifest, of this version or a later one. */
export const warningShape = z
  .looseObject({ code: z.string().max(longest.name) })
  .superRefine((warning, context) => {
    const issue = shapes.get(warning.code)?.safeParse(warning).error?.issues[0];
    if (issue !== undefined)
      context.addIssue({ code: 'custom', message: issue.message, path: [...issue.path] });
  });
