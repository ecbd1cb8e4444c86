/** What the drawings say is there in both languages, with the same holes to fill. */
import { expect, it } from 'vitest'
import { enCharts } from '../../../client/language/enCharts.ts'
import { esCharts } from '../../../client/language/esCharts.ts'

const holes = (message: string): string[] => (message.match(/\{\w+\}/g) ?? []).toSorted()

it.each(Object.keys(enCharts) as (keyof typeof enCharts)[])('%s has the same holes in both', (key) => {
  expect(esCharts[key]).not.toBe('')
  expect(holes(esCharts[key])).toEqual(holes(enCharts[key]))
})

it('Spanish has no message that English lacks', () => {
  expect(Object.keys(esCharts).toSorted()).toEqual(Object.keys(enCharts).toSorted())
})
