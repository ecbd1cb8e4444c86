/** DATEX II: measured data with and without a table of sites, 2.3 and 3, XML and JSON; how the formats are known. */
import { describe, expect, it, test } from 'vitest'
import { Deviations } from '../../../server/feeds/deviations.ts'
import { FeedError } from '../../../server/feeds/format.ts'
import { datex2 } from '../../../server/feeds/formats/datex2/datex2.ts'
import { readSiteTable } from '../../../server/feeds/formats/datex2/siteTable.ts'
import { data, siteMeasurements, siteRecord, v2, v3, value } from './datex2Texts.ts'
import { expectSurvives, fileOf, readText } from './reading.ts'

const { flow, speed } = data
const measured = (inner: string) => v2('MeasuredDataPublication', inner)
const read = (text: string, settings?: unknown) => readText(datex2, text, { settings })
const table = (records: string) =>
  v2(
    'MeasurementSiteTablePublication',
    `<measurementSiteTable id="T" version="1">${records}</measurementSiteTable>`,
  )
const sitesOf = (records: string) => readSiteTable(fileOf(table(records)), new Deviations())

const ALONE = measured(siteMeasurements('A', value(0, flow(1010)) + value(0, speed(108))))

describe('measured data of 2.3', () => {
  it('vehicles and kilometres an hour are read without a table, without a place', () => {
    const { content, rules } = read(ALONE)
    expect(content.measurements).toEqual({
      siteId: ['A'],
      lng: Float64Array.of(NaN),
      lat: Float64Array.of(NaN),
      timeMs: Float64Array.of(Date.UTC(2026, 7, 3, 10)),
      periodS: Float64Array.of(NaN),
      flowVph: Float64Array.of(1010),
      speedMps: Float64Array.of(30),
      occupancy: Float64Array.of(NaN),
    })
    expect(content.madeMs).toBe(Date.UTC(2026, 7, 3, 10))
    expect(rules).toEqual({})
  })

  it('a table read before gives places and periods, adds lanes up and leaves classes of vehicles apart', () => {
    const sites = sitesOf(
      siteRecord('A', [
        { index: 1, lane: 'lane1' },
        { index: 2, lane: 'lane2' },
        {
          index: 3,
          lane: 'lane1',
          vehicle: '<lengthCharacteristic><vehicleLength>5.6</vehicleLength></lengthCharacteristic>',
        },
        { index: 4, lane: 'lane1' },
        { index: 5, lane: 'lane2' },
      ]),
    )
    const values = [flow(600), flow(300), flow(77), speed(72, 20), speed(36, 10)].map((one, i) =>
      value(i + 1, one),
    )
    const { content, rules } = read(measured(siteMeasurements('A', values.join(''))), { sites })
    const { flowVph, speedMps, lng, lat, periodS } = content.measurements!
    expect(flowVph[0]).toBe(900)
    expect(speedMps[0]).toBeCloseTo((72 * 20 + 36 * 10) / 30 / 3.6, 12)
    expect([lng[0], lat[0], periodS[0]]).toEqual([4.9, 52.1, 60])
    expect(rules).toEqual({})
  })

  it('a site that the table has not is noted and has no place', () => {
    const { content, rules } = read(ALONE, { sites: sitesOf(siteRecord('B', [])) })
    expect(content.measurements!.lng[0]).toBeNaN()
    expect(rules).toEqual({ siteNotInTable: 1 })
  })

  it('a value of all lanes counts alone', () => {
    const sites = sitesOf(
      siteRecord('A', [
        { index: 1, lane: 'lane1' },
        { index: 2, lane: 'allLanesCompleteCarriageway' },
      ]),
    )
    const { measurements } = read(
      measured(siteMeasurements('A', value(1, flow(400)) + value(2, flow(900)))),
      { sites },
    ).content
    expect(measurements!.flowVph[0]).toBe(900)
  })

  it('a table as JSON is the same table', () => {
    const sites = JSON.parse(JSON.stringify(sitesOf(siteRecord('A', [{ index: 0 }]))))
    expect(read(ALONE, { sites }).content.measurements!.lng[0]).toBe(4.9)
  })

  it('a table alone is shown as places', () => {
    const { content, rules } = read(
      table(siteRecord('A', []) + siteRecord('A', []) + siteRecord('B', [], 152, 5)),
    )
    expect(content.features).toMatchObject([
      { id: 'A', kind: 'measurementSite', lng: 4.9, lat: 52.1, values: { name: 'A2 km 4' } },
    ])
    expect(rules).toEqual({ idTwice: 1, placeImpossible: 1 })
  })

  it('lies in an envelope of SOAP as well', () => {
    const enveloped =
      ALONE.replace('<d2LogicalModel', '<S:Envelope xmlns:S="s"><S:Body><d2LogicalModel') +
      '</S:Body></S:Envelope>'
    expect(read(enveloped).content.measurements!.siteId).toEqual(['A'])
  })
})

describe('what is missing or cannot be', () => {
  test.each([
    ['flows of indexes that no table tells', value(1, flow(100)) + value(2, flow(90)), 'indexNotInTable'],
    ['minus one is no value', value(1, flow(-1)), 'valueMissing'],
    [
      'an error of data',
      value(1, flow(100).replace('<vehicleFlowRate', '<dataError>true</dataError><vehicleFlowRate')),
      'valueMissing',
    ],
    ['more than any street carries', value(1, flow(50_000)), 'flowImpossible'],
  ])('%s: no flow', (_, values, rule) => {
    const { content, rules } = read(measured(siteMeasurements('A', values)))
    expect(content.measurements!.flowVph[0]).toBeNaN()
    expect(rules).toEqual({ [rule]: 1 })
  })

  it('a lane without a value leaves the whole street without one', () => {
    const sites = sitesOf(
      siteRecord('A', [
        { index: 1, lane: 'lane1' },
        { index: 2, lane: 'lane2' },
      ]),
    )
    const { content } = read(measured(siteMeasurements('A', value(1, flow(400)) + value(2, flow(-1)))), {
      sites,
    })
    expect(content.measurements!.flowVph[0]).toBeNaN()
  })

  it('a speed of no vehicles is none, and nothing is wrong', () => {
    const { content, rules } = read(
      measured(siteMeasurements('A', value(0, flow(0)) + value(0, speed(0, 0)))),
    )
    expect([content.measurements!.flowVph[0], content.measurements!.speedMps[0]]).toEqual([0, NaN])
    expect(rules).toEqual({})
  })

  test.each([
    ['1970', siteMeasurements('B', value(0, flow(1)), '1970-01-01T00:00:00Z'), 'timeImpossible'],
    ['2100', siteMeasurements('B', value(0, flow(1)), '2100-01-01T00:00:00Z'), 'timeImpossible'],
    ['no site', siteMeasurements('', value(0, flow(1))), 'idMissing'],
    ['a site and time that came before', siteMeasurements('A', value(0, flow(1))), 'readingTwice'],
    [
      'travel times',
      siteMeasurements('B', value(0, '<basicData xsi:type="TravelTimeData"/>')),
      'dataNotRead',
    ],
  ])('%s: the rest is read', (_, more, rule) => {
    const { content, rules } = read(measured(siteMeasurements('A', value(0, flow(600))) + more))
    expect([...content.measurements!.flowVph]).toEqual([600])
    expect(rules[rule]).toBe(1)
  })

  test.each([
    ['other publications', v2('ParkingStatusPublication', ''), /ParkingStatusPublication came/],
    ['other documents', '<feed/>', /feed came, a DATEX II payload is due/],
    ['half a document', ALONE.slice(0, 300), /xml: line/],
    [
      'a document type',
      `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${ALONE.slice(ALONE.indexOf('<d2'))}`,
      /document type/,
    ],
  ])('%s are refused', (_, text, message) => {
    expect(() => read(text)).toThrow(message)
    expect(() => read(text)).toThrow(FeedError)
  })

  it('settings that are no table are refused', () => {
    expect(() => read(ALONE, { sites: { A: { at: 'here' } } })).toThrow(/settings: sites/)
  })
})

const quantity = (index: number, basicData: string) =>
  `<roa:physicalQuantity index="${index}"><roa:physicalQuantity xsi:type="roa:SinglePhysicalQuantity">${basicData}</roa:physicalQuantity></roa:physicalQuantity>`
const V3 = v3(
  [
    'roa:MeasurementSiteTablePublication',
    '<roa:measurementSiteTable id="T" version="1"><roa:measurementSite id="A" version="1"><roa:measurementSiteLocation xsi:type="loc:LinearLocation">' +
      '<loc:gmlLineString srsName="WGS 84"><loc:posList>52 4 52 6</loc:posList></loc:gmlLineString></roa:measurementSiteLocation></roa:measurementSite></roa:measurementSiteTable>',
  ],
  [
    'roa:MeasuredDataPublication',
    '<roa:siteMeasurements><roa:measurementSiteReference id="A" version="1"/><roa:measurementTimeDefault><roa:timeValue>2026-08-03T10:00:00Z</roa:timeValue></roa:measurementTimeDefault>' +
      quantity(
        1,
        '<roa:basicData xsi:type="roa:TrafficFlow"><roa:vehicleFlow><com:vehicleFlowRate>480</com:vehicleFlowRate></roa:vehicleFlow></roa:basicData>',
      ) +
      quantity(
        2,
        '<roa:basicData xsi:type="roa:TrafficConcentration"><roa:occupancy><com:percentage>12</com:percentage></roa:occupancy></roa:basicData>',
      ) +
      '</roa:siteMeasurements>',
  ],
)

describe('measured data of version 3', () => {
  it('finds its sites in a table of the same message, half way along their lines', () => {
    const { content, rules } = read(V3)
    const { siteId, lng, lat, flowVph, occupancy } = content.measurements!
    expect(siteId).toEqual(['A'])
    expect([lng[0], lat[0], flowVph[0], occupancy[0]]).toEqual([5, 52, 480, 0.12])
    expect(rules).toEqual({})
  })

  const json = (when: object) =>
    JSON.stringify({
      messageContainer: {
        payload: [
          {
            modelBaseVersionG: '3',
            roaMeasuredDataPublication: {
              lang: 'de',
              publicationTime: '2026-08-03T10:01:00Z',
              siteMeasurements: [
                {
                  measurementSiteReference: { targetClass: 'MeasurementSite', idG: 'A', versionG: '1' },
                  measurementTimeDefault: when,
                  physicalQuantity: [
                    {
                      index: 1,
                      physicalQuantity: {
                        roaSinglePhysicalQuantity: {
                          basicData: { roaTrafficFlow: { vehicleFlow: { vehicleFlowRate: 480 } } },
                        },
                      },
                    },
                    {
                      index: 2,
                      physicalQuantity: {
                        roaSinglePhysicalQuantity: {
                          basicData: { roaTrafficSpeed: { averageVehicleSpeed: { speed: 36 } } },
                        },
                      },
                    },
                  ],
                },
              ],
            },
          },
        ],
      },
    })

  it.each([
    ['the end', { timeValue: '2026-08-03T10:00:00Z' }, NaN],
    [
      'the end of its period',
      { period: { startOfPeriod: '2026-08-03T09:55:00Z', endOfPeriod: '2026-08-03T10:00:00Z' } },
      300,
    ],
  ])('as JSON is the same, at %s', (_, when, periodS) => {
    const { content } = read(json(when))
    const { siteId, timeMs, flowVph, speedMps } = content.measurements!
    expect([siteId[0], timeMs[0], flowVph[0], speedMps[0]]).toEqual(['A', Date.UTC(2026, 7, 3, 10), 480, 10])
    expect(content.measurements!.periodS[0]).toBe(periodS)
    expect(datex2.isLike(fileOf(json(when)))).toBe(true)
  })

  it('as JSON may be the payload alone', () => {
    const [payload] = JSON.parse(json({ timeValue: '2026-08-03T10:00:00Z' })).messageContainer.payload
    expect(read(JSON.stringify(payload)).content.measurements!.siteId).toEqual(['A'])
  })

  it('a time that is the begin of what the table calls a minute is a minute before its end', () => {
    const sites = { A: { name: '', values: { 1: { periodS: 60, isOfAll: true, isOfLane: false } } } }
    const { measurements } = read(
      json({ timeMeaning: { value: 'beginTime' }, timeValue: '2026-08-03T09:59:00Z' }),
      { sites },
    ).content
    expect(measurements!.timeMs[0]).toBe(Date.UTC(2026, 7, 3, 10))
  })
})

it('is known by its root or its name space', () => {
  expect([ALONE, V3].map((text) => datex2.isLike(fileOf(text)))).toEqual([true, true])
  for (const other of [
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>',
    '{"type":"FeatureCollection"}',
    'site_id,date\n',
  ])
    expect(datex2.isLike(fileOf(other))).toBe(false)
})

it('bytes gone wrong are refused or left out', () => {
  expectSurvives(datex2, V3)
})
