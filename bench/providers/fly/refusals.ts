import { addCard, trialLimits } from './trial.ts';

/** What may be refused for the account's sake, whoever is asked: the API, or flyctl for us. */
export type AccountRefusal = 'payment' | 'quota';

/** Names of apps and organisations stand in quotes; they are not Fly's words. */
const withoutQuotes = (text: string): string => text.replace(/"[^"]*"|`[^`]*`/g, '""');

/** As they were seen, and near relations of them; words alone, as none of them has a code. */
const paymentWords = [
  /payment (method|information|details)|credit card|buy credit|payment card/i,
  /billing@fly\.io|fly\.io\/\S*(billing|high-risk)|high[- ]risk|enough trust/i,
  /\b(free trial|trial (has|is|was|period|plan|account|org|machines?|limit|status|expired|ended|exhausted)|on (a )?trial|your trial|in trial)/i,
  /(past[- ]due|unpaid|overdue) (invoice|balance|bill)|unpaid invoices?/i,
  /\bperformance\b[^.]*\bnot (allowed|available|permitted|included)\b/i,
];

const quotaWords =
  /over the allowed quota|quota (is |was |has been )?(exceeded|reached|used up)|(exceeds|exceeded|over) (the |its |your )?quota/i;

/** Undefined: it was refused for another reason. */
export function accountRefusal(text: string): AccountRefusal | undefined {
  const words = withoutQuotes(text);
  if (quotaWords.test(words)) return 'quota';
  return paymentWords.some((pattern) => pattern.test(words)) ? 'payment' : undefined;
}

export const refusalFixes: Readonly<Record<AccountRefusal, string>> = {
  payment: `${addCard} A free trial has ${trialLimits}.`,
  quota:
    'Destroy machines there that nobody needs (bench clean, bench destroy), take other --regions, or ask billing@fly.io for more.',
};
