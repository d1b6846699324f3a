/** The path when it leads to a page of ours, else the start page: never another site. */
export function localPath(path: string | null): string {
  // Browsers leave tabs and line ends out: `/<tab>/other.site` would be another site.
  if (path === null || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) return '/';
  return path;
}
