/** The tables and settings that the page on them shows are read as it says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { detectorCsv } from '../../../server/feeds/formats/detectorCsv.ts'
import { meterCsv } from '../../../server/feeds/formats/meterCsv.ts'
import { readText } from './reading.ts'

const page = readFileSync(join(import.meta.dirname, '../../../public/docs/feed-tables.md'), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([^\`]*)\`\`\``, 'g'))].map(([, text]) => text)
const [detectors, meters] = blocks('csv')
const [ofDetectors, ofMeters] = blocks('json').map((text) => JSON.parse(text) as unknown)

it('a table of detectors by its mapping', () => {
  const { content, rules } = readText(detectorCsv, detectors, { settings: ofDetectors })
  expect(content.measurements).toEqual({
    siteId: ['A1'],
    lng: Float64Array.of(13.4),
    lat: Float64Array.of(52.5),
    timeMs: Float64Array.of(Date.parse('2026-08-01T10:05:00+02:00')),
    periodS: Float64Array.of(300),
    flowVph: Float64Array.of(300),
    speedMps: Float64Array.of(10),
    occupancy: Float64Array.of(0.125),
  })
  expect(rules).toEqual({})
})

it('a table of meters by its mapping', () => {
  const { content, rules } = readText(meterCsv, meters, { settings: ofMeters })
  expect(content.meters).toEqual({
    meterId: ['z7'],
    fromMs: Float64Array.of(Date.parse('2026-08-01T00:00:00+02:00')),
    durationS: Float64Array.of(1800),
    powerW: Float64Array.of(1500),
  })
  expect(rules).toEqual({})
})
