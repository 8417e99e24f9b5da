/** Compares paths of members in one record, as `slots[2].name`. */

/** Whether one path leads through the member that the other one names. */
export function isWithin(one: string, other: string): boolean {
  const isPart = (path: string, whole: string): boolean =>
    path.startsWith(whole) && /^[.[]/.test(path.slice(whole.length));
  return one === other || isPart(one, other) || isPart(other, one);
}

/** The name that a path ends in. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** Two paths up to where they part. */
export function apart(one: string, other: string): readonly [string, string] {
  const [left, right] = [one.split('.'), other.split('.')];
  let at = 0;
  while (left[at] === right[at] && at < left.length) at++;
  return [left.slice(0, at + 1).join('.'), right.slice(0, at + 1).join('.')];
}
