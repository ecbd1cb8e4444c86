/** A street against itself in the untouched twin. */
import { expect, it } from 'vitest'
import { differencePalette, differenceStep } from '../../../../client/layers/traffic/differences.ts'
import { themes } from '../../../../client/theme/theme.ts'

it.each([
  [-0.6, 4],
  [-0.25, 4],
  [-0.12, 3],
  [-0.05, 2],
  [0, 2],
  [0.09, 2],
  [0.12, 1],
  [0.5, 0],
])('a gain of %f of the free speed is step %i', (gain, step) => expect(differenceStep(gain)).toBe(step))

it('losses and gains have colours of their own, by night and by day', () => {
  for (const theme of Object.values(themes)) expect(new Set(differencePalette(theme)).size).toBe(5)
})
