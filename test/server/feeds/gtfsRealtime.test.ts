/** GTFS-Realtime read and written: facts of the standard's text, each rule of the validator met once, recorded feeds, and hostile bytes. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { PbfWriter } from 'pbf'
import { describe, expect, test } from 'vitest'
import type { FeedContent } from '../../../server/feeds/content.ts'
import { Deviations } from '../../../server/feeds/deviations.ts'
import { FeedError } from '../../../server/feeds/format.ts'
import { timetableIndex, type TimetableIndex } from '../../../server/feeds/formats/gtfs/timetableIndex.ts'
import { checkPairs } from '../../../server/feeds/formats/gtfsRealtime/checkAgainst.ts'
import { decodeFeedMessage } from '../../../server/feeds/formats/gtfsRealtime/decode.ts'
import { gtfsRealtime } from '../../../server/feeds/formats/gtfsRealtime/gtfsRealtime.ts'
import type {
  FeedEntity,
  FeedHeader,
  TripDescriptor,
} from '../../../server/feeds/formats/gtfsRealtime/message.ts'
import { encodeFeedMessage } from '../../../server/feeds/formats/gtfsRealtime/write.ts'
import { cases } from '../../fixtures/cases.ts'
import { mutated } from './mutated.ts'
import { alert, call, message, nowMs, nowS, timetable, trip, update, vehicle } from './realtimeMessages.ts'

interface Read {
  readonly content: FeedContent
  readonly rules: Readonly<Record<string, number>>
}

function readBytes(bytes: Uint8Array, settings?: unknown, atMs = nowMs): Read {
  const deviations = new Deviations()
  const file = { name: 'vehicle-positions.pb', bytes }
  const content = gtfsRealtime.read(file, { nowMs: atMs, utcOffsetS: 0, settings }, deviations)
  return { content, rules: Object.fromEntries(deviations.byRule()) }
}

function read(entities: readonly FeedEntity[], change: Partial<FeedHeader> = {}, settings?: unknown): Read {
  return readBytes(encodeFeedMessage(message(entities, change)), settings)
}

describe('the bytes', () => {
  test('a header is written as the standard lays it out', () => {
    const bytes = encodeFeedMessage(message([], { timestampS: 1 }))
    // field 1, 9 bytes: field 1 "2.0", field 2 = 0, field 3 = 1
    expect([...bytes]).toEqual([0x0a, 9, 0x0a, 3, 0x32, 0x2e, 0x30, 0x10, 0, 0x18, 1])
  })

  test('what is written is read back, and written again it is the same bytes', () => {
    const sent = message([vehicle(), update({ delayS: -30, vehicle: { id: 'bus 1', label: '' } }), alert()])
    const bytes = encodeFeedMessage(sent)
    const deviations = new Deviations()
    const again = decodeFeedMessage(bytes, deviations)
    expect(again).toEqual(sent)
    expect(encodeFeedMessage(again)).toEqual(bytes)
    expect(deviations.total).toBe(0)
  })

  test('fields that it does not know, extensions among them, are passed over', () => {
    const writer = new PbfWriter()
    writer.writeMessage(
      1,
      (_, to) => {
        to.writeStringField(1, '2.0')
        to.writeVarintField(3, nowS)
        to.writeStringField(1001, 'an extension')
      },
      undefined,
    )
    writer.writeStringField(9001, 'another')
    expect(decodeFeedMessage(writer.finish(), new Deviations()).header.timestampS).toBe(nowS)
  })

  test('a message that is cut off gives the entities before the cut, and says so', () => {
    const whole = encodeFeedMessage(message([vehicle(), vehicle({ vehicle: { id: 'bus 2', label: '' } })]))
    const { content, rules } = readBytes(whole.subarray(0, whole.length - 5))
    expect(content.vehicles?.id).toEqual(['bus 1'])
    expect(rules).toEqual({ malformedMessage: 1 })
  })

  test('an entity that cannot be read costs no other', () => {
    const good = encodeFeedMessage(message([vehicle()]))
    // an entity of 3 bytes whose id claims 100
    const bytes = Uint8Array.of(
      ...good,
      0x12,
      3,
      0x0a,
      100,
      0x41,
      ...encodeFeedMessage(message([vehicle({ vehicle: { id: 'bus 2', label: '' } })])),
    )
    const { content, rules } = readBytes(bytes)
    expect(content.vehicles?.id).toEqual(['bus 1', 'bus 2'])
    expect(rules).toEqual({ malformedEntity: 1 })
  })

  test.each([
    ['nothing', []],
    ['a text', [...'{"header":{}}'].map((letter) => letter.charCodeAt(0))],
    ['no header', [0x12, 0]],
    ['a huge varint', Array<number>(12).fill(0xff)],
  ])('%s is no message', (_, bytes) => {
    expect(() => readBytes(Uint8Array.from(bytes))).toThrow(FeedError)
  })

  test('it is known by its header, whatever its name', () => {
    const bytes = encodeFeedMessage(message([vehicle()]))
    expect(gtfsRealtime.isLike({ name: 'https://example.org/feed?key=1', bytes })).toBe(true)
    const text = (text: string) => new TextEncoder().encode(text)
    for (const other of [
      '{"header":{"gtfs_realtime_version":"2.0"}}',
      '<?xml version="1.0"?>',
      'PK\u0003\u0004',
      'a,b\n1,2',
    ])
      expect(gtfsRealtime.isLike({ name: 'feed', bytes: text(other) })).toBe(false)
  })
})

describe('what it says', () => {
  test('vehicles have the ids, places, speeds and times of the message', () => {
    const { content, rules } = read([vehicle()])
    expect(rules).toEqual({})
    expect(content).toEqual({
      madeMs: nowMs - 5000,
      vehicles: {
        id: ['bus 1'],
        tripId: ['T1'],
        routeId: ['R1'],
        tripStartDate: ['20260601'],
        tripStartTime: ['25:15:35'],
        lng: Float64Array.of(-56.25),
        lat: Float64Array.of(0.5),
        bearingDeg: Float64Array.of(90),
        speedMps: Float64Array.of(12.5),
        timeMs: Float64Array.of(nowMs - 10_000),
        occupancy: ['FEW_SEATS_AVAILABLE'],
      },
    })
  })

  test('delays are of calls in order; skipped calls and those without data are none', () => {
    const calls = [
      call(1, nowS),
      call(4, nowS + 60, { stopId: 'S2', arrival: undefined }),
      call(5, 0, { arrival: undefined, departure: undefined, scheduleRelationship: 'SKIPPED' }),
      call(6, 0, { arrival: undefined, departure: undefined, scheduleRelationship: 'NO_DATA' }),
    ]
    const { content, rules } = read([
      update({ stopTimeUpdates: calls }),
      update({ trip: trip({ tripId: 'T2', scheduleRelationship: 'CANCELED' }), stopTimeUpdates: [] }),
      update({ trip: trip({ tripId: 'T3' }), stopTimeUpdates: [], delayS: 90 }),
    ])
    expect(rules).toEqual({})
    expect(content.tripDelays).toEqual({
      tripId: ['T1', 'T1', 'T3'],
      routeId: ['R1', 'R1', 'R1'],
      tripStartDate: ['20260601', '20260601', '20260601'],
      tripStartTime: ['25:15:35', '25:15:35', '25:15:35'],
      stopId: ['', 'S2', ''],
      stopSequence: Float64Array.of(1, 4, NaN),
      arrivalDelayS: Float64Array.of(-60, NaN, 90),
      departureDelayS: Float64Array.of(NaN, NaN, NaN),
      arrivalMs: Float64Array.of(nowMs, NaN, NaN),
      departureMs: Float64Array.of(nowMs + 20_000, nowMs + 80_000, NaN),
      cancelledTripIds: ['T2'],
    })
  })

  test('an alert is a notice in its languages, from when it holds until further notice', () => {
    const { content, rules } = read([alert()])
    expect(rules).toEqual({})
    expect(content.notices).toEqual([
      {
        id: 'a',
        headline: { en: 'Works', es: 'Obras' },
        text: { en: 'Expect delays' },
        fromMs: nowMs - 3_600_000,
        untilMs: Infinity,
        severity: 'Moderate',
        urgency: '',
        certainty: '',
        isExercise: false,
        areas: [],
        routeIds: ['R1'],
        stopIds: ['S1'],
        url: 'https://example.org/1',
        isCancelled: false,
      },
    ])
  })

  test('of several periods an alert holds for the one that is not over', () => {
    const periods = [-7200, -1800, 7200].map((startS) => ({
      startS: nowS + startS,
      endS: nowS + startS + 3600,
    }))
    const [notice] = read([alert({ activePeriods: periods })]).content.notices!
    expect([notice.fromMs, notice.untilMs]).toEqual([nowMs - 1_800_000, nowMs + 1_800_000])
  })

  test('an empty message says what it holds only where its owner did', () => {
    expect(read([]).content).toEqual({ madeMs: nowMs - 5000 })
    expect(read([], {}, { holds: ['vehicles'] }).content.vehicles?.id).toEqual([])
    expect(() => read([], {}, { hold: ['vehicles'] })).toThrow(FeedError)
  })
})

const farOff = { latitude: -34.9, longitude: -56.2, bearingDeg: NaN, speedMps: NaN }
const at = (latitude: number, longitude: number) =>
  vehicle({ position: { latitude, longitude, bearingDeg: NaN, speedMps: NaN } })
const onTrip = (change: Partial<TripDescriptor>) => [vehicle({ trip: trip(change) })]
const back = [call(1, nowS + 60), call(2, nowS)]

describe('the rules', () => {
  test.each<[rule: string, entities: FeedEntity[], header?: Partial<FeedHeader>, settings?: unknown]>([
    ['E001', [vehicle({ timestampS: 86_400 })]],
    ['E001', [], { timestampS: nowMs }],
    ['E001', [alert({ activePeriods: [{ startS: 1, endS: NaN }] })]],
    ['E002', [update({ stopTimeUpdates: [call(2, nowS), call(1, nowS + 60)] })]],
    ['E003', onTrip({ tripId: 'T9' }), {}, { timetable }],
    ['E004', onTrip({ routeId: 'R9' }), {}, { timetable }],
    ['E011', [vehicle({ stopId: 'S9' })], {}, { timetable }],
    ['E012', [vehicle({ timestampS: nowS - 1 })]],
    ['E018', [], {}, { lastMadeMs: nowMs - 2000 }],
    ['E020', onTrip({ startTime: 'noon' })],
    ['E021', onTrip({ startDate: '1 June' })],
    ['E022', [update({ stopTimeUpdates: back })]],
    ['E025', [update({ stopTimeUpdates: [call(1, nowS, { departure: { delayS: 0, timeS: nowS - 1 } })] })]],
    ['E026', [at(91, 0)]],
    ['E026', [at(NaN, NaN)]],
    ['E026', [at(0, 0)]],
    ['E027', [vehicle({ position: { latitude: 1, longitude: 1, bearingDeg: 361, speedMps: 1 } })]],
    ['E028', [vehicle({ position: farOff })], {}, { timetable }],
    ['E029', [at(0.51, -56.25)], {}, { timetable }],
    ['E038', [], { version: '3.0' }],
    ['E040', [update({ stopTimeUpdates: [call(NaN, nowS)] })]],
    ['E044', [update({ stopTimeUpdates: [call(1, NaN, { arrival: undefined })] })]],
    ['E047', [vehicle(), update({ vehicle: { id: 'bus 2', label: '' } })]],
    ['E048', [], { timestampS: NaN }],
    ['E052', [vehicle(), vehicle()]],
    ['W001', [vehicle({ timestampS: NaN })]],
    ['W001', [], { version: '1.0', timestampS: 0 }],
    ['W004', [vehicle({ position: { latitude: 1, longitude: 1, bearingDeg: 1, speedMps: 27 } })]],
    ['W007', [], {}, { lastMadeMs: nowMs - 41_000 }],
    ['W008', [], { timestampS: nowS - 66 }],
    ['differential', [], { incrementality: 'DIFFERENTIAL' }],
    ['entityIdTwice', [alert(), alert()]],
    ['implausibleDelay', [update({ stopTimeUpdates: [], delayS: 0x7fffffff })]],
    ['tripUpdatedTwice', [update(), update()]],
    ['vehicleWithoutPosition', [vehicle({ position: undefined })]],
  ])('%s is told, once and alone', (rule, entities, change, settings) => {
    expect(read(entities, change, settings).rules).toEqual({ [rule]: 1 })
  })

  test('E050 is told of a header and an entity ahead of now', () => {
    const { content, rules } = read([vehicle({ timestampS: nowS + 61 })], { timestampS: nowS + 61 })
    expect(rules).toEqual({ E050: 2 })
    expect([content.madeMs, content.vehicles?.timeMs[0]]).toEqual([NaN, NaN])
  })

  test('what is right by the timetable is told of by none', () => {
    expect(read([vehicle(), update(), alert()], {}, { timetable, lastMadeMs: nowMs - 20_000 }).rules).toEqual(
      {},
    )
  })

  test('a trip that was added need not be in the timetable', () => {
    expect(read(onTrip({ tripId: 'T9', scheduleRelationship: 'ADDED' }), {}, { timetable }).rules).toEqual({})
  })

  test('a detour of its trip lets a vehicle leave its shape', () => {
    const off = at(0.51, -56.25)
    expect(read([off, alert({ effect: 'DETOUR' })], {}, { timetable }).rules).toEqual({})
  })

  test('a vehicle pairs with another trip of its block, and of no other', () => {
    const pairs = (tripId: string, known?: TimetableIndex) => {
      const deviations = new Deviations()
      const ahead = update({ trip: trip({ tripId }), vehicle: { id: 'bus 1', label: '' } })
      checkPairs([message([vehicle()]), message([ahead])], known, deviations)
      return Object.fromEntries(deviations.byRule())
    }
    expect(pairs('T1', timetable)).toEqual({})
    expect(pairs('T2', timetable)).toEqual({})
    expect(pairs('T3', timetable)).toEqual({ E047: 1 })
    expect(pairs('T2')).toEqual({ E047: 1 })
  })

  test('what cannot be is left out, and the rest is read', () => {
    const fast = vehicle({
      vehicle: { id: 'bus 2', label: '' },
      position: { latitude: 1, longitude: 1, bearingDeg: -1, speedMps: 71 },
    })
    const { content } = read([at(-134, 56), vehicle({ timestampS: 4_102_444_800 }), vehicle(), fast])
    expect(content.vehicles).toMatchObject({
      id: ['bus 1', 'bus 2'],
      timeMs: Float64Array.of(NaN, nowMs - 10_000),
      bearingDeg: Float64Array.of(90, NaN),
      speedMps: Float64Array.of(12.5, NaN),
    })
    const { tripDelays } = read([update({ stopTimeUpdates: [...back, call(3, nowS + 120)] })]).content
    expect(tripDelays?.stopSequence).toEqual(Float64Array.of(1, 3))
  })
})

describe('a railway as recorded', () => {
  const folder = 'feeds/testdata_rt_ct'
  const positions = cases(`${folder}-vehicle-positions.pb`)
  const updates = cases(`${folder}-trip-updates.pb`)
  const zip = cases(`${folder}.zip`)
  const bytesOf = (path: string) => new Uint8Array(readFileSync(path))

  test.skipIf(positions === undefined || zip === undefined)(
    '14 trains stand on the shapes of their trips',
    () => {
      const bytes = bytesOf(positions!)
      expect(gtfsRealtime.isLike({ name: positions!, bytes })).toBe(true)
      const madeMs = 1_699_405_559_000
      const settings = { timetable: timetableIndex(bytesOf(zip!)) }
      const { content, rules } = readBytes(bytes, settings, madeMs + 5000)
      expect(content.madeMs).toBe(madeMs)
      expect(content.vehicles?.id.length).toBe(14)
      expect(content.vehicles?.tripId).toContain('124')
      expect(new Set(content.vehicles?.timeMs)).toEqual(new Set([1_699_405_549_000]))
      expect(rules).toEqual({})
    },
  )

  test.skipIf(updates === undefined || zip === undefined)('19 trips have 220 calls ahead', () => {
    const madeMs = 1_699_405_534_000
    const settings = { timetable: timetableIndex(bytesOf(zip!)) }
    const { content, rules } = readBytes(bytesOf(updates!), settings, madeMs + 5000)
    expect(content.tripDelays?.tripId.length).toBe(220)
    expect(new Set(content.tripDelays?.tripId).size).toBe(19)
    expect(content.tripDelays?.departureMs[0]).toBe(1_699_405_504_000)
    expect(rules).toEqual({})
  })

  test.skipIf(positions === undefined || updates === undefined)(
    'what was recorded is written again as it was',
    () => {
      for (const path of [positions!, updates!]) {
        const sent = decodeFeedMessage(bytesOf(path), new Deviations())
        expect(decodeFeedMessage(encodeFeedMessage(sent), new Deviations())).toEqual(sent)
      }
    },
  )
})

test('whatever bytes come, only a FeedError is thrown, and what is read can be', () => {
  const documents = [
    encodeFeedMessage(message([vehicle(), update(), alert()])),
    encodeFeedMessage(
      message([vehicle({ trip: undefined }), vehicle({ vehicle: { id: 'bus 2', label: 'é' } })]),
    ),
  ]
  const isTimeOrNot = (ms: number) => Number.isNaN(ms) || Math.abs(ms - nowMs) < 4e11
  fc.assert(
    fc.property(mutated(documents), (bytes) => {
      let content: FeedContent
      try {
        content = readBytes(bytes, { timetable }).content
      } catch (error) {
        expect(error).toBeInstanceOf(FeedError)
        return
      }
      const { madeMs, vehicles, tripDelays, notices } = content
      expect(isTimeOrNot(madeMs)).toBe(true)
      for (const columns of [vehicles, tripDelays]) {
        const rows = Object.entries(columns ?? {}).filter(([name]) => name !== 'cancelledTripIds')
        expect(new Set(rows.map(([, { length }]) => length)).size).toBeLessThanOrEqual(1)
      }
      vehicles?.lng.forEach((lng, i) => {
        expect(Math.abs(lng) <= 180 && Math.abs(vehicles.lat[i]) <= 90).toBe(true)
        expect(isTimeOrNot(vehicles.timeMs[i])).toBe(true)
        expect(vehicles.speedMps[i] < 0 || vehicles.speedMps[i] > 70).toBe(false)
      })
      for (const times of [tripDelays?.arrivalMs ?? [], tripDelays?.departureMs ?? []])
        for (const ms of times) expect(isTimeOrNot(ms)).toBe(true)
      for (const { fromMs, untilMs } of notices ?? []) {
        expect(isTimeOrNot(fromMs)).toBe(true)
        expect(untilMs === Infinity || isTimeOrNot(untilMs)).toBe(true)
      }
    }),
    { numRuns: 300, seed: 20260601 },
  )
})
