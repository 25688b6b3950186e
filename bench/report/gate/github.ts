import type { Judgement, Reason } from '../../compare/gate/judgement.ts';
import { visible } from '../words.ts';
import { headline } from './headline.ts';
import { kindNames, reasonText, trendText } from './words.ts';

/** GitHub shows ten annotations of a kind for each step; the job summary has them all. */
const shown = 10;

/** Workflow commands: an annotation for every reason, or one notice that the gate passed. */
export function githubGate(judgement: Judgement): string {
  const commands = judgement.reasons.map((reason) => ({
    level: isError(reason) ? ('error' as const) : ('warning' as const),
    title: titleOf(reason),
    message: reasonText(reason),
  }));
  const notices = [
    { level: 'notice' as const, title: headline(judgement), message: judgement.runId },
    ...judgement.trends.map((trend) => ({
      level: 'notice' as const,
      title: 'Trend',
      message: trendText(trend),
    })),
  ];
  return [...few(commands, 'error'), ...few(commands, 'warning'), ...notices.slice(0, shown)]
    .map(({ level, title, message }) => `::${level} title=${property(title)}::${data(message)}\n`)
    .join('');
}

function few<C extends { readonly level: string }>(commands: readonly C[], level: C['level']): C[] {
  return commands.filter((command) => command.level === level).slice(0, shown);
}

const isError = ({ outcome }: Reason): boolean =>
  outcome === 'failed' || outcome === 'untrustworthy';

function titleOf(reason: Reason): string {
  if (reason.about === 'budget')
    return `${kindNames[reason.check.kind].replace('The ', '')} of ${reason.check.target} at ${reason.check.vantage}`;
  if (reason.about === 'slow-down')
    return `${reason.check.candidate}${reason.check.cell.vantage === undefined ? '' : ` at ${reason.check.cell.vantage}`}`;
  return reason.about === 'run' ? 'The run' : 'Too few rounds';
}

/** What would end a command's message, as GitHub's own toolkit escapes it; names come from outside. */
function data(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
