/** What is seen of bytes before they are read: names at the top of JSON, the first element of XML, times, zones and links. */
import { describe, expect, it } from 'vitest'
import { topOf } from '../../../server/feeds/json.ts'
import { hasZone, timeOf, webAddressOf } from '../../../server/feeds/plausible.ts'
import { circleAround, closedRing, middleOf } from '../../../server/feeds/rings.ts'
import { rootNameOf } from '../../../server/feeds/xml.ts'

describe('the top of JSON', () => {
  it.for<[head: string, top: Record<string, string>]>([
    [
      '{"a": "x", "b": {"c": "y"}, "d": [1, {"e": 2}], "f": 12.5, "g": null, "h": "z"',
      { a: 'x', b: '{', d: '[', f: '1', g: 'n', h: 'z' },
    ],
    ['[{"a": "x"}, {"b": "y"}]', { a: 'x' }],
    ['{"a \\\\": "\\"b\\": {", "c": "d', { 'a \\\\': '\\"b\\": {' }],
    ['{"a": "x"}{"b": "y"}', { a: 'x' }],
    ['[]', {}],
    ['', {}],
    ['text', {}],
  ])('%s', ([head, top]) => {
    expect(Object.fromEntries(topOf(head))).toEqual(top)
  })
})

describe('the first element of XML', () => {
  it.for<[head: string, name: string]>([
    ['<alert>', 'alert'],
    ['<?xml version="1.0"?><!-- <a> --><!DOCTYPE b><c:feed xmlns:c="d">', 'feed'],
    ['<service_requests/>', 'service_requests'],
    ['<!-- <a>', ''],
    ['text', ''],
    ['', ''],
  ])('%s: %s', ([head, name]) => {
    expect(rootNameOf(head)).toBe(name)
  })
})

describe('times', () => {
  it.for<[text: string, iso: string]>([
    ['2026-08-05T09:00:00-03:00', '2026-08-05T12:00:00.000Z'],
    ['2026-08-05 09:00:00.25 -0300', '2026-08-05T12:00:00.250Z'],
    ['2026-08-05T09:00', '2026-08-05T12:00:00.000Z'],
    ['2026-08-05', '2026-08-05T03:00:00.000Z'],
    ['2026-08-05T24:00:00Z', '2026-08-06T00:00:00.000Z'],
  ])('%s is %s, three hours west of Greenwich', ([text, iso]) => {
    expect(new Date(timeOf(text, -10_800)).toISOString()).toBe(iso)
  })

  it.for([
    '2026-00-05',
    '2026-13-05',
    '2026-02-30',
    '2026-08-05T25:00:00Z',
    '2026-08-05T09:00:00+99:00',
    'now',
    '',
  ])('%j is none', (text) => {
    expect(timeOf(text, 0)).toBeNaN()
  })

  it('say where they are of, or not', () => {
    const zones = ['2026-08-05T09:00:00Z', '2026-08-05T09:00-03:00', '2026-08-05T09:00:00', '2026-08-05']
    expect(zones.map(hasZone)).toEqual([true, true, false, false])
  })
})

it('a page may link to the web alone', () => {
  const texts = ['https://a.org/x', 'HTTP://a.org', 'javascript:alert(1)', 'file:///etc', '//a.org', 'a', '']
  expect(texts.map((text) => webAddressOf(text) === text)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    true,
  ])
})

describe('rings', () => {
  it('are closed, or too short to be one', () => {
    expect(closedRing([[0, 0], [1, 0], [1, 1]])).toEqual([[0, 0], [1, 0], [1, 1], [0, 0]]) // prettier-ignore
    expect(closedRing([[0, 0], [1, 0], [0, 0]])).toBeUndefined() // prettier-ignore
    expect(closedRing([])).toBeUndefined()
  })

  it('around a point stay on the globe, however wide and wherever it is', () => {
    for (const [lng, lat] of [
      [0, 90],
      [180, 0],
      [-180, -89.9],
      [-56, -35],
    ] as const)
      // prettier-ignore
      for (const radiusM of [0, 1000, 20e6])
        for (const [east, north] of circleAround([lng, lat], radiusM)) {
          expect(Math.abs(east)).toBeLessThanOrEqual(180)
          expect(Math.abs(north)).toBeLessThanOrEqual(90)
        }
  })

  it('have the middle of their box', () => {
    expect(middleOf([[0, 0], [4, 0], [4, 2]])).toEqual([2, 1]) // prettier-ignore
  })
})
