/** Where in a JSON text a value begins, so that a fault can be named by its line. */

/** The line, from 1, of the value at `path`; of the last thing on the path that is there. `text` is valid JSON. */
export function lineOf(text: string, path: readonly (string | number)[]): number {
  let at = 0
  const skip = () => {
    while (' \t\r\n'.includes(text[at]) && at < text.length) at++
  }
  const string = (): string => {
    const from = at++
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    at++
    return JSON.parse(text.slice(from, at)) as string
  }
  /** Steps over a value; calls `visit` at the start of each of its members and stops there when it says so. */
  const value = (visit?: (key: string | number) => boolean): boolean => {
    skip()
    const open = text[at]
    if (open === '"') {
      string()
      return false
    }
    if (open !== '{' && open !== '[') {
      while (at < text.length && !',]} \t\r\n'.includes(text[at])) at++
      return false
    }
    at++
    for (let index = 0; ; index++) {
      skip()
      if (text[at] === ',') {
        at++
        skip()
      }
      if (text[at] === '}' || text[at] === ']') break
      let key: string | number = index
      if (open === '{') {
        key = string()
        skip()
        at++
        skip()
      }
      if (visit?.(key) === true) return true
      value()
    }
    at++
    return false
  }
  skip()
  for (const step of path) {
    const from = at
    if (value((key) => key === step)) continue
    at = from
    break
  }
  return text.slice(0, at).split('\n').length
}
