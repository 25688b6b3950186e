/** Whether an image can be pulled: by its tag, by its digest, or by both, of which the digest counts. */
export function isPullable(image: string, images: readonly string[]): boolean {
  const [, name = '', tag, digest] =
    /^(?:docker\.io\/|registry-1\.docker\.io\/)?([^@]+?)(?::([\w.-]+))?(?:@(.+))?$/.exec(image) ??
    [];
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) return false;
  return images.some((known) =>
    digest !== undefined && tag === undefined
      ? known.startsWith(`${name}:`)
      : known === `${name}:${tag ?? 'latest'}`,
  );
}
