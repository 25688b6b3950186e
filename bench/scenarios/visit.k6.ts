import { measure } from './k6lib/measure.ts';

export default function visit(): void {
  measure('visit', 'GET', __ENV['TARGET_URL'] ?? '');
}
