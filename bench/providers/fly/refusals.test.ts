import { expect, test } from 'vitest';
import { accountRefusal } from './refusals.ts';

test.each([
  // Seen in issues of flyctl, superfly/docs and others.
  'We need your payment information to continue! Add a credit card or buy credit: https://fly.io/dashboard/me/billing',
  'payment method required to continue',
  "You'll need to add a payment method in order to proceed.",
  'failed to launch VM: To create more than 1 machine per app please add a payment method. https://fly.io/dashboard/me/billing',
  'Your organization does not have enough trust to access GPU machines. Please contact billing@fly.io to remove the restriction.',
  'Your account has been marked as high risk. Please go to https://fly.io/high-risk-unlock to verify your account.',
  'Your organization has reached its machine limit. Please contact billing@fly.io',
  // Not seen, but likely.
  'trial has ended',
  'organization is on a trial and can not use this machine size',
  'performance cpus are not available for free trial organizations',
  'performance CPUs are not allowed for this organization',
])('%s: payment', (text) => {
  expect(accountRefusal(text)).toBe('payment');
});

test.each([
  'organization "personal" is using 8192 MB of memory in dfw which is over the allowed quota. please consider other regions',
  'quota exceeded',
])('%s: quota', (text) => {
  expect(accountRefusal(text)).toBe('quota');
});

test.each([
  'Could not find App "trial has ended"',
  'not_found: app "free trial" not found',
  'invalid_argument: invalid number of performance cpus: 3',
  'insufficient memory available to fulfill request',
  'unauthorized',
  'machine not running',
])('%s: something else', (text) => {
  expect(accountRefusal(text)).toBeUndefined();
});
