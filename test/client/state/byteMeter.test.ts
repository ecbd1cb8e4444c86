/** The meter shares out what came, and loses none of it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteMeter } from '../../../client/state/byteMeter.ts'
import { publishedTables } from '../../../twin/domains.ts'

test('the shares of all domains and of what is none add up to the whole', () => {
  const tables = publishedTables.length
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(20_000), fc.uint8Array({ minLength: tables, maxLength: tables })), {
        minLength: 2,
        maxLength: 20,
      }),
      (came) => {
        const meter = new ByteMeter()
        came.forEach(([bytes, shares], i) =>
          meter.took(
            i * 400,
            bytes,
            Uint32Array.from(shares, (n) => n + 1),
          ),
        )
        const rates = meter.rates((came.length - 1) * 400)!
        const sum = Object.values(rates.byDomain).reduce((total, rate) => total + rate, 0)
        expect(sum).toBeCloseTo(rates.bytesPerS, 6)
      },
    ),
  )
})

test('a frame of 10 kB a second is 10 kB/s', () => {
  const meter = new ByteMeter()
  const shares = new Uint32Array(publishedTables.length).fill(1)
  for (let second = 0; second <= 8; second++) meter.took(second * 1000, 10_000, shares)
  expect(meter.rates(8000)?.bytesPerS).toBeCloseTo(10_000, 6)
})
