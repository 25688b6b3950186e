/**
 * What an organisation on Fly's free trial can't do (https://fly.io/docs/about/free-trial/, read 2026-11-28). No answer
 * of the API says whether one is: all that can be done is to say it beforehand, and to know the refusals.
 */
export const trialLimits =
  'no performance processors, 10 machines and 2 machine hours at most, each machine stopped after 5 minutes';

/** What lifts them. */
export const addCard = 'Add a payment card first: https://fly.io/dashboard, under Billing.';

/** For those who are about to use Fly. */
export const trialNote = `An organisation on Fly's free trial can't do this (${trialLimits}). ${addCard}`;
