/** The path when it leads to a page of ours, else the start page: never another site. */
export function localPath(path: string | null): string {
  if (path === null || !/^\/(?![/\\])/.test(path) || /[\r\n\\]/.test(path)) return '/';
  return path;
}
