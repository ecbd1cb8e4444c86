/** Score files: what is written is read back, and of strange bytes comes a sentence, never anything else. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  beginOf,
  beginText,
  MOST_LETTERS,
  parseDrill,
  writeDrill,
  type Drill,
} from '../../../../twin/scenario/drill/document.ts'
import { crewOf } from '../../../../twin/scenario/drill/rules.ts'
import { editLists } from '../../../fixtures/scenarioEdits.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const file: Drill = {
  citytwin: 'drill',
  version: 1,
  name: 'Ana',
  base: { city: 'small', data: '0123456789ab', model: '1', seed: 5, begin: '2024-03-12T18:10:00-03:00' },
  lost: { kind: 'substationOut', substation: 1 },
  acts: [
    { atS: 12, edit: { kind: 'closeTie', id: 'a1', feeder: 0, to: 2 } },
    { atS: 90, undo: 'a1' },
  ],
  score: { customerMinutes: { base: 100, played: 40.5 }, vehicleHours: { base: 9, played: 8.125 } },
}

const acts = editLists(smallCity(), 10).map((edits) =>
  edits
    .filter(({ kind }) => crewOf[kind] !== undefined)
    .map(({ fromS: _f, untilS: _u, isOff: _o, ...edit }, i) => ({ atS: i, edit }) as Drill['acts'][number]),
)

describe('a score file', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(acts, (list) => {
        const drill = { ...file, acts: list }
        expect(parseDrill(writeDrill(drill))).toEqual(drill)
      }),
      { numRuns: 60 },
    )
  })

  test('has the moment of its begin, and the same moment as text', () => {
    expect(beginOf(file.base)).toEqual({ startMs: Date.UTC(2024, 2, 12, 21, 10), utcOffsetS: -10_800 })
    expect(beginText('2024-03-12', 65_400, -10_800)).toBe(file.base.begin)
    expect(beginText('2024-03-12', 65_400, 20_700)).toBe('2024-03-12T18:10:00+05:45')
  })

  test.each([
    ['no JSON', '{', /no JSON/],
    ['another file', '{"citytwin":"scenario"}', /citytwin is "scenario"/],
    ['an act after time is up', writeDrill({ ...file, acts: [{ atS: 600, undo: 'a' }] }), /acts.0/],
    ['acts in no order', writeDrill({ ...file, acts: [...file.acts].reverse() }), /acts/],
    [
      'an edit that no crew does',
      writeDrill({ ...file, acts: [{ atS: 1, edit: { kind: 'heatwave', id: 'h', addedC: 3 } }] }),
      /acts.0/,
    ],
    [
      'an edit with times of its own',
      writeDrill({
        ...file,
        acts: [{ atS: 1, edit: { kind: 'openBreaker', id: 'h', breaker: 3, fromS: 4 } }],
      }),
      /acts.0/,
    ],
    [
      'a line it is wrong in',
      writeDrill({ ...file, lost: { kind: 'substationOut', substation: -1 } }),
      /line \d+: lost.substation is -1/,
    ],
    ['too many letters', ' '.repeat(MOST_LETTERS + 1), /letters long/],
  ])('with %s is refused in words', (_what, text, words) => {
    expect(() => parseDrill(text)).toThrow(words)
  })

  test('of any bytes gives a game or a sentence', () => {
    const text = writeDrill(file)
    const mangled = fc
      .tuple(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 12 }))
      .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length))
    fc.assert(
      fc.property(fc.oneof(mangled, fc.string(), fc.json()), (given) => {
        try {
          parseDrill(given)
        } catch (error) {
          expect((error as Error).message).toMatch(/^drill: /)
        }
      }),
      { numRuns: 300 },
    )
  })
})
