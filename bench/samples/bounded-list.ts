import * as z from 'zod';

/** Like `z.array`, but ends at the first fault: of a million, each would have its own description. */
export function boundedList<T extends z.ZodType>(item: T, atMost: number) {
  return z.unknown().transform((value, context): z.output<T>[] => {
    const refuse = (message: string, path: PropertyKey[] = []) => {
      context.addIssue({ code: 'custom', message, path });
      return z.NEVER;
    };
    if (!Array.isArray(value)) return refuse('no list');
    if (value.length > atMost) return refuse(`more than ${atMost}`);
    const items: z.output<T>[] = [];
    for (const [i, one] of value.entries()) {
      const parsed = item.safeParse(one);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        return refuse(issue?.message ?? 'damaged', [i, ...(issue?.path ?? [])]);
      }
      items.push(parsed.data);
    }
    return items;
  });
}
