/** The words of drill, drawing, refusals and response plans are there in both languages, with the same holes to fill. */
import { expect, it } from 'vitest'
import { enDraw } from '../../../client/language/enDraw.ts'
import { enDrill } from '../../../client/language/enDrill.ts'
import { enRefusals } from '../../../client/language/enRefusals.ts'
import { enResponse } from '../../../client/language/enResponse.ts'
import { esDraw } from '../../../client/language/esDraw.ts'
import { esDrill } from '../../../client/language/esDrill.ts'
import { esRefusals } from '../../../client/language/esRefusals.ts'
import { esResponse } from '../../../client/language/esResponse.ts'

const holes = (message: string): string[] => (message.match(/\{\w+\}/g) ?? []).toSorted()
const english: Record<string, string> = { ...enDraw, ...enDrill, ...enRefusals, ...enResponse }
const spanish: Record<string, string> = { ...esDraw, ...esDrill, ...esRefusals, ...esResponse }

it('every message has the same holes in both', () => {
  expect(Object.keys(spanish).toSorted()).toEqual(Object.keys(english).toSorted())
  for (const [key, message] of Object.entries(english)) {
    expect(spanish[key]).not.toBe('')
    expect([key, holes(spanish[key])]).toEqual([key, holes(message)])
  }
})
