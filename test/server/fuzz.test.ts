/** Five thousand of the cases that `npm run prove -- fuzz` fires a million of; and every HTTP door is among what they knock at. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fireAt } from '../prove/fuzz/fireAt.ts'
import { doors } from '../prove/fuzz/httpCases.ts'

const SEED = 20_241
const CASES = 5000

it(`${CASES} malformed events, requests, frames and recordings break nothing (seed ${SEED})`, async () => {
  const { findings, looks } = await fireAt({ seed: SEED, from: 0, cases: CASES, lookEvery: CASES })
  expect(findings).toEqual([])
  expect(looks.at(-1)?.next).toBe(CASES)
})

it('every HTTP door is among those that are knocked at', () => {
  const folder = join(import.meta.dirname, '../../server/api')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
  const paths = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/router\.\w+\(\s*'([^']+)'/g)].map(
      (match) => match[1],
    ),
  )
  expect(paths.length).toBeGreaterThan(15)
  const isKnockedAt = (path: string) => {
    const shape = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}(\\?|$)`)
    return doors.some((door) => shape.test(door))
  }
  expect(paths.filter((path) => !isKnockedAt(path))).toEqual([])
})
