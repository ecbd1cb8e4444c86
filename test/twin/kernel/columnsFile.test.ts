/** The city's file format keeps what it is given, and says what is wrong with what it is not. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metres, readColumnsFile, writeColumnsFile } from '../../../twin/kernel/columnsFile.ts'

const schema = {
  links: { lanes: 'u8', lengthM: metres, id: 'f64', reverse: 'i32' },
  names: { text: 'text' },
} as const

function sample(lengths: number[], texts: string[]) {
  return {
    links: {
      lanes: Uint8Array.from(lengths, (_, i) => i & 255),
      lengthM: Float32Array.from(lengths),
      id: Float64Array.from(lengths, (value) => value * 1e9),
      reverse: Int32Array.from(lengths, (_, i) => -i),
    },
    names: { text: texts },
  }
}

const texts = fc.array(fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' ')))

describe('a columns file', () => {
  it('gives back whole columns exactly, texts in any script, and metres to the centimetre', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -20_000, max: 20_000, noNaN: true })), texts, (lengths, names) => {
        const tables = sample(
          lengths,
          names.map((name) => name.toWellFormed()),
        )
        const { tables: read, meta } = readColumnsFile(
          schema,
          writeColumnsFile(schema, tables, { year: 2017 }),
        )
        expect(meta).toEqual({ year: 2017 })
        expect(read.links.lanes).toEqual(tables.links.lanes)
        expect(read.links.id).toEqual(tables.links.id)
        expect(read.links.reverse).toEqual(tables.links.reverse)
        expect(read.names.text).toEqual(tables.names.text)
        read.links.lengthM.forEach((value, i) =>
          expect(Math.abs(value - tables.links.lengthM[i])).toBeLessThan(0.0065),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('ends in an error, never in nonsense or a hang, when cut short', () => {
    const file = writeColumnsFile(schema, sample([1, 2, 3], ['Rambla', 'Бейбітшілік']))
    for (let length = 0; length < file.length - 8; length++) {
      expect(() => readColumnsFile(schema, file.slice(0, length))).toThrow(/columns file|JSON|Unexpected/)
    }
  })

  it('names the column that is missing or of another type', () => {
    const file = writeColumnsFile(schema, sample([1], ['a']))
    expect(() => readColumnsFile({ links: { speed: 'u8' } }, file)).toThrow(
      'links.speed is missing, expected u8',
    )
    expect(() => readColumnsFile({ links: { lanes: 'u16' } }, file)).toThrow(
      'links.lanes is u8, expected u16',
    )
  })

  it('refuses a text with a line break', () => {
    expect(() => writeColumnsFile(schema, sample([], ['two\nlines']))).toThrow('line break')
  })
})
