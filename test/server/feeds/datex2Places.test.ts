/** Where events of DATEX II are: points and lines by coordinates; what only tables or a map could tell is named. */
import { describe, expect, it, test } from 'vitest'
import { datex2 } from '../../../server/feeds/formats/datex2/datex2.ts'
import { POINT, situation, situationRecord, v2 } from './datex2Texts.ts'
import { readText } from './reading.ts'

const read = (location: string) =>
  readText(datex2, v2('SituationPublication', situation(situationRecord({ location }))))
/** The events of one record there, and what was noted. */
const readAt = (location: string) => {
  const { content, rules } = read(location)
  return { events: content.roadEvents!, rules }
}

describe('the place of an event', () => {
  const at = (lat: number, lng: number) =>
    `<pointCoordinates><latitude>${lat}</latitude><longitude>${lng}</longitude></pointCoordinates>`
  test.each([
    [
      'a line by positions, latitude first',
      '<locationReference><gmlLineString><posList>48 2 48.1 2.1</posList></gmlLineString></locationReference>',
      [
        [2, 48],
        [2.1, 48.1],
      ],
    ],
    [
      'a line with heights',
      '<locationReference><gmlLineString srsDimension="3"><posList>48 2 30 48.1 2.1 31</posList></gmlLineString></locationReference>',
      [
        [2, 48],
        [2.1, 48.1],
      ],
    ],
    [
      'a line by its ends, the end first as TPEG has it',
      `<groupOfLocations xsi:type="Linear"><tpegLinearLocation><to>${at(48.1, 2.1)}</to><from>${at(48, 2)}</from></tpegLinearLocation></groupOfLocations>`,
      [
        [2, 48],
        [2.1, 48.1],
      ],
    ],
    [
      'a line by ends and points between',
      `<groupOfLocations xsi:type="Linear"><linearExtension><linearByCoordinatesExtension><linearCoordinatesStartPoint>${at(48, 2)}</linearCoordinatesStartPoint>` +
        `<linearCoordinatesIntermediatePoint>${at(48, 2.1)}</linearCoordinatesIntermediatePoint><linearCoordinatesEndPoint>${at(48.1, 2.1)}</linearCoordinatesEndPoint></linearByCoordinatesExtension></linearExtension></groupOfLocations>`,
      [
        [2, 48],
        [2.1, 48],
        [2.1, 48.1],
      ],
    ],
    [
      'where a map shows it',
      '<groupOfLocations><alertCPoint/><locationForDisplay><latitude>48</latitude><longitude>2</longitude></locationForDisplay></groupOfLocations>',
      [[2, 48]],
    ],
  ])('%s', (_, location, path) => {
    const { events, rules } = readAt(location)
    expect(events.map((event) => event.path)).toEqual([path])
    expect(rules).toEqual({})
  })

  it('each place of a group is an event of its own', () => {
    const part = (posList: string) =>
      `<locationContainedInGroup><gmlLineString><posList>${posList}</posList></gmlLineString></locationContainedInGroup>`
    const { events } = readAt(
      `<locationReference>${part('48 2 48 3')}${part('49 2 49 3')}</locationReference>`,
    )
    expect(events.map(({ id, path }) => [id, path[0]])).toEqual([
      ['r1', [2, 48]],
      ['r1/2', [2, 49]],
    ])
  })

  test.each([
    [
      'Alert-C alone',
      `<groupOfLocations><alertCLinear>${at(1, 1)}</alertCLinear></groupOfLocations>`,
      'locationNotRead',
    ],
    [
      'OpenLR alone',
      `<groupOfLocations><linearExtension><openlrExtendedLinear>${at(1, 1)}</openlrExtendedLinear></linearExtension></groupOfLocations>`,
      'locationNotRead',
    ],
    ['no place', '', 'locationNotRead'],
    ['a place off the globe', POINT.replace('48.8', '148.8'), 'placeImpossible'],
    ['a place that is no number', POINT.replace('48.8', 'NaN'), 'placeImpossible'],
    ['the middle of the sea', POINT.replace('48.8', '0').replace('2.4', '0'), 'placeImpossible'],
  ])('%s: the event is left out', (_, location, rule) => {
    const { events, rules } = readAt(location)
    expect(events).toEqual([])
    expect(rules).toEqual({ [rule]: 1 })
  })

  it('what is not read is named', () => {
    const { deviations } = read('<groupOfLocations><alertCPoint/></groupOfLocations>')
    expect(deviations.examples()[0]).toMatchObject({
      rule: 'locationNotRead',
      where: 'situationRecord r1',
      came: 'Alert-C',
    })
  })

  it('a list of positions that is none leaves the place to the rest of the location', () => {
    const list = '<gmlLineString><posList>48 2 48</posList></gmlLineString>'
    const { events, rules } = readAt(POINT.replace('</groupOfLocations>', `${list}</groupOfLocations>`))
    expect(events[0].path).toEqual([[2.4, 48.8]])
    expect(rules).toEqual({ posListInvalid: 1 })
  })
})
