/** The line of a value is that on which it stands, whatever stands around it. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineOf } from '../../../twin/scenario/lineOf.ts'

/** Every path into a value. */
function pathsOf(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[]]
  const keys = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value)
  const below = keys.flatMap((key) =>
    pathsOf((value as Record<string | number, unknown>)[key]).map((path) => [key, ...path]),
  )
  return [[], ...below]
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((here, key) => (here as Record<string | number, unknown>)[key], value)
}

test('what stands at a path begins on the line that is said', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, null, 1)
      const lines = text.split('\n')
      for (const path of pathsOf(value)) {
        const found = at(value, path)
        const begins =
          Array.isArray(found) || (typeof found === 'object' && found !== null)
            ? JSON.stringify(found)[0]
            : JSON.stringify(found)
        expect(lines[lineOf(text, path) - 1]).toContain(begins)
      }
    }),
  )
})

test('of a path that is not there it is the line of the last thing that is', () => {
  expect(lineOf('{\n "a": {\n  "b": 1\n }\n}', ['a', 'c'])).toBe(2)
  expect(lineOf('{\n "a": [\n  1,\n  [\n   2]\n ]\n}', ['a', 1, 0])).toBe(5)
})
