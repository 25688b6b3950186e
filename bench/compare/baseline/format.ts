import type { Side, SideCell } from '../side.ts';
import type { AcceptedCell, AcceptedRun, Baseline, KeptRun } from './baseline.ts';

/**
 * The text of `baseline.json`: a line a cell, sorted, so that a difference between two commits reads as what changed.
 * Milliseconds to a tenth of a microsecond. The same baseline always gives the same text.
 */
export function formatBaseline({ schema, conditions, fixed, newest, window }: Baseline): string {
  const parts = [
    `"schema": ${schema}`,
    `"conditions": ${JSON.stringify(sortedKeys(conditions), null, 2)}`,
    `"fixed": ${keptText(fixed)}`,
    `"newest": ${keptText(newest)}`,
    `"window": ${listText(window.map(acceptedText))}`,
  ];
  return `{\n${parts.join(',\n')}\n}\n`;
}

function keptText({ runId, startedAtIso, sides }: KeptRun): string {
  const cells = sides.flatMap((side) => side.cells.map((cell) => ({ side, cell })));
  return runText(runId, startedAtIso, cells.map(({ side, cell }) => cellText(side, cell)).sort());
}

function acceptedText({ runId, startedAtIso, cells }: AcceptedRun): string {
  return runText(runId, startedAtIso, cells.map(averageText).sort());
}

function runText(runId: string, startedAtIso: string, cells: readonly string[]): string {
  return `{"runId": ${JSON.stringify(runId)}, "startedAtIso": ${JSON.stringify(startedAtIso)}, "cells": ${listText(cells)}}`;
}

const listText = (lines: readonly string[]): string =>
  lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`;

function cellText({ target }: Side, { vantage, scenario, metric, n, rounds }: SideCell): string {
  return JSON.stringify({
    ...{ target, vantage, scenario, metric, n },
    round: rounds.map(({ round }) => round),
    p50: rounds.map(({ p50 }) => short(p50)),
    p95: rounds.map(({ p95 }) => short(p95)),
    ...(rounds.some(({ atLeast }) => atLeast !== undefined)
      ? { atLeast: rounds.map(({ atLeast = [] }) => atLeast) }
      : {}),
  });
}

function averageText(cell: AcceptedCell): string {
  const { target, vantage, scenario, metric, rounds, n, p50, p95, atLeast } = cell;
  return JSON.stringify({
    ...{ target, vantage, scenario, metric, rounds, n },
    ...{ p50: short(p50), p95: short(p95), atLeast },
  });
}

const short = (ms: number): number => Number(ms.toFixed(4));

/** Keys of objects in alphabetical order, however they were put together; the order of lists is kept. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]));
}
