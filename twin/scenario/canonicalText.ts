/** One spelling of a JSON value: equal values have equal texts. */

/** JSON with its keys in alphabetical order, but for what something is, which comes first. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const first = ['kind', 'id']
  const rank = (key: string) => (first.includes(key) ? first.indexOf(key) : first.length)
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return `{ ${entries.map(([key, each]) => `${JSON.stringify(key)}: ${canonicalText(each)}`).join(', ')} }`
}
