/** Situations of DATEX II as events on streets: kinds, places, times, languages, and what is noted. */
import { describe, expect, it, test } from 'vitest'
import { datex2 } from '../../../server/feeds/formats/datex2/datex2.ts'
import { POINT, situation, situationRecord, v2, v3, type RecordParts } from './datex2Texts.ts'
import { expectSurvives, readText } from './reading.ts'

const published = (...situations: readonly string[]) => v2('SituationPublication', situations.join(''))
const read = (text: string) => readText(datex2, text)
/** The events of one record, and what was noted. */
const readRecord = (parts: RecordParts) => {
  const { content, rules } = read(published(situation(situationRecord(parts))))
  return { events: content.roadEvents!, rules }
}

const FULL = published(
  situation(
    situationRecord({
      type: 'RoadOrCarriagewayOrLaneManagement',
      more:
        '<generalPublicComment><comment><values><value lang="fr">Rue fermée</value><value lang="en">Street closed</value></values></comment></generalPublicComment>' +
        '<impact><numberOfLanesRestricted>2</numberOfLanesRestricted></impact>' +
        '<roadOrCarriagewayOrLaneManagementType>roadClosed</roadOrCarriagewayOrLaneManagementType>',
      location: POINT.replace(
        '</groupOfLocations>',
        '<linearElement><roadNumber>A4</roadNumber></linearElement></groupOfLocations>',
      ),
    }),
  ),
)

it('a closure: who may pass, from when until when, where, in which languages', () => {
  const { content, rules } = read(FULL)
  expect(content.roadEvents).toEqual([
    {
      id: 'r1',
      kind: 'closure',
      isClosed: true,
      fromMs: Date.UTC(2026, 7, 3, 8),
      untilMs: Date.UTC(2026, 7, 4, 8),
      path: [[2.4, 48.8]],
      roadName: 'A4',
      text: { fr: 'Rue fermée', en: 'Street closed' },
      lanesClosed: 2,
      speedLimitMps: NaN,
    },
  ])
  expect(rules).toEqual({})
})

describe('the kind', () => {
  const management = (type: string, more = '') =>
    `${more}<roadOrCarriagewayOrLaneManagementType>${type}</roadOrCarriagewayOrLaneManagementType>`
  test.each([
    ['Accident', '', 'accident', false],
    ['MaintenanceWorks', '', 'roadWorks', false],
    [
      'ConstructionWorks',
      '<impact><trafficConstrictionType>roadBlocked</trafficConstrictionType></impact>',
      'roadWorks',
      true,
    ],
    [
      'VehicleObstruction',
      '<impact><trafficConstrictionType>lanesBlocked</trafficConstrictionType></impact>',
      'obstruction',
      false,
    ],
    ['EnvironmentalObstruction', '', 'obstruction', false],
    ['AbnormalTraffic', '', 'congestion', false],
    ['PoorEnvironmentConditions', '', 'weather', false],
    ['WeatherRelatedRoadConditions', '', 'weather', false],
    ['ReroutingManagement', '', 'other', false],
    ['RoadOrCarriagewayOrLaneManagement', management('carriagewayClosures'), 'closure', true],
    [
      'RoadOrCarriagewayOrLaneManagement',
      management('laneClosures', '<cause><causeType>roadMaintenance</causeType></cause>'),
      'roadWorks',
      false,
    ],
    [
      'RoadOrCarriagewayOrLaneManagement',
      management(
        'roadClosed',
        '<forVehiclesWithCharacteristicsOf><vehicleType>lorry</vehicleType></forVehiclesWithCharacteristicsOf>',
      ),
      'other',
      false,
    ],
  ])('of %s %s is %s', (type, more, kind, isClosed) => {
    expect(readRecord({ type, more }).events).toMatchObject([{ kind, isClosed }])
  })

  it('a speed limit is in metres per second', () => {
    const { events } = readRecord({
      type: 'SpeedManagement',
      more: '<temporarySpeedLimit>72.0</temporarySpeedLimit>',
    })
    expect(events[0].speedLimitMps).toBe(20)
  })

  it('a speed limit of a plane is none', () => {
    const { events, rules } = readRecord({
      type: 'SpeedManagement',
      more: '<temporarySpeedLimit>900</temporarySpeedLimit>',
    })
    expect(events[0].speedLimitMps).toBeNaN()
    expect(rules).toEqual({ speedImpossible: 1 })
  })
})

describe('the time', () => {
  const specification = (start: string, end = '', more = '') =>
    `<validityTimeSpecification>${start && `<overallStartTime>${start}</overallStartTime>`}${end && `<overallEndTime>${end}</overallEndTime>`}${more}</validityTimeSpecification>`
  const period = (start: string, end: string) =>
    `<validPeriod><startOfPeriod>${start}</startOfPeriod><endOfPeriod>${end}</endOfPeriod></validPeriod>`

  it('without an end it holds until further notice', () => {
    expect(readRecord({ validity: specification('2026-08-03T08:00:00Z') }).events[0].untilMs).toBe(Infinity)
  })

  it('an end in 2100 is further notice, and noted', () => {
    const { events, rules } = readRecord({
      validity: specification('2026-08-03T08:00:00Z', '2100-01-01T00:00:00Z'),
    })
    expect(events[0].untilMs).toBe(Infinity)
    expect(rules).toEqual({ endImpossible: 1 })
  })

  it('of several periods the one now or the next counts', () => {
    const periods = [1, 3, 5]
      .map((day) => period(`2026-08-0${day}T20:00:00Z`, `2026-08-0${day + 1}T04:00:00Z`))
      .join('')
    const { events } = readRecord({
      validity: specification('2026-08-01T00:00:00Z', '2026-08-09T00:00:00Z', periods),
    })
    expect(events[0]).toMatchObject({ fromMs: Date.UTC(2026, 7, 3, 20), untilMs: Date.UTC(2026, 7, 4, 4) })
  })

  it('hours of the day are not read: a street is not held closed by them', () => {
    const recurring =
      '<validPeriod><recurringTimePeriodOfDay><startTimeOfPeriod>21:00:00</startTimeOfPeriod></recurringTimePeriodOfDay></validPeriod>'
    const { events, rules } = readRecord({
      type: 'RoadOrCarriagewayOrLaneManagement',
      validity: specification('2026-08-01T00:00:00Z', '2026-08-09T00:00:00Z', recurring),
      more: '<roadOrCarriagewayOrLaneManagementType>roadClosed</roadOrCarriagewayOrLaneManagementType>',
    })
    expect(events[0].isClosed).toBe(false)
    expect(rules).toEqual({ recurringNotRead: 1 })
  })

  test.each([
    ['1970', specification('1970-01-01T00:00:00Z'), 'timeImpossible'],
    ['2100', specification('2100-01-01T00:00:00Z'), 'timeImpossible'],
    [
      'an end before the start',
      specification('2026-08-03T08:00:00Z', '2026-08-02T08:00:00Z'),
      'endBeforeStart',
    ],
  ])('%s: the event is left out', (_, validity, rule) => {
    const { events, rules } = readRecord({ validity })
    expect(events).toEqual([])
    expect(rules).toEqual({ [rule]: 1 })
  })

  it('without a start it holds from when it was written', () => {
    const created = '<situationRecordCreationTime>2026-08-02T08:00:00Z</situationRecordCreationTime>'
    const { events, rules } = readRecord({ validity: specification(''), more: created })
    expect(events[0].fromMs).toBe(Date.UTC(2026, 7, 2, 8))
    expect(rules).toEqual({ timeMissing: 1 })
  })
})

describe('what does not count', () => {
  test.each(['test', 'technicalExercise', 'securityExercise'])(
    'a situation that is a %s is noted and left out',
    (status) => {
      const { content, rules } = read(
        published(situation(situationRecord(), status), situation(situationRecord({ id: 'r2' }))),
      )
      expect(content.roadEvents!.map(({ id }) => id)).toEqual(['r2'])
      expect(rules).toEqual({ notReal: 1 })
    },
  )

  it('a record that came before is noted and left out', () => {
    const { content, rules } = read(
      published(situation(situationRecord() + situationRecord({ type: 'Accident' }))),
    )
    expect(content.roadEvents).toHaveLength(1)
    expect(rules).toEqual({ idTwice: 1 })
  })

  test.each([
    [
      'ended',
      situationRecord({
        more: '<management><lifeCycleManagement><end>true</end></lifeCycleManagement></management>',
      }),
    ],
    [
      'taken back',
      situationRecord({
        more: '<management><lifeCycleManagement><cancel>true</cancel></lifeCycleManagement></management>',
      }),
    ],
    ['suspended', situationRecord().replace('definedByValidityTimeSpec', 'suspended')],
  ])('a record that is %s is over, and nothing is wrong', (_, record) => {
    const { content, rules } = read(published(situation(record)))
    expect(content.roadEvents).toEqual([])
    expect(rules).toEqual({})
  })

  it('no situations is an empty list', () => {
    expect(read(published()).content.roadEvents).toEqual([])
  })

  it('a publication of another kind beside is noted', () => {
    const { rules } = read(
      v3(['sit:SituationPublication', ''], ['egi:EnergyInfrastructureTablePublication', '']),
    )
    expect(rules).toEqual({ publicationNotRead: 1 })
  })
})

describe('JSON of version 3', () => {
  const record = {
    idG: 'r1',
    validity: {
      validityStatus: { value: 'active' },
      validityTimeSpecification: { overallStartTime: '2026-08-03T08:00:00Z' },
    },
    generalPublicComment: [{ comment: { values: [{ lang: 'en', value: 'Resurfacing' }] } }],
    cause: { causeType: 'roadMaintenance' },
  }
  const line = (posList: string) => ({
    locLinearLocation: { gmlLineString: { locGmlLineString: { srsName: 'EPSG::4326', posList } } },
    locSingleRoadLinearLocation: {
      linearWithinLinearElement: [{ linearElement: { locLinearElementByCode: { roadName: 'M56' } } }],
    },
  })

  it('the class is a key, and lines of a group are events of their own', () => {
    const locationReference = {
      locLocationGroupByList: {
        locationContainedInGroup: [line('53 -2 53.1 -2.1'), line('53.2 -2 53.3 -2')],
      },
    }
    const situationRecord = [{ sitRoadOrCarriagewayOrLaneManagement: { ...record, locationReference } }]
    const document = {
      D2Payload: {
        modelBaseVersion: '3',
        feedType: 'SituationPublication',
        situation: [{ idG: 's', situationRecord }],
      },
    }
    const { content, rules } = read(JSON.stringify(document))
    expect(content.roadEvents).toMatchObject([
      {
        id: 'r1',
        kind: 'roadWorks',
        roadName: 'M56',
        text: { en: 'Resurfacing' },
        path: [
          [-2, 53],
          [-2.1, 53.1],
        ],
        untilMs: Infinity,
      },
      {
        id: 'r1/2',
        path: [
          [-2, 53.2],
          [-2, 53.3],
        ],
      },
    ])
    expect(rules).toEqual({})
  })

  it('long prefixes name the class as well, and Alert-C alone is noted', () => {
    const locationReference = {
      locationReferencingPointLocation: { alertCPoint: [{ locationReferencingAlertCMethod4Point: {} }] },
    }
    const situationRecord = [
      { situationAccident: { ...record, locationReference } },
      {
        situationAccident: {
          ...record,
          idG: 'r2',
          locationReference: {
            locationReferencingPointLocation: {
              pointByCoordinates: { pointCoordinates: { latitude: 48, longitude: 2 } },
            },
          },
        },
      },
    ]
    const document = {
      payload: {
        modelBaseVersionG: '3',
        situationSituationPublication: { lang: 'se', situation: [{ idG: 's', situationRecord }] },
      },
    }
    const { content, rules } = read(JSON.stringify(document))
    expect(content.roadEvents).toMatchObject([{ id: 'r2', kind: 'accident', path: [[2, 48]] }])
    expect(rules).toEqual({ locationNotRead: 1 })
  })
})

it('bytes gone wrong are refused or left out', () => {
  expectSurvives(datex2, FULL)
})
